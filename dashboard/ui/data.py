"""The data of the process: read once, shared by every session, never changed."""

import streamlit as st

from dashboard.core.dataset import Dataset, read_dataset
from dashboard.settings import settings


@st.cache_resource(show_spinner=False)
def dataset() -> Dataset:
    """The incidents, borders and places of the data folder.

    Raises
    ------
    DataError
        They are missing or cannot be read at all.
    """
    return read_dataset(settings().data, settings().max_file_mb)
