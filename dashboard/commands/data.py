"""The commands for the data: checking a file, naming a release, making the borders."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.record import record
from dashboard.commands.user import user
from dashboard.language import _
from dashboard.settings import settings

if TYPE_CHECKING:
    from dashboard.core.data.recorded import RecordedData

# Libraries are imported where they are needed, so that each command starts quickly.


def check(options: argparse.Namespace) -> int:
    """Print each problem of a file."""
    from dashboard.core.geo.airports import read_airports, unknown_airports
    from dashboard.core.geo.airspace import check_places
    from dashboard.core.geo.borders import read_borders
    from dashboard.core.imports.columns import find_columns, lacking_in_words
    from dashboard.core.incidents.problems import unreadable_in_words
    from dashboard.core.incidents.schema import read_incidents
    from dashboard.core.incidents.single_file import map_folder

    reading = read_incidents(options.file, settings().max_file_mb)
    folder = map_folder(settings().data)
    reading = check_places(reading, read_borders(folder / "borders.parquet"), options.file)
    airports = read_airports(folder / "airports.parquet")
    problems = [*reading.problems, *unknown_airports(reading.incidents, airports, options.file)]
    for problem in problems:
        print(problem)
    readable = len(reading.incidents) + len(reading.withdrawn)
    for sentence in unreadable_in_words(reading.rows, readable, reading.problems):
        print(sentence, file=sys.stderr)
    if not readable and (lacking := lacking_in_words(find_columns(*_cells_of(options.file)))):
        print(lacking, file=sys.stderr)
    return 1 if problems else 0


def _cells_of(file: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a file of incidents."""
    from dashboard.core.incidents.schema import read_rows

    table = read_rows(file, settings().max_file_mb)
    return table.header, table.rows


def release(options: argparse.Namespace) -> int:
    """Give the state of the data a name, or list those that have one."""
    from dashboard.core.data.make_release import make_release

    recorded = recorded_data()
    if not options.list:
        print(make_release(recorded, datetime.now(UTC), options.note, user()))
        return 0
    for made in recorded.now().releases:
        print(_("{release}; {note}").format(release=made, note=made.note) if made.note else made)
    return 0


def borders(options: argparse.Namespace) -> int:
    """Make the borders, places and light map."""
    from dashboard.build.build_map_data import make_map_data
    from dashboard.build.partition import fetch_sources
    from dashboard.core.incidents.single_file import map_folder

    def progress(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    folder = options.out or map_folder(settings().data)
    if options.sources:
        make_map_data(options.sources, folder, progress)
        return 0
    with tempfile.TemporaryDirectory() as sources:
        progress(_("Fetching the sources"))
        fetch_sources(Path(sources))
        make_map_data(Path(sources), folder, progress)
    return 0


def recorded_data() -> "RecordedData":
    """The data and their earlier states, after the record has taken in the folder."""
    from dashboard.core.data.recorded import RecordedData, read_folder

    found = read_folder(settings().data, settings().max_file_mb)
    recorded = RecordedData(record(), settings().data, settings().max_file_mb)
    if recorded.has_lost_much(found):
        message = _("Many incidents are gone from {folder}: the record keeps them until the app is told otherwise.")
        print(message.format(folder=settings().data), file=sys.stderr)
        recorded.leave_out(found)
    else:
        recorded.take_in(found)
    return recorded
