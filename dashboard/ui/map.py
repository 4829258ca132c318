"""The map on the page: what streamlit-folium is given, and what it tells of the reader's clicks and moves."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.core.comparison import Comparison
from dashboard.core.dataset import Dataset
from dashboard.core.marks import MOST_MARKS, cells
from dashboard.core.periods import Period
from dashboard.core.summary import figures
from dashboard.core.timeline import timeline
from dashboard.core.view import View, Viewport
from dashboard.language import short_days
from dashboard.render.scene import WHOLE_FLANK, Focus, Scene
from dashboard.render.symbols import Palette
from dashboard.render.timeline import timeline_state
from dashboard.render.webmap import CENTRE, ZOOM, base_map, changing
from dashboard.ui import state

KEY = "map"
HEIGHT = 600  # pixels that streamlit-folium must be told; the style sheet makes the map fill its place


def show_map(
    dataset: Dataset, selection: gpd.GeoDataFrame, view: View, comparison: Comparison | None, palette: Palette
) -> None:
    """Draw the map, or where two periods are compared one of each."""
    scene = replace(_scene(dataset, selection, view, palette), timeline=_bars(dataset, selection, view, comparison))
    if comparison:
        earlier = _scene(dataset, comparison.earlier, view, palette)
        days, before = (short_days(part.start, part.end) for part in (comparison.days, comparison.earlier_days))
        scene = replace(scene, heading=days, earlier=replace(earlier, heading=before))
    st_folium(
        base_map(),
        key=KEY,
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=changing(scene),
        returned_objects=["last_active_drawing", "bounds", "zoom", "center"],
        on_change=lambda: _take_up(dataset),
    )


def _scene(dataset: Dataset, selection: gpd.GeoDataFrame, view: View, palette: Palette) -> Scene:
    """A selection as marks, or where it is too many for that as cells."""
    many = len(selection) > MOST_MARKS
    drawn = selection.iloc[:0] if many else selection
    if many and view.selected:
        drawn = selection[selection["id"] == view.selected]
    counted = cells(selection, *_frame(view)) if many else []
    return Scene(drawn, counted, dataset.tracks, view.selected, figures(selection), _focus(view), palette)


def _bars(dataset: Dataset, selection: gpd.GeoDataFrame, view: View, comparison: Comparison | None) -> dict[str, Any]:
    """The timeline of the chosen days among all days."""
    all_days = dataset.select(replace(view, filter=replace(view.filter, start=None, end=None)))
    chosen = timeline(selection)
    bars = chosen if all_days is selection else timeline(all_days)
    days = Period(dataset.first, dataset.last)
    return timeline_state(bars, chosen, days, state.days(dataset), comparison.earlier_days if comparison else None)


def _focus(view: View) -> Focus:
    """Where the map is to look when a view is opened: where the view says, or at the whole flank."""
    if "focus" not in st.session_state:
        place = view.viewport
        st.session_state.focus = (
            Focus(st.session_state.turn, centre=(place.latitude, place.longitude), zoom=place.zoom)
            if place
            else Focus(st.session_state.turn, bounds=WHOLE_FLANK)
        )
    focus: Focus = st.session_state.focus
    return focus


def _frame(view: View) -> tuple[tuple[float, float, float, float], float]:
    """Bounds and zoom for counting cells: those of the map, or of the whole flank before it has told."""
    told = st.session_state.get("bounds")
    if told and view.viewport:
        return told, view.viewport.zoom
    (south, west), (north, east) = WHOLE_FLANK
    return (west, south, east, north), 5.0


def _take_up(dataset: Dataset) -> None:
    """Remember a click on a mark, the days that were chosen, and where the map was moved to."""
    answer = st.session_state.get(KEY) or {}
    clicked = (answer.get("last_active_drawing") or {}).get("properties") or {}
    if clicked.get("click") != st.session_state.get("click"):
        st.session_state.click = clicked.get("click")
        if days := clicked.get("days"):
            state.choose_days(dataset, *days)
        else:
            state.select(str(clicked.get("id", "")))
    centre, zoom, bounds = (answer.get(name) for name in ("center", "zoom", "bounds"))
    if centre and zoom and bounds:
        if ((centre["lat"], centre["lng"]), zoom) == (CENTRE, ZOOM):
            return  # a map that has just been made tells where it is before it is told where to look
        state.move(Viewport(centre["lat"], centre["lng"], zoom))
        south_west, north_east = bounds["_southWest"], bounds["_northEast"]
        st.session_state.bounds = (south_west["lng"], south_west["lat"], north_east["lng"], north_east["lat"])
