"""The counting of a selection: incidents or events, over the days that are asked for.

An incident is a row; an event is one night or one object's path, which can have several rows. A tally counts one of the
two and never both, so that no figure mixes them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.periods import Period
from dashboard.core.query.view import View

Count = Literal["incidents", "events"]
COUNTS: tuple[Count, ...] = ("incidents", "events")
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tally:
    """A selection, and how it is counted.

    selection
        Incidents as :class:`dashboard.core.data.dataset.Dataset` has them.
    count
        Whether each incident counts, or each event once.
    span
        The days that are counted over, as :func:`span_of` gives them; every incident of the selection began in it.
    """

    selection: gpd.GeoDataFrame
    count: Count
    span: Period

    @cached_property
    def unit(self) -> Whole:
        """The number of what each row counts for, itself or its event, from 0 to ``total`` - 1."""
        rows = np.arange(len(self.selection))
        if self.count == "incidents":
            return rows
        event = self.selection["event"].to_numpy(object)
        numbers, names = pd.factorize(event)
        alone = event == ""  # an incident that names no event is one by itself
        numbers[alone] = len(names) + np.arange(alone.sum())
        dense: Whole = pd.factorize(numbers)[0] if alone.any() else numbers
        return dense

    @cached_property
    def total(self) -> int:
        """The number of all incidents, or of all events."""
        return int(self.unit.max(initial=-1)) + 1

    @cached_property
    def month(self) -> Whole:
        """The month in which what each row counts for began: months since January 1970."""
        return self._earliest(self.selection["counted_on"].to_numpy("datetime64[M]").astype(np.int64))

    @cached_property
    def day(self) -> Whole:
        """The day on which what each row counts for began: days since 1 January 1970.

        Where only the month is known it is the last day of the month, or of the span: by then it had happened, and
        before that nobody can say so.
        """
        began = self.selection["counted_on"].to_numpy("datetime64[D]").astype(np.int64)
        latest = self.selection["last_day"].to_numpy("datetime64[D]").astype(np.int64)
        end = int(np.datetime64(self.span.end, "D").astype(np.int64))
        return self._earliest(np.where(self._known_day, began, np.minimum(latest, end)))

    @cached_property
    def by_month_only(self) -> int:
        """The number that began on a day of which only the month is known."""
        return self.total - int(self.has(self._known_day).sum())

    @property
    def _known_day(self) -> NDArray[np.bool_]:
        known: NDArray[np.bool_] = (self.selection["date_precision"] != "month").to_numpy(bool)
        return known

    def has(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which incidents or events have any of these rows."""
        found = np.zeros(self.total, bool)
        found[self.unit[rows]] = True
        return found

    def each(self, values: NDArray[Any]) -> NDArray[Any]:
        """The value of each incident or event, which is the same in all of its rows."""
        found = np.empty(self.total, values.dtype)
        found[self.unit] = values
        return found

    def counted(self, codes: Whole, size: int, rows: NDArray[np.bool_] | None = None) -> Whole:
        """Count each code from 0 to ``size`` - 1; an event that has several codes counts once in each.

        Parameters
        ----------
        codes
            A code for each row.
        rows
            Which rows to count; all of them where none is given.
        """
        unit = self.unit if rows is None else self.unit[rows]
        codes = codes if rows is None else codes[rows]
        if self.count == "events":
            codes = pd.unique(unit * size + codes) % size
        return np.bincount(codes, minlength=size)

    def firsts(self, order: NDArray[Any], rows: NDArray[np.bool_]) -> Whole:
        """The position of the first of these rows in order, for each incident or event that has any."""
        positions = np.flatnonzero(rows)
        if self.count == "incidents":
            return positions
        positions = positions[np.argsort(order[positions], kind="stable")]
        once: Whole = positions[~pd.Series(self.unit[positions]).duplicated().to_numpy()]
        return once

    def _earliest(self, values: Whole) -> Whole:
        """The least value among all rows of what each row counts for."""
        if self.count == "incidents":
            return values
        least = np.full(self.total, np.iinfo(np.int64).max)
        np.minimum.at(least, self.unit, values)
        return least[self.unit]


def span_of(dataset: Dataset, view: View, selection: gpd.GeoDataFrame) -> Period:
    """The days that a view asks for, as far as they are known, and those on which its incidents began.

    What began before the filter's first day and lasted into it is in the selection, and so is the day it began.
    """
    days = view.filter.days(dataset.known) or dataset.known
    first = days.start if selection.empty else selection["counted_on"].min().date()
    return Period(min(days.start, first), days.end)
