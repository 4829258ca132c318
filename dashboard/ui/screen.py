"""What the screen is used for: work, a briefing, or a wall; kept in the address beside the view."""

import streamlit as st
from streamlit.runtime.state import QueryParamsProxy

from dashboard.core.briefing import Briefing, load
from dashboard.core.view import EVERY, PRESENT, STEP, WALL
from dashboard.errors import DashboardError
from dashboard.settings import settings

QUICKEST_S, SLOWEST_S, USUAL_S = 5, 3600, 30  # seconds between the steps of a wall


def begin(query: QueryParamsProxy) -> None:
    """Take up what the address asks for, once a session."""
    every = min(SLOWEST_S, max(QUICKEST_S, _number(query, EVERY) or USUAL_S))
    st.session_state.every = every if _on(query, WALL) else 0
    st.session_state.present = bool(st.session_state.every) or _on(query, PRESENT)
    st.session_state.step = _number(query, STEP) if st.session_state.present else 0
    st.session_state.tick = 0


def query() -> dict[str, list[str]]:
    """What the address says of the screen."""
    words = {}
    if st.session_state.every:
        words = {WALL: ["1"], EVERY: [str(st.session_state.every)]}
    elif st.session_state.present:
        words = {PRESENT: ["1"]}
    return words | ({STEP: [str(st.session_state.step)]} if st.session_state.step else {})


def present(*, on: bool) -> None:
    """Begin a briefing on the map, or leave it; the view stays."""
    st.session_state.present = on
    st.session_state.step = 0
    if on:
        st.session_state.page = "map"
    else:
        st.session_state.every = 0


def saved() -> tuple[Briefing, str]:
    """The saved views, and why they could not be read or an empty text."""
    try:
        return load(settings().views), ""
    except DashboardError as error:
        return Briefing(), str(error)


def _on(query: QueryParamsProxy, name: str) -> bool:
    return query.get(name, "") not in ("", "0")


def _number(query: QueryParamsProxy, name: str) -> int:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
