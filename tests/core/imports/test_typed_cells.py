"""Cells of a list that were typed anew: the rows have them, and the file that was read stays as it is."""

from pathlib import Path

import pytest

from dashboard.core.imports.files.raw import RawFile, RawTable
from dashboard.core.imports.mapping import Mapping
from dashboard.core.imports.typed_cells import cell_of, text_at, with_typed
from dashboard.core.incidents.problems import Problem

TABLE = RawTable(("Day", "North", "Lat"), [("31.02.2026", "x", "55,x"), ("1.3.2026", "y", "55,1")], [3, 5])
MAPPING = Mapping(name="list", columns={"Day": "date", "North": "latitude", "Lat": "latitude"})
CORRECTIONS = RawTable(("id", "column", "new"), [("LT-1", "date", "soon")], [2])
OF_CORRECTIONS = Mapping(name="list", columns={"id": "id", "column": "column", "new": "new"})


def problem(line: int, column: str, value: str = "") -> Problem:
    return Problem(Path("list.csv"), line, column, value, "expected a day", "Write one")


def test_cell_is_read_as_it_was_typed() -> None:
    raw = RawFile("CSV", TABLE)
    typed = with_typed(raw, {(5, 0): "2.3.2026"})
    assert typed.table.rows == [("31.02.2026", "x", "55,x"), ("2.3.2026", "y", "55,1")]
    assert text_at(raw.table, (5, 0)) == "1.3.2026"


def test_cell_of_a_row_that_is_not_there_any_more_is_passed_over() -> None:
    raw = RawFile("CSV", TABLE)
    assert with_typed(raw, {(4, 0): "2.3.2026"}).table.rows == TABLE.rows


@pytest.mark.parametrize(
    ("asked", "cell"),
    [
        (problem(3, "Day"), (3, 0)),
        (problem(5, "date"), (5, 0)),
        (problem(3, "latitude", "55,x"), (3, 2)),  # of two columns that fill the field, the one with the value
        (problem(3, "latitude"), (3, 1)),
        (problem(3, "status"), None),
        (problem(3, ""), None),
        (problem(4, "Day"), None),
    ],
)
def test_problem_is_about_a_cell(asked: Problem, cell: tuple[int, int] | None) -> None:
    assert cell_of(asked, TABLE, MAPPING) == cell


def test_problem_of_a_correction_is_about_its_new_value() -> None:
    assert cell_of(problem(2, "date", "soon"), CORRECTIONS, OF_CORRECTIONS) == (2, 2)
    assert cell_of(problem(2, "id", "LT-1"), CORRECTIONS, OF_CORRECTIONS) == (2, 0)
