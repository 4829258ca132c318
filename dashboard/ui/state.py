"""The view between three places: the address, the widgets and the map.

On a session's first run the address fills the widgets; from then on the widgets and the map make the view, and the
address follows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs

import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.core.filter import GROUPS, NO_ORIGIN, Filter
from dashboard.core.incidents import CATEGORIES, STATUSES
from dashboard.core.periods import Period
from dashboard.core.register import read_id, recall, sheet_id, what_changed
from dashboard.core.view import LOOK, PAGE, PREVIOUS, SCREEN, SHEET, View, Viewport, parse_query
from dashboard.errors import DashboardError, QueryError
from dashboard.language import _, number
from dashboard.render.symbols import LOOKS
from dashboard.settings import settings
from dashboard.ui import screen
from dashboard.ui.session import ask, held, put, session

# Groups whose options have an order of their own.
ORDERS = {"categories": CATEGORIES, "statuses": STATUSES}
PAGES = ("map", "trends", "states", "changes")  # as the address names them
# Query names that belong to Streamlit itself.
FOREIGN = ("embed", "embed_options")


def begin(dataset: Dataset) -> None:
    """Fill the widgets from the address, once a session."""
    if session().began:
        return
    session().began = True
    screen.begin(st.query_params)
    query = {name: st.query_params.get_all(name) for name in st.query_params if name not in FOREIGN}
    try:
        _open(query, dataset)
    except QueryError as error:
        _open({name: values for name, values in query.items() if name != SHEET}, dataset)
        session().notices.append(str(error))
    if session().step and not set(query) - set(SCREEN):
        step_to(session().step, dataset)  # a link that names no more than a saved view
        session().fly = False


def open_again(dataset: Dataset) -> None:
    """Open the sheet whose ID or link was typed."""
    text = st.session_state.again.strip()
    st.session_state.again = ""
    if not text:
        return
    try:
        _open(parse_qs(text.rpartition("?")[2]) if "=" in text else {SHEET: [text]}, dataset)
    except QueryError as error:
        session().notices = [str(error)]


def _open(query: Mapping[str, Sequence[str]], dataset: Dataset) -> None:
    """Show what a query asks for; one that holds no more than the ID of a sheet shows what that sheet showed.

    Raises
    ------
    QueryError
        It asks for a sheet that is not known.
    """
    view, ignored = parse_query(query)
    pages = [page for page in query.get(PAGE, ()) if page in PAGES]
    if len(pages) < len(query.get(PAGE, ())):
        ignored.append(_("The address asks for a page that there is not."))
    looks = [look for look in query.get(LOOK, ()) if look in LOOKS]
    if len(looks) < len(query.get(LOOK, ())):
        ignored.append(_("The address asks for a look that there is not."))
    if looks:
        session().look = looks[-1]
    notices = [_("{notice} It is ignored.").format(notice=notice) for notice in ignored]
    if sheets := query.get(SHEET):
        id_ = read_id(sheets[-1])
        changed, told = "", _("This is sheet {id}. {changed}")
        same = sheet_id(view, dataset.fingerprint) == id_
        if not same and view == View():
            entry = recall(settings().sheets, id_)
            view, changed = entry.view, what_changed(entry, dataset)
        elif not same:
            told = _("This is not what sheet {id} showed: the data, or the link, have changed since.")
        notices.append(told.format(id=id_, changed=changed).strip())
    if view.selected and view.selected not in set(dataset.incidents["id"]):
        words = _("The address asks for incident {id}, which is not in the data. It is ignored.")
        notices.append(words.format(id=view.selected))
        view = replace(view, selected="")
    if view.since:
        try:
            dataset.candidates(view)
        except DashboardError as error:
            notices.append(_("{notice} It is ignored.").format(notice=error))
            view = replace(view, since="")
    session().notices = notices
    session().page = pages[-1] if pages else PAGES[0]
    open_view(view, dataset)


def open_view(view: View, dataset: Dataset, *, fly: bool = False) -> None:
    """Show a view; on demand the map flies there."""
    session().view = view
    session().turn += 1
    session().fly = fly
    session().focus = None
    fill(view.filter, dataset)


def step_to(index: int, dataset: Dataset) -> None:
    """Show one of the saved views, counted from 1; 0 only answers a wall."""
    session().tick += 1
    views = screen.saved()[0].views
    if 1 <= index <= len(views):
        session().step = index
        open_view(views[index - 1].view, dataset, fly=True)


def follow(dataset: Dataset) -> None:
    """Where all days were asked for and the data have others now, ask for all of those."""
    whole = dataset.first, dataset.last
    if tuple(held("dates")) == session().whole != whole:
        put("dates", whole)
    session().whole = whole


def fill(filter_: Filter, dataset: Dataset) -> None:
    """Set the widgets to a filter."""
    for group in GROUPS:
        asked = getattr(filter_, group)
        for value in {*options(group, dataset), *asked}:
            put(f"{group}:{value}", value in asked)
    put("dates", (filter_.start or dataset.first, filter_.end or dataset.last))
    session().whole = (dataset.first, dataset.last)
    put("text", filter_.text)


def options(group: str, dataset: Dataset) -> list[str]:
    """The options of a group: what the data has, the most frequent first, and whatever else is being asked for."""
    frequent = dataset.incidents[GROUPS[group]].value_counts(sort=True).index
    values = [value or NO_ORIGIN for value in ORDERS.get(group, frequent) if value in frequent]
    asked = [name.partition(":")[2] for name, (_n, on) in session().puts.items() if on and name.startswith(f"{group}:")]
    return list(dict.fromkeys([*values, *asked]))


def current(dataset: Dataset) -> View:
    """The view that the widgets and the map make."""
    groups = {group: tuple(value for value in options(group, dataset) if held(f"{group}:{value}")) for group in GROUPS}
    start, end = _limits(dataset)
    filter_ = Filter(**groups, start=start, end=end, text=held("text") or "")
    return replace(session().view, filter=filter_)


def days(dataset: Dataset) -> Period:
    """The chosen days. While a range is being picked it is one day."""
    chosen = held("dates") or ()
    return Period(chosen[0], chosen[-1]) if chosen else Period(dataset.first, dataset.last)


def choose_days(dataset: Dataset, first: int, last: int) -> None:
    """Choose days, given as days since 1 January 1970, as far as the data have them."""
    start, end = (date(1970, 1, 1) + timedelta(days=day) for day in sorted((int(first), int(last))))
    if start <= dataset.last and end >= dataset.first:
        put("dates", (max(start, dataset.first), min(end, dataset.last)))


def _limits(dataset: Dataset) -> tuple[date | None, date | None]:
    """The limits that the chosen days set; none where they are all the days of the data."""
    chosen = days(dataset)
    return (None, None) if chosen == Period(dataset.first, dataset.last) else (chosen.start, chosen.end)


def compare_or_not() -> None:
    """Compare with the days before, or no longer."""
    ask(compare=PREVIOUS if st.session_state.comparing else None)


def compare_with(dataset: Dataset) -> None:
    """Compare with the earlier days that were chosen, once both ends are."""
    if len(earlier := st.session_state.earlier or ()) == 2:
        period = Period(*earlier)
        ask(compare=PREVIOUS if period == days(dataset).before() else period)


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
    query |= screen.query()
    if session().page != PAGES[0]:
        query[PAGE] = [session().page]
    if session().look:
        query[LOOK] = [session().look]
    shown = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = {name: values for name, values in shown.items() if name in FOREIGN}
    if shown != query | kept:
        st.query_params.from_dict(query | kept)


def move(viewport: Viewport) -> None:
    """Remember where the map was moved to by its reader."""
    ask(viewport=viewport)


def go(page: str) -> None:
    """Go to another page; the map, which is made anew when one returns, opens where it was left."""
    session().page = page
    session().turn += 1
    session().focus = None


def select(incident: str) -> None:
    """Look at an incident, or with an empty id at none."""
    ask(selected=incident)


def show_changes_since(release: str) -> None:
    """Show on the map, where all of them are in sight, what was added or corrected since a release."""
    ask(since=release, viewport=None)
    go("map")


def show_unchanged_too() -> None:
    """Show again all that the filter lets pass; the map stays where it is."""
    ask(since="")


def reset(dataset: Dataset) -> None:
    """Ask for everything again; the map stays where it is."""
    fill(Filter(), dataset)
    ask(since="")
