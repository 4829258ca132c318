"""Counts: the figures above the map, and how many incidents each option of the filter would show.

An incident is a row; an event is one night or one object's path, which can have several rows. They are never mixed.
"""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.core.filter import GROUPS, NO_ORIGIN, Filter
from dashboard.core.incidents import ON_THE_GROUND


@dataclass(frozen=True)
class Figures:
    """The figures of a selection.

    on_the_ground
        Incidents of an object that came down: crash, debris or landing.
    deepest, deepest_km, deepest_accuracy_km
        The incident farthest inside the airspace it entered, among those that are certainly inside; empty for none.
    """

    incidents: int
    events: int
    on_the_ground: int
    states: int
    deepest: str = ""
    deepest_km: float = 0.0
    deepest_accuracy_km: float = 0.0


def figures(selection: gpd.GeoDataFrame) -> Figures:
    """Count a selection of placed incidents."""
    counts = Figures(
        incidents=len(selection),
        events=events(selection),
        on_the_ground=int(selection["category"].isin(ON_THE_GROUND).sum()),
        states=int(selection["country"].nunique()),
    )
    certain = selection[selection["certain"].astype(bool)]
    if certain.empty:
        return counts
    deepest = certain.loc[certain["depth_km"].idxmax()]
    return replace(
        counts,
        deepest=deepest["id"],
        deepest_km=float(deepest["depth_km"]),
        deepest_accuracy_km=float(deepest["location_accuracy_km"]),
    )


def events(selection: gpd.GeoDataFrame) -> int:
    """How many events the incidents belong to; one that names no event is an event by itself."""
    named = selection["event"] != ""
    return int(selection["event"][named].nunique() + (~named).sum())


def option_counts(
    incidents: gpd.GeoDataFrame, filter_: Filter, options: gpd.GeoDataFrame | None = None
) -> dict[str, dict[str, int]]:
    """For each group of options, how many incidents each option would show with the rest of the filter as it is.

    Parameters
    ----------
    options
        Incidents whose values are options as well, those that no incident has with a count of 0.

    Returns
    -------
    ``{"countries": {"PL": 71, ...}, "categories": ..., ...}`` with every value that the data has, the most frequent
    first; an origin that is not attributed counts as ``none``.
    """
    masks = filter_.masks(incidents)
    counts = {}
    for group, column in GROUPS.items():
        others = [mask for name, mask in masks.items() if name != group]
        passed = incidents[column][np.logical_and.reduce(others)] if others else incidents[column]
        found = passed.value_counts()
        every = pd.Index((incidents if options is None else options)[column].unique())
        found = found.reindex(every, fill_value=0).sort_index().sort_values(ascending=False, kind="stable")
        counts[group] = {value or NO_ORIGIN: int(count) for value, count in found.items()}
    return counts
