"""The table of the incidents of the view, and beside it the card of the one that is chosen."""

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.view import View
from dashboard.language import _
from dashboard.render.symbols.palettes import Palette
from dashboard.ui.card import show_card
from dashboard.ui.drawer import show_grip
from dashboard.ui.notices import show_empty
from dashboard.ui.style import show_style_of
from dashboard.ui.table import show_table


def show_incidents(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> None:
    """Draw the page."""
    show_style_of("data")
    with st.container(key="stage", gap=None):
        with st.container(key="incidents"):
            show_table(selection, dataset.own_side(view), view.selected)
        show_empty(dataset, selection, view)
    if len(dataset.object(view.selected)):
        with st.container(key="card", width=392):
            show_grip(_("Incident"), view.selected)
            show_card(dataset, selection, view, palette)
