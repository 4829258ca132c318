"""Editing of the data by hand: where it is allowed."""

import streamlit as st

from dashboard.guard import LOOPBACK
from dashboard.settings import settings


def may_edit() -> bool:
    """Tell whether who opens the page may change the data: by the setting, or on a server of this machine alone."""
    asked = settings().editing
    return st.get_option("server.address") in LOOPBACK if asked is None else asked
