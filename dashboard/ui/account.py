"""The account of who has signed in: name and role, and the way out."""

from html import escape

import streamlit as st

from dashboard.access.refusal import SIGN_OUT
from dashboard.access.roles import Role
from dashboard.access.visitor import visitor
from dashboard.language import _
from dashboard.settings import settings

WORDS = {Role.VIEWER: _("Viewer"), Role.BRIEFER: _("Briefer"), Role.EDITOR: _("Editor"), Role.KEEPER: _("Keeper")}


def show_account() -> None:
    """Draw the account, where people sign in."""
    found = visitor()
    if found is None:
        return
    # A proxy has an address of its own for signing out, which it alone knows.
    way = f'<a href="{SIGN_OUT}" target="_self">{_("Sign out")}</a>' if settings().access == "oidc" else ""
    st.html(
        f'<h2 class="section">{_("Signed in")}</h2>'
        f'<p class="account"><b>{escape(found.name)}</b> <span>{escape(WORDS[found.role])}</span> {way}</p>'
    )
