"""Questions that a list leaves open: the cell, its row, and what speaks for each answer; none is chosen beforehand."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.applied import Question
from dashboard.core.imports.date_evidence import evidence_of
from dashboard.core.imports.fields import SOURCE_NUMBERS
from dashboard.core.query.view import one_line
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.palettes import Palette
from dashboard.settings import settings
from dashboard.ui.escaping import escaped, shortened
from dashboard.ui.import_beside import Beside
from dashboard.ui.import_places import place_map_html, places_of
from dashboard.ui.import_sections import LONGEST_CELL, first_shown, row_in_html, show_pages
from dashboard.ui.imports import QUESTIONS, ListImport
from dashboard.ui.session import session

ON_A_PAGE = 15  # questions
MOST_ANSWERS = 7  # side by side; more are a list


def show_questions(made: ListImport, dataset: Dataset, palette: Palette) -> None:
    """Draw the open questions about values, and those that were answered."""
    asked = made.open_questions
    with st.container(key="import-questions", gap=None):
        st.html(f'<h2 class="section first">{escape(_("Questions"))}</h2>')
        if not asked:
            ready = made.report and not made.report.missing
            words = _("No question is open.") if ready else _("Questions come when nothing is missing.")
            st.html(f'<p class="hint">{escape(words)}</p>')
        start = first_shown(made, QUESTIONS, len(asked), ON_A_PAGE)
        for place, question in enumerate(asked[start : start + ON_A_PAGE]):
            _question(made, dataset, palette, place, question)
        show_pages(made, QUESTIONS, len(asked), ON_A_PAGE)
        _beside(made, dataset)
        _answered(made, dataset)
        at = f"st-key-import-question-{made.asked - start}"
        st.html(f'<span class="first-fault" data-fault="{at}" data-turn="{made.looked_at}"></span>')


def _answered(made: ListImport, dataset: Dataset) -> None:
    """Draw the questions that were answered here, each with a way to take its answer back."""
    answered = [*made.answered.values()]
    if not answered:
        return
    with st.container(key="import-section-answered", horizontal=True, vertical_alignment="bottom"):
        count = f' <span class="muted">{number(len(answered))}</span>'
        st.html(f'<h2 class="section">{escape(_("Answered"))}{count}</h2>', width="stretch")
        anew = made.answer_anew
        st.button(_("Answer all anew"), key="import-forget", type="tertiary", on_click=anew, args=(dataset,))
    start = first_shown(made, "answered", len(answered), ON_A_PAGE)
    for place, question in enumerate(answered[start : start + ON_A_PAGE]):
        with st.container(key=f"import-answer-{place}", horizontal=True, vertical_alignment="center", gap=None):
            given = made.answers.get(question.id, "")
            label = next((answer.label for answer in question.answers if answer.key == given), given)
            words = f"{escape(question.text)} <b>{escape(shortened(label, LONGEST_CELL))}</b>"
            st.html(f'<p class="import-problem">{words}</p>', width="stretch")
            take_back = (question, "", dataset)
            key = f"import-answer-back-{place}"
            st.button(_("Take back"), key=key, type="tertiary", on_click=made.answer, args=take_back)
    show_pages(made, "answered", len(answered), ON_A_PAGE)


def _question(made: ListImport, dataset: Dataset, palette: Palette, place: int, question: Question) -> None:
    with st.container(key=f"import-question-{place}", gap=None):
        st.html(f'<p class="import-asks">{escape(question.text)}</p><p class="hint">{_told(question)}</p>')
        places = places_of(question)
        if places:
            st.html(place_map_html(question, places, dataset, palette))
        answer_question(made, dataset, question, f"question-{place}", reasons=not places)
        if question.typed:
            _typed(made, dataset, question)
        if question.field == SOURCE_NUMBERS:
            _ask_beside(made, dataset)


def _told(question: Question) -> str:
    """The rows that ask, and the first of them as it stands in the list."""
    lines = ", ".join(map(str, question.lines[:3])) + (" …" if len(question.lines) > 3 else "")
    row = ngettext("Line {lines}", "Lines {lines}", len(question.lines)).format(lines=lines)
    return row_in_html(row, question.row.items())


def answer_question(made: ListImport, dataset: Dataset, question: Question, name: str, *, reasons: bool = True) -> None:
    """Draw the answers that are possible, none of them chosen before somebody has."""
    if not question.answers:
        return
    widgets, widget = session().widgets, f"import-{made.turn}-{name}-{question.id}"
    labels = _labels(question)
    given = made.answers.get(question.id)

    def choose() -> None:
        made.answer(question, widgets.choice(widget) or "", dataset)

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
    told = _reasons(made, question) if reasons else []
    if told:
        st.html("".join(f'<p class="hint">{escape(reason)}</p>' for reason in told))


def _ask_beside(made: ListImport, dataset: Dataset) -> None:
    """Draw the place for the file that lists the sources by number."""
    label, most = _("The file that lists the sources"), settings().import_mb
    file = st.file_uploader(label, key=f"import-beside-{made.turn}", max_upload_size=most, width="stretch")
    if file is not None:
        made.take_beside(Beside(one_line(file.name), file.getvalue()), dataset)
        st.rerun()


def _beside(made: ListImport, dataset: Dataset) -> None:
    """Draw the file that lists the sources, with a way to take it back."""
    if not made.beside:
        return
    with st.container(key="import-beside", horizontal=True, vertical_alignment="center", gap=None):
        words = _("Sources by number are those of {file}.").format(file=made.beside.name)
        st.html(f'<p class="import-problem">{escape(words)}</p>', width="stretch")
        take_back = (None, dataset)
        key = "import-answer-back-beside"
        st.button(_("Take back"), key=key, type="tertiary", on_click=made.take_beside, args=take_back)


def _labels(question: Question) -> dict[str, str]:
    """The words of each answer by its key; places are numbered as on their map, for several may have one name."""
    labels = {answer.key: answer.label for answer in question.answers}
    places = places_of(question)
    if len(places) > 1:
        labels |= {place.key: f"{turn} {labels[place.key]}" for turn, place in enumerate(places, start=1)}
    return labels


def _reasons(made: ListImport, question: Question) -> list[str]:
    """Reasons for each answer."""
    told = [f"{answer.label}: {answer.because}" for answer in question.answers if answer.because]
    if made.raw is None:
        return told
    found = evidence_of(question, made.raw.table, datetime.now(UTC).date())
    labels = {answer.key: answer.label for answer in question.answers}
    return told + [f"{labels[key]}: {words}" for key, words in found]


def _typed(made: ListImport, dataset: Dataset, question: Question) -> None:
    """Draw a field for an answer in one's own words."""
    widgets, widget = session().widgets, f"import-{made.turn}-typed-{question.id}"

    def take() -> None:
        made.answer(question, (widgets.choice(widget) or "").strip(), dataset)

    st.text_input(
        escaped(question.text),
        key=widgets.show(widget, ""),
        on_change=take,
        placeholder=_("Or type what it is"),
        max_chars=200,
        label_visibility="collapsed",
    )
