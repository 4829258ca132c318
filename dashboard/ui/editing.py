"""Editing of the data by hand: where it is allowed."""

import streamlit as st

from dashboard.guard import allows_editing


def may_edit() -> bool:
    """Tell whether who opens the page may change the data."""
    return allows_editing(st.get_option("server.address") or "")
