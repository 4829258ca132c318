"""Checks of rows as incidents: those of the reader of incidents, on each row with what is recorded of it."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.core.imports.cells import Fault
from dashboard.core.imports.lines import Line
from dashboard.core.incidents.columns import COLUMNS, REQUIRED
from dashboard.core.incidents.csv_file import Table
from dashboard.core.incidents.problems import WITHDRAWN, Problem
from dashboard.core.incidents.schema import check_table
from dashboard.language import _, listing

_HEADER = (*COLUMNS, WITHDRAWN)


@dataclass(frozen=True)
class Checked:
    """The problems of rows, by the lines of their file; ``bad`` are the lines of those that are no incidents."""

    refused: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    bad: frozenset[int]


def check_rows(rows: Sequence[Line], lines: Sequence[int], known: Cells[str, Cells[str, str]], file: Path) -> Checked:
    """Check the rows that can become incidents, each with the recorded cells of its ID under its own."""
    at: list[int] = []
    checked: list[Cells[str, str]] = []
    for row, line in zip(rows, lines, strict=True):
        if not row.is_usable:
            continue
        recorded = known.get(row.cells.get("id", ""))
        cells = row.cells if recorded is None else {**recorded, **row.cells}
        if recorded is None and (lacking := [name for name in REQUIRED if not cells.get(name)]):
            row.faults.append(("", "", _lack(lacking)))
            continue
        at.append(line)
        checked.append(cells)
    if not at:
        return Checked((), (), frozenset())
    given = frozenset(REQUIRED).union(*checked)
    header = [name for name in _HEADER if name in given]
    table = Table(file, header=header, lines=[*range(1, len(at) + 1)])
    table.rows += [[cells.get(name, "") for name in header] for cells in checked]
    problems = [replace(problem, line=at[problem.line - 1]) for problem in check_table(table).problems]
    refused = tuple(problem for problem in problems if problem.severe)
    doubts = tuple(problem for problem in problems if not problem.severe)
    return Checked(refused, doubts, frozenset(problem.line for problem in refused))


def _lack(names: Sequence[str]) -> Fault:
    expected = _("the row is of no recorded incident, and it does not say {columns}").format(columns=listing(names))
    return Fault(expected, _("Fill them in, or give the ID of a recorded incident"))
