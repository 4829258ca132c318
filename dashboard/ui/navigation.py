"""The pages of the app, to choose from above the filters, which hold for all of them."""

import streamlit as st

from dashboard.language import _
from dashboard.ui import state
from dashboard.ui.session import session

WORDS = {"map": _("Map"), "trends": _("Trends"), "states": _("States"), "changes": _("Changes")}


def show_navigation() -> None:
    """Draw the choice of pages."""
    st.session_state.navigation = session().page

    def go() -> None:
        state.go(st.session_state.navigation or session().page)  # a click on the page that is shown stays on it

    st.segmented_control(
        _("Page"),
        list(WORDS),
        format_func=WORDS.get,
        key="navigation",
        on_change=go,
        label_visibility="collapsed",
        width="stretch",
    )
