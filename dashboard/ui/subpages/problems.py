"""The page of problems: what was found wrong in the data, with line and remedy, and how much of them is left out."""

from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.core.query.view import View, one_line
from dashboard.language import _, listing, ngettext, number
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.incident import place_in_words, when_in_words
from dashboard.ui.escaping import for_visitors
from dashboard.ui.style import show_style_of

MOST_ROWS = 14  # of a table that are seen at once
ROW = 35  # height of a row in pixels


def show_problems(dataset: Dataset, _selection: gpd.GeoDataFrame, _view: View, _palette: Palette) -> None:
    """Draw the page."""
    show_style_of("data")
    with st.container(key="pane"):
        st.html(
            f'<h1 class="heading">{_("Problems")}</h1><p class="result">{escape(_left_out_in_words(dataset))}</p>'
            f'<p class="hint">{escape(_found_in_words(dataset))}</p>'
        )
        if dataset.problems:
            _list(dataset.problems)
        _withdrawn(dataset)


def _left_out_in_words(dataset: Dataset) -> str:
    """Count the records, and those of them that are no incident."""
    parts = [incidents_in_words(len(dataset.incidents))]
    for count, words in (
        (len(dataset.friendly), _("{count} on one's own side")),
        (len(dataset.withdrawn), _("{count} withdrawn")),
        (dataset.set_aside, _("{count} set aside for a fault")),
    ):
        if count:
            parts.append(words.format(count=number(count)))
    message = ngettext("{count} record: {parts}.", "{count} records: {parts}.", dataset.rows)
    sentences = [message.format(count=number(dataset.rows), parts=listing(parts))]
    if tracks := dataset.tracks_set_aside:
        message = ngettext("{count} flight track set aside.", "{count} flight tracks set aside.", tracks)
        sentences.append(message.format(count=number(tracks)))
    return " ".join(sentences)


def _found_in_words(dataset: Dataset) -> str:
    count = len(dataset.problems)
    if not count:
        return _("No problem was found in the data.")
    severe = sum(problem.severe for problem in dataset.problems)
    message = ngettext("{count} problem was found", "{count} problems were found", count)
    left = ngettext(
        "{count} of them keeps its record out of the map and every figure; the others are warnings",
        "{count} of them keep their records out of the map and every figure; the others are warnings",
        severe,
    )
    without = _("all of them are warnings, and their records are shown")
    words = left.format(count=number(severe)) if severe else without
    return _("{found}; {left}.").format(found=message.format(count=number(count)), left=words)


def _list(problems: tuple[Problem, ...]) -> None:
    """Draw a table of problems, those for which something is left out first."""
    ordered = sorted(problems, key=lambda problem: not problem.severe)
    rows = [
        (
            _("Set aside") if problem.severe else _("Warning"),
            problem.file.name,
            problem.line or None,
            problem.column,
            one_line(problem.value),
            for_visitors(problem.expected),
            for_visitors(problem.remedy),
        )
        for problem in ordered
    ]
    widths = {
        _("Result"): 92,
        _("File"): 130,
        _("Line"): 62,
        _("Column"): 150,
        _("Value"): 190,
        _("Expected"): 420,
        _("Remedy"): 420,
    }
    st.dataframe(
        pd.DataFrame(rows, columns=list(widths)),
        key="problems-table",
        hide_index=True,
        height=ROW * (min(len(rows), MOST_ROWS) + 1) + 3,
        placeholder="–",
        column_config={label: st.column_config.Column(width=width) for label, width in widths.items()},
    )


def _withdrawn(dataset: Dataset) -> None:
    """Draw a table of the records that were withdrawn, each with its reason."""
    if dataset.withdrawn.empty:
        return
    st.html(f'<h2 class="section">{escape(_("Withdrawn"))}: {number(len(dataset.withdrawn))}</h2>')
    rows = [
        (when_in_words(row), place_in_words(row), one_line(row.withdrawn), row.id)
        for row in dataset.withdrawn.itertuples()
    ]
    widths = {_("Date"): 180, _("Place"): 260, _("Reason"): 700, _("Reference"): 260}
    st.dataframe(
        pd.DataFrame(rows, columns=list(widths)),
        key="withdrawn-table",
        hide_index=True,
        height=ROW * (min(len(rows), MOST_ROWS) + 1) + 3,
        column_config={label: st.column_config.Column(width=width) for label, width in widths.items()},
    )
