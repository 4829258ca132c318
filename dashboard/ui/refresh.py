"""Drawing of a page that nobody touches: when the data have changed, it shows the new ones by itself."""

from contextlib import suppress
from itertools import count

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.errors import DashboardError
from dashboard.ui.data import dataset

EVERY_S = 8.0  # a change is on every screen within 10 seconds


def watch(shown: Dataset) -> None:
    """Look for newer data than those that are shown, again and again."""
    runs = count()

    @st.fragment(run_every=EVERY_S)
    def look() -> None:
        if next(runs) == 0:
            return  # it belongs to the script, which has just asked
        with suppress(DashboardError):  # they cannot be read; who does something next is told
            if dataset() is not shown:
                st.rerun()

    look()
