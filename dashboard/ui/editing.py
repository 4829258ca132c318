"""Editing of the data by hand: where it is allowed."""

import streamlit as st

from dashboard.guard import LOOPBACK


def may_edit() -> bool:
    """Tell whether who opens the page may change the data: on a server that listens on this machine alone."""
    return st.get_option("server.address") in LOOPBACK
