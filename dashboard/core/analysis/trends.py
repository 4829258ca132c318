"""Tables of the charts: how often, when and how deep.

Of an event with several incidents: it began with the first of them, it is as sure as the surest, it came as deep as the
deepest; and where a table has parts, such as states, it counts once in each part that it touched.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.core.analysis.counting import Tally, Whole
from dashboard.core.analysis.local_time import local_hours
from dashboard.core.incidents.columns import CATEGORIES, STATUSES

OTHERS = "others"  # the parts that have no place of their own
MOST_MONTHS = 240
MOST_YEARS = 8
MOST_BINS = 16
WIDTHS_KM = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)
DAYS = 366  # of a leap year
_FIRST_OF_MONTH = np.array([1, 32, 61, 92, 122, 153, 183, 214, 245, 275, 306, 336])  # in a leap year


@dataclass(frozen=True, eq=False)
class Monthly:
    """Counts by month.

    all_
        By month, as the month's first day; months without any are there as 0.
    parts
        The same for each part, a column each, the most frequent first and ``OTHERS`` last.
    totals
        The sum of each part, by its code.
    others
        The codes that ``OTHERS`` stands for.
    total
        The number of all.
    before
        The number that began before the first month of the table, which has at most ``MOST_MONTHS``.
    """

    all_: pd.Series
    parts: pd.DataFrame
    totals: dict[str, int]
    others: tuple[str, ...]
    total: int
    before: int

    @property
    def sum_of_parts(self) -> int:
        """The sum of all parts: more than ``total`` where events touched several."""
        return sum(self.totals.values())


def monthly(tally: Tally, column: str, most: int = 0, order: tuple[str, ...] = ()) -> Monthly:
    """Count by month and by the values of a column.

    Parameters
    ----------
    most
        How many values get a part of their own; the others share one. 0 for all.
    order
        The order of the parts; without it the most frequent come first.
    """
    last = _month(tally.span.end)
    first = max(_month(tally.span.start), last - MOST_MONTHS + 1)
    codes, values = pd.factorize(tally.selection[column], sort=True)
    sizes = dict(zip(map(str, values), map(int, tally.counted(codes, len(values))), strict=True))
    names = [value for value in order if value in sizes] or sorted(sizes, key=lambda value: (-sizes[value], value))
    others = tuple(names[most:]) if most and len(names) > most + 1 else ()
    names = [name for name in names if name not in others] + ([OTHERS] if others else [])
    part = np.array([names.index(OTHERS if value in others else value) for value in map(str, values)], np.int64)[codes]
    rows = tally.month >= first
    months = last - first + 1
    index = pd.DatetimeIndex(np.arange(first, last + 1).astype("datetime64[M]").astype("datetime64[s]"), name="month")
    all_ = tally.counted(tally.month - first, months, rows)
    table = tally.counted(part * months + tally.month - first, len(names) * months, rows).reshape(len(names), months)
    return Monthly(
        all_=pd.Series(all_, index),
        parts=pd.DataFrame(table.T, index, names),
        totals=dict(zip(names, map(int, tally.counted(part, len(names))), strict=True)),
        others=others,
        total=tally.total,
        before=tally.total - int(all_.sum()),
    )


def _month(day: object) -> int:
    """Months since January 1970."""
    return int(np.datetime64(day, "M").astype(np.int64))  # type: ignore[call-overload]


@dataclass(frozen=True, eq=False)
class Yearly:
    """The growth of each year's count over its days.

    growth
        Columns ``year``, ``day`` (1 to 366, as in a leap year, so that a date is in the same place in all years) and
        ``count``, how many there had been by the end of that day. A year has a row for its first and its last day in
        the span and for each day on which there were more.
    total
        The number of all.
    by_month_only
        The number of those counted on the last day of their month, since their day is not known.
    before
        The number that began in years that are not shown.
    """

    growth: pd.DataFrame
    total: int
    by_month_only: int
    before: int

    def by_month(self) -> pd.DataFrame:
        """The count up to the end of each month, 1 to 12, a column a year; missing outside the days counted."""
        ends = [*_FIRST_OF_MONTH[1:] - 1, DAYS]
        columns = {}
        for year, rows in self.growth.groupby("year"):
            at = np.searchsorted(rows["day"].to_numpy(), ends, side="right") - 1
            counts = rows["count"].to_numpy()[np.maximum(at, 0)].astype(float)
            begun, ended = rows["day"].iloc[0], rows["day"].iloc[-1]
            started = np.array([end >= begun for end in ends])
            over = np.array([start > ended for start in _FIRST_OF_MONTH])
            columns[int(year)] = np.where(started & ~over, counts, np.nan)
        return pd.DataFrame(columns, index=pd.RangeIndex(1, 13, name="month"))


def yearly(tally: Tally) -> Yearly:
    """Count up through each year."""
    start, end = tally.span.start, tally.span.end
    years = range(max(start.year, end.year - MOST_YEARS + 1), end.year + 1)
    dates = tally.each(tally.day).astype("datetime64[D]")
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    place = _place_in_year(dates)
    tables = []
    for number in years:
        counts = np.bincount(place[year == number], minlength=DAYS + 1)
        first = int(_place_in_year(np.array([start], "datetime64[D]"))[0]) if number == start.year else 1
        last = int(_place_in_year(np.array([end], "datetime64[D]"))[0]) if number == end.year else DAYS
        days = np.unique([first, *np.flatnonzero(counts), last])
        tables.append(pd.DataFrame({"year": number, "day": days, "count": np.cumsum(counts)[days]}))
    return Yearly(
        growth=pd.concat(tables, ignore_index=True),
        total=tally.total,
        by_month_only=tally.by_month_only,
        before=int((year < years[0]).sum()),
    )


def _place_in_year(dates: NDArray[np.datetime64]) -> Whole:
    """The day of the year as a leap year counts it: 1 March is always 61."""
    month = dates.astype("datetime64[M]")
    of_month = (dates - month.astype("datetime64[D]")).astype(np.int64)
    place: Whole = _FIRST_OF_MONTH[month.astype(np.int64) % 12] + of_month
    return place


@dataclass(frozen=True, eq=False)
class Hourly:
    """Counts by hour of day.

    counts
        For each hour from 0 to 23, in the local time of the state.
    total
        The number of all.
    states_in_utc
        States whose time zone is not known: their hours are those of UTC.
    """

    counts: Whole
    total: int
    states_in_utc: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """The number without a known time, which are not in the counts."""
        return self.total - int(self.counts.sum())


def hourly(tally: Tally) -> Hourly:
    """Count by hour of day; an event by the hour of the first of its incidents whose time is known."""
    rows = pd.DataFrame(tally.selection[["started_at", "country", "latitude", "longitude"]])
    started = rows["started_at"]
    timed = rows.iloc[tally.firsts(started.to_numpy("datetime64[s]"), started.notna().to_numpy(bool))]
    hours, local = local_hours(timed)
    return Hourly(
        counts=np.bincount(hours, minlength=24),
        total=tally.total,
        states_in_utc=tuple(sorted(timed["country"][~local].unique())),
    )


@dataclass(frozen=True, eq=False)
class Distances:
    """Counts by distance in bins of equal width.

    counts
        By bin: the first is from 0 km to less than ``width_km``, and so on.
    width_km
        Width of a bin.
    middle_km, farthest_km, farthest_accuracy_km
        Median and greatest distance; NaN for none.
    total
        How many there are of those that the table is about, counted or not.
    blurred
        The number of the counted that are nearer to the border than their place is accurate.
    """

    counts: Whole
    width_km: int
    middle_km: float
    farthest_km: float
    farthest_accuracy_km: float
    total: int
    blurred: int

    @property
    def left_out(self) -> int:
        """The number that is not in the counts."""
        return self.total - int(self.counts.sum())


def depths(tally: Tally) -> Distances:
    """Distances inside from the border that was crossed, of those that were certainly inside."""
    certain = tally.selection["certain"].to_numpy(bool)
    return _distances(tally, "depth_km", certain, tally.total)


def crash_distances(tally: Tally) -> Distances:
    """Distances from the border of crashes inside the airspace of the state that they name."""
    crashes = (tally.selection["category"] == "crash").to_numpy(bool)
    inside = tally.selection["inside"].to_numpy(bool)
    return _distances(tally, "border_km", crashes & inside, int(tally.has(crashes).sum()))


def _distances(tally: Tally, column: str, rows: NDArray[np.bool_], total: int) -> Distances:
    distance_km = tally.selection[column].to_numpy(float)
    farthest = tally.firsts(-distance_km, rows & np.isfinite(distance_km))
    found = distance_km[farthest]
    accuracy_km = tally.selection["location_accuracy_km"].to_numpy(float)[farthest]
    most = float(found.max(initial=0))
    width = next((width for width in WIDTHS_KM if most < width * MOST_BINS), WIDTHS_KM[-1])
    return Distances(
        counts=np.bincount((found // width).astype(np.int64), minlength=1),
        width_km=width,
        middle_km=float(np.median(found)) if len(found) else float("nan"),
        farthest_km=most if len(found) else float("nan"),
        farthest_accuracy_km=float(accuracy_km[found.argmax()]) if len(found) else float("nan"),
        total=total,
        blurred=int((found < accuracy_km).sum()),
    )


@dataclass(frozen=True, eq=False)
class Shares:
    """Counts by the values of a column.

    counts
        By value, the most frequent first; the empty value, which is not known, last.
    total
        The number of all; the counts add up to more where events have several values.
    """

    counts: dict[str, int]
    total: int


def origins(tally: Tally) -> Shares:
    """Count by the state to which officials attribute the object; empty is no attribution."""
    codes, values = pd.factorize(tally.selection["origin"], sort=True)
    counts = dict(zip(map(str, values), map(int, tally.counted(codes, len(values))), strict=True))
    order = sorted(counts, key=lambda value: (value == "", -counts[value], value))
    return Shares({value: counts[value] for value in order}, tally.total)


def statuses(tally: Tally) -> pd.DataFrame:
    """Count by category and status.

    Returns
    -------
    A row for each category there is, in the order of ``CATEGORIES``, before it one named ``all``; a column for each of
    ``STATUSES``. An event counts once in each row that it belongs to, with the surest status of its incidents there.
    """
    rank = pd.Categorical(tally.selection["status"], STATUSES).codes.astype(np.int64)
    category = pd.Categorical(tally.selection["category"], CATEGORIES).codes.astype(np.int64)
    table = {"all": np.bincount(rank[tally.firsts(rank, np.ones(len(rank), bool))], minlength=len(STATUSES))}
    for number, name in enumerate(CATEGORIES):
        rows = category == number
        if rows.any():
            table[name] = np.bincount(rank[tally.firsts(rank, rows)], minlength=len(STATUSES))
    return pd.DataFrame.from_dict(table, orient="index", columns=list(STATUSES))
