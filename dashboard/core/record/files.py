"""The files of a data folder as things of the record, and a state of the record as files.

A thing is a JSON object: an incident or an event the cells of its row that are not empty, by column; a track a feature
of GeoJSON; what the keeper states, the text of its file. Files are written in one form: rows by day and ID, so that the
same state has the same bytes whoever wrote it.
"""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.core.incidents.columns import COLUMNS as INCIDENT_COLUMNS
from dashboard.core.incidents.csv_file import not_readable, read_bytes, read_table
from dashboard.core.incidents.events import COLUMNS as EVENT_COLUMNS
from dashboard.core.incidents.geo_file import features_of
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.schema import read_rows
from dashboard.core.incidents.single_file import INCIDENTS_FILE, file_in
from dashboard.core.record.merge import Content
from dashboard.core.record.record import ABOUT, EVENT, INCIDENT, TRACK
from dashboard.errors import MissingFileError, UnreadableFileError

TRACKS_FILE, EVENTS_FILE, ABOUT_FILE = "tracks.geojson", "events.csv", "about.toml"
PUBLISHERS_FILE, TOTALS_FILE = "publishers.csv", "official_totals.csv"
LONGEST_KEY = 190  # characters; the database has room for 200
Things = dict[str, dict[str, Content]]  # by noun and key


@dataclass(frozen=True)
class FolderContents:
    """The things in a data folder.

    lines
        The line, or for a track the number of the feature, of each thing in its file, by noun and key.
    header
        The columns of the file of incidents, in their order.
    problems
        What had to be assumed to read the files, and rows that could not be read.
    unread
        How many rows of the file of incidents could not be read.
    """

    things: Things
    lines: Mapping[str, Mapping[str, int]]
    header: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: int = 0


def read_things(folder: Path, max_file_mb: int = 200) -> FolderContents:
    """Read the things in a data folder, of which only the incidents must be there, or in a single file.

    Raises
    ------
    DataError
        The incidents are missing, or a file cannot be read at all.
    """
    table = read_rows(file_in(folder, INCIDENTS_FILE), max_file_mb)
    incidents, lines = _rows(table.header, table.rows, table.lines, "id")
    events, event_lines = _events(folder / EVENTS_FILE, max_file_mb)
    tracks = _tracks(folder / TRACKS_FILE, max_file_mb)
    return FolderContents(
        things={INCIDENT: incidents, TRACK: tracks, EVENT: events, ABOUT: _statements(folder)},
        lines={
            INCIDENT: lines,
            EVENT: event_lines,
            TRACK: {key: place for place, key in enumerate(tracks, start=1)},
        },
        header=tuple(table.header),
        problems=tuple(table.problems),
        unread=table.unread,
    )


def read_beside(folder: Path, max_file_mb: int = 200) -> Things:
    """Read the events and statements that lie beside the incidents in a data folder; raises as ``read_things`` does."""
    return {EVENT: _events(folder / EVENTS_FILE, max_file_mb)[0], ABOUT: _statements(folder)}


def _rows(
    header: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int], name: str
) -> tuple[dict[str, Content], dict[str, int]]:
    """Rows by the value of a column; one without a value of its own by what it holds, since nothing may be lost."""
    found: dict[str, Content] = {}
    at: dict[str, int] = {}
    for line, row in zip(lines, rows, strict=True):
        cells: Content = {}
        for column, cell in zip(header, row, strict=True):
            if cell and column not in cells:
                cells[column] = cell
        key = _key(str(cells.get(name, "")), cells, found)
        found[key], at[key] = cells, line
    return found, at


def _key(wanted: str, content: Content, taken: Collection[str]) -> str:
    if wanted and len(wanted) <= LONGEST_KEY and not wanted.startswith("~") and wanted not in taken:
        return wanted
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    turn = 0
    while (key := f"~{digest}-{turn}") in taken:
        turn += 1
    return key


def _events(path: Path, max_file_mb: int) -> tuple[dict[str, Content], dict[str, int]]:
    if not path.exists():
        return {}, {}
    table = read_table(path, max_file_mb, EVENT_COLUMNS)
    return _rows(table.header, table.rows, table.lines, "event")


def _tracks(path: Path, max_file_mb: int) -> dict[str, Content]:
    """The features of a file of tracks: each by its incident, and by its number among those of the incident."""
    try:
        features = features_of(path, read_bytes(path, max_file_mb))
    except MissingFileError:
        return {}
    found: dict[str, Content] = {}
    numbers: Counter[str] = Counter()
    for feature in features:
        content = feature if isinstance(feature, dict) else {"~": feature}
        properties = content.get("properties")
        incident = properties.get("incident_id") if isinstance(properties, dict) else None
        named = incident if isinstance(incident, str) else ""
        numbers[named] += 1
        found[_key(f"{named}/{numbers[named]}" if named else "", content, found)] = content
    return found


def _statements(folder: Path) -> dict[str, Content]:
    """The texts of the files in which the keeper says something of the data as a whole."""
    found: dict[str, Content] = {}
    for path in (folder / name for name in (ABOUT_FILE, PUBLISHERS_FILE, TOTALS_FILE)):
        try:
            found[path.name] = {"text": path.read_bytes().decode()}
        except (FileNotFoundError, NotADirectoryError):  # a single file of incidents has none beside it
            continue
        except OSError as error:
            raise not_readable(path, error) from error
        except UnicodeDecodeError as error:
            if path.name == ABOUT_FILE:
                raise UnreadableFileError(f"{path}: {error}") from error
            # A table may have another encoding; its reader, which looks into the folder then, says what is wrong.
    return found


@dataclass(frozen=True)
class StateFiles:
    """A state of the record as the files of a data folder.

    keys
        The key of each incident and event by its line, and of each track by its number.
    """

    contents: Mapping[str, bytes]
    keys: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of incidents, tracks and events one after the other, in hexadecimal."""
        digest = hashlib.sha256()
        for name in (INCIDENTS_FILE, TRACKS_FILE, EVENTS_FILE):
            digest.update(self.contents.get(name, b""))
        return digest.hexdigest()


def files_of(
    things: Things, header: Sequence[str] = (), orders: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> StateFiles:
    """Write things as files: incidents by day and ID, tracks in the order of their incidents, events by their days.

    Parameters
    ----------
    header
        Columns of the file of incidents that come first.
    orders
        Keys of tracks and events that come first, in the order that they had in a folder, by noun.
    """
    incidents = _in_order(things.get(INCIDENT, {}), "date")
    events = _as_before(_in_order(things.get(EVENT, {}), "first_day"), orders.get(EVENT, ()))
    place = {key: position for position, key in enumerate(incidents)}
    by_incident = sorted(things.get(TRACK, {}).items(), key=lambda item: _order_of_track(item[0], place))
    tracks = _as_before(dict(by_incident), orders.get(TRACK, ()))
    incidents_csv, incident_lines = _csv(incidents, _columns(incidents, header, INCIDENT_COLUMNS))
    contents = {INCIDENTS_FILE: incidents_csv}
    keys = {INCIDENT: incident_lines, TRACK: dict(enumerate(tracks, start=1))}
    if tracks:
        contents[TRACKS_FILE] = _geojson([*tracks.values()])
    if events:
        contents[EVENTS_FILE], keys[EVENT] = _csv(events, _columns(events, EVENT_COLUMNS, EVENT_COLUMNS))
    for name, statement in things.get(ABOUT, {}).items():
        contents[name] = str(statement["text"]).encode()
    return StateFiles(contents, keys)


def _as_before(things: dict[str, Content], order: Sequence[str]) -> dict[str, Content]:
    return {key: things[key] for key in order if key in things} | things


def _in_order(rows: Mapping[str, Content], day: str) -> dict[str, Content]:
    return dict(sorted(rows.items(), key=lambda item: (str(item[1].get(day, "")), item[0])))


def _order_of_track(key: str, place: Mapping[str, int]) -> tuple[int, str, int]:
    incident, _slash, turn = key.rpartition("/")
    return place.get(incident, len(place)), incident or key, int(turn) if turn.isdecimal() else 0


def _columns(rows: Mapping[str, Content], header: Sequence[str], usual: Sequence[str]) -> list[str]:
    """The columns of a file: those of its header, and whatever else its rows have."""
    others = {name for cells in rows.values() for name in cells}.difference(header)
    known = [name for name in usual if name in others]
    return [*header, *known, *sorted(others.difference(known))]


def _csv(rows: Mapping[str, Content], columns: Sequence[str]) -> tuple[bytes, dict[int, str]]:
    """Rows as CSV, and the key of each by the line on which it begins."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    keys: dict[int, str] = {}
    line = 2
    for key, cells in rows.items():
        keys[line] = key
        row = [str(cells.get(name, "")) for name in columns]
        writer.writerow(row)
        line += 1 + sum(cell.count("\n") for cell in row)
    return text.getvalue().encode(), keys


def _geojson(features: Sequence[Any]) -> bytes:
    whole = [feature.get("~", feature) for feature in features]
    collection = {"type": "FeatureCollection", "features": whole}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()
