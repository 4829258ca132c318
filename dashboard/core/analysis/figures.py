"""The figures above the map, and how many incidents each option of the filter would show.

An incident is a row; an event is one night or one object's path, which can have several rows. They are never mixed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np

from dashboard.core.incidents.columns import ON_THE_GROUND
from dashboard.core.incidents.event_objects import least_objects, without_number
from dashboard.core.query.filter import GROUPS, NOT_STATED, Filter, count_codes


@dataclass(frozen=True)
class Figures:
    """The figures of a selection.

    on_the_ground
        Incidents of an object that came down: crash, debris or landing.
    objects, without_number
        The least number of objects, none counted twice; and the incidents of which nobody says how many there were.
    deepest, deepest_km, deepest_accuracy_km
        The incident farthest inside the airspace it entered, among those that are certainly inside; empty for none.
    deepest_object, deepest_from
        Its object, and the neighbour whose border is measured; that is empty where it is only the nearest one.
    """

    incidents: int
    events: int
    on_the_ground: int
    states: int
    objects: int
    without_number: int
    deepest: str = ""
    deepest_km: float = 0.0
    deepest_accuracy_km: float = 0.0
    deepest_object: str = ""
    deepest_from: str = ""


def figures(selection: gpd.GeoDataFrame) -> Figures:
    """Count a selection of placed incidents."""
    counts = Figures(
        incidents=len(selection),
        events=events(selection),
        on_the_ground=int(selection["category"].isin(ON_THE_GROUND).sum()),
        states=int(selection["country"].nunique()),
        objects=least_objects(selection),
        without_number=without_number(selection),
    )
    row = deepest(selection)
    if row is None:
        return counts
    return replace(
        counts,
        deepest=row.id,
        deepest_km=float(row.depth_km),
        deepest_accuracy_km=float(row.location_accuracy_km),
        deepest_object=row.object_type,
        deepest_from=row.measured_from if row.measured_from_stated else "",
    )


def deepest(incidents: gpd.GeoDataFrame) -> Any:
    """The row of the incident farthest inside, among those that are certainly inside; None for none."""
    certain = np.flatnonzero(incidents["certain"].to_numpy(bool))
    if not len(certain):
        return None
    return incidents.iloc[certain[incidents["depth_km"].to_numpy()[certain].argmax()]]


def events(selection: gpd.GeoDataFrame) -> int:
    """Count the events of a selection; an incident that names none is an event by itself."""
    events = selection["event"]
    named = events[events != ""]
    return int(named.nunique()) + len(events) - len(named)


def option_counts(
    incidents: gpd.GeoDataFrame, filter_: Filter, codes: Mapping[str, Iterable[str]] | None = None
) -> dict[str, dict[str, int]]:
    """Count the incidents that each option of each group would show with the rest of the filter as it is.

    Parameters
    ----------
    codes
        By group those that are options as well, with a count of 0 where no incident has them; by default those that an
        incident has.

    Returns
    -------
    ``{"countries": {"PL": 71, ...}, "categories": ..., ...}`` with every value that the data has, the most frequent
    first; an empty cell counts as ``none``.
    """
    masks = filter_.masks(incidents)
    counts = {}
    for group, column in GROUPS.items():
        others = [mask for name, mask in masks.items() if name != group]
        passed = incidents[column][np.logical_and.reduce(others)] if others else incidents[column]
        possible = codes[group] if codes else count_codes(incidents[column])
        found = dict.fromkeys(sorted(possible), 0) | count_codes(passed)
        ordered = sorted(found.items(), key=lambda option: -option[1])
        counts[group] = {value or NOT_STATED: count for value, count in ordered}
    return counts
