"""The page of charts: the selection counted as incidents or as events, one question to a card."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboard.core.analysis.counting import COUNTS, Tally, span_of
from dashboard.core.analysis.figures import events
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.releases import asked_in_words
from dashboard.core.data.sheet_ids import sheet_id
from dashboard.core.engine.selection import Selection
from dashboard.core.query.periods import begun_by
from dashboard.core.query.view import EVENTS, View
from dashboard.language import _
from dashboard.render.charts import HEIGHTS, PICTURES, QUESTIONS, Canvas, Chart, save
from dashboard.render.charts.findings import finding_of
from dashboard.render.charts.words import UNITS, result_in_words, shown_in_words
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.file_names import file_name
from dashboard.render.text.handout import as_handed_out, make_noted_handouts
from dashboard.render.text.method import COUNTED
from dashboard.render.text.selection import nothing_in_words
from dashboard.settings import ASSETS
from dashboard.ui import state
from dashboard.ui.choices import choose_colours, colours, theme_in_name
from dashboard.ui.exports import name_on_sheets, noted
from dashboard.ui.method_link import show_method_link
from dashboard.ui.official_counts import show_official_counts
from dashboard.ui.session import session, update_view

SHEET = ASSETS / "trends.css"
ROW, WIDTH = 35, 92  # height of a line of a table and width of a column, in pixels
LARGE = 480  # height of a chart that stands alone
MOST_ROWS = 12  # of a table that are seen at once
_log = logging.getLogger(__name__)


def show_trends(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> None:
    """Draw the page."""
    st.html(f"<style>{SHEET.read_text('utf-8')}</style>")
    with st.container(key="pane"):
        _head(dataset, selection, view)
        rows = selection.rows
        span = span_of(dataset, view, rows)
        known = begun_by(rows, span.end)
        if known.empty:
            st.html(f'<p class="incomplete">{escape(nothing_in_words(dataset, view))}</p>')
            return
        tally = Tally(known, COUNTS[bool(session().view.counted)], span)
        if view.chart:
            _bar(dataset)
        with st.container(key="trends-one" if view.chart else "trends"):
            for key in [view.chart] if view.chart else QUESTIONS:
                _card(key, tally, dataset, view, palette)
        show_official_counts(dataset, view, view.filter.countries)


def _bar(dataset: Dataset) -> None:
    """The way back to all charts, and the way before an audience."""
    with st.container(key="trends-bar", horizontal=True):
        st.button(
            _("All charts"),
            icon=":material/arrow_back:",
            key="charts-all",
            type="tertiary",
            on_click=update_view,
            kwargs={"chart": ""},
        )
        st.button(
            _("Present"),
            icon=":material/present_to_all:",
            key="present-chart",
            type="tertiary",
            shortcut="b",
            on_click=state.present,
            args=(dataset,),
            kwargs={"on": True},
        )


def _head(dataset: Dataset, selection: Selection, view: View) -> None:
    """Say what is counted, let it be chosen, and say that the data is not complete."""
    words = _("{filter}: {counts}.").format(
        filter=escape(asked_in_words(view, dataset.known, dataset.events)),
        counts=f"<b>{result_in_words(len(selection), events(selection))}</b>",
    )
    if dataset.unreadable:
        words = ""
    with st.container(key="trends-head", horizontal=True):
        st.html(f'<h1 class="page">{_("Trends")}</h1><p class="result">{words}</p>')
        chosen = COUNTS[bool(session().view.counted)]
        widgets = session().widgets

        def choose() -> None:
            count = widgets.choice("trends-count") or chosen
            update_view(counted=EVENTS if count == EVENTS else "")

        st.segmented_control(
            _("Count"),
            COUNTS,
            format_func=UNITS.__getitem__,
            default=chosen,
            key=widgets.show("trends-count", chosen),
            on_change=choose,
            help=COUNTED,
        )
        if not selection.empty:
            choose_colours("trends", _("Theme of saved charts"), _("Whatever the theme of the screen."))
    if incomplete := dataset.about.completeness_for(view.filter.countries):
        st.html(f'<p class="incomplete">{escape(incomplete)}</p>')
    show_method_link("trends")


@st.fragment
def _card(key: str, tally: Tally, dataset: Dataset, view: View, palette: Palette) -> None:
    """Draw a question, its chart, what to know of it, its files and its table; a table that is opened draws it anew."""
    chart = QUESTIONS[key](tally)
    height = HEIGHTS[key]
    with st.container(key=f"answer-{key}"):
        if view.chart and chart.in_words:
            height = LARGE
            st.html(f'<p class="finding">{escape(view.title or finding_of(key, tally).words)}</p>')
        st.html(
            f'<h2 class="question">{escape(chart.question)}<small>{shown_in_words(tally, chart.shown)}</small></h2>'
        )
        if chart.in_words:
            st.altair_chart(chart.draw(Canvas(palette, height=height)), theme=None, width="stretch", alt=chart.in_words)
        st.html(f'<p class="notes">{escape(" ".join(chart.notes))}</p>')
        if chart.in_words:
            with st.container(key=f"take-row-{key}", horizontal=True):
                for kind in PICTURES:
                    _offer(chart, tally, dataset, view, kind)
                _table(chart)
                if not view.chart and st.button(_("Enlarge"), key=f"enlarge-{key}", type="tertiary"):
                    update_view(chart=key)
                    st.rerun()


def _offer(chart: Chart, tally: Tally, dataset: Dataset, view: View, kind: str) -> None:
    """Offer the chart as a picture, which is made when it is asked for."""
    view = as_handed_out(dataset, view)
    saved = colours()
    number, maker = sheet_id(view, dataset.fingerprint), name_on_sheets()

    def produce() -> bytes:
        # Why it cannot be noted is said where sheets are taken away.
        [handout] = make_noted_handouts(dataset, [view], datetime.now(UTC), _log.warning)
        return save(chart, replace(handout, maker=maker), tally, kind, saved)

    name = file_name(view, f"{chart.key}-{tally.count}-{number}", kind, theme_in_name(saved))
    st.download_button(
        kind.upper(),
        noted(produce, name, (view, number)),
        file_name=name,
        mime=PICTURES[kind],
        key=f"picture-{chart.key}-{kind}",
        on_click="ignore",
        type="tertiary",
    )


def _table(chart: Chart) -> None:
    """Offer the numbers as a table, which is made when it is opened."""
    popover = st.popover(_("Table"), type="tertiary", key=f"table-{chart.key}", on_change="rerun")
    if popover.open:
        with popover, st.container(key=f"numbers-{chart.key}"):
            table = chart.table()
            st.dataframe(
                table,
                hide_index=True,
                width=WIDTH * len(table.columns) + 60,
                height=ROW * (min(len(table), MOST_ROWS) + 1) + 3,
            )
