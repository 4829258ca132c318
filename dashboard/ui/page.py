"""The page: filters, map and card. Read it as a table of contents."""

from pathlib import Path

import streamlit as st

from dashboard.core.summary import option_counts
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.render.symbols import PALETTES
from dashboard.ui import state
from dashboard.ui.card import show_card
from dashboard.ui.data import dataset
from dashboard.ui.filters import show_filters
from dashboard.ui.foot import show_foot
from dashboard.ui.header import show_header
from dashboard.ui.map import show_map
from dashboard.ui.notices import show_error, show_notices
from dashboard.ui.style import show_style

ICON = Path(__file__).parent.parent / "assets" / "icon.svg"


def show() -> None:
    """Draw the whole page for the view that the widgets, the map and the address make."""
    data = dataset()
    palette = PALETTES[st.context.theme.type or "light"]
    show_style(palette)
    state.begin(data)
    view = state.current(data)
    selection = view.filter.apply(data.incidents)
    show_header(data, selection, view)
    with st.sidebar:
        show_filters(data, option_counts(data.incidents, view.filter), palette)
    with st.container(key="body", horizontal=True, wrap=False, gap=None):
        with st.container(key="stage", gap=None):
            with st.container(key="chart"):
                show_map(data, selection, view, palette)
            show_notices(data, selection)
            show_foot(data, selection, view.selected)
        with st.container(key="card", width=392):
            show_card(data, selection, view.selected, palette)
    state.write_address(state.current(data))


st.set_page_config(page_title=_("Incursions"), page_icon=str(ICON), layout="wide", initial_sidebar_state=296)
st.set_page_config(initial_sidebar_state="locked")
try:
    show()
except DashboardError as error:
    show_error(error)
