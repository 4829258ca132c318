"""Incidents that may be the same: in one state, within a day and 10 km; for a form, and for the rows of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dashboard.core.geo.borders import geodesic_distance_km, in_space
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.record.merge import Content

ALIKE_DAYS, ALIKE_KM = 1, 10.0  # within which an incident of the same state may be the same
_FIRST = date(1970, 1, 1).toordinal()  # from which NumPy counts days
_SLACK = 1.01  # of the search, which measures straight through the Earth; what it finds is measured again


@dataclass(frozen=True)
class Alike:
    """A recorded incident that may be the same: its ID, how many km away it is, and how many days apart."""

    key: str
    apart_km: float
    apart_days: int


@dataclass(frozen=True, eq=False)
class Located:
    """Incidents with their IDs, states, days (as numbers) and points, longitude first."""

    keys: Sequence[str]
    states: Sequence[str]
    days: NDArray[np.int64]
    points: NDArray[np.float64]


def find_alike(new: Located, recorded: Located) -> dict[str, tuple[Alike, ...]]:
    """Find the recorded incidents in the same state, within a day and 10 km, of each new one that has any.

    Returns
    -------
    By the ID of the new one, those that may be the same, the nearest first.
    """
    if not new.keys or not recorded.keys:
        return {}
    states = {state: place for place, state in enumerate(sorted({*new.states, *recorded.states}))}
    pairs = _tree(new, states).query_ball_tree(_tree(recorded, states), r=1, p=np.inf)
    left = np.repeat(np.arange(len(pairs)), [len(found) for found in pairs])
    right = np.concatenate([np.array(found, int) for found in pairs])
    apart_km = geodesic_distance_km(*new.points[left].T, *recorded.points[right].T)
    apart_days = np.abs(new.days[left] - recorded.days[right])
    alike: dict[str, list[Alike]] = {}
    for one, other, km, days in zip(left.tolist(), right.tolist(), apart_km, apart_days, strict=True):
        if km <= ALIKE_KM:
            alike.setdefault(new.keys[one], []).append(Alike(recorded.keys[other], float(km), int(days)))
    return {key: tuple(sorted(found, key=lambda each: (each.apart_km, each.key))) for key, found in alike.items()}


def located_rows(incidents: gpd.GeoDataFrame) -> Located:
    """Incidents as the map has them."""
    days = incidents["date"].to_numpy("datetime64[D]").astype(int)
    points = incidents[["longitude", "latitude"]].to_numpy(float)
    return Located([*incidents["id"]], [*incidents["country"]], days, points)


def located_cells(incidents: Mapping[str, Content]) -> Located:
    """Cells of incidents by ID; whatever is withdrawn, or has no readable day and place, is like no other."""
    keys: list[str] = []
    states: list[str] = []
    days: list[int] = []
    points: list[tuple[float, float]] = []
    for key, cells in incidents.items():
        try:
            day = date.fromisoformat(cells["date"]).toordinal() - _FIRST
            point = float(cells["longitude"]), float(cells["latitude"])
            state = cells["country"]
        except (KeyError, ValueError):
            continue
        if not cells.get(WITHDRAWN) and abs(point[0]) <= 180 and abs(point[1]) <= 90:
            keys.append(key)
            states.append(state)
            days.append(day)
            points.append(point)
    return Located(keys, states, np.array(days, int), np.array(points, float).reshape(-1, 2))


def _tree(located: Located, states: Mapping[str, int]) -> cKDTree:
    """Incidents by state, day and place, so scaled that what may be the same differs by at most 1 in each."""
    state = np.array([states[name] for name in located.states]) * 2.0
    day = located.days / (ALIKE_DAYS + 0.5)
    space = in_space(*located.points.T) / (ALIKE_KM * 1000 * _SLACK)
    return cKDTree(np.column_stack([state, day, space]))
