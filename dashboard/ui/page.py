"""The page: filters, and beside them what they are about. Read it as a table of contents."""

from pathlib import Path

import geopandas as gpd
import streamlit as st

from dashboard.core.comparison import compare
from dashboard.core.dataset import Dataset
from dashboard.core.summary import option_counts
from dashboard.core.view import View
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.render.symbols import Palette
from dashboard.ui import state
from dashboard.ui.card import show_card
from dashboard.ui.changes import show_changes
from dashboard.ui.comparison import show_comparison
from dashboard.ui.data import dataset
from dashboard.ui.filters import show_filters
from dashboard.ui.foot import show_foot
from dashboard.ui.header import show_header
from dashboard.ui.map import show_map
from dashboard.ui.navigation import show_navigation
from dashboard.ui.notices import show_empty, show_error, show_notices, show_since
from dashboard.ui.session import begin, session
from dashboard.ui.states import show_states
from dashboard.ui.style import palette_of_look, show_look, show_style, show_symbols
from dashboard.ui.trends import show_trends

ICON = Path(__file__).parent.parent / "assets" / "icon.svg"


def show() -> None:
    """Draw the whole page for the view that the widgets, the map and the address make."""
    begin()
    data = dataset()
    state.begin(data)
    state.follow(data)
    presenting = session().present
    palette = palette_of_look()
    # All of it here: a style sheet that a fragment applies takes the place of another.
    show_style(palette, "present" if presenting else "views")
    view = state.current(data)
    selection = data.select(view)
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        if not presenting:
            show_header(data, selection, view)
    with st.sidebar:  # filters that are not drawn would lose what is chosen in them
        show_navigation()
        counts = {} if presenting else option_counts(data.candidates(view), view.filter, data.incidents)
        show_filters(data, counts, palette)
        show_symbols()
        show_look()
    with st.container(key="body", horizontal=True, wrap=False, gap=None):
        PAGES[session().page](data, selection, view, palette)
    show_notices()
    state.write_address(state.current(data))


def _map(data: Dataset, selection: gpd.GeoDataFrame, view: View, palette: Palette) -> None:
    comparison = None if session().present else compare(data, view)
    with st.container(key="stage", gap=None):
        with st.container(key="chart"):
            show_map(data, selection, view, comparison, palette)
        if session().present:
            return
        show_since(view)
        show_empty(data, selection)
        show_foot(data, selection, view.selected)
    with st.container(key="card", width=392):
        if comparison and not view.selected:
            show_comparison(data, comparison, palette)
        else:
            show_card(data, selection, view, palette)


# What is on no page that is shown is not worked out.
PAGES = {"map": _map, "trends": show_trends, "states": show_states, "changes": show_changes}

st.set_page_config(page_title=_("Incursions"), page_icon=str(ICON), layout="wide", initial_sidebar_state=296)
st.set_page_config(initial_sidebar_state="locked")
try:
    show()
except DashboardError as error:
    show_error(error)
