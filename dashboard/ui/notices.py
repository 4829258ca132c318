"""Messages: notices about an address or a sheet, an empty result, and data that cannot be read."""

import logging
from contextlib import suppress
from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.as_of import as_of_in_words
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.metrics import FAULTS
from dashboard.render.text.instants import instant_in_words
from dashboard.render.text.selection import nothing_in_words
from dashboard.ui import data, state
from dashboard.ui.editing import may_take_withheld
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of

_log = logging.getLogger(__name__)


def show_notices() -> None:
    """Show the notices about the address or about a sheet that was opened."""
    notices, session().notices = session().notices, []
    for notice in notices:
        st.toast(escaped(notice), icon=":material/info:", duration="long")


def show_alarm() -> None:
    """Warn on every page that does not show the newest data, and ask whether a loss is meant."""
    if not (message := data.alarm()):
        return
    with st.container(key="alarm", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="alert">{escape(message)}</p>', width="stretch")
        if data.is_withheld() and may_take_withheld():
            st.button(_("This is intended: show the current data"), key="take", on_click=_take_withheld)


def _take_withheld() -> None:
    if may_take_withheld():
        data.take_withheld()


def show_empty(dataset: Dataset, selection: Selection, view: View) -> None:
    """Explain an empty selection, and offer ways to incidents."""
    if dataset.unreadable:
        with st.container(key="empty"):
            st.error(escaped(" ".join(dataset.unreadable)), icon=":material/error:")
    elif selection.empty:
        with st.container(key="empty", horizontal=True, vertical_alignment="center"):
            st.markdown(
                _("**{nothing}** Choose other dates, or ask for fewer things at once.").format(
                    nothing=escaped(nothing_in_words(dataset, view))
                )
            )
            st.button(_("Reset the filter"), key="reset-empty", on_click=state.reset, args=(dataset,))


def show_since(view: View) -> None:
    """Say when the map shows only changes since a moment, and offer the way out."""
    if not view.since:
        return
    show_style_of("since")
    with st.container(key="since", horizontal=True, vertical_alignment="center"):
        message = _("Only incidents added or corrected since {moment}.")
        words = message.format(moment=as_of_in_words(view.since))
        st.html(f"<p>{escape(words)}</p>", width="stretch")
        st.button(_("Data changes"), key="since-changes", type="tertiary", on_click=state.go, args=("history",))
        st.button(_("Include unchanged incidents"), key="since-all", on_click=state.show_unchanged_too)


def show_fault(error: Exception) -> None:
    """Say that the page cannot be shown, and lead back to the map; a wall steps on by itself."""
    if not isinstance(error, DashboardError):
        # Its values may be words that somebody has typed.
        _log.error("The page could not be shown. Asked for: %r", sorted(st.query_params), exc_info=error)
    _say_fault(error)
    st.button(_("Back to the whole map"), key="start-again", on_click=state.start_again)
    if session().every_s:
        _step_on()


def show_fault_of_part(error: Exception) -> bool:
    """Say where a part of the page, or what a button does, has failed; Streamlit has noted it in the log."""
    _say_fault(error)
    return True  # Streamlit is to show nothing of its own


def _say_fault(error: Exception) -> None:
    if isinstance(error, DashboardError):
        message = for_visitors(error)
    else:
        FAULTS.inc()
        message = _("Something went wrong at {time}, through no fault of yours. See the server log.")
        message = message.format(time=instant_in_words(datetime.now(UTC), session().view))
    st.error(escaped(message), icon=":material/error:", title=_("This cannot be shown"))


def _step_on() -> None:
    """Show the next view, or where there is none the same again, once a wall's time for this one is over."""
    is_first = True

    @st.fragment(run_every=session().every_s)
    def wait() -> None:
        nonlocal is_first
        if not is_first:
            with suppress(DashboardError):  # the data; they may be there the next time
                state.step_round(data.dataset())
            st.rerun()
        is_first = False

    wait()
