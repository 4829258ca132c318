"""Cells of the smaller data files: what they hold, and the report of a row that cannot be used."""

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard.core.incidents.csv_file import Table
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY

LARGEST_COUNT = 1_000_000

Fault = tuple[str, bool, str, str]  # a column, whether it is wrong, what was expected and what to do


def is_usable(table: Table, line: int, cells: Mapping[str, str], faults: Iterable[Fault]) -> bool:
    """Tell whether a row has none of some faults, and report the first that it has."""
    for column, is_wrong, expected, remedy in faults:
        if is_wrong:
            table.give_up(line, cells.get(column, ""), expected, remedy, column=column)
            return False
    return True


def day_in(text: str) -> date | None:
    """A day that incidents may have; None for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def count_in(text: str) -> int | None:
    """A whole number up to LARGEST_COUNT; None for anything else, however long."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST_COUNT)):
        return None
    found = int(text)
    return found if found <= LARGEST_COUNT else None
