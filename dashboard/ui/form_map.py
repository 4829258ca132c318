"""The map of the form of an incident, on which a click sets the place; and below it what is measured there."""

from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import NEW, Checked, alike
from dashboard.core.editing.form import Filled
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.query.area import Viewport
from dashboard.language import _, state_name
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.form import measures_in_words
from dashboard.render.text.incident import kind_in_words, when_in_words
from dashboard.render.web.focus import Focus
from dashboard.render.web.folium_map import base_map, changing
from dashboard.render.web.map_state import Scene
from dashboard.ui import sight, state
from dashboard.ui.escaping import escaped
from dashboard.ui.form import Form
from dashboard.ui.session import session
from dashboard.ui.widgets import value_of

KEY, HEIGHT = "form-map", 600  # pixels, which streamlit-folium asks for; the style sheet makes the map fill its place
ZOOM = 10.4  # at which a place is shown
MOST_ALIKE = 3  # that are listed


def show_form_map(form: Form, filled: Filled, checked: Checked, dataset: Dataset, palette: Palette) -> None:
    """Draw the map with the incident as it would be on it, and those that may be the same."""
    row = checked.row
    near = _alike(form, filled, checked, dataset)
    drawn = dataset.incidents[:0] if row is None else pd.concat([row, near], ignore_index=True)
    scene = Scene(
        gpd.GeoDataFrame(drawn, geometry="geometry"),
        [],
        dataset.tracks,
        str(row.iloc[0]["id"]) if row is not None else "",
        None,
        _focus(form, filled),
        palette,
        session().view.symbols,
        airports=session().view.airports,
        picking="mark" if filled.cells.get("category") in CATEGORIES else "place",
    )

    def take() -> None:
        """Take up the place that was clicked last."""
        drawing = (value_of(KEY) or {}).get("last_active_drawing") or {}
        for event in drawing.get("properties", {}).get("events", []):
            if "point" in event and event["number"] > form.heard:
                form.heard = event["number"]
                form.pick(*map(float, event["point"]))

    st_folium(
        base_map(),
        key=KEY,
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=changing(scene),
        returned_objects=["last_active_drawing"],
        on_change=take,
    )
    st.html(f'<p class="pick-hint">{escape(_("Click the map to set the point"))}</p>')


def _focus(form: Form, filled: Filled) -> Focus:
    if filled.place and form.turn:
        area = Viewport.around(filled.place.latitude, filled.place.longitude, ZOOM)
        return Focus(form.turn, area.bounds, clear=False, fly=form.turn > 1)
    return Focus(form.turn, sight.frame()[0], clear=False)


def _alike(form: Form, filled: Filled, checked: Checked, dataset: Dataset) -> gpd.GeoDataFrame:
    """The incidents that may be the same, as far as day and place are known."""
    if checked.row is None or "date" not in filled.cells or any(fault.field == "date" for fault in checked.faults):
        return dataset.incidents[:0]
    return alike(checked.row, dataset, besides=form.about or NEW)


def show_measures(form: Form, filled: Filled, checked: Checked, dataset: Dataset) -> None:
    """Draw what is measured at the place, and the incidents that may be the same."""
    if checked.row is None:
        words = _("Give the place: click the map, type coordinates, or choose a town.")
        if filled.place:
            words = _("The point is in no state's airspace that is on the map: choose the state.")
        st.html(f'<p class="measured none">{escape(words)}</p>')
        return
    row = checked.row.iloc[0]
    sentence, lines = measures_in_words(row, is_sure=checked.is_sure)
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in lines)
    certain = "certain" if checked.is_sure and row.certain else ""
    st.html(f'<p class="measured {certain}" role="status">{escape(sentence)}</p><dl class="fields">{rows}</dl>')
    if "date" in filled.cells:
        _show_alike(_alike(form, filled, checked, dataset), row)


def _show_alike(near: gpd.GeoDataFrame, row: pd.Series) -> None:
    st.html(f'<h2 class="section">{escape(_("Recorded already"))}</h2>')
    if near.empty:
        words = _("No incident in {state} within a day and 10 km.").format(state=state_name(row.country))
        st.html(f'<p class="said">{escape(words)}</p>')
        return
    with st.container(key="form-alike", gap=None):
        for one in near.head(MOST_ALIKE).itertuples():
            label = _("{place}, {when}: {kind}").format(
                place=one.place, when=when_in_words(one), kind=kind_in_words(one).lower()
            )
            st.button(
                escaped(label),
                icon=":material/warning:",
                key=f"alike-{one.id}",
                type="tertiary",
                on_click=state.open_on_map,
                args=(one.id, one.latitude, one.longitude),
            )
