"""The data as they were at an earlier moment: taken up from the view, told on every page, with the way back."""

from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.as_of import as_of_in_words
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.ui.escaping import for_visitors
from dashboard.ui.session import session, update_view


def as_asked(now: Dataset) -> Dataset:
    """The data as they were at the moment that the view asks for; as they are now where nothing is known of that."""
    try:
        return now.at(session().view)
    except DashboardError as error:
        update_view(as_of="")
        session().notices.append(_("{notice} It is ignored.").format(notice=for_visitors(error)))
        return now


def show_as_of(dataset: Dataset, now: Dataset) -> None:
    """Say that the data are those of an earlier moment, where they are, and offer the way back."""
    if not dataset.as_of:
        return
    count = len(dataset.incidents)
    message = ngettext(
        "You see the data as of {moment}: {count} incident; there are {now} now.",
        "You see the data as of {moment}: {count} incidents; there are {now} now.",
        count,
    )
    words = message.format(moment=as_of_in_words(dataset.as_of), count=number(count), now=number(len(now.incidents)))
    with st.container(key="as-of", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{escape(words)}</p>', width="stretch")
        st.button(_("Back to now"), key="back-to-now", on_click=update_view, kwargs={"as_of": ""})
