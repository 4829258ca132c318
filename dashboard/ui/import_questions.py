"""Questions that a list leaves open: the cell, its row, and what speaks for each answer; none is chosen beforehand."""

from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.applied import Question
from dashboard.core.imports.report import DUPLICATE
from dashboard.core.query.view import one_line
from dashboard.language import _, ngettext, number
from dashboard.ui.escaping import escaped, shortened
from dashboard.ui.import_sections import first_shown, show_pages
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session

ON_A_PAGE = 15  # questions
MOST_ANSWERS = 7  # side by side; more are a list
MOST_CELLS, LONGEST_CELL = 6, 40


def show_questions(made: ListImport, dataset: Dataset) -> None:
    """Draw the open questions about values, and those that were answered."""
    asked = [one for one in made.report.questions if not one.id.startswith(DUPLICATE)] if made.report else []
    with st.container(key="import-questions", gap=None):
        st.html(f'<h2 class="section first">{escape(_("Questions"))}</h2>')
        if made.answers:
            words = ngettext("{count} answered", "{count} answered", len(made.answers))
            with st.container(key="import-answered", horizontal=True, vertical_alignment="center"):
                st.html(
                    f'<p class="said done">{escape(words.format(count=number(len(made.answers))))}</p>', width="content"
                )
                st.button(
                    _("Answer anew"), key="import-forget", type="tertiary", on_click=_forget, args=(made, dataset)
                )
        if not asked:
            ready = made.report and not made.report.missing
            words = _("No question is open.") if ready else _("Questions come when nothing is missing.")
            st.html(f'<p class="hint">{escape(words)}</p>')
        start = first_shown(made, "questions", len(asked), ON_A_PAGE)
        for place, question in enumerate(asked[start : start + ON_A_PAGE]):
            _question(made, dataset, place, question)
        show_pages(made, "questions", len(asked), ON_A_PAGE)


def _forget(made: ListImport, dataset: Dataset) -> None:
    made.answers.clear()
    made.tell(dataset)


def _question(made: ListImport, dataset: Dataset, place: int, question: Question) -> None:
    with st.container(key=f"import-question-{place}", gap=None):
        st.html(f'<p class="import-asks">{escape(question.text)}</p><p class="hint">{_told(question)}</p>')
        answer_question(made, dataset, question, f"question-{place}")
        if question.typed:
            _typed(made, dataset, question)


def _told(question: Question) -> str:
    """The rows that ask, and the first of them as it stands in the list."""
    lines = ", ".join(map(str, question.lines[:3])) + (" …" if len(question.lines) > 3 else "")
    row = ngettext("Line {lines}", "Lines {lines}", len(question.lines)).format(lines=lines)
    told = [
        (shortened(name, LONGEST_CELL), shortened(cell, LONGEST_CELL))
        for name, cell in question.row.items()
        if cell.strip()
    ]
    cells = [f"{escape(name)} <b>{escape(cell)}</b>" for name, cell in told]
    return ", ".join((escape(row), *cells[:MOST_CELLS]))


def answer_question(made: ListImport, dataset: Dataset, question: Question, name: str, *, reasons: bool = True) -> None:
    """Draw the answers that are possible, none of them chosen before somebody has."""
    if not question.answers:
        return
    widgets, widget = session().widgets, f"import-{made.turn}-{name}-{question.id}"
    labels = {answer.key: answer.label for answer in question.answers}
    given = made.answers.get(question.id)

    def choose() -> None:
        made.answer(question.id, widgets.choice(widget) or "", dataset)

    label = escaped(question.text)
    shown = given if given in labels else None
    if len(labels) <= MOST_ANSWERS:
        st.segmented_control(
            label,
            list(labels),
            default=shown,
            format_func=lambda key: escaped(labels[key]),
            key=widgets.show(widget, shown),
            on_change=choose,
            label_visibility="collapsed",
        )
    else:
        st.selectbox(
            label,
            list(labels),
            None,
            format_func=lambda key: one_line(labels[key]),
            placeholder=_("Choose"),
            key=widgets.show(widget, shown),
            on_change=choose,
            label_visibility="collapsed",
        )
    told = [f"{answer.label}: {answer.because}" for answer in question.answers if answer.because and reasons]
    if told:
        st.html("".join(f'<p class="hint">{escape(reason)}</p>' for reason in told))


def _typed(made: ListImport, dataset: Dataset, question: Question) -> None:
    """Draw a field for an answer in one's own words."""
    widgets, widget = session().widgets, f"import-{made.turn}-typed-{question.id}"

    def take() -> None:
        made.answer(question.id, (widgets.choice(widget) or "").strip(), dataset)

    st.text_input(
        escaped(question.text),
        key=widgets.show(widget, ""),
        on_change=take,
        placeholder=_("Or type what it is"),
        max_chars=200,
        label_visibility="collapsed",
    )
