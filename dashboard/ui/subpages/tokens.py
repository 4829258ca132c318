"""The page of the tokens: which other systems read from the app; the keeper makes and revokes them."""

from collections.abc import Callable
from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from dashboard.core.record.tokens import LONGEST_NAME, KnownToken, Tokens
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.instants import instant_in_words
from dashboard.settings import settings
from dashboard.ui.editing import is_keeper, why_not
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of
from dashboard.ui.widgets import value_of

# Kept in the session: name and token that were just made, what went wrong, and how often something was changed.
MADE, FAULT, TURN = "token-made", "token-fault", "token-turn"


def show_tokens(_dataset: Dataset, _selection: gpd.GeoDataFrame, view: View, _palette: Palette) -> None:
    """Draw the page."""
    show_style_of("data")
    with st.container(key="pane"):
        st.html(f'<h1 class="heading">{_("Tokens")}</h1>')
        if not is_keeper():
            st.info(escaped(why_not()), icon=":material/lock:")
            return
        try:
            tokens = Tokens(settings().record)
            known = tokens.known()
        except DashboardError as error:
            st.error(escaped(for_visitors(error)), icon=":material/error:")
            return
        _head(len(known))
        _new(tokens)
        for token in known:
            _row(tokens, token, view)


def _head(count: int) -> None:
    words = ngettext("{count} system reads from the app.", "{count} systems read from the app.", count)
    sentence = words.format(count=number(count)) if count else _("No other system reads from the app.")
    hint = _(
        "Each system has a token of its own, which it sends with every request under /api. It is shown once, when it "
        "is made. A revoked token stops at the next request."
    )
    st.html(f'<p class="result">{escape(sentence)}</p><p class="hint">{escape(hint)}</p>')


def _new(tokens: Tokens) -> None:
    """Draw the field for the name of a system, and the token that was just made."""
    kept = session().kept
    key = f"token-name-{kept.get(TURN, 0)}"

    def make() -> None:
        if is_keeper():
            name = str(value_of(key) or "")
            _change(lambda: kept.update({MADE: (name, tokens.add(name))}))

    with st.form("token-new", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Name of the system"), key=key, max_chars=LONGEST_NAME, width=360)
        st.form_submit_button(_("Make a token"), type="primary", on_click=make)
    if fault := kept.pop(FAULT, ""):
        st.error(escaped(fault), icon=":material/error:")
    if made := kept.get(MADE):
        words = _("The token of {name}. Copy it now: it is not shown again.")
        st.markdown(escaped(words.format(name=made[0])))
        st.code(made[1], language=None)
        st.button(_("Done"), key="token-done", on_click=lambda: kept.pop(MADE, None))


def _row(tokens: Tokens, token: KnownToken, view: View) -> None:
    """Draw a token: the name of its system, when it was made and last used, and the way to revoke it."""

    def revoke() -> None:
        if is_keeper():
            _change(lambda: tokens.revoke(token.name))

    made = _("made {instant}").format(instant=instant_in_words(token.made, view))
    used = _("last used {instant}").format(instant=instant_in_words(token.used, view)) if token.used else ""
    times = _("{made}; {used}").format(made=made, used=used or _("not used yet"))
    with st.container(key=f"token-row-{token.name}", horizontal=True, vertical_alignment="center"):
        told = f'<b>{escape(token.name)}</b><br><span class="hint">{escape(times)}</span>'
        st.html(f'<p class="token">{told}</p>', width="stretch")
        with st.popover(_("Revoke"), type="tertiary", key=f"token-ask-{token.name}"):
            st.markdown(escaped(_("The next request of {name} is refused.").format(name=token.name)))
            st.button(_("Revoke the token"), key=f"token-revoke-{token.name}", type="primary", on_click=revoke)


def _change(change: Callable[[], object]) -> None:
    """Make a change; what kept it from being made is said below the field."""
    kept = session().kept
    try:
        change()
    except DashboardError as error:
        kept[FAULT] = for_visitors(error)
        return
    kept[TURN] = kept.get(TURN, 0) + 1  # the field is empty again
