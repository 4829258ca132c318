"""Ends of an import: its report is accepted, or it is thrown away."""

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.accept import accept, accepted, source_name
from dashboard.core.imports.kept import with_answers
from dashboard.core.imports.typed_cells import text_at
from dashboard.core.record.record import record_at
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.settings import settings
from dashboard.ui import state
from dashboard.ui.editing import author, may_import
from dashboard.ui.escaping import for_visitors, shortened
from dashboard.ui.import_drafts import drop, under_way
from dashboard.ui.import_prepared import track_key
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session

MOST_NOTED, LONGEST_NOTED = 5, 40  # corrected cells that the note of a change tells, and characters of each text


def end() -> None:
    """Throw the import away, and leave its page."""
    made = under_way()
    for work in (made.reading, made.reporting):
        if work:
            work.leave()
    drop(made)
    state.go("data")


def count_accepted(made: ListImport) -> int:
    """Count the incidents and flight tracks that would be added or changed."""
    return len(made.prepared.taken - made.left_out) if made.prepared else 0


def take_in(made: ListImport, dataset: Dataset) -> None:
    """Accept the report: it becomes one change of the record, and the map shows it."""
    if made.report is None or made.reporting or not may_import() or dataset.as_of:
        return
    try:
        record = record_at(settings().record)
        source = source_name(made.source)
        kept = with_answers(made.mapping, made.answers).model_copy(update={"name": source})
        rows = accepted(made.report, made.left_out)
        tracks = [track for track in made.report.tracks if track_key(track) not in made.left_out]
        change = accept(record, rows, source, tracks=tracks, who=author(), note=note_of(made), mapping=kept)
    except DashboardError as error:
        made.problem = for_visitors(error)
        return
    if change is None:
        session().notices.append(_("Nothing was written: all of it is recorded already."))
    else:
        words = _("Imported as change {change}. It can be undone under Data, History.")
        session().notices.append(words.format(change=number(change)))
    drop(made)
    state.go("map")


def note_of(made: ListImport) -> str:
    """The note of the change: the name of the file, and the cells that were corrected here."""
    if not made.typed or made.raw is None:
        return made.name
    table, told = made.raw.table, []
    for cell, text in [*made.typed.items()][:MOST_NOTED]:
        words = _("line {line}, {column}: {was} → {becomes}")
        texts = {"was": shortened(text_at(table, cell), LONGEST_NOTED), "becomes": shortened(text, LONGEST_NOTED)}
        told.append(words.format(line=cell[0], column=shortened(table.header[cell[1]], LONGEST_NOTED), **texts))
    if rest := len(made.typed) - len(told):
        told.append(ngettext("{count} more", "{count} more", rest).format(count=number(rest)))
    return _("{file}; corrected here: {cells}").format(file=made.name, cells="; ".join(told))
