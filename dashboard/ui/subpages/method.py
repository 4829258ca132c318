"""The page of the method: the meaning of terms and figures, how complete the data are, and where they are from."""

from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from dashboard.language import _
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import CREDITS
from dashboard.render.text.method import method
from dashboard.settings import settings
from dashboard.ui.style import show_style_of


def show_method(dataset: Dataset, _selection: gpd.GeoDataFrame, _view: View, _palette: Palette) -> None:
    """Draw the page."""
    show_style_of("method")
    terms = [
        *method(),
        (_("Completeness"), dataset.about.completeness),
        (_("Sources and licences"), " ".join(filter(None, [CREDITS, dataset.about.credit]))),
        (_("Boundaries"), settings().disclaimer),
    ]
    lines = (f"<div><dt>{escape(term)}</dt><dd>{escape(text)}</dd></div>" for term, text in terms if text)
    with st.container(key="pane"):
        st.html(f'<h1 class="heading">{_("Method")}</h1><dl class="method">{"".join(lines)}</dl>')
