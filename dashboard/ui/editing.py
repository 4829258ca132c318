"""Permission to change things: the role of who has signed in, or where nobody need, the setting."""

import streamlit as st

from dashboard.access.gate import asks_who
from dashboard.access.listening import is_shared
from dashboard.access.roles import Role
from dashboard.access.visitor import may, visitor
from dashboard.core.saved_views.changes import KINDS
from dashboard.guard import allows_editing
from dashboard.language import _
from dashboard.ui.session import session

WHO = "who"  # what the session keeps of the name that somebody typed


def may_edit() -> bool:
    """Tell whether who opens the page may change the data."""
    return may(Role.EDITOR, else_=_is_open())


def may_import() -> bool:
    """Tell whether who opens the page may take lists in."""
    return may(Role.KEEPER, else_=_is_open())


def may_save_views() -> bool:
    """Tell whether who opens the page may change the saved views."""
    return may(Role.BRIEFER, else_=True)


def may_undo(kind: str) -> bool:
    """Tell whether who opens the page may undo changes of a kind."""
    return may(Role.BRIEFER if kind in KINDS else Role.EDITOR, else_=_is_open())


def may_take_withheld() -> bool:
    """Tell whether who opens the page may decide that the folder has lost incidents on purpose."""
    return may(Role.KEEPER, else_=True)


def is_keeper() -> bool:
    """Tell whether who opens the page looks after the server: a keeper, or where nobody signs in who sits at it."""
    return may(Role.KEEPER, else_=not is_shared(st.get_option("server.address") or ""))


def why_not() -> str:
    """Say why something cannot be changed here."""
    if asks_who():
        return _("Your role does not allow this. Ask who keeps this map for another one.")
    return _("Editing is off on this server; DASHBOARD_EDITING allows it.")


def is_known() -> bool:
    """Tell whether the name of who opens the page is known, so that nobody need type it."""
    return asks_who()


def name_signed_in() -> str:
    """The name of who has signed in, or empty."""
    found = visitor()
    return found.name if found else ""


def author() -> str:
    """The name under which a change is recorded: of who has signed in, else what was typed, or empty."""
    return name_signed_in() if asks_who() else str(session().kept.get(WHO, ""))


def _is_open() -> bool:
    return allows_editing(st.get_option("server.address") or "")
