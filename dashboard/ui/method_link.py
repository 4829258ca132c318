"""The link to the method, which stands wherever there are figures."""

import streamlit as st

from dashboard.language import _
from dashboard.ui import state


def show_method_link(place: str) -> None:
    """Draw the link; the place tells it from the others of its page."""
    st.button(
        _("Method"),
        key=f"method-{place}",
        type="tertiary",
        help=_("What is counted and measured, and what is left out"),
        on_click=state.go,
        args=("method",),
    )
