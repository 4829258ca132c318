"""The view between three places: the address, the widgets and the map.

On a session's first run the address fills the widgets; from then on the widgets and the map make the view, and the
address follows it.
"""

from datetime import date, timedelta

import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.core.filter import GROUPS, NO_ORIGIN, Filter
from dashboard.core.incidents import CATEGORIES, STATUSES
from dashboard.core.view import View, Viewport, parse_query
from dashboard.language import _, number

# Groups whose options have an order of their own.
ORDERS = {"categories": CATEGORIES, "statuses": STATUSES}
# Query names that belong to Streamlit itself.
FOREIGN = ("embed", "embed_options")


def begin(dataset: Dataset) -> None:
    """Fill the widgets from the address, once a session."""
    if "began" in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params if name not in FOREIGN}
    view, notices = parse_query(query)
    st.session_state.began = True
    st.session_state.notices = notices
    st.session_state.viewport = view.viewport
    st.session_state.turn = 1
    st.session_state.selected = view.selected
    if view.selected and view.selected not in set(dataset.incidents["id"]):
        st.session_state.notices.append(
            _("The address asks for incident {id}, which is not in the data.").format(id=view.selected)
        )
        st.session_state.selected = ""
    fill(view.filter, dataset)


def fill(filter_: Filter, dataset: Dataset) -> None:
    """Set the widgets to a filter."""
    for group in GROUPS:
        asked = getattr(filter_, group)
        for value in {*options(group, dataset), *asked}:
            st.session_state[f"{group}:{value}"] = value in asked
    st.session_state.dates = (filter_.start or dataset.first, filter_.end or dataset.last)
    st.session_state.text = filter_.text


def options(group: str, dataset: Dataset) -> list[str]:
    """The options of a group: what the data has, the most frequent first, and whatever else is being asked for."""
    frequent = dataset.incidents[GROUPS[group]].value_counts(sort=True).index
    values = [value or NO_ORIGIN for value in ORDERS.get(group, frequent) if value in frequent]
    asked = [
        str(key).partition(":")[2] for key, on in st.session_state.items() if on and str(key).startswith(f"{group}:")
    ]
    return list(dict.fromkeys([*values, *asked]))


def current(dataset: Dataset) -> View:
    """The view that the widgets and the map make."""
    groups = {
        group: tuple(value for value in options(group, dataset) if st.session_state.get(f"{group}:{value}"))
        for group in GROUPS
    }
    start, end = _days(dataset)
    filter_ = Filter(**groups, start=start, end=end, text=st.session_state.get("text") or "")
    return View(filter_, st.session_state.viewport, st.session_state.selected)


def _days(dataset: Dataset) -> tuple[date | None, date | None]:
    """The chosen days; none where they are all the days of the data. While a range is being picked it is one day."""
    chosen = st.session_state.get("dates") or ()
    start, end = (chosen[0], chosen[-1]) if chosen else (dataset.first, dataset.last)
    return (None, None) if (start, end) == (dataset.first, dataset.last) else (start, end)


def presets(dataset: Dataset) -> dict[str, tuple[date, date]]:
    """Ranges of days to choose at once: the last 30 and 90 days of the data, each year, all."""
    last = dataset.last
    ranges = {_("{days} days").format(days=number(days)): (last - timedelta(days=days - 1), last) for days in (30, 90)}
    years = range(dataset.first.year, last.year + 1)
    ranges |= {str(year): (date(year, 1, 1), date(year, 12, 31)) for year in years}
    return ranges | {_("All"): (dataset.first, dataset.last)}


def write_address(view: View) -> None:
    """Make the address follow the view."""
    query = view.query()
    shown = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = {name: values for name, values in shown.items() if name in FOREIGN}
    if shown != query | kept:
        st.query_params.from_dict(query | kept)


def move(viewport: Viewport) -> None:
    """Remember where the map was moved to by its reader."""
    st.session_state.viewport = viewport


def select(incident: str) -> None:
    """Look at an incident, or with an empty id at none."""
    st.session_state.selected = incident


def reset(dataset: Dataset) -> None:
    """Ask for everything again; the map stays where it is."""
    fill(Filter(), dataset)
