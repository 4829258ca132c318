"""The filters beside the map: dates, search, and what each column can hold."""

from datetime import date, timedelta
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.typed_places import read_coordinates, typed_places
from dashboard.core.incidents.vocabulary import word
from dashboard.core.query.filter import GROUPS, code_of
from dashboard.core.query.search import events_named
from dashboard.core.query.view import View
from dashboard.errors import QueryError
from dashboard.language import _, number
from dashboard.render.symbols.palettes import Palette
from dashboard.ui import state
from dashboard.ui.comparison_choice import choose_comparison
from dashboard.ui.escaping import escaped
from dashboard.ui.options import options
from dashboard.ui.session import session
from dashboard.ui.sight import look_at
from dashboard.ui.style import show_counts

# Heading, group, and whether its options stand below each other or side by side.
SECTIONS = (
    (_("Country"), "countries", "rows"),
    (_("What happened"), "categories", "rows"),
    (_("Object"), "objects", "chips"),
    (_("Payload"), "payloads", "rows"),
    (_("Status"), "statuses", "chips"),
    (_("Sources"), "evidence", "rows"),
    (_("Attributed to"), "origins", "chips"),
    (_("Side"), "sides", "rows"),
    (_("Date refers to"), "bases", "rows"),
    (_("First noticed by"), "observers", "rows"),
)
SEARCH_HELP = _(
    "All words must occur, whatever their accents; words in quotes must follow each other: “no explosives”. What a "
    "card says of an incident is searched, and the publishers and hosts of its sources. Not searched: days and times, "
    "numbers, the text of a flight track, and what the map measures, such as the airspace or the nearest town. Towns, "
    "airports and their codes, coordinates and MGRS are offered to go to."
)


def show_filters(dataset: Dataset, view: View, counts: dict[str, dict[str, int]], palette: Palette) -> None:
    """Draw the filters; ``counts`` says how many incidents each option would show."""
    _dates(dataset, view)
    widgets = session().widgets
    st.text_input(
        _("Search"),
        key=widgets.key(state.TEXT),
        value=widgets.get(state.TEXT),
        placeholder=_("Places, words, 35U LB 3 0"),
        icon=":material/search:",
        help=SEARCH_HELP,
    )
    _places(dataset)
    _events(dataset)
    for heading, group, arrangement in SECTIONS:
        st.html(f'<h2 class="section">{heading}</h2>')
        with st.container(key=f"{arrangement}-{group}", horizontal=arrangement == "chips", gap=None):
            for value in options(group, dataset):
                name, label = (group, value), word(GROUPS[group], code_of(group, value))
                st.checkbox(label, widgets.get(name), key=widgets.key(name))
            if group == "payloads":
                without = state.WITHOUT_CONTRABAND
                st.toggle(_("Exclude contraband"), widgets.get(without), key=widgets.key(without))
    show_counts(counts, palette)


def _dates(dataset: Dataset, view: View) -> None:
    with st.container(key="dates-heading", horizontal=True, vertical_alignment="center"):
        st.html(f'<h2 class="section first">{_("Dates")}</h2>', width="stretch")
        st.button(_("Reset"), key="reset", type="tertiary", on_click=state.reset, args=(dataset,))
    ranges = presets(dataset)
    chosen, asked = tuple(session().widgets.get(state.DATES)), (view.filter.start, view.filter.end)
    shown = next((name for name, days in ranges.items() if days == asked), None)
    widgets = session().widgets

    def choose() -> None:
        if preset := widgets.choice("preset"):
            state.ask_days(*ranges[preset], dataset)
            look_at(None, fly=True)

    st.pills(
        _("Dates"),
        list(ranges),
        default=shown,
        key=widgets.show("preset", shown),
        on_change=choose,
        label_visibility="collapsed",
    )
    days = [dataset.known.start, dataset.known.end, *chosen]
    st.date_input(
        _("From and to"),
        key=session().widgets.key(state.DATES),
        value=chosen,
        min_value=min(days),
        max_value=max(days),
        format="DD/MM/YYYY",
        label_visibility="collapsed",
    )
    choose_comparison(dataset, view)


def _places(dataset: Dataset) -> None:
    """The places that the words of the search can mean, to go to on the map."""
    text = session().widgets.get(state.TEXT) or ""
    try:
        places = typed_places(text, dataset.gazetteer)
    except QueryError as error:
        st.html(f'<p class="hint" role="status">{escape(str(error))}</p>')
        return
    if places and state.asks_for_a_place(dataset) and not read_coordinates(text):
        words = _("No incident mentions “{text}”; all are shown.").format(text=text)
        st.html(f'<p class="hint" role="status">{escape(words)}</p>')
    with st.container(key="places", gap=None):
        for position, place in enumerate(places):
            label = _("Go to {place}").format(place=escaped(place.label))
            st.button(
                label,
                icon=":material/near_me:",
                key=f"place:{position}",
                type="tertiary",
                width="stretch",
                on_click=state.go_to,
                args=(place,),
            )


def _events(dataset: Dataset) -> None:
    """The events that the words of the search name, by their ID or title, to be opened."""
    named = events_named(session().widgets.get(state.TEXT) or "", dataset.events.values())
    with st.container(key="events", gap=None):
        for event in named:
            st.button(
                _("Open event: {title}").format(title=escaped(event.title)),
                icon=":material/hub:",
                key=f"event:{event.id}",
                type="tertiary",
                width="stretch",
                on_click=state.open_event,
                args=(event.id, dataset),
            )


def presets(dataset: Dataset) -> dict[str, tuple[date | None, date | None]]:
    """Ranges of days to choose at once: the last 30 and 90 days of the data, each year that has incidents, all."""
    last, years = dataset.known.end, dataset.years
    words = _("Last {days} days of data")
    ranges: dict[str, tuple[date | None, date | None]] = {
        words.format(days=number(days)): (last - timedelta(days=days - 1), last) for days in (30, 90)
    }
    ranges |= {str(year): (date(year, 1, 1), date(year, 12, 31)) for year in years}
    return ranges | {_("All"): (None, None)}
