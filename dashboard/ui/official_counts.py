"""The table of what states counted, beside what is recorded here; on the pages of charts and of states."""

from collections.abc import Collection
from html import escape

import streamlit as st

from dashboard.core.analysis.official_counts import OfficialCount, official_counts
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from dashboard.language import _
from dashboard.render.text.official_counts import (
    EXPLANATION,
    TITLE,
    count_in_words,
    differences_in_words,
    period_in_words,
    recorded_in_words,
    subject_in_words,
    subjects,
)
from dashboard.render.text.sources import publisher_in_words
from dashboard.ui.links import linked
from dashboard.ui.style import show_style_of


def show_official_counts(dataset: Dataset, view: View, states: Collection[str]) -> None:
    """Draw the table of some states, or without one of all, for the days of a view; nothing where nobody counted."""
    counts = official_counts(dataset, view.filter, states)
    if not counts:
        return
    show_style_of("official_counts")
    with_state = len(states) != 1
    bodies = "".join(_subject(group, dataset, with_state=with_state) for group in subjects(counts))
    head = "".join(
        f'<th scope="col">{words}</th>' for words in (_("Days"), _("Officially counted"), _("Recorded here"))
    )
    with st.container(key="official-counts"):
        st.html(
            f'<h2 class="section">{TITLE}</h2><p class="hint">{escape(EXPLANATION)}</p>'
            f'<table class="official"><thead><tr>{head}</tr></thead>{bodies}</table>'
        )


def _subject(group: list[OfficialCount], dataset: Dataset, *, with_state: bool) -> str:
    """The rows of a subject, under what was counted, by whom, and how what is recorded differs."""
    total = group[0].total
    notes = dict.fromkeys(note for count in group for note in differences_in_words(count.total, dataset.known))
    more = " ".join(map(escape, notes))
    heading = (
        f"<b>{escape(subject_in_words(total, with_state=with_state))}</b> <small>{escape(total.by)}</small>"
        f"{f'<p>{more}</p>' if more else ''}"
    )
    rows = "".join(map(_row, group))
    return f'<tbody><tr><th colspan="3" scope="rowgroup">{heading}</th></tr>{rows}</tbody>'


def _row(count: OfficialCount) -> str:
    total = count.total
    sources = "".join(f" {linked(source, publisher_in_words(source.publisher))}" for source in total.sources)
    recorded = escape(recorded_in_words(count))
    if total.asks and count.recorded and count.recorded.incidents:
        address = escape(f"?{View(total.asks).query_string()}", quote=True)
        recorded = f'<a href="{address}" target="_blank">{recorded}</a>'
    return (
        f"<tr><td>{escape(period_in_words(total.period))}</td><td><b>{escape(count_in_words(total))}</b>{sources}</td>"
        f"<td>{recorded}</td></tr>"
    )
