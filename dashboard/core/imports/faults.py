"""Faults of recorded incidents as a list would make them: the checks are those of the reader of a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dashboard.core.geo.airspace import check_places
from dashboard.core.geo.borders import Borders
from dashboard.core.imports.outcomes import Outcome
from dashboard.core.incidents.columns import GIVEN
from dashboard.core.incidents.csv_file import Table
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.schema import check_table
from dashboard.core.record.merge import Content


def faults_of(
    changed: Sequence[Outcome], recorded: Mapping[str, Content], borders: Borders, file: Path
) -> list[Problem]:
    """The faults that changed incidents would have and do not have as they are recorded, by the lines of their rows.

    An incident that becomes what its row was checked as, which is the recorded one with all that the row gives, is
    passed over.
    """
    changed = [one for one in changed if not _is_checked(one, recorded)]
    found = _severe([one.becomes or {} for one in changed], borders, file)
    faulty = {problem.line for problem in found}
    was = [recorded[one.key] if place in faulty else {} for place, one in enumerate(changed)]
    before = {(problem.line, problem.column, problem.expected) for problem in _severe(was, borders, file)}
    return [
        replace(problem, line=line)
        for problem in found
        for line in changed[problem.line].row.lines
        if (problem.line, problem.column, problem.expected) not in before
    ]


def _is_checked(outcome: Outcome, recorded: Mapping[str, Content]) -> bool:
    """Tell whether an incident becomes the recorded one with all that its row gives."""
    given = recorded.get(outcome.row.cells["id"], {}) | dict(outcome.row.cells)
    return outcome.becomes == {name: text for name, text in given.items() if text}


def _severe(contents: Iterable[Content], borders: Borders, file: Path) -> list[Problem]:
    """The faults for which incidents cannot be used; the line of each is its place among them, from 0."""
    names = [column.name for column in GIVEN]
    table = Table(file, header=names)
    for place, cells in enumerate(contents):
        if cells:
            table.rows.append([str(cells.get(name, "")) for name in names])
            table.lines.append(place)
    reading = check_places(check_table(table), borders, file)
    return [problem for problem in reading.problems if problem.severe]
