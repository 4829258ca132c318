"""Changes."""

import geopandas as gpd
import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.core.view import View
from dashboard.render.symbols import Palette


def show_changes(dataset: Dataset, selection: gpd.GeoDataFrame, view: View, palette: Palette) -> None:
    """Draw the page."""
    with st.container(key="pane"):
        st.html("<h1>Changes</h1>")
