"""The choice of days to compare with."""

from dataclasses import replace

import streamlit as st

from dashboard.core.analysis.comparison import days_to_compare_with
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.periods import Period
from dashboard.core.query.view import PREVIOUS, View
from dashboard.language import _
from dashboard.ui import state
from dashboard.ui.session import session, update_view

COMPARING, EARLIER = "comparing", "earlier"  # the widgets: whether to compare, and with which days


def choose_comparison(dataset: Dataset, view: View) -> None:
    """Days to compare with: as many as are shown just before them, or others that are chosen."""
    widgets, comparing = session().widgets, bool(view.compare)
    st.toggle(
        _("Compare with an earlier period"),
        comparing,
        key=widgets.show(COMPARING, comparing),
        on_change=compare_or_not,
    )
    earlier = days_to_compare_with(view, dataset.known)
    if earlier is None:
        return
    days = earlier.start, earlier.end
    widgets.take_up(EARLIER, days)
    is_being_picked = len(widgets.get(EARLIER)) == 1  # the first day of a range; the last is still to come
    if not is_being_picked:
        widgets.set(EARLIER, days)
    st.date_input(
        _("Earlier period"),
        days,
        key=widgets.key(EARLIER),
        min_value=min(earlier.start, dataset.known.start),
        max_value=max(earlier.end, dataset.known.end),
        format="DD/MM/YYYY",
        label_visibility="collapsed",
        on_change=compare_with,
        args=(dataset,),
    )


def compare_or_not() -> None:
    """Compare with the days before, or no longer."""
    update_view(compare=PREVIOUS if session().widgets.choice(COMPARING) else None)


def compare_with(dataset: Dataset) -> None:
    """Compare with the earlier days that were chosen, once both ends are."""
    if not session().view.compare:  # the field is gone, and the page sent its days before it knew
        return
    state.take_up(dataset)
    if len(earlier := session().widgets.choice(EARLIER) or ()) == 2:
        period, usual = Period(*earlier), replace(state.current(dataset), compare=PREVIOUS)
        update_view(compare=PREVIOUS if period == days_to_compare_with(usual, dataset.known) else period)
