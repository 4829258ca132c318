"""Ends of an import: its report is accepted, or it is thrown away."""

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.accept import accept, accepted, source_name
from dashboard.core.imports.kept import with_answers
from dashboard.core.record.record import record_at
from dashboard.errors import DashboardError
from dashboard.language import _, number
from dashboard.settings import settings
from dashboard.ui import state
from dashboard.ui.editing import may_edit
from dashboard.ui.escaping import for_visitors
from dashboard.ui.form import WHO
from dashboard.ui.import_drafts import drop, under_way
from dashboard.ui.import_prepared import track_key
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session


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
    if made.report is None or made.reporting or not may_edit() or dataset.as_of:
        return
    try:
        record = record_at(settings().record)
        source = source_name(made.source)
        who = session().kept.get(WHO, "")
        kept = with_answers(made.mapping, made.answers).model_copy(update={"name": source})
        rows = accepted(made.report, made.left_out)
        tracks = [track for track in made.report.tracks if track_key(track) not in made.left_out]
        change = accept(record, rows, source, tracks=tracks, who=who, note=made.note, mapping=kept)
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
