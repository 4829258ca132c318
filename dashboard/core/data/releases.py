"""States of the data: what one holds, and releases, which are states with a name."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd

from dashboard.core.engine.codes import codes_of
from dashboard.core.engine.selection import Selection, selection_of
from dashboard.core.geo.airspace import check_places
from dashboard.core.geo.borders import Borders
from dashboard.core.incidents.columns import FRIENDLY
from dashboard.core.incidents.csv_file import not_readable
from dashboard.core.incidents.events import Event
from dashboard.core.incidents.own_side import counted, with_own_side
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.incidents.single_file import INCIDENTS_FILE, file_in
from dashboard.core.incidents.tracks import read_tracks
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.core.query.as_of import changed_since_in_words, data_as_of_in_words
from dashboard.core.query.filter import listing_of_limits
from dashboard.core.query.periods import Period
from dashboard.core.query.search import searchable
from dashboard.core.query.view import View
from dashboard.core.record.record import Change
from dashboard.errors import QueryError
from dashboard.language import _, listing, ngettext, number

DIGITS = 8  # of the fingerprint, in the name
LONGEST_NOTE = 200  # characters


@dataclass(frozen=True, eq=False)
class Contents:
    """Incidents and tracks as they were at one time.

    incidents
        As :func:`dashboard.core.geo.airspace.place_in_airspace` returns them, with what a filter looks at.
    friendly
        The same of own-side objects, which are drawn, but are no incidents and in no figure.
    withdrawn
        Rows that are kept with the reason why they are no incidents any more: the columns of a file of incidents,
        ``withdrawn`` with the reason, and what a filter looks at.
    tracks
        Those of the incidents, as :func:`dashboard.core.incidents.tracks.read_tracks` returns them.
    unusable
        Ids of rows that are set aside for a fault.
    rows
        The number of rows of the file of incidents.
    """

    incidents: gpd.GeoDataFrame
    friendly: gpd.GeoDataFrame
    withdrawn: gpd.GeoDataFrame
    tracks: gpd.GeoDataFrame
    unusable: frozenset[str]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def set_aside(self) -> int:
        """The number of rows of the file that could not be used."""
        return self.rows - len(self.incidents) - len(self.friendly) - len(self.withdrawn)

    @property
    def tracks_set_aside(self) -> int:
        """The number of flight tracks that could not be used."""
        return len({problem.line for problem in self.problems if problem.severe and problem.file.name == TRACKS})

    @property
    def objects(self) -> gpd.GeoDataFrame:
        """The incidents, and after them the own-side objects."""
        return with_own_side(self.incidents, self.friendly)

    @cached_property
    def everything(self) -> Selection:
        """All incidents, to ask questions about."""
        return selection_of(self.incidents, self.tracks)

    @cached_property
    def own_side_objects(self) -> Selection:
        """All own-side objects, to ask questions about."""
        return selection_of(self.friendly, self.tracks)

    @cached_property
    def years(self) -> list[int]:
        """The years in which incidents are dated."""
        return sorted(self.incidents["date"].dt.year.unique().tolist())

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, int]]:
        """The codes of the incidents by group of the filter, the most frequent first, with how many hold each."""
        return codes_of(self.everything)


def read_contents(folder: Path, borders: Borders, max_file_mb: int = 200) -> Contents:
    """Read the incidents and tracks in a folder, or in a single file, and measure them against the borders.

    Raises
    ------
    DataError
        The incidents are missing, or a file cannot be read at all.
    """
    path = file_in(folder, INCIDENTS)
    reading = check_places(read_incidents(path, max_file_mb), borders, path)
    # The track of a row that was withdrawn is withdrawn with it, and no fault.
    known = {*reading.incidents["id"], *reading.withdrawn["id"]}
    tracks, problems = read_tracks(folder / TRACKS, known, max_file_mb)
    objects = searchable(reading.incidents)
    return Contents(
        incidents=counted(objects),
        friendly=objects[objects["side"] == FRIENDLY].reset_index(drop=True),
        withdrawn=searchable(reading.withdrawn),
        tracks=tracks[~tracks["incident_id"].isin(reading.withdrawn["id"])].reset_index(drop=True),
        unusable=reading.unusable,
        problems=(*reading.problems, *problems),
        rows=reading.rows,
    )


def fingerprint_of(folder: Path) -> str:
    """SHA-256 of incidents, tracks and events one after the other, in hexadecimal; a missing file adds nothing.

    Raises
    ------
    UnreadableFileError
        A file cannot be read.
    """
    digest = hashlib.sha256()
    for file in (file_in(folder, name) for name in FILES):
        try:
            if file.is_file():
                digest.update(file.read_bytes())
        except OSError as error:
            raise not_readable(file, error) from error
    return digest.hexdigest()


@dataclass(frozen=True)
class Release:
    """A named state of the data: a change of the record after which they are so.

    name
        The day on which it was made and the first digits of the fingerprint: ``2026-10-03-ab12cd34``.
    created
        When it was made, in UTC.
    fingerprint
        SHA-256 of its files, as :func:`dashboard.core.data.releases.fingerprint_of` has it.
    rows, incidents, withdrawn
        How many rows its file has, and how many of them are incidents, or were withdrawn; the rest was set aside.
    cutoff
        The data's information cut-off at the time.
    note
        A remark of its keeper, on one line, or empty.
    friendly
        How many rows are own-side objects, which are no incidents; older releases do not tell them apart.
    number
        That of its change in the record.
    """

    name: str
    created: datetime
    fingerprint: str
    rows: int
    incidents: int
    withdrawn: int
    cutoff: datetime
    note: str = ""
    friendly: int = 0
    number: int = 0

    @property
    def set_aside(self) -> int:
        """The number of rows of its file that could not be used."""
        return self.rows - self.incidents - self.friendly - self.withdrawn

    @property
    def facts(self) -> dict[str, str | int]:
        """Its values in the record, beside name and note."""
        return {
            "created": self.created.isoformat(),
            "fingerprint": self.fingerprint,
            "rows": self.rows,
            "incidents": self.incidents,
            "friendly": self.friendly,
            "withdrawn": self.withdrawn,
            "cutoff": self.cutoff.isoformat(),
        }

    def __str__(self) -> str:
        """The name of the release and its contents, on one line."""
        counts = [
            incidents_in_words(self.incidents),
            *([_("{count} of one's own side").format(count=number(self.friendly))] if self.friendly else []),
            _("{count} withdrawn").format(count=number(self.withdrawn)),
            ngettext("{count} record set aside", "{count} records set aside", self.set_aside).format(
                count=number(self.set_aside)
            ),
        ]
        return _("{name}: {counts}").format(name=self.name, counts=listing(counts))


def name_of(created: datetime, fingerprint: str) -> str:
    """The name of a release of that time and of data with that fingerprint."""
    return f"{created:%Y-%m-%d}-{fingerprint[:DIGITS]}"


def release_of(change: Change) -> Release:
    """The release that a change of the record is."""
    facts: dict[str, Any] = dict(change.facts["release"])
    facts |= {name: datetime.fromisoformat(facts[name]) for name in ("created", "cutoff")}
    return Release(name=change.name, note=change.note, number=change.number, **facts)


def find_release(releases: Sequence[Release], name: str) -> Release:
    """The release of this name.

    Raises
    ------
    QueryError
        There is none.
    """
    for release in releases:
        if release.name == name:
            return release
    raise QueryError(_("There is no release {name}.").format(name=repr(name[:60])))


def asked_in_words(view: View, known: Period, events: Mapping[str, Event]) -> str:
    """The question of a view as a phrase: ``All states, 28 July 2025``; an event by its title, if it has one."""
    event = events.get(view.filter.event)
    limits = [limit for limit in (changed_since_in_words(view.since), data_as_of_in_words(view.as_of)) if limit]
    return view.filter.in_words(known, listing_of_limits(limits), event.title if event else "")


INCIDENTS, TRACKS, EVENTS = FILES = (INCIDENTS_FILE, "tracks.geojson", "events.csv")
