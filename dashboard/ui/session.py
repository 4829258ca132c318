"""The state of one session, beside what its widgets hold.

Streamlit may break off a script, and a callback as well, at any access to its own session state, when the page has sent
something new: half of a view would then be opened, with the title of one and the incidents of another. So all of it is
in one object of ours, which a callback changes without asking Streamlit for anything.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.core.query.area import Bounds
from dashboard.core.query.view import View
from dashboard.render.web.focus import Focus, MarkedPlace
from dashboard.ui.widgets import Widgets


@dataclass(eq=False)
class Session:
    """The view that is asked for, and all that the page keeps beside it.

    view
        All of it but the filter, which is in the widgets.
    turn
        Grows whenever the map is to move elsewhere; ``fly`` tells whether the move is shown, and ``place`` what is
        marked there.
    focus
        The area to which it is to move then, or None before that is known.
    seen, zoom
        The area and the zoom level of the map, once it has reported them.
    question, moved
        The question that the map last answered; and the one that it answered when its reader last moved it.
    widgets
        Those of the filter, with their values.
    event
        The ID of the event whose incidents alone are asked for, or empty.
    asked_days, shown_days
        First and last day that were asked for, None for an open end; and those that the widget of days was given for
        them, which are as many of them as are known.
    name
        Tells this session from an earlier one that the same map reported to.
    heard
        Number of the last event that the map has reported.
    draft
        The token by which the import of this session is found again, or empty.
    kept
        What a part of the page keeps for itself from one script to the next, by a name of its own.
    every_s, tick
        Seconds between the steps of a wall, 0 for none; and how often it has asked.
    """

    began: bool = False
    draft: str = ""
    page: str = ""
    theme: str = ""
    present: bool = False
    step: int = 0
    every_s: int = 0
    tick: int = 0
    view: View = field(default_factory=View)
    turn: int = 0
    fly: bool = False
    place: MarkedPlace | None = None
    focus: Focus | None = None
    seen: Bounds | None = None
    zoom: float = 0.0
    question: tuple[Any, ...] | None = None
    moved: tuple[Any, ...] | None = None
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    heard: int = 0
    widgets: Widgets = field(default_factory=Widgets)
    event: str = ""
    asked_days: tuple[date | None, date | None] = (None, None)
    shown_days: tuple[date, date] | None = None
    notices: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)


_SESSIONS: WeakValueDictionary[str, Session] = WeakValueDictionary()


def begin() -> None:
    """Take up this session at the start of a script."""
    if "session" not in st.session_state:
        st.session_state.session = Session()
    _SESSIONS[_id()] = st.session_state.session


def session() -> Session:
    """The session that the running script or callback belongs to."""
    return _SESSIONS[_id()]


def update_view(**changes: Any) -> None:
    """Change parts of the view, by their names."""
    session().view = replace(session().view, **changes)


def _id() -> str:
    context = get_script_run_ctx()
    if context is None:
        raise RuntimeError("There is a session only while a script or a callback runs.")
    return context.session_id
