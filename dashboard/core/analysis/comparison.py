"""Two periods compared: the days that are chosen and earlier ones, counted by state and category."""

from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.query.periods import Period, whole_year
from dashboard.core.query.view import View


@dataclass(frozen=True)
class Line:
    """Incidents of a state and a category in both periods; without a category all of the state, without a state all."""

    state: str
    category: str
    earlier: int
    now: int

    @property
    def difference(self) -> int:
        """The increase since the earlier days; negative for fewer."""
        return self.now - self.earlier


@dataclass(frozen=True, eq=False)
class Comparison:
    """The incidents of both periods."""

    days: Period
    earlier_days: Period
    selection: Selection
    earlier: Selection

    @property
    def difference(self) -> int:
        """The increase of all incidents since the earlier days; negative for fewer."""
        return len(self.selection) - len(self.earlier)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The counts by state and category.

        All incidents first; then each state, the one with most incidents in both periods first, followed by its
        categories in the order of CATEGORIES, those alone that it has.
        """
        return _lines(self.earlier, self.selection)


def compare(dataset: Dataset, view: View) -> Comparison | None:
    """Compare what a view shows with the days that it names in ``compare``.

    An incident that lasted from one period into the other is one of both, as it is on the map.

    Returns
    -------
    None where the view names no days to compare with, or nothing is known of its own.
    """
    days, earlier_days = view.filter.days(dataset.known), days_to_compare_with(view, dataset.known)
    if days is None or earlier_days is None:
        return None
    selection, earlier = dataset.select(in_days(view, days)), dataset.select(in_days(view, earlier_days))
    return Comparison(days, earlier_days, selection, earlier)


def days_to_compare_with(view: View, known: Period) -> Period | None:
    """The days that a view is compared with, as many as are known of its own; None where it names none.

    The days before are those of the year before where a whole year is asked for, even if it is not over yet.
    """
    filter_ = view.filter
    days = filter_.days(known)
    if not view.compare or days is None:
        return None
    if isinstance(view.compare, Period):
        asked = Period(filter_.start or known.start, filter_.end or known.end)
        if asked.days != view.compare.days:
            return view.compare
        start = view.compare.start + (days.start - asked.start)
        return Period(start, start + (days.end - days.start))
    return days.year_before() if whole_year(filter_.start, filter_.end) else days.before()


def in_days(view: View, days: Period) -> View:
    """A view of other days."""
    return replace(view, filter=replace(view.filter, start=days.start, end=days.end), compare=None)


def _lines(earlier: Selection, now: Selection) -> tuple[Line, ...]:
    before, after = _counts(earlier), _counts(now)
    both = {key: (before.get(key, 0), after.get(key, 0)) for key in (*before, *after)}
    lines = []
    for state in {state for state, _category in both}:
        parts = [Line(state, category, *both[state, category]) for category in CATEGORIES if (state, category) in both]
        whole = Line(state, "", sum(part.earlier for part in parts), sum(part.now for part in parts))
        lines.append((whole, *parts))
    lines.sort(key=lambda group: (-group[0].earlier - group[0].now, group[0].state))
    return (Line("", "", len(earlier), len(now)), *(line for group in lines for line in group))


def _counts(selection: Selection) -> dict[tuple[str, str], int]:
    counted = selection.ask("SELECT country, category, count(*) FROM {selection} GROUP BY ALL")
    return {(state, category): count for state, category, count in counted}
