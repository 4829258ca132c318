"""Refused rows in the report on a list: each with its line, why and the remedy, and its cell to be corrected here."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.files.raw import RawTable
from dashboard.core.imports.typed_cells import Cell, cell_of, text_at
from dashboard.core.incidents.problems import Problem
from dashboard.core.query.view import one_line
from dashboard.language import _
from dashboard.render.export.refused_rows import make_refused_rows
from dashboard.ui.escaping import escaped, shortened
from dashboard.ui.import_prepared import PreparedReport
from dashboard.ui.import_sections import show_section
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session

LONGEST, LONGEST_CELL = 240, 60  # characters


def show_refused(made: ListImport, dataset: Dataset, told: PreparedReport) -> None:
    """Draw the rows that are refused, with a field for each cell, and those cells that were corrected here."""
    if made.raw is None:
        return
    table, refused = made.raw.table, told.report.refused

    def draw(problems: Sequence[Problem]) -> None:
        for place, problem in enumerate(problems):
            _problem(made, dataset, table, place, problem)
        if not table.shapes:
            _download(made, table, refused)

    calm = _("Correct the cell here, and the row is read anew; or save the rows, correct them and drop them again.")
    show_section(made, "refused", _("Refused"), refused, draw, calm)

    def draw_typed(cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells):
            _typed(made, dataset, table, place, cell)

    show_section(made, "typed", _("Corrected here"), [*made.typed], draw_typed)


def problem_in_words(problem: Problem) -> str:
    """The line, column, reason and remedy of a problem, shortened."""
    where = _("Line {line}, {column}: ").format(line=problem.line, column=one_line(problem.column) or _("row"))
    return shortened(where + problem.message, LONGEST)


def _problem(made: ListImport, dataset: Dataset, table: RawTable, place: int, problem: Problem) -> None:
    with st.container(key=f"import-refused-{place}", horizontal=True, vertical_alignment="center", gap=None):
        st.html(f'<p class="import-problem">{escape(problem_in_words(problem))}</p>', width="stretch")
        if cell := cell_of(problem, table, made.mapping):
            _field(made, dataset, table, cell)
        elif problem.line in table.lines:
            with st.popover(_("Fill in"), key=f"import-fill-{place}"):
                for column, heading in enumerate(table.header):
                    if heading and made.mapping.columns.get(heading):
                        _field(made, dataset, table, (problem.line, column), is_labelled=True)


def _field(made: ListImport, dataset: Dataset, table: RawTable, cell: Cell, *, is_labelled: bool = False) -> None:
    """Draw a field with the text of a cell."""
    line, column = cell
    widgets, widget = session().widgets, f"import-{made.turn}-cell-{line}-{column}"
    shown = made.typed.get(cell, text_at(table, cell))
    heading = one_line(table.header[column])
    label = heading if is_labelled else _("Line {line}, {column}").format(line=line, column=heading)

    def take() -> None:
        made.type_cell(cell, str(widgets.choice(widget) or ""), dataset)

    st.text_input(
        escaped(label),
        shown,
        max_chars=500,
        key=widgets.show(widget, shown),
        on_change=take,
        label_visibility="visible" if is_labelled else "collapsed",
        width="stretch" if is_labelled else 200,
    )


def _download(made: ListImport, table: RawTable, refused: Sequence[Problem]) -> None:
    """Offer the refused rows under the name of the list, so that they are of the same source when they come again."""
    st.download_button(
        _("Save the refused rows as CSV"),
        lambda: make_refused_rows(table, refused),
        file_name=f"{Path(made.name).stem}.csv",
        mime="text/csv",
        key="import-save-refused",
        on_click="ignore",
        type="tertiary",
    )


def _typed(made: ListImport, dataset: Dataset, table: RawTable, place: int, cell: Cell) -> None:
    with st.container(key=f"import-typed-{place}", horizontal=True, vertical_alignment="center", gap=None):
        st.html(f'<p class="import-problem">{typed_in_html(table, cell, made.typed[cell])}</p>', width="stretch")
        st.button(
            _("Take back"),
            key=f"import-untype-{place}",
            type="tertiary",
            on_click=made.type_cell,
            args=(cell, text_at(table, cell), dataset),
        )


def typed_in_html(table: RawTable, cell: Cell, text: str) -> str:
    """A cell that was typed anew: its line and column, what it was and what it is."""
    line, column = cell
    where = _("Line {line}, {column}: ").format(line=line, column=shortened(table.header[column], LONGEST_CELL))
    was, becomes = (shortened(words, LONGEST_CELL) or "–" for words in (text_at(table, cell), text))
    return f"{escape(where)}<del>{escape(was)}</del> → <b>{escape(becomes)}</b>"
