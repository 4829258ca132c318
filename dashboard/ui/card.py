"""The card beside the map: one incident with every field in words, or with none chosen the list of all."""

from dataclasses import replace
from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.core.analysis.comparison import compare, days_to_compare_with
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.publishers import Source
from dashboard.core.incidents.vocabulary import host_of
from dashboard.core.query.view import PREVIOUS, View
from dashboard.language import _
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import track_accuracy_in_words
from dashboard.render.text.incident import (
    category_in_words,
    fields_in_words,
    place_in_words,
    when_in_words,
)
from dashboard.render.text.selection import own_side_as_sentences, summary_in_words
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui import state
from dashboard.ui.corrections import show_corrections
from dashboard.ui.escaping import escaped
from dashboard.ui.incident_list import show_list, show_related
from dashboard.ui.links import cited, link
from dashboard.ui.method_link import show_method_link


def show_card(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> None:
    """Draw the card of the chosen incident, or else the selection in words and the list of it."""
    selected = view.selected
    chosen = dataset.object(selected) if selected else None
    if chosen is None or chosen.empty:
        _summary(dataset, selection, view)
        if len(selection):
            show_list(dataset, selection, palette)
        return
    row = chosen.iloc[0]
    kind = kind_of(row)
    with st.container(key="card-head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="kind" style="color:{palette.categories.get(kind.category, palette.muted)}">'
            f'<img src="{symbol_address(kind.category, kind.status, palette)}" alt="">'
            f"{escape(category_in_words(row))}</p>",
            width="stretch",
        )
        st.button(
            "",
            icon=":material/close:",
            key="close",
            type="tertiary",
            help=_("Close (Esc)"),
            shortcut="Escape",
            on_click=state.select,
            args=("",),
        )
    if not (selection.has(selected) or selected in {*dataset.own_side(view)["id"]}):
        st.html(f'<p class="note">{_("The filter does not include this incident.")}</p>')
    st.html(_story(row))
    show_corrections(selected, dataset)
    if row.event:
        label = _("Event: {title}").format(title=escaped(dataset.title_of_event(row.event)))
        st.button(
            label,
            icon=":material/hub:",
            key="open-event",
            type="tertiary",
            on_click=state.open_event,
            args=(row.event, dataset),
        )
    st.html(_fields(row) + _sources(row.cited))
    tracks = dataset.tracks[dataset.tracks["incident_id"] == selected]
    if len(tracks):
        st.html(_tracks(tracks))
    show_related(dataset, row, palette)


def _story(row: pd.Series) -> str:
    place = place_in_words(row)
    return (
        f'<h1 class="place">{escape(place)}</h1><p class="when">{escape(when_in_words(row, of_week=True))}</p>'
        f'<p class="story">{escape(row.summary)}</p>'
    )


def _fields(row: pd.Series) -> str:
    lines = (f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in fields_in_words(row))
    return f'<dl class="fields">{"".join(lines)}</dl>'


def _sources(sources: tuple[Source, ...]) -> str:
    links = "".join(f"<li>{cited(source)}</li>" for source in sources)
    return f'<h2 class="section">{_("Sources")}</h2><ul class="sources">{links}</ul>'


def _tracks(tracks: gpd.GeoDataFrame) -> str:
    parts = []
    for track in tracks.itertuples():
        accuracy = track_accuracy_in_words(track)
        links = " ".join(link(source, host_of(source)) for source in track.sources)
        parts.append(f'<p class="basis">{escape(track.basis)} {escape(accuracy)}<br>{links}</p>')
    return f'<h2 class="section">{_("Flight track")}</h2>{"".join(parts)}'


def _summary(dataset: Dataset, selection: Selection, view: View) -> None:
    if dataset.unreadable:
        return  # it is said below the map
    before = replace(view, compare=PREVIOUS)
    days = days_to_compare_with(before, dataset.known)
    comparison = compare(dataset, before) if days and days.start >= dataset.known.start else None
    aside = own_side_as_sentences(dataset.own_side(view))
    words = " ".join([*summary_in_words(selection, view, dataset, comparison), *aside])
    with st.container(key="summary-head", horizontal=True, vertical_alignment="center"):
        st.html(f'<h2 class="section">{_("Summary")}</h2>', width="stretch")
        show_method_link("summary")
    st.html(f'<p class="summary" aria-live="polite">{escape(words)}</p>')
