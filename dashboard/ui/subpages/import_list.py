"""The page on which a list is imported: its file, its columns and questions, the report, and accepting it."""

from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, one_line
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.settings import settings
from dashboard.ui import state
from dashboard.ui.editing import may_import, why_not
from dashboard.ui.escaping import escaped
from dashboard.ui.import_accept import count_accepted, end, take_in
from dashboard.ui.import_columns import show_columns
from dashboard.ui.import_drafts import KEPT_HOURS, keep, under_way
from dashboard.ui.import_questions import ON_A_PAGE, show_questions
from dashboard.ui.import_report import show_report
from dashboard.ui.import_work import Work
from dashboard.ui.imports import (
    COLUMNS,
    FILE,
    QUESTIONS,
    REPORT,
    STEPS,
    ListImport,
)
from dashboard.ui.style import show_style_of

LOOK_S = 0.7  # seconds between two looks at how far the work is
_WORDS = {FILE: _("File"), COLUMNS: _("Columns"), QUESTIONS: _("Questions"), REPORT: _("Report")}


def show_import(dataset: Dataset, _selection: gpd.GeoDataFrame, _view: View, palette: Palette) -> None:
    """Draw the page."""
    show_style_of("edit")
    show_style_of("import")
    if reason := _why_not(dataset):
        with st.container(key="pane"):
            st.html(f'<p class="note">{escape(reason)}</p>')
            st.button(_("Back to the map"), key="import-back", on_click=state.go, args=("map",))
        return
    made = under_way()
    work = made.take_up(dataset)
    keep(made)
    with st.container(key="import", gap=None):
        _head(made)
        if made.raw is None or made.step == FILE:
            with st.container(key="import-file", gap=None):
                _file(made, work)
        else:
            with st.container(key="import-main", horizontal=True, wrap=False, gap=None):
                if made.step == REPORT:
                    show_report(made, dataset, palette)
                else:
                    show_columns(made, dataset)
                    show_questions(made, dataset, palette)
        _bar(made, dataset, work)
    if palette is not LIGHT:
        st.html('<span class="on-dark"></span>')


def _why_not(dataset: Dataset) -> str:
    """The reason why nothing can be imported here, or an empty text."""
    if not may_import():
        return why_not()
    if dataset.as_of:
        return _("Editing is off while the data of an earlier moment are shown: choose “Back to now” first.")
    return ""


def _head(made: ListImport) -> None:
    title = _("Import {file}").format(file=one_line(made.name)) if made.name else _("Import a list")
    with st.container(key="import-head", horizontal=True, vertical_alignment="center"):
        st.button(_("Data"), icon=":material/chevron_left:", key="import-leave", type="tertiary", on_click=end)
        where = _("{place} of {count}").format(place=STEPS.index(made.step) + 1, count=len(STEPS))
        step = f"{escape(where)} <b>{escape(_WORDS[made.step])}</b>"
        at = f'<p class="import-where at-{made.step}" role="status">{step}</p>'
        st.html(f'<h1 class="heading">{escape(title)}</h1>{at}', width="stretch")
        with st.container(key="import-steps", horizontal=True, vertical_alignment="center", width="content"):
            for place, step in enumerate(STEPS, start=1):
                _step(made, place, step)


def _step(made: ListImport, place: int, step: str) -> None:
    """Draw the way to a step: its number, or a tick where there is nothing left to do in it."""
    words = _WORDS[step]
    if step == QUESTIONS and (all_ := made.open + len(made.answered)):
        words = _("{questions} {count} of {all}").format(
            questions=words, count=number(len(made.answered)), all=number(all_)
        )
    is_here, is_done = step == made.step, made.is_done(step)
    st.button(
        words,
        icon=":material/check_circle:" if is_done and not is_here else f":material/counter_{place}:",
        key=f"import-step-{step}",
        type="secondary" if is_here else "tertiary",
        disabled=made.raw is None and step != FILE,
        on_click=made.go_to,
        args=(step,),
        help=_("Done") if is_done else None,
    )


def _file(made: ListImport, work: "Work[object] | None") -> None:
    if work:
        return
    if made.problem:
        st.error(escaped(made.problem), icon=":material/error:")
    file = st.file_uploader(
        _("The list"), key=f"import-upload-{made.turn}", max_upload_size=settings().import_mb, width="stretch"
    )
    kinds = _(
        "CSV, Excel, OpenDocument, GeoJSON, JSON, GeoPackage, GeoParquet, KML, KMZ, GPX, a Shapefile in a zip, and "
        "every file that this dashboard exports. What a file is, its content tells, whatever its name."
    )
    calm = _("Nothing is changed before you accept the report. What is accepted is one change and can be undone.")
    st.html(f'<p class="hint">{escape(kinds)}</p><p class="hint">{escape(calm)}</p>')
    if made.raw is not None:
        words = _("{file} is read. Another file begins anew.").format(file=made.name)
        st.html(f'<p class="said done">{escape(words)}</p>')
    if file is not None:
        made.take_file(one_line(file.name), file.getvalue())
        keep(made)
        st.rerun()


def _bar(made: ListImport, dataset: Dataset, work: "Work[object] | None") -> None:
    with st.container(key="import-bar", horizontal=True, vertical_alignment="center"):
        st.button(_("Cancel"), key="import-cancel", on_click=end)
        if work:
            _progress(work)
            return
        if made.raw is None:
            return
        if made.step != FILE:
            before = STEPS[STEPS.index(made.step) - 1]
            back = ":material/chevron_left:"
            st.button(_WORDS[before], key="import-before", icon=back, on_click=made.go_to, args=(before,))
        if made.problem:
            st.html(f'<p class="said fault" role="alert">{escape(made.problem)}</p>', width="stretch")
        elif made.step == REPORT:
            words = _("Accepting is one change of the record, which can be undone under Data, History.")
            st.html(f'<p class="hint">{escape(words)}</p>', width="stretch")
        else:
            kept = _("The import is kept for {hours} hours, at this address alone.").format(hours=number(KEPT_HOURS))
            words = _("Nothing is changed before you accept the report. {kept}").format(kept=kept)
            st.html(f'<p class="hint">{escape(words)}</p>', width="stretch")
        if made.step == REPORT:
            _accept(made, dataset)
        else:
            _to_report(made)


def _accept(made: ListImport, dataset: Dataset) -> None:
    stays = _stays_out(made)
    if stays:
        st.html(f'<p class="needed">{escape(stays)}</p>', width="content")
    count = count_accepted(made)
    if not count:
        st.html(f'<p class="needed">{escape(_("Nothing to accept"))}</p>', width="content")
        return
    label = _("Accept {count}").format(count=number(count))
    st.button(label, key="import-accept", type="primary", on_click=take_in, args=(made, dataset))


def _stays_out(made: ListImport) -> str:
    """Say what is not taken in: rows that are refused, open or left out."""
    if made.prepared is None:
        return ""
    figures = made.prepared.figures
    out = figures["refused"] + figures["duplicates"] + figures["waiting"]
    words = ngettext("{count} row stays out", "{count} rows stay out", out).format(count=number(out))
    return words if out else ""


def _to_report(made: ListImport) -> None:
    count = made.open
    if count:
        words = ngettext("{count} question is open", "{count} questions are open", count).format(count=number(count))
        st.html(f'<p class="needed">{escape(words)}</p>', width="content")
        look = made.look_for_question
        st.button(_("Next open question"), key="import-next", type="primary", on_click=look, args=(ON_A_PAGE,))
    else:
        st.button(_("Report"), key="import-report", type="primary", on_click=made.go_to, args=(REPORT,))


def _progress(work: "Work[object]") -> None:
    """Draw how far the work is, again and again, and the page when it has ended."""

    @st.fragment(run_every=LOOK_S)
    def look() -> None:
        if not work.is_alive():
            st.rerun()
        st.progress(min(1.0, work.part), text=escaped(work.words))

    look()
