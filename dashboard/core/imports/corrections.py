"""Lists of corrections: each row is one cell of a recorded incident, with the value before and after."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Cells
from dataclasses import replace
from pathlib import Path

from dashboard.core.imports.applied import Applied, Row
from dashboard.core.imports.checking import check_rows
from dashboard.core.imports.fields import COLUMN, NEW, OLD, REASON
from dashboard.core.imports.lines import Line
from dashboard.core.imports.mapping import Mapping
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.problems import WITHDRAWN, Problem
from dashboard.language import _

_CORRECTED = frozenset({*COLUMNS, WITHDRAWN}) - {"id"}


def apply_corrections(
    header: Sequence[str],
    texts: Sequence[Sequence[str]],
    lines: Sequence[int],
    mapping: Mapping,
    known: Cells[str, Cells[str, str]],
    file: Path,
) -> Applied:
    """Gather the corrections of each incident; see :func:`dashboard.core.imports.apply.apply_mapping`."""
    places = {field: at[0] for field, at in mapping.places_of(header).items()}
    if "id" not in places:
        return Applied(missing=_("Nothing in the list says which incident each row corrects. Choose that column."))
    refused: list[Problem] = []
    at: dict[str, dict[str, int]] = {}  # the line of each column, by incident
    cells: dict[str, dict[str, str]] = {}
    before: dict[str, dict[str, str]] = {}
    reasons: dict[str, dict[str, str]] = {}
    for line, row in zip(lines, texts, strict=True):
        said = {field: row[place] for field, place in places.items()}
        id_, column = said["id"], said[COLUMN]
        if problem := _problem(file, line, id_, column, known, cells):
            refused.append(problem)
            continue
        at.setdefault(id_, {})[column] = line
        cells.setdefault(id_, {"id": id_})[column] = said[NEW]
        if OLD in said:
            before.setdefault(id_, {})[column] = said[OLD]
        if said.get(REASON):
            reasons.setdefault(id_, {})[column] = said[REASON]
    found = [Line(given) for given in cells.values()]
    first = {id_: min(columns.values()) for id_, columns in at.items()}
    checked = check_rows(found, list(first.values()), known, file)
    rows = [
        Row(first[id_], given, frozenset(), before.get(id_, {}), reasons.get(id_, {}), (*at[id_].values(),)[1:])
        for id_, given in cells.items()
        if first[id_] not in checked.bad
    ]
    refused += _of_incidents(checked.refused, {first[id_]: columns for id_, columns in at.items()}, file)
    problems = tuple(sorted(refused, key=lambda problem: problem.line))
    return Applied(tuple(rows), problems, doubts=checked.doubts, named=frozenset(cells))


def _of_incidents(problems: Iterable[Problem], at: Cells[int, Cells[str, int]], file: Path) -> Iterator[Problem]:
    """The problems of corrected incidents, each on the line of its column, and one for each other row of theirs."""
    told: dict[int, set[int]] = {}
    for problem in problems:
        line = at[problem.line].get(problem.column, problem.line)
        told.setdefault(problem.line, set()).add(line)
        yield replace(problem, line=line)
    for first, lines in told.items():
        for column, line in at[first].items():
            if line not in lines:
                expected = _("with another row of the same incident, which is refused, this one is too")
                yield Problem(file, line, column, "", expected, _("Correct that row"))


def _problem(
    file: Path, line: int, id_: str, column: str, known: Cells[str, Cells[str, str]], cells: Cells[str, Cells[str, str]]
) -> Problem | None:
    """The problem of a row that corrects nothing, or None."""
    if id_ not in known:
        remedy = _("Check the ID, or take in the incident first")
        return Problem(file, line, "id", id_, _("no incident with this ID is recorded"), remedy)
    if column not in _CORRECTED:
        return Problem(file, line, "column", column, _("expected a column of the incidents"), _("Correct its name"))
    if column in cells.get(id_, {}):
        return Problem(file, line, "column", column, _("the cell is corrected already, higher up"), _("Keep one row"))
    return None
