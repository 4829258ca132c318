"""Command line of the incursion map; see ``python -m dashboard --help``."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dashboard import __version__
from dashboard.errors import DashboardError, QueryError

DESCRIPTION = """\
Incursions into the airspace of Europe's eastern flank: a map to brief from, and sheets to take away.

Start with:  python -m dashboard serve
"""
EPILOG = """\
Exit codes: 0 all is well, 1 the file has problems, 2 it could not be done; the reason is one line.
Settings come from the environment (DASHBOARD_...), each is in the README.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; gives its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the output has seen enough
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m dashboard",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"incursion map {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], help_: str, example: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            help=help_,
            description=help_,
            epilog=f"Example:\n  python -m dashboard {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(run=run)
        return sub

    serve = command("serve", _serve, "Start the web app and say where it is.", "serve --port 8600")
    serve.add_argument("--address", help="address to listen on (default: DASHBOARD_ADDRESS, else 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default: DASHBOARD_PORT, else 8501)")

    check = command(
        "check",
        _check,
        "Check a file of incidents; print each problem as FILE:LINE: COLUMN: message.",
        "check data/incidents.csv",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="a CSV file of incidents")

    borders = command(
        "borders",
        _borders,
        "Make the borders, places and light map from their sources (npm; takes three minutes).",
        "borders --out data",
    )
    borders.add_argument("--out", type=Path, help="folder to write to (default: DASHBOARD_DATA)")
    borders.add_argument("--sources", type=Path, help="folder whose node_modules holds the two packages already")

    sheet = command(
        "sheet",
        _sheet,
        "Draw a view as a picture or a page.",
        'sheet --query "country=LT&from=2025-07-01&to=2025-07-31" --title "Drones over Lithuania" -o lt.png',
    )
    sheet.add_argument("--query", default="", help="the view, as in the address of the web app after the question mark")
    sheet.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="file to write, ending in .png or .pdf"
    )
    sheet.add_argument("--size", default="", help="1920x1080 or 3840x2160 for .png, A4 for .pdf")
    sheet.add_argument("--title", default="", help="heading; by default the states")
    sheet.add_argument(
        "--marking", default=None, help="marking at top and bottom (default: DASHBOARD_MARKING, else none)"
    )
    sheet.add_argument(
        "--produced", type=_instant, help="time to print as produced, such as 2026-01-31T12:00Z (default: now)"
    )
    return parser


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2026-01-31T12:00Z") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _serve(options: argparse.Namespace) -> int:
    import os

    from dashboard.settings import PROJECT, settings

    address, port = options.address or settings().address, options.port or settings().port
    os.chdir(PROJECT)  # where Streamlit finds .streamlit/config.toml
    from dashboard.app import app

    app.run(config={"server.address": address, "server.port": port})
    return 0


def _check(options: argparse.Namespace) -> int:
    from dashboard.core.airspace import check_places
    from dashboard.core.borders import read_borders
    from dashboard.core.incidents import read_incidents
    from dashboard.settings import settings

    reading = read_incidents(options.file, settings().max_file_mb)
    reading = check_places(reading, read_borders(settings().data / "borders.parquet"), options.file)
    for problem in reading.problems:
        print(problem)
    return 1 if reading.problems else 0


def _borders(options: argparse.Namespace) -> int:
    from dashboard.core.atlas import make_atlas
    from dashboard.core.delimitation import fetch_sources
    from dashboard.settings import settings

    def progress(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    folder = options.out or settings().data
    if options.sources:
        make_atlas(options.sources, folder, progress)
        return 0
    with tempfile.TemporaryDirectory() as sources:
        progress("Fetching the sources")
        fetch_sources(Path(sources))
        make_atlas(Path(sources), folder, progress)
    return 0


def _sheet(options: argparse.Namespace) -> int:
    from dashboard.core.dataset import read_dataset
    from dashboard.core.view import parse_query_string
    from dashboard.render.sheet import Sheet, make_sheet
    from dashboard.settings import settings

    view, notices = parse_query_string(options.query)
    if notices:
        raise QueryError(" ".join(notices))
    marking = settings().marking if options.marking is None else options.marking
    kind = options.output.suffix.removeprefix(".").lower()
    sheet = Sheet(view, kind, options.size, options.title, marking, options.produced)
    content = make_sheet(read_dataset(settings().data, settings().max_file_mb), sheet)
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise QueryError(f"{options.output} cannot be written: {error.strerror}.") from error
    return 0


if __name__ == "__main__":
    sys.exit(main())
