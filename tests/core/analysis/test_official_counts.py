"""Official totals: reading them, which of them speak of some days, and what is recorded beside them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dashboard.core.analysis.official_counts import OfficialCount, official_counts
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.official_totals import COLUMNS, OfficialTotal, of_period, read_official_totals
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.publishers import Publishers
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period
from dashboard.render.text.official_counts import count_in_words, differences_in_words, recorded_in_words
from tests.counted import count
from tests.settled_data import DATA

GOOD = (
    "LT",
    "2025-01-01",
    "2025-12-31",
    "balloons",
    "objects",
    "635",
    "",
    "Border guard",
    "https://x.lt",
    "object=balloon",
    "",
)


def read(tmp_path: Path, *changes: dict[str, str]) -> tuple[tuple[OfficialTotal, ...], list[Problem]]:
    path = tmp_path / "official_totals.csv"
    rows = [dict(zip(COLUMNS, GOOD, strict=True)) | change for change in changes]
    path.write_text("\n".join([",".join(COLUMNS), *(",".join(row.values()) for row in rows)]), "utf-8")
    return read_official_totals(path, Publishers())


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("state", "Lithuania", "expected an ISO 3166-1 alpha-2 code"),
        ("from", "2025", "expected a day such as 2025-07-28"),
        ("to", "2024-12-31", "the last day lies before the first"),
        ("counted_what", "", "expected what was counted"),
        ("unit", "balloons", "expected one of objects, cases"),
        ("count", "-1", "expected a whole number from 0"),
        pytest.param("count", "9" * 5000, "expected a whole number from 0", id="more digits than Python reads"),
        ("about", "no", "expected yes, or nothing"),
        ("by", "", "expected who counted"),
        ("source", "javascript:alert(1)", "none of the sources is an http or https address"),
        ("query", "object=kite", "expected what stands in an address of the map"),
    ],
)
def test_row_that_cannot_be_used_is_told_with_line_and_column(
    tmp_path: Path, column: str, cell: str, expected: str
) -> None:
    totals, (problem,) = read(tmp_path, {}, {column: cell})
    assert [total.count for total in totals] == [635]
    assert (problem.line, problem.column) == (3, column)
    assert expected.lower() in problem.message.lower()


def test_folder_without_the_file_has_none(tmp_path: Path) -> None:
    assert read_official_totals(tmp_path / "official_totals.csv", Publishers()) == ((), [])


def periods(totals: Sequence[OfficialTotal], start: date, end: date) -> list[tuple[int, int]]:
    return [(one.period.start.month, one.count) for one in of_period(totals, ["LT"], Period(start, end))]


def test_longest_periods_within_the_days_or_else_the_shortest_around_them(tmp_path: Path) -> None:
    july = {"from": "2025-07-01", "to": "2025-07-31", "count": "62"}
    august = {"from": "2025-08-01", "to": "2025-08-31", "count": "33"}
    totals, _problems = read(tmp_path, {}, july, august)
    assert periods(totals, date(2022, 1, 1), date(2026, 12, 31)) == [(1, 635)]
    assert periods(totals, date(2025, 7, 1), date(2025, 8, 31)) == [(7, 62), (8, 33)]
    assert periods(totals, date(2025, 7, 28), date(2025, 7, 28)) == [(7, 62)]
    assert periods(totals, date(2025, 10, 1), date(2025, 10, 31)) == [(1, 635)]
    assert periods(totals, date(2024, 1, 1), date(2024, 12, 31)) == []


def recorded(found: OfficialCount) -> int:
    assert found.recorded
    return found.recorded.incidents


def test_shipped_counts_stand_beside_what_the_file_of_incidents_has(shipped: Dataset) -> None:
    # By hand: data/official_totals.csv, and the rows of data/incidents.csv by state, object or category, and days.
    year = Filter(start=date(2025, 1, 1), end=date(2025, 12, 31))
    balloons = official_counts(shipped, year, ["LT"])[0]
    assert (balloons.total.count, recorded(balloons)) == (635, 17)
    assert recorded_in_words(balloons).endswith("objects in 17 incidents")
    found = {one.total.counted_what: one for one in official_counts(shipped, Filter(), ["RO"])}
    assert found["drones shot down"].total.count == 4 == recorded(found["drones shot down"])
    assert recorded(found["drones shot down"]) == count(country="RO", category="shootdown")
    (norway,) = official_counts(shipped, Filter(), ["NO"])
    assert (norway.total.count, recorded_in_words(norway)) == (3, "3 incidents")
    (moldova,) = official_counts(shipped, Filter(), ["MD"])
    assert (moldova.total.count, recorded(moldova)) == (44, 20)
    assert official_counts(shipped, Filter(), ["BG"]) == []


def test_counts_in_words(shipped: Dataset) -> None:
    finland = official_counts(shipped, Filter(), ["FI"])
    assert recorded_in_words(finland[-1]) == "does not compare"
    assert differences_in_words(finland[-1].total, shipped.known) == [
        "Here nothing is recorded before 24 February 2022, and no entry by sea."
    ]
    logged = [one for one in official_counts(shipped, Filter(), ["LT"]) if one.total.about]
    assert [count_in_words(one.total) for one in logged] == ["about 500"]
    first = official_counts(shipped, Filter(), ["EE"])[0]
    assert differences_in_words(first.total, shipped.known) == ["The first incident recorded here is of 2 March 2022."]


def test_shipped_totals_are_read_without_a_problem() -> None:
    totals, problems = read_official_totals(DATA / "official_totals.csv", Publishers())
    assert (len(totals), problems) == (50, [])
