"""The timeline: incidents per day, week and month by category, for the bars under the map and for playing them.

An incident is counted once, on its first day: that of the flight where it is known, also if it was found later. Of some
only the month is known: they are counted by month, and for days and weeks they are kept apart.
"""

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.core.incidents.columns import CATEGORIES, FLIGHT

UNITS = ("day", "week", "month")
_MONDAY = 3  # 1 January 1970, day 0, was a Thursday


@dataclass(frozen=True)
class Bar:
    """The incidents of a day, a week from Monday, or a month.

    first, last
        Its days, both included, as days since 1 January 1970.
    by_category
        In the order of CATEGORIES.
    """

    first: int
    last: int
    by_category: tuple[int, ...]


@dataclass(frozen=True)
class Timeline:
    """The bars of each unit, those alone that have incidents, by date.

    month_only
        By month, the incidents of which only the month is known. The bars of months hold them, too.
    by_flight
        Whether any incident is counted on a day that is known to be that of its flight.
    """

    bars: dict[str, tuple[Bar, ...]]
    month_only: tuple[Bar, ...]
    by_flight: bool = False


def timeline(incidents: gpd.GeoDataFrame) -> Timeline:
    """Count incidents by day; ``incidents`` has ``counted_on``, ``counted_by``, ``date_precision`` and ``category``."""
    days = days_of(incidents["counted_on"])
    category = pd.Categorical(incidents["category"], CATEGORIES).codes.astype(np.int64)
    loose = (incidents["date_precision"] == "month").to_numpy(bool)
    bars = {
        unit: _bars(days[known], category[known], unit)
        for unit, known in (("day", ~loose), ("week", ~loose), ("month", np.ones(len(days), bool)))
    }
    by_flight = bool((incidents["counted_by"] == FLIGHT).any())
    return Timeline(bars, _bars(days[loose], category[loose], "month"), by_flight)


def days_of(dates: pd.Series) -> NDArray[np.int64]:
    """Days since 1 January 1970; no date may be missing."""
    days: NDArray[np.int64] = dates.to_numpy("datetime64[D]").astype(np.int64)
    return days


def day_of(day: date) -> int:
    """A day as days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


def _bars(days: NDArray[np.int64], category: NDArray[np.int64], unit: str) -> tuple[Bar, ...]:
    first = _firsts(days, unit)
    starts, place = np.unique(first, return_inverse=True)
    parts = np.bincount(place * len(CATEGORIES) + category, minlength=len(starts) * len(CATEGORIES))
    return tuple(
        Bar(start, last, tuple(counts))
        for start, last, counts in zip(
            starts.tolist(), _lasts(starts, unit).tolist(), parts.reshape(-1, len(CATEGORIES)).tolist(), strict=True
        )
    )


def _firsts(days: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    if unit == "month":
        return days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days - (days + _MONDAY) % 7 if unit == "week" else days


def _lasts(firsts: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    if unit == "month":
        months = firsts.astype("datetime64[D]").astype("datetime64[M]")
        return (months + 1).astype("datetime64[D]").astype(np.int64) - 1
    return firsts + (6 if unit == "week" else 0)
