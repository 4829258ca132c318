"""Messages: what there is to say of an address or a sheet, an empty result, and data that cannot be read."""

import geopandas as gpd
import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.ui import state


def show_notices() -> None:
    """Say what there is to say of the address or of a sheet that was opened."""
    for notice in st.session_state.pop("notices", []):
        st.toast(notice, icon=":material/info:", duration="long")


def show_empty(dataset: Dataset, selection: gpd.GeoDataFrame) -> None:
    """Say that nothing matches the filter, where that is so."""
    if selection.empty:
        with st.container(key="empty", horizontal=True, vertical_alignment="center"):
            st.markdown(_("**No incident matches the filter.** Widen the dates, or ask for fewer things at once."))
            st.button(_("Reset the filter"), key="reset-empty", on_click=state.reset, args=(dataset,))


def show_error(error: DashboardError) -> None:
    """Say in a sentence why there is no map."""
    st.error(str(error), icon=":material/error:", title=_("The data cannot be shown"))
