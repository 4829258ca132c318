"""Counts of the settled data, by the csv module and hand: what tests expect of pages and files of any data."""

import csv
from functools import cache

from tests.settled_data import DATA

FILE = DATA / "incidents.csv"
EVENTS = DATA / "events.csv"
OWN_SIDE = "friendly"


def objects(**values: str) -> list[dict[str, str]]:
    """The rows with these values, own-side objects among them."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if values.items() <= row.items()]


def incidents(**values: str) -> list[dict[str, str]]:
    """The rows with these values that are incidents."""
    return [row for row in objects(**values) if row["side"] != OWN_SIDE]


def count(**values: str) -> int:
    """How many incidents have these values."""
    return len(incidents(**values))


def events(**values: str) -> int:
    """How many events these incidents belong to; one that names none is one by itself."""
    rows = incidents(**values)
    return len({row["event"] for row in rows if row["event"]}) + sum(not row["event"] for row in rows)


def flight_days(row: dict[str, str]) -> tuple[str, str]:
    """The first and the last day on which an incident counts: those of its event where it was found after them."""
    first, last = _days_of_events().get(row["event"], ("", "9999"))
    later = row["date"] > last and row["date_precision"] == "day"
    return (first, last) if later else (row["date"], row["end_date"] or row["date"])


@cache
def _days_of_events() -> dict[str, tuple[str, str]]:
    with EVENTS.open(encoding="utf-8", newline="") as file:
        return {row["event"]: (row["first_day"], row["last_day"]) for row in csv.DictReader(file)}


def of_year(year: int) -> int:
    """How many incidents there were in a year."""
    return sum(flight_days(row)[0].startswith(str(year)) for row in incidents())


ALL = count()
OBJECTS = len(objects())
