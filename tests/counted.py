"""Counts of the shipped incidents, by the csv module and hand: what tests expect of pages and files of any data."""

import csv

from tests import PROJECT

FILE = PROJECT / "data" / "incidents.csv"
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


def of_year(year: int) -> int:
    """How many incidents there were in a year."""
    return sum(row["date"].startswith(str(year)) for row in incidents())


ALL = count()
OBJECTS = len(objects())
