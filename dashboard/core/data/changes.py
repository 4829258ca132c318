"""Changes between two states of the data: incidents added, corrected field by field, withdrawn, reinstated.

Values are compared as they were read, so that the order of rows and columns, quotes, line ends and white space around
a cell are no change, and neither is an optional column that was added and is empty.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.core.data.completion import findable
from dashboard.core.data.releases import Contents
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.columns import COLUMNS, DAYS, FRIENDLY
from dashboard.core.incidents.events import Event
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.publishers import Publishers
from dashboard.core.query.filter import Filter

TRACKS = "tracks"  # stands for a column where the flight tracks of an incident changed


@dataclass(frozen=True)
class Flight:
    """A flight track as a value: ``points`` are longitude and latitude in degrees, in the order of flight."""

    points: tuple[tuple[float, float], ...]
    basis: str
    accuracy_km: float
    sources: tuple[str, ...]


# Text, number, day, instant in UTC, sources or flight tracks; None where there is none.
Value = str | float | date | datetime | tuple[str, ...] | tuple[Flight, ...] | None


@dataclass(frozen=True)
class Correction:
    """One field of an incident that is not what it was.

    column
        A column of the incidents, or ``tracks``.
    """

    column: str
    before: Value
    after: Value


@dataclass(frozen=True, eq=False)
class Changes:
    """Differences of a later state of the data from an earlier one; each part by the incidents' ids.

    added, reinstated
        Incidents that were not there; those that are reinstated were withdrawn before.
    corrected
        Incidents of both states, with every field that is not the same.
    withdrawn
        Incidents that are there no more, with the reason; it is empty where the row was taken out of the file.
    unusable
        Incidents whose row is still in the file, but is set aside for a fault.
    nameless
        How many rows of the later state are set aside and cannot be told by their id: one that seems to have been
        taken out of the file can be among them.
    before, after
        The rows of the changed incidents as they were (corrected, withdrawn, unusable) and as they are (added,
        reinstated, corrected), as :class:`dashboard.core.data.releases.Contents` has them.
    """

    added: tuple[str, ...]
    reinstated: tuple[str, ...]
    corrected: dict[str, tuple[Correction, ...]]
    withdrawn: dict[str, str]
    unusable: tuple[str, ...]
    nameless: int
    before: gpd.GeoDataFrame
    after: gpd.GeoDataFrame

    @property
    def own_side(self) -> frozenset[str]:
        """The ids of those that were or are own-side objects, which are no incidents and in no figure."""
        return frozenset(id_ for rows in (self.before, self.after) for id_ in rows["id"][rows["side"] == FRIENDLY])

    @property
    def count(self) -> int:
        """The number of incidents that changed."""
        parts = (self.added, self.reinstated, self.corrected, self.withdrawn, self.unusable)
        return sum(map(len, parts))

    def passing(self, filter_: Filter, publishers: Publishers, events: Mapping[str, Event]) -> "Changes":
        """Only the changes of incidents that a filter lets pass as they were, or as they are."""
        if filter_ == Filter():
            return self
        rows = pd.concat([self.before, self.after], ignore_index=True)
        return self.among({*selection_of(findable(rows, publishers, events)).filtered(filter_).rows["id"]})

    def among(self, ids: Collection[str]) -> "Changes":
        """Only the changes of the incidents with these IDs."""
        return replace(
            self,
            added=tuple(id_ for id_ in self.added if id_ in ids),
            reinstated=tuple(id_ for id_ in self.reinstated if id_ in ids),
            corrected={id_: fields for id_, fields in self.corrected.items() if id_ in ids},
            withdrawn={id_: reason for id_, reason in self.withdrawn.items() if id_ in ids},
            unusable=tuple(id_ for id_ in self.unusable if id_ in ids),
            before=self.before[self.before["id"].isin(ids)],
            after=self.after[self.after["id"].isin(ids)],
        )


def compare(earlier: Contents, later: Contents) -> Changes:
    """Compare two states of the data; each part of the result is in the order of its rows."""
    then, now = earlier.objects, later.objects
    come, gone = _missing(now, then), _missing(then, now)
    were_withdrawn = set(earlier.withdrawn["id"])
    reasons = dict(zip(later.withdrawn["id"], later.withdrawn[WITHDRAWN], strict=True))
    corrected = _corrected(earlier, later)
    return Changes(
        added=tuple(id_ for id_ in come if id_ not in were_withdrawn),
        reinstated=tuple(id_ for id_ in come if id_ in were_withdrawn),
        corrected=corrected,
        withdrawn={id_: reasons.get(id_, "") for id_ in gone if id_ not in later.unusable},
        unusable=tuple(id_ for id_ in gone if id_ in later.unusable),
        nameless=max(0, later.rows - len(now) - len(later.withdrawn) - len(later.unusable)),
        before=then[then["id"].isin({*corrected, *gone})].reset_index(drop=True),
        after=now[now["id"].isin({*corrected, *come})].reset_index(drop=True),
    )


def _missing(rows: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> list[str]:
    """The ids of rows that are not among the others."""
    return list(rows["id"][~rows["id"].isin(others["id"])])


def _corrected(earlier: Contents, later: Contents) -> dict[str, tuple[Correction, ...]]:
    """The fields that differ, by the incidents that both states have."""
    then, now = earlier.objects.set_index("id"), later.objects.set_index("id")
    both = now.index[now.index.isin(then.index)]
    then, now = then.loc[both], now.loc[both]
    found: dict[str, list[Correction]] = {}
    for column in (name for name in COLUMNS if name != "id"):
        before, after = then[column], now[column]
        same = (before == after).to_numpy(bool) | (before.isna() & after.isna()).to_numpy(bool)
        for position in np.flatnonzero(~same):
            values = (_value(column, series.iloc[position]) for series in (before, after))
            found.setdefault(both[position], []).append(Correction(column, *values))
    flown_then, flown_now = _flights(earlier.tracks), _flights(later.tracks)
    for id_ in both[both.isin([*flown_then, *flown_now])]:
        old, new = flown_then.get(id_, ()), flown_now.get(id_, ())
        if Counter(old) != Counter(new):
            found.setdefault(id_, []).append(Correction(TRACKS, old, new))
    return {id_: tuple(found[id_]) for id_ in both if id_ in found}


def _value(column: str, value: Any) -> Value:
    if not isinstance(value, tuple) and pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        instant: datetime = value.to_pydatetime()
        return instant.date() if column in DAYS else instant
    if isinstance(value, str | tuple):
        return value
    return float(value)


def _flights(tracks: gpd.GeoDataFrame) -> dict[str, tuple[Flight, ...]]:
    """The flight tracks by incident."""
    flights: dict[str, tuple[Flight, ...]] = {}
    for track in tracks.itertuples():
        points = tuple((float(x), float(y)) for x, y in track.geometry.coords)
        flight = Flight(points, track.basis, float(track.accuracy_km), track.sources)
        flights[track.incident_id] = (*flights.get(track.incident_id, ()), flight)
    return flights
