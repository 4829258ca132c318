"""Cells of a list that were typed anew before it is taken in: its file stays as it is, and is read with them."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.core.imports.fields import COLUMN, NEW
from dashboard.core.imports.files.raw import RawFile, RawTable
from dashboard.core.imports.mapping import Mapping as ListMapping
from dashboard.core.incidents.problems import Problem

Cell = tuple[int, int]  # the line of a row in its file, and the place of a column in the header, from 0


def with_typed(raw: RawFile, typed: Mapping[Cell, str]) -> RawFile:
    """Put what was typed in the place of the cells of a file."""
    if not typed:
        return raw
    rows = list(raw.table.rows)
    at = {line: place for place, line in enumerate(raw.table.lines)}
    for (line, column), text in typed.items():
        if line in at:
            cells = list(rows[at[line]])
            cells[column] = text
            rows[at[line]] = tuple(cells)
    return replace(raw, table=replace(raw.table, rows=rows))


def cell_of(problem: Problem, table: RawTable, mapping: ListMapping) -> Cell | None:
    """Find the cell of a list that a problem is about, or None where it is about no single one.

    Parameters
    ----------
    problem
        Its column is a heading of the list or a column of ours.
    """
    if problem.line not in table.lines or not problem.column:
        return None
    if problem.column in table.header:
        return problem.line, table.header.index(problem.column)
    places = mapping.places_of(table.header)
    is_corrected = mapping.is_of_corrections and problem.column not in ("id", COLUMN)
    at = places.get(NEW if is_corrected else problem.column, [])
    row = table.rows[table.lines.index(problem.line)]
    its_own = [place for place in at if row[place] == problem.value]
    return next(((problem.line, place) for place in (*its_own, *at)), None)


def text_at(table: RawTable, cell: Cell) -> str:
    """The text of a cell as the file has it."""
    line, column = cell
    return str(table.rows[table.lines.index(line)][column])
