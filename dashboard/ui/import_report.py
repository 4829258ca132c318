"""The report on a list on the page: figures, rows that are refused or wait, and beside it the map."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TypeVar

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.outcomes import Outcome
from dashboard.core.imports.report import Report
from dashboard.core.incidents.problems import Problem
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.clustering import MOST_MARKS
from dashboard.render.symbols.palettes import Palette
from dashboard.ui.escaping import shortened
from dashboard.ui.import_duplicates import show_duplicates
from dashboard.ui.import_map import show_import_map
from dashboard.ui.import_outcomes import show_outcomes
from dashboard.ui.import_prepared import PreparedReport
from dashboard.ui.import_refused import problem_in_words, show_refused
from dashboard.ui.import_sections import LONGEST_CELL, row_in_html, show_section
from dashboard.ui.imports import ListImport

Row = TypeVar("Row")
_FIGURES = {
    "new": _("new"),
    "changed": _("changed"),
    "unchanged": _("unchanged"),
    "refused": _("refused"),
    "duplicates": _("probable duplicates"),
    "waiting": _("to be answered"),
    "left_out": _("left out"),
    "gone": _("gone"),
}
_ALWAYS = ("new", "changed", "unchanged", "refused")


def show_report(made: ListImport, dataset: Dataset, palette: Palette) -> None:
    """Draw the report, and beside it the map with what is new and changed."""
    told = made.prepared
    with st.container(key="import-told", gap=None):
        if told is None:
            st.html(f'<p class="hint">{escape(made.problem or _("The report is being worked out."))}</p>')
            return
        if told.report.missing:
            st.html(f'<p class="said fault" role="alert">{escape(told.report.missing)}</p>')
        _figures(told)
        if not _rows_of(made, told.report):
            made.section = ""  # there is nothing of its kind any more
        show_refused(made, dataset, told)
        show_duplicates(made, dataset, told)
        show_outcomes(made, dataset, told)
        _others(made, told.report)
    with st.container(key="import-map", gap=None), st.container(key="chart"):
        show_import_map(made, dataset, told, palette)


def _rows_of(made: ListImport, report: Report) -> bool:
    """Tell whether there are rows of the kind that is shown alone."""
    return bool(made.typed if made.section == "typed" else made.section and getattr(report, made.section))


def _figures(told: PreparedReport) -> None:
    figures = told.figures
    shown = [(name, words) for name, words in _FIGURES.items() if figures[name] or name in _ALWAYS]
    cells = "".join(f"<div><b>{number(figures[name])}</b><span>{escape(words)}</span></div>" for name, words in shown)
    rows = sum(figures.values()) - figures["gone"]
    words = ngettext("{count} row.", "{count} rows.", rows).format(count=number(rows))
    calm = _("Empty cells and assumed values replace nothing.")
    notes = "".join(f'<p class="hint">{escape(note)}</p>' for note in (*told.report.notes, *_of_map(told)))
    st.html(f'<div class="import-figures">{cells}</div><p class="hint">{escape(words)} {escape(calm)}</p>{notes}')


def _of_map(told: PreparedReport) -> Iterator[str]:
    """Say how many of the new and changed incidents the map shows, where it has no room for all."""
    if len(told.report.new) + len(told.report.changed) > MOST_MARKS:
        words = _("The map has room for {count} of the incidents that are new or changed.")
        yield words.format(count=number(MOST_MARKS))


def _others(made: ListImport, report: Report) -> None:
    """Draw the rows of which nothing comes, or nothing yet, and warnings about the others."""

    def row(line: int) -> str:
        return _row(made, line)

    waits = _("They stay out until their questions are answered.")
    show_section(made, "waiting", _("To be answered"), report.waiting, _list(row), waits)
    calm = _("A field was edited here and in the source: until it is answered, the incident stays as it is.")
    show_section(made, "open", _("Open fields"), report.open, _list(_outcome), calm)
    show_section(made, "left_out", _("Left out by an answer"), report.left_out, _list(row))
    calm = _("They can be taken in.")
    show_section(made, "doubts", _("Warnings"), report.doubts, _list(_problem), calm)
    show_section(made, "unchanged", _("Unchanged"), report.unchanged, _list(_outcome))
    calm = _("They stay as they are here.")
    show_section(made, "gone", _("Gone from the source"), report.gone, _list(escape), calm)


def _list(words: Callable[[Row], str]) -> Callable[[Iterable[Row]], None]:
    """Make the drawing of rows as a list, each in HTML."""

    def draw(rows: Iterable[Row]) -> None:
        st.html(f'<ul class="import-lines">{"".join(f"<li>{words(row)}</li>" for row in rows)}</ul>')

    return draw


def _problem(problem: Problem) -> str:
    return escape(problem_in_words(problem))


def _outcome(one: Outcome) -> str:
    cells = one.becomes or one.row.cells
    told = [cells.get("place", ""), cells.get("date", "")]
    words = _(", ").join(shortened(text, LONGEST_CELL) for text in told if text)
    line = _("Line {line}").format(line=one.row.line)
    return f'{escape(line)}: {escape(words)} <span class="muted">{escape(one.key)}</span>'


def _row(made: ListImport, line: int) -> str:
    """A row as it stands in the list."""
    return row_in_html(_("Line {line}").format(line=line), made.row_at(line))
