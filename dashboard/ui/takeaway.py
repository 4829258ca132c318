"""What to take away from the current view: a sheet as a picture in two sizes, or as a page."""

from functools import partial

import geopandas as gpd
import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.core.view import View
from dashboard.language import _
from dashboard.render.sheet import Sheet, make_sheet, sheet_name
from dashboard.settings import settings

CHOICES = (
    (_("Picture, 1920 × 1080"), "png", "1920x1080", "image/png"),
    (_("Picture, 3840 × 2160"), "png", "3840x2160", "image/png"),
    (_("Page, A4 landscape (PDF)"), "pdf", "A4", "application/pdf"),
)


def show_takeaway(dataset: Dataset, selection: gpd.GeoDataFrame, view: View) -> None:
    """Offer the sheets of the view; each is made when it is asked for."""
    with st.popover(_("Take away"), type="primary", key="takeaway"):
        if selection.empty:
            st.markdown(_("No incident matches the filter: there is nothing to take away."))
            return
        st.markdown(_("The map as it stands, with its filter, legend, figures and sources."))
        for label, kind, size, mime in CHOICES:
            sheet = Sheet(view, kind, size, marking=settings().marking)
            st.download_button(
                label,
                partial(make_sheet, dataset, sheet),
                file_name=sheet_name(sheet),
                mime=mime,
                key=f"sheet-{kind}-{size}",
                icon=":material/download:",
                width="stretch",
                on_click="ignore",
            )
