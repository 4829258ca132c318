"""Releases: stored states of the data, with which a later one can be compared.

A release is a folder ``releases/2026-10-03-ab12cd34`` in the data folder: the day on which it was stored and the first
digits of the data's SHA-256. It holds plain copies of the files, and ``release.toml`` with what is known of them.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import geopandas as gpd

from dashboard.core.data.named_values import Count, Instant, NamedValues, Text, read_toml
from dashboard.core.geo.airspace import check_places
from dashboard.core.geo.borders import Borders
from dashboard.core.incidents.columns import FRIENDLY
from dashboard.core.incidents.csv_file import not_readable
from dashboard.core.incidents.events import Event
from dashboard.core.incidents.own_side import counted, with_own_side
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.incidents.tracks import read_tracks
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.core.query.as_of import data_as_of_in_words
from dashboard.core.query.filter import listing_of_limits
from dashboard.core.query.periods import Period
from dashboard.core.query.search import searchable
from dashboard.core.query.view import View, one_line
from dashboard.errors import QueryError, UnreadableFileError
from dashboard.language import _, day, listing, ngettext, number

FOLDER = "releases"
RECORD = "release.toml"
DIGITS = 8  # of the fingerprint, in the name
LONGEST_NOTE = 200  # characters
_NAME = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}-[0-9a-f]{{{DIGITS}}}")


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
    def tracks_set_aside(self) -> int:
        """The number of flight tracks that could not be used."""
        return len({problem.line for problem in self.problems if problem.severe and problem.file.name == TRACKS})

    @property
    def objects(self) -> gpd.GeoDataFrame:
        """The incidents, and after them the own-side objects."""
        return with_own_side(self.incidents, self.friendly)


def read_contents(folder: Path, borders: Borders, max_file_mb: int = 200) -> Contents:
    """Read the incidents and tracks in a folder, and measure them against the borders.

    Raises
    ------
    DataError
        The incidents are missing, or a file cannot be read at all.
    """
    path = folder / INCIDENTS
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
    for file in (folder / name for name in FILES):
        try:
            if file.is_file():
                digest.update(file.read_bytes())
        except OSError as error:
            raise not_readable(file, error) from error
    return digest.hexdigest()


@dataclass(frozen=True)
class Release:
    """A stored state of the data.

    folder
        Its folder.
    created
        When it was stored, in UTC.
    fingerprint
        SHA-256 of its files, as :func:`dashboard.core.data.releases.fingerprint_of` has it.
    rows, incidents, withdrawn
        How many rows its file has, and how many of them are incidents, or were withdrawn; the rest was set aside.
    cutoff
        The data's information cut-off at the time.
    note
        A remark of its keeper, on one line, or empty.
    friendly
        How many rows are own-side objects, which are no incidents; records of older releases do not tell them apart.
    """

    folder: Path
    created: datetime
    fingerprint: str
    rows: int
    incidents: int
    withdrawn: int
    cutoff: datetime
    note: str = ""
    friendly: int = 0

    @property
    def name(self) -> str:
        """The name of the release, which is that of its folder."""
        return f"{self.created:%Y-%m-%d}-{self.fingerprint[:DIGITS]}"

    @property
    def set_aside(self) -> int:
        """The number of rows of its file that could not be used."""
        return self.rows - self.incidents - self.friendly - self.withdrawn

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


class _Record(NamedValues):
    """The values of ``release.toml``."""

    created: Instant
    fingerprint: Text
    rows: Count
    incidents: Count
    withdrawn: Count
    cutoff: Instant
    note: Text = ""
    friendly: Count = 0


def list_releases(folder: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """The releases of a data folder, the oldest first; only their records are read.

    Returns
    -------
    The releases, and a problem for each folder that bears the name of one and is none, which is left out.
    """
    releases: list[Release] = []
    problems: list[Problem] = []
    try:
        there = sorted((folder / FOLDER).iterdir()) if (folder / FOLDER).is_dir() else []
    except OSError as error:
        message, remedy = str(not_readable(folder / FOLDER, error)).rstrip("."), _("Let it be read, or remove it")
        return (), (Problem(folder / FOLDER, 0, _("release"), "", message, remedy, severe=False),)
    for place in there:
        if not _NAME.fullmatch(place.name):
            continue
        try:
            releases.append(_read_record(place))
        except (OSError, ValueError) as error:
            message = _("release {name} is left out, because its record cannot be read: {error}")
            message = message.format(name=place.name, error=error)
            remedy = _("Restore the folder, or remove it")
            problems.append(Problem(place / RECORD, 0, _("release"), "", message, remedy, severe=False))
    return tuple(sorted(releases, key=lambda release: (release.created, release.name))), tuple(problems)


def _read_record(place: Path) -> Release:
    record = read_toml((place / RECORD).read_bytes(), _Record)
    release = Release(place, **record.model_dump(include=set(_Record.model_fields)))
    if not re.fullmatch(r"[0-9a-f]{64}", release.fingerprint) or release.name != place.name:
        raise ValueError(_("created and fingerprint do not make the name of the folder"))
    if release.set_aside < 0:
        raise ValueError(_("it has more incidents and withdrawn rows than rows"))
    return replace(release, note=one_line(release.note)[:LONGEST_NOTE])


def find_release(releases: Sequence[Release], name: str) -> Release:
    """The release of this name; no path is ever made of it.

    Raises
    ------
    QueryError
        There is none.
    """
    for release in releases:
        if release.name == name:
            return release
    raise QueryError(_("There is no release {name}.").format(name=repr(name[:60])))


def read_release(release: Release, borders: Borders, max_file_mb: int = 200) -> Contents:
    """Read what a release holds.

    Raises
    ------
    DataError
        Its files are missing, cannot be read, or are not what was stored.
    """
    found = fingerprint_of(release.folder)
    if found != release.fingerprint:
        raise UnreadableFileError(
            _(
                "Release {name} was changed after it was stored: SHA-256 of its files is {found}, not {stored}. "
                "Restore the folder, or remove it."
            ).format(name=release.name, found=found[:12], stored=release.fingerprint[:12])
        )
    return read_contents(release.folder, borders, max_file_mb)


def asked_in_words(view: View, known: Period, events: Mapping[str, Event]) -> str:
    """The question of a view as a phrase: ``All states, 28 July 2025``; an event by its title, if it has one."""
    event = events.get(view.filter.event)
    limits = [limit for limit in (changed_since_in_words(view.since), data_as_of_in_words(view.as_of)) if limit]
    return view.filter.in_words(known, listing_of_limits(limits), event.title if event else "")


def changed_since_in_words(name: str) -> str:
    """The limit to changes since a release as a phrase; empty without one."""
    return _("changed since the {release}").format(release=release_in_words(name)) if name else ""


def release_in_words(name: str) -> str:
    """A release by its name, for a sentence: ``release of 3 October 2026 (ab12cd34)``."""
    if not _NAME.fullmatch(name):
        return _("release {name}").format(name=name)
    stored, digits = name[:10], name[11:]
    return _("release of {day} ({digits})").format(day=day(date.fromisoformat(stored)), digits=digits)


INCIDENTS, TRACKS, EVENTS = FILES = ("incidents.csv", "tracks.geojson", "events.csv")
