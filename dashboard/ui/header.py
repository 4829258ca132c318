"""The header: name, pages, the filter as a sentence, information cut-off, marking, and what to take away."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.marking import marking_html
from dashboard.render.text.age import age_in_words, is_old
from dashboard.render.text.handout import with_marking
from dashboard.render.text.instants import date_time_group, instant_in_words
from dashboard.ui import data, state
from dashboard.ui.drawer import show_drawer
from dashboard.ui.moments import moments_of_data
from dashboard.ui.session import session
from dashboard.ui.takeaway import show_takeaway
from dashboard.ui.views import show_views

ABOUT_DATA = ("history", "problems", "method", "exports", "tokens")  # pages that say the same whatever the filter is
LENGTHS = {"": 120, "long": 250, "longer": 370}  # characters


def show_header(dataset: Dataset, selection: Selection, view: View) -> None:
    """Draw the header."""
    sentence = _of_data(dataset, view) if session().page in ABOUT_DATA else dataset.sentence(view, len(selection))
    show_drawer(view)
    st.html(
        f'<div class="title"><span class="name">{_("Incursions")}</span>'
        f'<span class="sentence {_length(sentence)}">{escape(sentence)}</span></div>',
        width="stretch",
    )
    cutoff = _("Information as of {time}").format(time=instant_in_words(dataset.about.cutoff, view))
    now = datetime.now(UTC)
    age = f'<b class="{"old" if is_old(dataset, now) else ""}">{escape(age_in_words(dataset, now))}</b>'
    group = date_time_group(dataset.about.cutoff)
    incidents = dataset.everything if session().page in ABOUT_DATA else selection
    marking = with_marking(view, incidents.markings, dataset.own_side(view)["marking"]).marking
    st.html(
        f'<span class="cutoff" title="{group}">{escape(cutoff)}{age}</span>{marking_html(marking)}',
        width="content",
    )
    with st.container(key="saved", width="content"):  # a fragment alone would take up what is left of the line
        show_views(dataset, view)
    with st.container(key="taken", width="content"):
        show_takeaway(dataset, view)


def _of_data(dataset: Dataset, view: View) -> str:
    """The data as a sentence: how many incidents they have, and when they were last changed by whom."""
    count = len(dataset.incidents)
    words = ngettext("Data: {count} incident", "Data: {count} incidents", count).format(count=number(count))
    try:
        last = moments_of_data(data.history().entries())[-1].change
    except DashboardError:  # an alarm says so
        return words
    changed = _("{words}, last changed {when}").format(words=words, when=instant_in_words(last.at, view))
    return _("{words} by {name}").format(words=changed, name=last.who) if last.who else changed


def _length(sentence: str) -> str:
    """The class of a sentence that needs smaller type, so that its end, which has the counts, is never cut off."""
    return next((name for name, longest in LENGTHS.items() if len(sentence) <= longest), "endless")


WORDS = {"map": _("Map"), "trends": _("Trends"), "states": _("States"), "data": _("Data")}


def show_navigation() -> None:
    """Draw the choice of pages; those of the data have a menu of their own."""
    shown, widgets = session().page if session().page in WORDS else "data", session().widgets

    def go() -> None:
        state.go(widgets.choice("navigation") or session().page)  # a click on the page that is shown stays on it

    st.segmented_control(
        _("Page"),
        list(WORDS),
        format_func=WORDS.__getitem__,
        default=shown,
        key=widgets.show("navigation", shown),
        on_change=go,
        label_visibility="collapsed",
        width="stretch",
    )
