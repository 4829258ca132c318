"""All the data of the dashboard, read and checked together, and how current and complete it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

import geopandas as gpd
import pandas as pd

from dashboard.core.data.about import ABOUT, About, read_about
from dashboard.core.data.changes import Changes, compare
from dashboard.core.data.completion import completed
from dashboard.core.data.official_totals import OfficialTotal, read_official_totals
from dashboard.core.data.releases import (
    EVENTS,
    INCIDENTS,
    Contents,
    Release,
    asked_in_words,
    fingerprint_of,
    read_contents,
)
from dashboard.core.data.remembered import read_once, remembered
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.airports import read_airports, unknown_airports
from dashboard.core.geo.airspace import PLACE_COLUMNS
from dashboard.core.geo.basemap import LEVELS, read_basemap
from dashboard.core.geo.borders import Borders, read_borders
from dashboard.core.geo.gazetteer import Gazetteer, gazetteer_of
from dashboard.core.geo.places import read_places
from dashboard.core.incidents.events import Event, read_events, unmatched_events
from dashboard.core.incidents.own_side import own_side_in_words, with_own_side
from dashboard.core.incidents.problems import Problem, unreadable_in_words
from dashboard.core.incidents.publishers import Publishers, read_publishers
from dashboard.core.incidents.single_file import file_in, map_folder
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period, begun_by
from dashboard.core.query.view import View
from dashboard.errors import QueryError
from dashboard.language import _

PUBLISHERS, OFFICIAL_TOTALS = "publishers.csv", "official_totals.csv"
_BORDERS, _PLACES, _AIRPORTS = "borders.parquet", "places.parquet", "airports.parquet"
_BASEMAPS = {level: f"basemap_{level}.json" for level in LEVELS}
MAP_FILES = (_BORDERS, _PLACES, _AIRPORTS, *_BASEMAPS.values())  # which ``python -m dashboard borders`` makes


class States(Protocol):
    """The states of the data that a record knows; each method raises QueryError where nothing is known of a moment."""

    def at(self, as_of: str) -> "Dataset":
        """The data as they were at a moment, or with an empty text as they are now."""

    def contents(self, as_of: str) -> Contents:
        """Their incidents and tracks alone, which are read more quickly."""

    def after(self, change: int) -> "Dataset":
        """The data as they were after a change, and as of its instant."""

    def change_of(self, fingerprint: str) -> int:
        """The change that brought data with a fingerprint, or 0."""

    def before(self, since: str) -> str:
        """The moment before the changes since a moment: before a day; or an instant or a release itself."""


@dataclass(frozen=True, eq=False)
class Dataset(Contents):
    """Incidents measured against the borders, their tracks, places to name, and every problem found.

    Attributes of :class:`dashboard.core.data.releases.Contents`, and these:

    airports
        As :func:`dashboard.core.geo.airports.read_airports` returns them.
    basemap
        The light map to draw, by level (``far``, ``near``), with the column ``kind``.
    set_aside, not_located
        How many rows of the file of incidents could not be used, and how many of those for want of a place that could
        be read.
    fingerprint
        SHA-256 of incidents.csv, tracks.geojson and events.csv one after the other, in hexadecimal: ``cat incidents.csv
        tracks.geojson events.csv | sha256sum``.
    releases
        The named states of the data up to these, the oldest first.
    max_file_mb
        Largest file of incidents that is read, in megabytes.
    publishers
        Who stands behind the addresses of sources.
    events
        What is said of events, by their IDs.
    official_totals
        What states counted in a period.
    as_of, moment
        The moment of the data that was asked for, or empty; and the change of the record after which they are so, 0
        where they are those of a folder alone.
    marked_above
        How many incidents and own-side objects are left out for their marking.
    states
        Other states of the data, or None where there is no record of them.
    """

    borders: Borders
    places: gpd.GeoDataFrame
    airports: gpd.GeoDataFrame
    basemap: dict[str, gpd.GeoDataFrame]
    about: About
    fingerprint: str
    max_file_mb: int
    publishers: Publishers
    events: Mapping[str, Event]
    official_totals: tuple[OfficialTotal, ...]
    releases: tuple[Release, ...] = ()
    as_of: str = ""
    moment: int = 0
    marked_above: int = 0
    states: States | None = field(default=None, repr=False)
    _compared: dict[tuple[str, str], Changes] = field(init=False, repr=False, default_factory=dict)
    _selections: dict[tuple[Filter, str], tuple[Selection, gpd.GeoDataFrame]] = field(
        init=False, repr=False, default_factory=dict
    )

    @property
    def not_located(self) -> int:
        """The number of rows set aside because their place could not be read."""
        return len({problem.line for problem in self.problems if problem.severe and problem.column in PLACE_COLUMNS})

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """Sentences on why none of the rows could be read; empty where one could be."""
        return unreadable_in_words(self.rows, len(self.objects) + len(self.withdrawn), self.problems)

    @cached_property
    def later(self) -> int:
        """The number of incidents dated after the days of which anything is known."""
        return len(self.incidents) - len(begun_by(self.incidents, self.known.end))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Its towns and airports, to be found by name or code; one for all states beside the same map."""
        return gazetteer_of(self.places, self.airports)

    @property
    def release(self) -> Release | None:
        """The release that holds exactly these data."""
        return next((release for release in self.releases if release.fingerprint == self.fingerprint), None)

    def at(self, view: View) -> "Dataset":
        """The data as they were at the moment that a view asks for.

        Raises
        ------
        QueryError
            Nothing is known of that moment.
        """
        if view.as_of == self.as_of:
            return self
        return self._recorded().at(view.as_of)

    def _recorded(self) -> States:
        if self.states is None:
            raise QueryError(_("Without a record nothing is known of the data as they were."))
        return self.states

    def select(self, view: View) -> Selection:
        """The incidents that a view shows; raises as :meth:`changes` does."""
        return self._chosen(view)[0]

    @cached_property
    def latest(self) -> pd.Series:
        """The latest incident of the known days, or where none began by then, the latest of all; there must be one."""
        known = begun_by(self.incidents, self.known.end)
        return (known if len(known) else self.incidents).sort_values(["date", "id"]).iloc[-1]

    def candidates(self, view: View) -> Selection:
        """The incidents among which a view's filter chooses: all, or those that changed since a moment."""
        return self._since(view.since, self.everything)

    def own_side(self, view: View) -> gpd.GeoDataFrame:
        """The own-side objects that a view shows beside its incidents; raises as :meth:`changes` does."""
        return self._chosen(view)[1]

    def _chosen(self, view: View) -> tuple[Selection, gpd.GeoDataFrame]:
        """The incidents and own-side objects of a view, which a page asks for many times."""

        def choose() -> tuple[Selection, gpd.GeoDataFrame]:
            own_side = self._since(view.since, self.own_side_objects).filtered(view.filter)
            return self.candidates(view).filtered(view.filter), own_side.rows

        return remembered(self._selections, (view.filter, view.since), choose)

    def _since(self, since: str, objects: Selection) -> Selection:
        return objects.among(self.changes_since(since).after["id"]) if since else objects

    def title_of_event(self, id_: str) -> str:
        """The title of an event, or where nothing is said of it, its ID."""
        event = self.events.get(id_)
        return event.title if event else id_

    def of_event(self, id_: str) -> gpd.GeoDataFrame:
        """The incidents of an event, and after them its own-side objects, whatever a view shows."""
        if not id_:
            return self.objects[:0]
        asked = Filter(event=id_)
        return with_own_side(self.everything.filtered(asked).rows, self.own_side_objects.filtered(asked).rows)

    def object(self, id_: str) -> gpd.GeoDataFrame:
        """The incident or own-side object with this id, as a frame of one row, or of none."""
        found = self.everything.with_id(id_).rows
        return found if len(found) else self.own_side_objects.with_id(id_).rows

    def changes(self, earlier: str, later: str = "") -> Changes:
        """Changes from the data as they were at one moment to those of another, or to these data.

        Raises
        ------
        QueryError
            Nothing is known of a moment.
        """
        states = (self._recorded().contents(moment) if moment else self for moment in (earlier, later))
        return remembered(self._compared, (earlier, later), lambda: compare(*states))

    def changes_since(self, since: str) -> Changes:
        """Changes since a moment; those of a day itself are among them. Raises as :meth:`changes` does."""
        return self.changes(self._recorded().before(since))

    def sentence(self, view: View, shown: int) -> str:
        """A view in words: what it asks for, its number of incidents, and its own-side objects."""
        if self.unreadable:
            return self.unreadable[0].removesuffix(".")
        asked = asked_in_words(view, self.known, self.events)
        sentence = view.filter.sentence(shown, len(self.incidents), self.known, asked)
        aside = own_side_in_words(self.own_side(view))
        return _("{sentence}, and {aside}").format(sentence=sentence, aside=aside) if aside else sentence

    @cached_property
    def known(self) -> Period:
        """The days of which something is known: from the first incident to the information cut-off.

        Where incidents began after a cut-off that its keeper has not moved, they end with the last of those. A day that
        has not come yet is a typing error, and no day that is known.
        """
        cutoff = self.about.cutoff.date()
        begun = begun_by(self.incidents, max(cutoff, datetime.now(UTC).date()))["counted_on"]
        if begun.empty:
            return Period(cutoff, cutoff)
        return Period(begun.min().date(), max(cutoff, begun.max().date()))


def read_dataset(folder: Path, max_file_mb: int = 200, state: Path | None = None) -> Dataset:
    """Read everything in a data folder, or of incidents in a single file.

    Parameters
    ----------
    state
        A folder with other incidents, tracks, events and statements, which take the place of those in the data folder.

    Raises
    ------
    DataError
        The incidents or the borders are missing or cannot be read at all.
    """
    place, folder = state or folder, map_folder(folder)
    borders = read_once(read_borders, folder / _BORDERS)
    contents = read_contents(place, borders, max_file_mb)
    named, counted = (
        place / name if (place / name).exists() else folder / name for name in (PUBLISHERS, OFFICIAL_TOTALS)
    )
    places = read_once(read_places, folder / _PLACES)
    airports = read_once(read_airports, folder / _AIRPORTS)
    publishers, unnamed = read_publishers(named, max_file_mb)
    events, wrong = read_events(place / EVENTS, publishers, max_file_mb)
    totals, miscounted = read_official_totals(counted, publishers, max_file_mb)

    def complete(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return completed(rows, contents, borders, places, airports, publishers, events)

    about, doubts = read_about(place / ABOUT, contents.incidents)
    incidents = file_in(place, INCIDENTS)
    unknown = unknown_airports(contents.objects, airports, incidents)
    later = _later_than(about.cutoff, contents, incidents)
    rows = pd.concat([contents.objects, contents.withdrawn], ignore_index=True)
    wrong += unmatched_events(rows, incidents, events, place / EVENTS)
    return Dataset(
        incidents=complete(contents.incidents),
        friendly=complete(contents.friendly),
        withdrawn=contents.withdrawn,
        tracks=contents.tracks,
        unusable=contents.unusable,
        problems=(*contents.problems, *unknown, *later, *unnamed, *wrong, *miscounted, *doubts),
        rows=contents.rows,
        borders=borders,
        places=places,
        airports=airports,
        basemap={level: read_once(read_basemap, folder / name) for level, name in _BASEMAPS.items()},
        about=about,
        fingerprint=fingerprint_of(place),
        max_file_mb=max_file_mb,
        publishers=publishers,
        events=events,
        official_totals=totals,
    )


def _later_than(cutoff: datetime, contents: Contents, path: Path) -> list[Problem]:
    """A warning for each incident that is dated after the information cut-off and has none for its date yet."""
    warned = [problem.line for problem in contents.problems if problem.column == "date"]
    expected = _("the day lies after the information cut-off, {day}").format(day=cutoff.date().isoformat())
    remedy = _("Check the year, or move the cut-off in {file}").format(file=ABOUT)
    rows = contents.incidents[contents.incidents["date"] > pd.Timestamp(cutoff.date())]
    return [
        Problem(path, int(row.line), "date", row.date.date().isoformat(), expected, remedy, severe=False)
        for row in rows.itertuples()
        if row.line not in warned
    ]
