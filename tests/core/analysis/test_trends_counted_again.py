"""The tables of the charts, counted again from the rows of the settled data in another way."""

import csv
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dashboard.core.analysis.counting import COUNTS, Count, Tally, span_of
from dashboard.core.analysis.trends import (
    crash_distances,
    depths,
    hourly,
    monthly,
    origins,
    statuses,
    yearly,
)
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from tests.counted import flight_days
from tests.settled_data import DATA

# The shipped data, counted again from the file itself.


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (DATA / "incidents.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if not row.get("withdrawn") and row["side"] != "friendly"]


def nights(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows:
        found[row["event"] or f"alone {row['id']}"].append(row)
    return found


def all_of(shipped: Dataset, count: Count) -> Tally:
    return Tally(shipped.incidents, count, span_of(shipped, View(), shipped.incidents))


def units(rows: list[dict[str, str]], count: Count) -> list[list[dict[str, str]]]:
    return list(nights(rows).values()) if count == "events" else [[row] for row in rows]


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("column", ["country", "category", "object_type"])
def test_shipped_months_counted_again(shipped: Dataset, rows: list[dict[str, str]], count: Count, column: str) -> None:
    again: Counter[tuple[str, str]] = Counter()
    every: Counter[str] = Counter()
    for unit in units(rows, count):
        month = min(flight_days(row)[0] for row in unit)[:7]
        every[month] += 1
        again.update((month, part) for part in {row[column] for row in unit})
    table = monthly(all_of(shipped, count), column)
    found = {(f"{day:%Y-%m}", part): n for part in table.parts for day, n in table.parts[part].items() if n}
    assert found == again
    assert {f"{day:%Y-%m}": n for day, n in table.all_.items() if n} == every


@pytest.mark.parametrize("count", COUNTS)
def test_shipped_years_counted_again(shipped: Dataset, rows: list[dict[str, str]], count: Count) -> None:
    ends: Counter[tuple[int, int]] = Counter()
    for unit in units(rows, count):
        days = []
        for row in unit:
            day = date.fromisoformat(flight_days(row)[0])
            if row["date_precision"] == "month":
                day = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            days.append(day)
        ends[min(days).year, min(days).month] += 1
    table = yearly(all_of(shipped, count)).by_month()
    for year in range(2022, 2027):
        for month in range(1, 13):
            if not np.isnan(table.loc[month, year]):
                assert table.loc[month, year] == sum(ends[year, m] for m in range(1, month + 1)), (year, month)
    assert table.max().sum() == len(units(rows, count))


@pytest.mark.parametrize("count", COUNTS)
def test_shipped_hours_counted_again(shipped: Dataset, rows: list[dict[str, str]], count: Count) -> None:
    zone = {
        "BG": "Sofia", "DE": "Berlin", "DK": "Copenhagen", "EE": "Tallinn", "FI": "Helsinki", "HR": "Zagreb",
        "HU": "Budapest", "LT": "Vilnius", "LV": "Riga", "MD": "Chisinau", "NO": "Oslo", "PL": "Warsaw",
        "RO": "Bucharest", "SE": "Stockholm", "TR": "Istanbul", "SK": "Bratislava",
    }  # fmt: skip
    again: Counter[int] = Counter()
    for unit in units(rows, count):
        timed = [(datetime.fromisoformat(row["started_at"]), row["country"]) for row in unit if row["started_at"]]
        if timed:
            at, state = min(timed)
            again[at.astimezone(ZoneInfo(f"Europe/{zone[state]}")).hour] += 1
    table = hourly(all_of(shipped, count))
    assert {hour: n for hour, n in enumerate(table.counts) if n} == again
    assert table.unknown == len(units(rows, count)) - sum(again.values())


@pytest.mark.parametrize("count", COUNTS)
def test_shipped_statuses_and_origins_counted_again(shipped: Dataset, rows: list[dict[str, str]], count: Count) -> None:
    surest: Counter[tuple[str, str]] = Counter()
    origin: Counter[str] = Counter()
    order = ["confirmed", "reported", "disputed"]
    for unit in units(rows, count):
        surest["all", min((row["status"] for row in unit), key=order.index)] += 1
        for category in {row["category"] for row in unit}:
            here = [row["status"] for row in unit if row["category"] == category]
            surest[category, min(here, key=order.index)] += 1
        origin.update({row["origin"] for row in unit})
    table = statuses(all_of(shipped, count))
    assert {(row, column): n for row in table.index for column, n in table.loc[row].items() if n} == surest
    assert origins(all_of(shipped, count)).counts == origin


@pytest.mark.parametrize("count", COUNTS)
def test_shipped_distances_counted_again(shipped: Dataset, count: Count) -> None:
    deep: dict[str, float] = {}
    crash: dict[str, float] = {}
    for row in shipped.incidents.itertuples():
        key = (row.event or row.id) if count == "events" else row.id
        if row.certain:
            deep[key] = max(deep.get(key, 0), row.depth_km)
        if row.category == "crash" and row.inside:
            crash[key] = max(crash.get(key, 0), row.border_km)
    for table, values in ((depths(all_of(shipped, count)), deep), (crash_distances(all_of(shipped, count)), crash)):
        bins = Counter(int(value // table.width_km) for value in values.values())
        assert {place: n for place, n in enumerate(table.counts) if n} == bins
        assert table.farthest_km == max(values.values())
