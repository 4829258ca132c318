"""Two periods compared, and the summary in words: counted here once more from the file itself."""

import csv
import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.core.analysis.comparison import Line, compare
from dashboard.core.analysis.figures import figures
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period
from dashboard.core.query.view import PREVIOUS, View
from dashboard.render.text.selection import difference_in_words, share_in_words, signed, summary_in_words
from tests.counted import flight_days
from tests.settled_data import DATA

AUTUMN = Period(date(2025, 9, 1), date(2025, 11, 30))


def view_of(days: Period, compare_with: Period | str | None = PREVIOUS, countries: tuple[str, ...] = ()) -> View:
    return View(Filter(start=days.start, end=days.end, countries=countries), compare=compare_with)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (DATA / "incidents.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def counted(rows: list[dict[str, str]], days: Period, **equal: str) -> int:
    """Incidents whose days touch a period; those of a month touch all its days, and none lies at its edge here."""
    return sum(
        row["side"] != "friendly"
        and date.fromisoformat(flight_days(row)[0]) <= days.end
        and date.fromisoformat(flight_days(row)[1]) >= days.start
        and all(row[name] == value for name, value in equal.items())
        for row in rows
    )


def test_lines_are_counted_by_state_and_category(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    found = compare(shipped, view_of(AUTUMN))
    assert found
    before = Period(date(2025, 6, 2), date(2025, 8, 31))
    assert found.earlier_days == before
    assert found.lines[0] == Line("", "", counted(rows, before), counted(rows, AUTUMN))
    for line in found.lines[1:]:
        equal = {"country": line.state} | ({"category": line.category} if line.category else {})
        assert (line.earlier, line.now) == (counted(rows, before, **equal), counted(rows, AUTUMN, **equal)), line
        assert line.difference == line.now - line.earlier
    states = [line for line in found.lines[1:] if not line.category]
    assert sum(line.now for line in states) == found.lines[0].now
    assert [line.state for line in states][:1] == ["PL"]


def test_other_days_can_be_compared_with(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    year_before = Period(date(2024, 9, 1), date(2024, 11, 30))
    found = compare(shipped, view_of(AUTUMN, year_before, countries=("RO",)))
    assert found
    assert (found.lines[0].earlier, found.lines[0].now) == (
        counted(rows, year_before, country="RO"),
        counted(rows, AUTUMN, country="RO"),
    )


def test_nothing_is_compared_unless_asked(shipped: Dataset) -> None:
    assert compare(shipped, view_of(AUTUMN, None)) is None


def test_view_without_dates_is_about_all_days_of_the_data(shipped: Dataset) -> None:
    assert View().filter.days(shipped.known) == Period(date(2022, 3, 2), date(2026, 10, 3))


@pytest.mark.parametrize(
    ("earlier", "now", "words"),
    [
        (22, 31, "9 more than in the preceding 92 days (22)."),
        (5, 4, "1 fewer than in the preceding 92 days (5)."),
        (0, 0, "As many as in the preceding 92 days (0)."),
    ],
)
def test_difference_in_words(shipped: Dataset, earlier: int, now: int, words: str) -> None:
    days = Period(date(2025, 7, 1), date(2025, 9, 30))
    found = compare(shipped, view_of(days))
    assert found
    before, after = (selection_of(shipped.incidents.head(count)) for count in (earlier, now))
    assert difference_in_words(replace(found, earlier=before, selection=after)).startswith(words)


def test_small_counts_are_given_no_percentage() -> None:
    assert share_in_words(19, 19) == ""
    assert share_in_words(20, 5) == "+25 %"
    assert share_in_words(40, -10) == "−25 %"
    assert [signed(value) for value in (3, -3, 0)] == ["+3", "−3", "±0"]


@pytest.mark.parametrize("countries", [(), ("LT",), ("RO", "MD"), ("HR",)])
def test_summary_agrees_with_the_figures(shipped: Dataset, countries: tuple[str, ...]) -> None:
    view = view_of(Period(date(2025, 7, 1), date(2025, 12, 31)), countries=countries)
    comparison, selection = compare(shipped, view), shipped.select(view)
    assert comparison
    counts = figures(selection)
    words = " ".join(summary_in_words(selection, view, shipped, comparison))
    if not len(selection):
        assert "no incident is known" in words
        return
    assert re.search(rf"\b{counts.incidents} incidents? in {counts.events} events?\.", words)
    assert f"Crash, landing and debris sites: {counts.on_the_ground}." in words
    assert (f"{counts.deepest_km:.0f} km" in words) == bool(counts.deepest)
    assert words.count(str(len(comparison.earlier))) >= 1
