"""The line on the changes since the reader's last visit, of which the browser keeps the time; see ``visit.js``."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboard.core.data.changes import Changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.as_of import as_of_in_words
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _, day, day_of_year
from dashboard.render.text.changes import result_in_words
from dashboard.ui import state
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of

VISIT = "visit"  # what the session keeps it under
COOKIE = "last-visit"  # milliseconds since 1970


def show_visit(dataset: Dataset, view: View) -> None:
    """Say what has changed since the last visit, where something has and no other moment is asked for."""
    kept = session().kept
    if view.since or view.as_of:
        return
    if VISIT not in kept:  # once a session, so that the line does not come while the map is looked at
        kept[VISIT] = _found(dataset)
    if not kept[VISIT]:
        return
    since, words, is_on_map = kept[VISIT]
    show_style_of("since")
    with st.container(key="visit", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{escape(words)}</p>', width="stretch")
        if is_on_map:
            st.button(_("Show only these"), key="visit-show", on_click=_show, args=(since, dataset))
        else:
            st.button(_("Data changes"), key="visit-history", on_click=state.go, args=("history",))
        st.button(_("Close"), key="visit-close", type="tertiary", icon=":material/close:", on_click=_close)


def _show(since: str, dataset: Dataset) -> None:
    """Show on the map all that changed, whatever the filter was."""
    view = replace(session().view, filter=Filter(), viewport=None, selected="", since=since)
    state.open_view(view, dataset)


def _close() -> None:
    session().kept[VISIT] = None


def _found(dataset: Dataset) -> tuple[str, str, bool] | None:
    """The moment of the last visit, what has changed since, and whether the map can show any of it."""
    visit = _last_visit()
    if not visit:
        return None
    since = f"{visit:%Y-%m-%dT%H:%M:%SZ}"
    try:
        changes = dataset.changes_since(since)
    except DashboardError:  # nothing is known of that time
        return None
    return (since, _in_words(changes, visit), len(changes.after) > 0) if changes.count else None


def _last_visit() -> datetime | None:
    told = _told()
    if not re.fullmatch(r"\d{1,14}", told):
        return None
    visit = datetime.fromtimestamp(int(told) / 1000, UTC)
    return visit if visit < datetime.now(UTC) else None


def _told() -> str:
    """The time in the browser's cookie, as it was when the page opened its connection; empty at a first visit."""
    return str(st.context.cookies.get(COOKIE, ""))


def _in_words(changes: Changes, visit: datetime) -> str:
    """Changes in a sentence; of a visit on the same day with its time, of one in the same year without that."""
    today = datetime.now(UTC).date()
    if visit.date() == today:
        when = as_of_in_words(visit.isoformat())
    else:
        when = day_of_year(visit.date()) if visit.year == today.year else day(visit.date())
    message = _("Since your last visit on {when}: {result}.")
    return message.format(when=when, result=result_in_words(changes))
