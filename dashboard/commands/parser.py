"""The options of each command, and its help."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dashboard import __version__
from dashboard.commands import data, imports, record, server, tokens, views
from dashboard.core.query.as_of import is_moment

DESCRIPTION = """\
Incursions into the airspace of Europe's eastern flank: a map to brief from, and sheets, slides, web pages and data to
export.

Start with:  python -m dashboard serve
"""
EPILOG = """\
Exit codes: 0 all is well, 1 the file has problems, 2 it could not be done; the reason is one line.
Settings come from the environment (DASHBOARD_...), each is in the README.
"""
IMPORTING = """\
The file is read by its content, and its columns find themselves. The report says what is new, changed, unchanged and
refused, and what may be there already. What could mean two things is asked: put the answers into a YAML file, such as

  "duplicate PL-2026-02-16-podlaskie": different

with the IDs that the report gives, and say --answers FILE. Rows that wait for an answer stay out, and so do those
that are refused. What is accepted is one change, which undo takes back. A source that comes again under the same name
changes only what it has changed since; what was edited here meanwhile stays, and is asked.

A folder in our own form (export OUT makes one) comes in whole: incidents.csv, with tracks.geojson, events.csv,
about.toml, publishers.csv and official_totals.csv where they are there, as one change.

A table of PostgreSQL, with or without PostGIS, comes in the same way, and so does a query, which can change nothing:

  python -m dashboard import postgresql://reader@db.example/air --table incursions
  python -m dashboard import postgresql://reader@db.example/air --query "select * from incursions where year = 2026"

Its password is best given by PGPASSWORD or a file of passwords (PGPASSFILE), as to the programs of PostgreSQL: what
stands on the command line can be seen by others on the machine. It is neither shown nor recorded.

Exit codes: 0 all of it could be taken in, 1 refused rows or open questions, 2 it could not be read.

"""
Run = Callable[[argparse.Namespace], int]


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; each command leaves its function in ``run``."""
    parser = argparse.ArgumentParser(
        "python -m dashboard",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"incursion map {__version__}")
    commands_ = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, help_: str, example: str, more: str = "") -> argparse.ArgumentParser:
        sub = commands_.add_parser(
            name,
            help=help_,
            description=help_,
            epilog=f"{more}Example:\n  python -m dashboard {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(run=run)
        return sub

    serve = command("serve", server.serve, "Start the web app and say where it is.", "serve --port 8600")
    serve.add_argument("--address", help="address to listen on (default: DASHBOARD_ADDRESS, else 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default: DASHBOARD_PORT, else 8501)")

    doctor = command(
        "doctor",
        server.doctor,
        "Look at settings, data, record and machine; say what is wrong and the remedy. Nothing is changed.",
        "doctor",
    )
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")

    check = command(
        "check",
        data.check,
        "Check a file of incidents; print each problem as FILE:LINE: COLUMN: message.",
        "check data/incidents.csv",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="incidents as .csv, .geojson or .gpkg")

    import_ = command(
        "import",
        imports.import_list,
        "Take any list into the record: report what it would add and change, and ask before anything is written.",
        "import wykaz_2026.xlsx --source wykaz --dry-run",
        IMPORTING,
    )
    _takes_a_list(import_)

    release = command(
        "release",
        data.release,
        "Give the state of the data a name, so that later ones can be compared with it.",
        'release --note "After the check of July"',
    )
    release.add_argument("--note", default="", metavar="TEXT", help="a note of at most 200 characters")
    release.add_argument("--list", action="store_true", help="list the releases, the oldest first")

    history = command(
        "history",
        record.history,
        "List the changes of the data, the newest first: number, time, how many incidents, and the note.",
        "history --most 10",
    )
    history.add_argument("--most", type=int, metavar="NUMBER", help="list at most so many (default: all)")

    undo = command(
        "undo",
        record.undo,
        "Undo a change of the data; what was done since stays, and the undoing is a change that can be undone.",
        "undo 42",
    )
    undo.add_argument("change", type=int, metavar="CHANGE", help="its number, as history lists it")
    undo.add_argument("--note", default="", metavar="TEXT", help="why it is undone")
    undo.add_argument("--partly", action="store_true", help="undo what nobody has changed since, and leave the rest")

    backup = command(
        "backup",
        record.backup,
        "Write all that the record keeps, with its history, into one file; the app may be running.",
        "backup 2026-11-27.backup",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="file to write; an older one is replaced")

    restore = command(
        "restore",
        record.restore,
        "Fill the record (DASHBOARD_DATABASE) from a backup; that may be of another kind of database.",
        "restore 2026-11-27.backup",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="file that backup wrote")
    restore.add_argument(
        "--replace", action="store_true", help="also where the record then loses changes that the backup does not have"
    )

    token = command(
        "token",
        tokens.token,
        "Make, list and revoke the tokens of the systems that read from the app.",
        "token add situation-centre",
    )
    token.add_argument("action", choices=("add", "list", "revoke"), help="a token is shown once, when it is made")
    token.add_argument("name", nargs="?", default="", metavar="NAME", help="of the system")

    borders = command(
        "borders",
        data.borders,
        "Make the borders, places and light map from their sources (npm; takes four minutes).",
        "borders --out data",
    )
    borders.add_argument("--out", type=Path, help="folder to write to (default: DASHBOARD_DATA)")
    borders.add_argument("--sources", type=Path, help="folder whose node_modules holds the npm packages already")

    sheet = command(
        "sheet",
        views.sheet,
        "Draw a view as a picture or a page.",
        'sheet --query "country=LT&from=2025-07-01&to=2025-07-31" --title "Drones over Lithuania" -o lt.png',
    )
    _takes_views(sheet, "file to write: .png, .svg or .pdf")
    sheet.add_argument("--size", default="", help="1920x1080 or 3840x2160 for .png; A4, A3 or 16:9 for .pdf and .svg")
    sheet.add_argument(
        "--list", action="store_true", help="also write the list of incidents as pictures: lt-page-2.png and on"
    )
    sheet.add_argument("--portrait", action="store_true", help="portrait (default: landscape)")
    sheet.add_argument(
        "--look",
        default="",
        help="theme: light, dark, contrast or print (default: print for A4 and A3, light for the others)",
    )

    deck = command(
        "deck",
        views.deck,
        "Make slides of one view or of a list of views.",
        'deck --query "country=PL&from=2025-09-09&to=2025-09-10" --title "Drones over Poland" -o pl.pptx',
    )
    _takes_views(deck, "file to write: .pptx")
    deck.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help="a .pptx of your own, whose layouts are used (default: DASHBOARD_TEMPLATE)",
    )
    deck.add_argument(
        "--look", default="", help="theme: light, dark or contrast; with a template only light (default: light)"
    )

    export = command(
        "export",
        views.export,
        "Write a view as data, or as one page for the browser that needs no network.",
        'export --query "country=RO&category=debris" -o ro.xlsx',
    )
    _takes_views(
        export,
        "file to write: .csv, .xlsx, .geojson, .kml, .json, .gpkg, .parquet or .html; or a folder for all the data",
    )

    brief = command(
        "brief",
        views.brief,
        "Write a view as text, to paste into a cable or an e-mail.",
        'brief --query "country=LT&from=2025-07-01&to=2025-07-31" -o lt.md',
    )
    _takes_views(brief, "file to write: .md (all of it) or .txt (one page)")
    return parser


def _takes_a_list(parser: argparse.ArgumentParser) -> None:
    """Options of the command that takes a list in."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="spreadsheet, table, map or track of any kind; a folder in our own form; or a database, as "
        "postgresql://USER@HOST/DATABASE",
    )
    parser.add_argument(
        "--source",
        default="",
        metavar="NAME",
        help="its name when it comes again (default: that of the file, or of the database and the table)",
    )
    parser.add_argument(
        "--mapping",
        default="",
        metavar="M",
        help="YAML file that says which column is what, or a ready one's name",
    )
    parser.add_argument(
        "--default",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="a value for all rows that have none, such as location_accuracy_km=5; may be repeated",
    )
    parser.add_argument(
        "--layer", "--table", default="", metavar="NAME", help="sheet, layer or table to read of several"
    )
    parser.add_argument("--query", default="", metavar="SQL", help="what to read of a database in place of a table")
    parser.add_argument(
        "--beside", type=Path, metavar="FILE", help="second file: the sources whose numbers the list gives"
    )
    parser.add_argument("--answers", type=Path, metavar="FILE", help="YAML file with an answer to each question")
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="ID", help="accept all but this incident; may be repeated"
    )
    parser.add_argument("--full", action="store_true", help="it is the source's full list: say what is gone from it")
    parser.add_argument("--note", default="", metavar="TEXT", help="a word on it, for the history")
    parser.add_argument("--dry-run", action="store_true", help="report only")
    parser.add_argument("--yes", action="store_true", help="accept all that can be taken in, without asking")
    parser.add_argument("--json", action="store_true", help="print figures and open questions as JSON")


def _takes_views(parser: argparse.ArgumentParser, output: str) -> None:
    """Options of a command that makes something of views."""
    parser.add_argument("--query", default="", help="the view, as in the web app's address after the question mark")
    parser.add_argument("--again", default="", metavar="ID", help="the view of the sheet with this reference")
    parser.add_argument("--views", type=Path, metavar="FILE", help="a list of views in YAML")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=output)
    parser.add_argument(
        "--as-of",
        type=_moment,
        metavar="MOMENT",
        help="the data as they were: on a day or at an instant in UTC, such as 2026-10-03, or in a release",
    )
    parser.add_argument(
        "--since", type=_moment, metavar="MOMENT", help="only incidents that were added or corrected since a moment"
    )
    parser.add_argument("--title", help="title (default: the view's own, else the countries shown)")
    parser.add_argument("--finding", help="key message, in one sentence")
    parser.add_argument("--marking", help="handling marking at top and bottom (default: DASHBOARD_MARKING, else none)")
    parser.add_argument(
        "--produced", type=_instant, help="time to print as produced, such as 2026-01-31T12:00Z (default: now)"
    )


def _moment(text: str) -> str:
    if text and not is_moment(text):
        message = f"{text!r} is no day such as 2026-10-03, no instant such as 2026-10-03T18:20Z and no release"
        raise argparse.ArgumentTypeError(message)
    return text


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2026-01-31T12:00Z") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
