"""Probable duplicates: rows of a list that may be an incident that is recorded already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dashboard.core.editing.check import ALIKE_DAYS, ALIKE_KM
from dashboard.core.geo.borders import geodesic_distance_km, in_space
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.record.merge import Content

_SLACK = 1.01  # of the search, which measures straight through the Earth; what it finds is measured again


@dataclass(frozen=True)
class Alike:
    """A recorded incident that may be the same: its ID, how many km away it is, and how many days apart."""

    key: str
    apart_km: float
    apart_days: int


def find_alike(new: Mapping[str, Content], recorded: Mapping[str, Content]) -> dict[str, tuple[Alike, ...]]:
    """Find the recorded incidents in the same state, within a day and 10 km, of each new one that has any.

    Parameters
    ----------
    new, recorded
        Cells of incidents by ID. Whatever is withdrawn, or has no readable day and place, is like no other.

    Returns
    -------
    By the ID of the new one, those that may be the same, the nearest first.
    """
    these, those = _Located(new), _Located(recorded)
    if not these.keys or not those.keys:
        return {}
    states = {state: place for place, state in enumerate(sorted({*these.states, *those.states}))}
    pairs = _tree(these, states).query_ball_tree(_tree(those, states), r=1, p=np.inf)
    left = np.repeat(np.arange(len(pairs)), [len(found) for found in pairs])
    right = np.concatenate([np.array(found, int) for found in pairs])
    apart_km = geodesic_distance_km(*these.points[left].T, *those.points[right].T)
    apart_days = np.abs(these.days[left] - those.days[right])
    alike: dict[str, list[Alike]] = {}
    for one, other, km, days in zip(left, right, apart_km, apart_days, strict=True):
        if km <= ALIKE_KM:
            alike.setdefault(these.keys[one], []).append(Alike(those.keys[other], float(km), int(days)))
    return {key: tuple(sorted(found, key=lambda each: (each.apart_km, each.key))) for key, found in alike.items()}


class _Located:
    """Incidents with their states, days (as numbers) and points, longitude first, as far as they have them."""

    def __init__(self, incidents: Mapping[str, Content]) -> None:
        self.keys: list[str] = []
        self.states: list[str] = []
        days: list[int] = []
        points: list[tuple[float, float]] = []
        for key, cells in incidents.items():
            try:
                day = date.fromisoformat(cells["date"]).toordinal()
                point = float(cells["longitude"]), float(cells["latitude"])
                state = cells["country"]
            except (KeyError, ValueError):
                continue
            if not cells.get(WITHDRAWN) and abs(point[0]) <= 180 and abs(point[1]) <= 90:
                self.keys.append(key)
                self.states.append(state)
                days.append(day)
                points.append(point)
        self.days: NDArray[np.int64] = np.array(days, int)
        self.points: NDArray[np.float64] = np.array(points, float).reshape(-1, 2)


def _tree(located: _Located, states: Mapping[str, int]) -> cKDTree:
    """Incidents by state, day and place, so scaled that what may be the same differs by at most 1 in each."""
    state = np.array([states[name] for name in located.states]) * 2.0
    day = located.days / (ALIKE_DAYS + 0.5)
    space = in_space(*located.points.T) / (ALIKE_KM * 1000 * _SLACK)
    return cKDTree(np.column_stack([state, day, space]))
