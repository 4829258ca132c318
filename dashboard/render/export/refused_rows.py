"""Refused rows of a list as CSV, to be corrected and dropped again: each as it stands there, and why it was refused."""

from collections.abc import Iterable

from dashboard.core.imports.files.raw import RawTable
from dashboard.core.incidents.problems import Problem
from dashboard.render.export.tables import csv_of

LINE, BECAUSE = "refused line", "refused because"  # headings after those of the list


def make_refused_rows(table: RawTable, refused: Iterable[Problem]) -> bytes:
    """Write each refused row once, with its line and all that is the matter with it."""
    reasons: dict[int, list[str]] = {}
    for problem in refused:
        told = f"{problem.column}: {problem.message}" if problem.column else problem.message
        reasons.setdefault(problem.line, []).append(told)
    rows = [
        (*map(str, cells), str(line), " ".join(reasons[line]))
        for line, cells in zip(table.lines, table.rows, strict=True)
        if line in reasons
    ]
    return csv_of([(*table.header, LINE, BECAUSE), *rows])
