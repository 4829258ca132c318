"""Messages: what there is to say of an address or a sheet, an empty result, and data that cannot be read."""

from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.core.releases import release_in_words
from dashboard.core.view import View
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.ui import state
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of


def show_notices() -> None:
    """Say what there is to say of the address or of a sheet that was opened."""
    notices, session().notices = session().notices, []
    for notice in notices:
        st.toast(notice, icon=":material/info:", duration="long")


def show_empty(dataset: Dataset, selection: gpd.GeoDataFrame) -> None:
    """Say that nothing matches the filter, where that is so."""
    if selection.empty:
        with st.container(key="empty", horizontal=True, vertical_alignment="center"):
            st.markdown(_("**No incident matches the filter.** Widen the dates, or ask for fewer things at once."))
            st.button(_("Reset the filter"), key="reset-empty", on_click=state.reset, args=(dataset,))


def show_since(view: View) -> None:
    """Say that the map shows only what changed since a release, where that is so, and offer the way out."""
    if not view.since:
        return
    show_style_of("changes")
    with st.container(key="since", horizontal=True, vertical_alignment="center"):
        told = _("Only incidents added or corrected since the {release}.")
        words = told.format(release=release_in_words(view.since))
        st.html(f"<p>{escape(words)}</p>", width="stretch")
        st.button(_("What changed"), key="since-changes", type="tertiary", on_click=state.go, args=("changes",))
        st.button(_("Show all incidents"), key="since-all", on_click=state.show_unchanged_too)


def show_error(error: DashboardError) -> None:
    """Say in a sentence why there is no map."""
    st.error(str(error), icon=":material/error:", title=_("The data cannot be shown"))
