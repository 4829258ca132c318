"""The visitor of a page: who they are, and what they may, asked anew with each click."""

from dataclasses import dataclass

import streamlit as st

from dashboard.access.gate import asks_who
from dashboard.access.oidc import person_in_cookies
from dashboard.access.proxy import person_in_headers
from dashboard.access.roles import Role, role_of
from dashboard.errors import AccessError
from dashboard.settings import settings


@dataclass(frozen=True)
class Visitor:
    """Somebody before a page, with the role that they have now."""

    name: str
    role: Role


def visitor() -> Visitor | None:
    """Tell whose script or callback runs; None where they may nothing, or where nobody need sign in.

    The gate has checked where the connection of the page comes from.
    """
    if not asks_who():
        return None
    try:
        if settings().access == "proxy":
            person = person_in_headers(st.context.headers.get_all)
        else:
            person = person_in_cookies(st.context.cookies)
        return Visitor(person.name, role_of(person))
    except AccessError:
        return None


def may(role: Role, *, else_: bool) -> bool:
    """Tell whether the visitor has a role; where nobody need sign in, the answer is given."""
    if not asks_who():
        return else_
    found = visitor()
    return found is not None and found.role >= role
