"""The timeline: incidents per day, week and month by category, for the bars under the map and for playing them.

An incident is counted once, on its first day: that of the flight where it is known, also if it was found later. Of some
only the month is known: they are counted by month, and for days and weeks they are kept apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.columns import CATEGORIES, FLIGHT

UNITS = ("day", "week", "month")
_MONDAY = 3  # 1 January 1970, day 0, was a Thursday
_QUESTION = """
    SELECT
        counted_on - DATE '1970-01-01' AS day,
        date_precision = 'month' AS loose,
        category,
        count(*) AS incidents,
        bool_or(counted_by = $flight) AS by_flight
    FROM {selection} GROUP BY ALL
"""
Whole = NDArray[np.int64]


class Bar(NamedTuple):
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


def timeline(selection: Selection) -> Timeline:
    """Count a selection by day."""
    counted = selection.ask_columns(_QUESTION, flight=FLIGHT)
    days, loose = counted["day"].astype(np.int64), counted["loose"].astype(bool)
    counts = np.zeros((len(days), len(CATEGORIES)), np.int64)
    places = [CATEGORIES.index(category) for category in counted["category"]]
    counts[np.arange(len(days)), places] = counted["incidents"]
    by_month = _months(days)
    bars = {
        "day": _bars(days[~loose], counts[~loose], lambda day: day),
        "week": _bars(_mondays(days[~loose]), counts[~loose], lambda monday: monday + 6),
        "month": _bars(by_month, counts, _last_of_month),
    }
    month_only = _bars(by_month[loose], counts[loose], _last_of_month)
    return Timeline(bars, month_only, bool(counted["by_flight"].any()))


def day_of(day: date) -> int:
    """A day as days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


def _bars(firsts: Whole, counts: Whole, last: Callable[[Whole], Whole]) -> tuple[Bar, ...]:
    """Bars from the first day and the counts, by category, of parts of them; ``last`` gives the last days."""
    starts, place = np.unique(firsts, return_inverse=True)
    sums = np.zeros((len(starts), len(CATEGORIES)), np.int64)
    np.add.at(sums, place, counts)
    return tuple(map(Bar, starts.tolist(), last(starts).tolist(), map(tuple, sums.tolist())))


def _mondays(days: Whole) -> Whole:
    return days - (days + _MONDAY) % 7


def _months(days: Whole) -> Whole:
    """The first day of the month of each day."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _last_of_month(firsts: Whole) -> Whole:
    return _months(firsts + 31) - 1
