"""The view between three places: the address, the widgets and the map.

On a session's first run the address fills the widgets; from then on the widgets and the map make the view, and the
address follows it.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.sheet_ids import SheetRegister, as_it_was, read_id, sheet_id, what_changed
from dashboard.core.geo.typed_places import TypedPlace, typed_places
from dashboard.core.query.area import Viewport
from dashboard.core.query.filter import GROUPS, Filter
from dashboard.core.query.periods import Period, days_asked
from dashboard.core.query.view import FOREIGN, PAGE, SHEET, THEME, View, parse_query, query_of
from dashboard.errors import DashboardError, QueryError
from dashboard.language import _
from dashboard.render.symbols.palettes import THEMES
from dashboard.render.web.focus import MarkedPlace
from dashboard.settings import settings
from dashboard.ui import data, screen
from dashboard.ui.address import without_unknown
from dashboard.ui.escaping import for_visitors
from dashboard.ui.options import options
from dashboard.ui.session import session, update_view
from dashboard.ui.sight import look_at
from dashboard.ui.widgets import Name

DATES, TEXT, WITHOUT_CONTRABAND = "dates", "text", "without_contraband"  # widgets that are no option of a group
ZOOM, AGAIN = 8.0, "again"  # at which the map shows an incident that is opened; the field for a sheet's ID or link
PAGES = (  # as the address names them
    "map", "trends", "states", "data", "history", "problems", "method", "exports", "tokens", "add", "correct", "import",
)  # fmt: skip
RENAMED = {"changes": "history"}  # pages of older addresses


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
        session().notices.append(for_visitors(error))
    if session().present and session().view == View():  # a link that names no more than a saved view
        step_to(session().step or 1, dataset)
        session().fly = False


def open_again(dataset: Dataset) -> None:
    """Open the sheet whose ID or link was typed."""
    text = str(session().widgets.choice(AGAIN) or "").strip()
    session().widgets.set(AGAIN, "")
    if not text:
        return
    try:
        _open(query_of(text) if "=" in text else {SHEET: [text]}, dataset)
    except QueryError as error:
        session().notices = [for_visitors(error)]


def _open(query: Mapping[str, Sequence[str]], dataset: Dataset) -> None:
    """Show what a query asks for; one that holds no more than the ID of a sheet shows what that sheet showed.

    Raises
    ------
    QueryError
        It asks for a sheet that is not known.
    """
    view, ignored = parse_query(query)
    pages = [page for page in (RENAMED.get(page, page) for page in query.get(PAGE, ())) if page in PAGES]
    if len(pages) < len(query.get(PAGE, ())):
        ignored.append(_("The address asks for a page that does not exist."))
    themes = [theme for theme in query.get(THEME, ()) if theme in THEMES]
    if len(themes) < len(query.get(THEME, ())):
        ignored.append(_("The address asks for a theme that does not exist."))
    if themes:
        session().theme = themes[-1]
    notices = [_("{notice} It is ignored.").format(notice=notice) for notice in ignored]
    if sheets := query.get(SHEET):
        id_ = read_id(sheets[-1])
        view, notice = _sheet(id_, view, dataset)
        notices.append(notice)
    view = without_unknown(view, dataset, notices)
    session().notices = notices
    session().page = pages[-1] if pages else PAGES[0]
    open_view(view, dataset)


def _sheet(id_: str, view: View, dataset: Dataset) -> tuple[View, str]:
    """The view of a sheet as it was, and what to say of it; that of its link where the link has been changed.

    Raises
    ------
    QueryError
        The query holds no more than the ID, and no such sheet is known.
    """
    if _is_sheet(view, dataset, id_):
        return view, _("This is sheet {id}.").format(id=id_)
    with suppress(DashboardError) if view != View() else nullcontext():
        entry = SheetRegister(settings().record).recall(id_)
        if view in (View(), entry.view):
            then = as_it_was(entry, dataset)
            view = entry.view if then is dataset else replace(entry.view, as_of=then.as_of)
            message = _("This is sheet {id}. {changed}")
            return view, message.format(id=id_, changed=what_changed(entry, dataset)).strip()
    message = _("This is not what sheet {id} showed: the data, or the link, have changed since.")
    return view, message.format(id=id_)


def _is_sheet(view: View, dataset: Dataset, id_: str) -> bool:
    with suppress(DashboardError):  # nothing is known of the moment that it asks for
        return sheet_id(view, dataset.at(view).fingerprint) == id_
    return False


def open_view(view: View, dataset: Dataset, *, fly: bool = False) -> None:
    """Show a view, one with a chart on the page of charts; on demand the map flies there."""
    if view.chart:
        session().page = "trends"
    elif session().view.chart:
        session().page = PAGES[0]
    session().view = view
    look_at(view.viewport, fly=fly)
    fill(view.filter, dataset)


def present(dataset: Dataset, *, on: bool) -> None:
    """Begin a briefing, or leave it.

    It begins with what is on the map; where nothing is asked for, with the first of the saved views.
    """
    screen.present(on=on)
    if not on:
        return
    view, views = current(dataset), [saved.view for saved in screen.saved()[0].views]
    if view in views:
        session().step = views.index(view) + 1
    elif view == View():
        step_to(1, dataset)


def step_to(index: int, dataset: Dataset) -> None:
    """Show one of the saved views, counted from 1; 0 only answers a wall."""
    session().tick += 1
    views = screen.saved()[0].views
    if 1 <= index <= len(views):
        session().step = index
        open_view(views[index - 1].view, dataset, fly=True)


def step_round(dataset: Dataset) -> None:
    """Show the next saved view; after the last, the first."""
    if views := screen.saved()[0].views:
        step_to(session().step % len(views) + 1, dataset)


def start_again() -> None:
    """Show the whole map, whatever was asked for."""
    screen.present(on=False)
    session().page = PAGES[0]
    with suppress(DashboardError):  # the page says so
        open_view(View(), data.dataset())


def take_up(dataset: Dataset) -> None:
    """Remember what was chosen in the filter's widgets since the last script."""
    defaults: dict[Name, Any] = {(group, value): False for group in GROUPS for value in options(group, dataset)}
    session().widgets.take_up_all(defaults | {DATES: (), TEXT: "", WITHOUT_CONTRABAND: False})


def follow(dataset: Dataset) -> None:
    """Show the days that were asked for, as far as the data have them now."""
    if tuple(session().widgets.get(DATES) or ()) == session().shown_days:
        ask_days(*session().asked_days, dataset)


def fill(filter_: Filter, dataset: Dataset) -> None:
    """Set the widgets to a filter."""
    widgets = session().widgets
    for group in GROUPS:
        asked = getattr(filter_, group)
        for value in {*options(group, dataset), *asked}:
            widgets.set((group, value), value in asked)
    session().event = filter_.event
    ask_days(filter_.start, filter_.end, dataset)
    widgets.set(TEXT, filter_.text)
    widgets.set(WITHOUT_CONTRABAND, filter_.without_contraband)


def ask_days(start: date | None, end: date | None, dataset: Dataset) -> None:
    """Ask for days, None for an open end; the widget shows those that are known, or else those that are asked for."""
    known = dataset.known
    days = days_asked(start, end, known) or Period(start or end or known.start, end or start or known.end)
    session().asked_days, session().shown_days = (start, end), (days.start, days.end)
    session().widgets.set(DATES, session().shown_days)


def current(dataset: Dataset) -> View:
    """The view that the widgets and the map make."""
    widgets = session().widgets
    groups = {
        group: tuple(value for value in options(group, dataset) if widgets.get((group, value))) for group in GROUPS
    }
    start, end = _limits(dataset)
    without = bool(widgets.get(WITHOUT_CONTRABAND))
    text = "" if asks_for_a_place(dataset) else widgets.get(TEXT) or ""
    event = session().event
    filter_ = Filter(**groups, start=start, end=end, without_contraband=without, text=text, event=event)
    counted = session().view.counted if session().view.chart else ""
    return replace(session().view, filter=filter_, counted=counted)


def choose_days(dataset: Dataset, first: int, last: int) -> None:
    """Choose days, given as days since 1 January 1970, as far as the data have them."""
    start, end = (date(1970, 1, 1) + timedelta(days=day) for day in sorted((int(first), int(last))))
    days = days_asked(start, end, dataset.known)
    if days == dataset.known:  # all days are asked for without limits, so that they grow with the data
        ask_days(None, None, dataset)
    elif days:
        ask_days(days.start, days.end, dataset)


def _limits(dataset: Dataset) -> tuple[date | None, date | None]:
    """The limits that the chosen days set; none where they are all the days that are known.

    While a range is being picked it is one day.
    """
    chosen = session().widgets.get(DATES)
    if not chosen:
        return None, None
    if tuple(chosen) == session().shown_days:
        return session().asked_days
    days = Period(chosen[0], chosen[-1])
    return (None, None) if days == dataset.known else (days.start, days.end)


def write_address(view: View) -> None:
    """Make the address follow the view."""
    query = view.query()
    query |= screen.query()
    if session().page != PAGES[0]:
        query[PAGE] = [session().page]
    if session().theme:
        query[THEME] = [session().theme]
    shown = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = {name: values for name, values in shown.items() if name in FOREIGN}
    if shown != query | kept:
        st.query_params.from_dict(query | kept)


def go(page: str) -> None:
    """Go to another page; the map, which is made anew when one returns, opens where it was left."""
    session().page = page
    update_view(chart="")


def select(incident: str) -> None:
    """Look at an incident, or with an empty id at none."""
    update_view(selected=incident)


def asks_for_a_place(dataset: Dataset) -> bool:
    """Tell whether what was typed into the search names a place that no incident mentions: it is no filter then."""
    text = session().widgets.get(TEXT) or ""
    try:
        named = any(place.whole for place in typed_places(text, dataset.gazetteer))
    except QueryError:  # coordinates, of which something is wrong
        named = True
    mentioned = View(filter=Filter(text=text))
    return named and dataset.select(mentioned).empty and dataset.own_side(mentioned).empty


def go_to(place: TypedPlace) -> None:
    """Show a place on the map, and no longer search for it."""
    session().widgets.set(TEXT, "")
    area = Viewport.around(place.latitude, place.longitude, place.zoom)
    look_at(area, fly=True, place=MarkedPlace(place.label, place.latitude, place.longitude))
    go("map")


def open_on_map(incident: str, latitude: float, longitude: float) -> None:
    """Show an incident on the map, and its surroundings."""
    select(incident)
    look_at(Viewport.around(latitude, longitude, ZOOM))
    go("map")


def open_event(event: str, dataset: Dataset) -> None:
    """Show all incidents of an event, and no others."""
    open_view(replace(session().view, filter=Filter(event=event), viewport=None, selected="", since=""), dataset)


def show_changes_since(release: str) -> None:
    """Show on the map, where all of them are in sight, what was added or corrected since a release."""
    update_view(since=release)
    look_at(None)
    go("map")


def show_unchanged_too() -> None:
    """Show again all that the filter lets pass."""
    update_view(since="")


def reset(dataset: Dataset) -> None:
    """Ask for everything again, and look at the flank."""
    fill(Filter(), dataset)
    update_view(since="")
    look_at(None, fly=True)
