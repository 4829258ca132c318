"""Periods: runs of days, and which of them are asked for as far as they are known."""

from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd


@dataclass(frozen=True, order=True)
class Period:
    """A run of days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"start {self.start} lies after end {self.end}")

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def days(self) -> int:
        """The number of its days."""
        return (self.end - self.start).days + 1

    def before(self) -> "Period":
        """The period of equal length that ends on the day before."""
        end = self.start - timedelta(days=1)
        return Period(end - timedelta(days=self.days - 1), end)

    def year_before(self) -> "Period":
        """The same days of the year before; of a leap day the day before it."""
        return Period(_year_before(self.start), _year_before(self.end))

    def within(self, other: "Period") -> "Period | None":
        """The days that are in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


def days_asked(start: date | None, end: date | None, known: Period) -> Period | None:
    """The days from one to another that are asked for, as far as they are known; None where nothing is known of any.

    Parameters
    ----------
    start, end
        First and last day; None for as early, or as late, as anything is known.
    known
        The days of which something is known: the first day of the data to the information cut-off.
    """
    start, end = max(start or known.start, known.start), min(end or known.end, known.end)
    return Period(start, end) if start <= end else None


def whole_year(start: date | None, end: date | None) -> int | None:
    """The year that is asked for in full, or None."""
    if start and end and start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return start.year
    return None


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def read_period(text: str) -> Period:
    """Read a period from ``2025-07-01..2025-09-30``.

    Raises
    ------
    ValueError
        It is none.
    """
    start, dots, end = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is not two days with .. between them")
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def begun_by(incidents: gpd.GeoDataFrame, day: date) -> gpd.GeoDataFrame:
    """The incidents that began on a day or before it."""
    return incidents[incidents["counted_on"] <= pd.Timestamp(day)]
