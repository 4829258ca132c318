"""The data of the process: shared by every session, never changed, and read again when their files change."""

import threading
import time
from dataclasses import dataclass, field

import streamlit as st

from dashboard.core.contents import FILES
from dashboard.core.dataset import ABOUT, Dataset, read_dataset
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.settings import settings

SETTLED_S = 1.0  # a file that was written to less than so long ago may not be whole yet
Stamp = tuple[tuple[str, int, int], ...]  # of each file that is there: its name, time and size


@dataclass
class _Store:
    """The last data that could be read, and why newer ones could not."""

    dataset: Dataset | None = None
    stamp: Stamp = ()
    failure: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


@st.cache_resource(show_spinner=False)
def _store() -> _Store:
    return _Store()


def dataset() -> Dataset:
    """The incidents, borders and places of the data folder, as they are now or as they could last be read.

    Raises
    ------
    DataError
        They are missing or cannot be read at all, and never could.
    """
    store = _store()
    with store.lock:
        stamp = _stamp()
        if store.dataset is None:
            store.dataset, store.stamp = _read(), stamp
        elif stamp != store.stamp and _settled(stamp):
            store.stamp = stamp
            try:
                store.dataset, store.failure = _read(), ""
            except DashboardError as error:
                told = _("The data could not be read again: {reason} The map shows the last that could.")
                store.failure = told.format(reason=error)
        return store.dataset


def failure() -> str:
    """Why the data could not be read again after their files changed, or empty."""
    return _store().failure


def _read() -> Dataset:
    return read_dataset(settings().data, settings().max_file_mb)


def _stamp() -> Stamp:
    found = []
    for name in (*FILES, ABOUT):
        path = settings().data / name
        if path.is_file():
            facts = path.stat()
            found.append((name, facts.st_mtime_ns, facts.st_size))
    return tuple(found)


def _settled(stamp: Stamp) -> bool:
    return all(time.time_ns() - written > SETTLED_S * 1e9 for _name, written, _size in stamp)
