"""Lists of corrections: each row is one cell of a recorded incident, with the value before and after."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence
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
    source: str,
) -> Applied:
    """Gather the corrections of each incident; see :func:`dashboard.core.imports.apply.apply_mapping`."""
    places = {field: at[0] for field, at in mapping.places_of(header).items()}
    if "id" not in places:
        return Applied(missing=_("Nothing in the list says which incident each row corrects. Choose that column."))
    file = Path(source)
    refused: list[Problem] = []
    at: dict[str, int] = {}
    cells: dict[str, dict[str, str]] = {}
    before: dict[str, dict[str, str]] = {}
    reasons: dict[str, dict[str, str]] = {}
    for line, row in zip(lines, texts, strict=True):
        said = {field: row[place] for field, place in places.items()}
        id_, column = said["id"], said[COLUMN]
        if problem := _problem(file, line, id_, column, known, cells):
            refused.append(problem)
            continue
        at.setdefault(id_, line)
        cells.setdefault(id_, {"id": id_})[column] = said[NEW]
        if OLD in said:
            before.setdefault(id_, {})[column] = said[OLD]
        if said.get(REASON):
            reasons.setdefault(id_, {})[column] = said[REASON]
    found = [Line(given) for given in cells.values()]
    checked = check_rows(found, [at[id_] for id_ in cells], known, file)
    rows = [
        Row(at[id_], given, frozenset(), before.get(id_, {}), reasons.get(id_, {}))
        for id_, given in cells.items()
        if at[id_] not in checked.bad
    ]
    problems = sorted((*refused, *checked.refused), key=lambda problem: problem.line)
    return Applied(tuple(rows), tuple(problems), doubts=checked.doubts)


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
