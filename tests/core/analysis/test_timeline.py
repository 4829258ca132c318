"""The timeline: bars by day, week and month, and incidents of which only the month is known."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest

from dashboard.core.analysis.timeline import UNITS, Bar, day_of, timeline
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection, selection_of
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.query.periods import Period
from dashboard.render.web.timeline import timeline_state
from tests.counted import ALL, flight_days
from tests.settled_data import DATA


def toy(*rows: tuple[str, str, str]) -> Selection:
    frame = pd.DataFrame(rows, columns=["counted_on", "date_precision", "category"])
    return selection_of(
        frame.assign(counted_on=pd.to_datetime(frame["counted_on"]).astype("datetime64[s]"), counted_by="flight")
    )


def found(bars: tuple[Bar, ...]) -> list[tuple[date, date, dict[str, int]]]:
    """Bars as a reader would write them down."""
    day = timedelta(days=1)
    return [
        (
            date(1970, 1, 1) + day * bar.first,
            date(1970, 1, 1) + day * bar.last,
            {name: count for name, count in zip(CATEGORIES, bar.by_category, strict=True) if count},
        )
        for bar in bars
    ]


def test_bars_are_days_weeks_from_monday_and_calendar_months() -> None:
    counted = timeline(
        toy(
            ("2024-02-29", "day", "crash"),  # a Thursday
            ("2024-03-03", "day", "crash"),  # the Sunday of that week
            ("2024-03-04", "day", "debris"),  # the Monday after
            ("2024-03-04", "day", "crash"),
        )
    )
    assert found(counted.bars["day"]) == [
        (date(2024, 2, 29), date(2024, 2, 29), {"crash": 1}),
        (date(2024, 3, 3), date(2024, 3, 3), {"crash": 1}),
        (date(2024, 3, 4), date(2024, 3, 4), {"crash": 1, "debris": 1}),
    ]
    assert found(counted.bars["week"]) == [
        (date(2024, 2, 26), date(2024, 3, 3), {"crash": 2}),
        (date(2024, 3, 4), date(2024, 3, 10), {"crash": 1, "debris": 1}),
    ]
    assert found(counted.bars["month"]) == [
        (date(2024, 2, 1), date(2024, 2, 29), {"crash": 1}),
        (date(2024, 3, 1), date(2024, 3, 31), {"crash": 2, "debris": 1}),
    ]
    assert counted.month_only == ()


def test_incident_known_by_month_only_is_on_no_day_and_in_no_week() -> None:
    counted = timeline(toy(("2024-03-01", "month", "landing"), ("2024-03-20", "day", "crash")))
    assert [bar[2] for bar in found(counted.bars["day"])] == [{"crash": 1}]
    assert [bar[2] for bar in found(counted.bars["week"])] == [{"crash": 1}]
    assert found(counted.bars["month"]) == [(date(2024, 3, 1), date(2024, 3, 31), {"crash": 1, "landing": 1})]
    assert found(counted.month_only) == [(date(2024, 3, 1), date(2024, 3, 31), {"landing": 1})]


def test_nothing_makes_no_bars() -> None:
    counted = timeline(toy())
    assert all(counted.bars[unit] == () for unit in UNITS)


@pytest.mark.parametrize("unit", UNITS)
def test_shipped_bars_are_those_of_the_file(shipped: Dataset, unit: str) -> None:
    with (DATA / "incidents.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["side"] != "friendly"]
    keys: dict[str, Callable[[date], date]] = {
        "day": lambda day: day,
        "week": lambda day: day - timedelta(days=day.weekday()),
        "month": lambda day: day.replace(day=1),
    }
    key = keys[unit]
    expected = Counter(
        (key(date.fromisoformat(flight_days(row)[0])), row["category"])
        for row in rows
        if unit == "month" or row["date_precision"] != "month"
    )
    bars = found(timeline(shipped.everything).bars[unit])
    assert {(first, name): count for first, _last, counts in bars for name, count in counts.items()} == expected
    assert [first for first, _last, _counts in bars] == sorted({first for first, _category in expected})


def test_timeline_on_the_page_has_the_chosen_days_and_those_compared_with(shipped: Dataset) -> None:
    counted = timeline(shipped.everything)
    whole, picked = shipped.known, Period(date(2025, 7, 1), date(2025, 9, 30))
    state = timeline_state(counted, counted, whole, picked, picked.before())
    assert state["picked"] == (day_of(date(2025, 7, 1)), day_of(date(2025, 9, 30)))
    assert state["earlier"] == (day_of(date(2025, 3, 31)), day_of(date(2025, 6, 30)))
    assert sum(sum(counts) for counts in state["bars"]["month"]["by_category"].values()) == ALL
