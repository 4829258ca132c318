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
from dashboard.ui.editing import may_edit
from dashboard.ui.escaping import escaped
from dashboard.ui.import_columns import show_columns
from dashboard.ui.import_questions import show_questions
from dashboard.ui.import_report import show_report
from dashboard.ui.import_work import Work
from dashboard.ui.imports import COLUMNS, FILE, REPORT, ListImport, count_accepted, end, take_in, under_way
from dashboard.ui.style import show_style_of

LOOK_S = 0.7  # seconds between two looks at how far the work is
_STEPS = {FILE: _("File"), COLUMNS: _("Columns and questions"), REPORT: _("Report")}


def show_import(dataset: Dataset, _selection: gpd.GeoDataFrame, _view: View, palette: Palette) -> None:
    """Draw the page."""
    show_style_of("import")
    if reason := _why_not(dataset):
        with st.container(key="pane"):
            st.html(f'<p class="note">{escape(reason)}</p>')
            st.button(_("Back to the map"), key="import-back", on_click=state.go, args=("map",))
        return
    made = under_way()
    work = made.take_up(dataset)
    with st.container(key="import", gap=None):
        _head(made)
        if made.raw is None:
            with st.container(key="import-file", gap=None):
                _file(made, work)
        else:
            with st.container(key="import-main", horizontal=True, wrap=False, gap=None):
                if made.step == REPORT:
                    show_report(made, dataset, palette)
                else:
                    show_columns(made, dataset)
                    show_questions(made, dataset)
        _bar(made, dataset, work)
    if palette is not LIGHT:
        st.html('<span class="on-dark"></span>')


def _why_not(dataset: Dataset) -> str:
    """The reason why nothing can be imported here, or an empty text."""
    if not may_edit():
        return _("Editing is off on this server; DASHBOARD_EDITING allows it.")
    if dataset.as_of:
        return _("Editing is off while the data of an earlier moment are shown: choose “Back to now” first.")
    return ""


def _head(made: ListImport) -> None:
    title = _("Import {file}").format(file=one_line(made.name)) if made.name else _("Import a list")
    with st.container(key="import-head", horizontal=True, vertical_alignment="center"):
        st.button(_("Data"), icon=":material/chevron_left:", key="import-leave", type="tertiary", on_click=end)
        st.html(f'<h1 class="heading">{escape(title)}</h1>', width="stretch")
        shown = FILE if made.raw is None else made.step
        with st.container(key="import-steps", horizontal=True, vertical_alignment="center", width="content"):
            for place, (step, words) in enumerate(_STEPS.items(), start=1):
                st.button(
                    f"{place} {words}",
                    key=f"import-step-{step}",
                    type="secondary" if step == shown else "tertiary",
                    disabled=made.raw is None and step != FILE,
                    on_click=_go_to,
                    args=(made, step),
                )


def _go_to(made: ListImport, step: str) -> None:
    """Show a step; another file begins anew."""
    made.step = step
    if step == FILE:
        made.raw = made.prepared = None
        made.turn += 1


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
    if file is not None:
        made.take_file(one_line(file.name), file.getvalue())
        st.rerun()


def _bar(made: ListImport, dataset: Dataset, work: "Work[object] | None") -> None:
    with st.container(key="import-bar", horizontal=True, vertical_alignment="center"):
        st.button(_("Cancel"), key="import-cancel", on_click=end)
        if work:
            _progress(work)
            return
        if made.raw is None:
            return
        if made.problem:
            st.html(f'<p class="said fault" role="alert">{escape(made.problem)}</p>', width="stretch")
        elif made.step == REPORT:
            words = _("Accepting is one change of the record, which can be undone under Data, History.")
            st.html(f'<p class="hint">{escape(words)}</p>', width="stretch")
        else:
            words = _("Nothing is changed before you accept the report.")
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
    st.button(_("Report"), key="import-report", type="primary", on_click=_go_to, args=(made, REPORT))


def _progress(work: "Work[object]") -> None:
    """Draw how far the work is, again and again, and the page when it has ended."""

    @st.fragment(run_every=LOOK_S)
    def look() -> None:
        if not work.is_alive():
            st.rerun()
        st.progress(min(1.0, work.part), text=escaped(work.words))

    look()
