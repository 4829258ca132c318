"""The page: filters, and beside them what they are about. Read it as a table of contents."""

import streamlit as st
from streamlit.errors import FragmentHandledException

from dashboard.core.analysis.comparison import compare
from dashboard.core.analysis.figures import option_counts
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.view import View
from dashboard.language import _
from dashboard.metrics import PAGE_SECONDS
from dashboard.render.symbols.palettes import Palette
from dashboard.settings import ASSETS
from dashboard.ui import state
from dashboard.ui.account import show_account
from dashboard.ui.as_of import as_asked, show_as_of
from dashboard.ui.card import show_card
from dashboard.ui.comparison import show_comparison
from dashboard.ui.data import dataset, set_modules_apart
from dashboard.ui.data_menu import show_data_menu
from dashboard.ui.drawer import show_grip, show_whole_sentence
from dashboard.ui.event import show_event
from dashboard.ui.filters import show_filters
from dashboard.ui.foot import show_foot
from dashboard.ui.header import show_header, show_navigation
from dashboard.ui.map import present_map, show_map
from dashboard.ui.notices import show_alarm, show_empty, show_fault, show_notices, show_since
from dashboard.ui.printed import show_printed
from dashboard.ui.refresh import watch
from dashboard.ui.session import begin, session
from dashboard.ui.sight import follow
from dashboard.ui.style import palette_of_theme, show_airports, show_style, show_symbols, show_theme
from dashboard.ui.subpages.exports import show_exports
from dashboard.ui.subpages.history import show_history
from dashboard.ui.subpages.import_list import show_import
from dashboard.ui.subpages.incident_form import show_add, show_correct
from dashboard.ui.subpages.incidents import show_incidents
from dashboard.ui.subpages.method import show_method
from dashboard.ui.subpages.problems import show_problems
from dashboard.ui.subpages.states import show_states
from dashboard.ui.subpages.tokens import show_tokens
from dashboard.ui.subpages.trends import show_trends
from dashboard.ui.visit import show_visit

ICON = ASSETS / "icon.svg"


def show() -> None:
    """Draw the whole page for the view that the widgets, the map and the address make."""
    begin()
    now = dataset()
    set_modules_apart()
    state.begin(now)
    data = as_asked(now)
    state.take_up(data)
    state.follow(data)
    presenting = session().present
    palette = palette_of_theme()
    # All of it here: a style sheet that a fragment applies takes the place of another.
    show_style(palette, "present" if presenting else "views")
    view = state.current(data)
    if presenting:
        _present(data, view, palette)
    else:
        _work(data, now, view, palette)
    show_notices()
    watch(now)
    state.write_address(state.current(data))


def _work(data: Dataset, now: Dataset, view: View, palette: Palette) -> None:
    selection = data.select(view)
    view = follow(data, view, selection)
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        show_header(data, selection, view)
    with st.sidebar:
        counts = option_counts(data.candidates(view), view.filter, data.codes)
        sentence = data.sentence(view, len(selection))
        _sidebar(data, view, counts, palette, sentence)
    show_alarm()
    show_as_of(data, now)
    with st.container(key="body", horizontal=True, wrap=False, gap=None):
        PAGES[session().page](data, selection, view, palette)


def _present(data: Dataset, view: View, palette: Palette) -> None:
    st.container(key="header", horizontal=True, vertical_alignment="center")
    with st.sidebar:  # filters that are not drawn would lose what is chosen in them
        _sidebar(data, view, {}, palette)
    body = st.container(key="body", horizontal=True, wrap=False, gap=None)
    with body, st.container(key="stage", gap=None), st.container(key="chart"):
        present_map(data, view, palette)


def _sidebar(
    data: Dataset, view: View, counts: dict[str, dict[str, int]], palette: Palette, sentence: str = ""
) -> None:
    show_navigation()
    show_data_menu(data)
    show_whole_sentence(sentence)
    with st.container(key="filters"):
        show_filters(data, view, counts, palette)
    show_symbols()
    show_airports()
    show_theme()
    show_account()


def _map(data: Dataset, selection: Selection, view: View, palette: Palette) -> None:
    comparison = compare(data, view)
    with st.container(key="stage", gap=None):
        chart = st.container(key="chart")
        # What is not always there has a place of its own: in that of the foot it would make the map grow for a moment.
        notices = st.container(key="notices", gap=None)
        with notices:  # which is above the map, and so drawn before it
            show_visit(data, view)
        with chart:
            show_map(data, selection, view, comparison, palette)
        with notices:
            show_since(view)
            show_empty(data, selection, view)
        show_foot(data, selection, view)
        show_printed(data, selection, view)
    with st.container(key="card", width=392):
        grip = data.title_of_event(view.filter.event) or _("Summary and incidents")
        show_grip(grip, view.selected)
        if view.filter.event and not view.selected:
            show_event(data, selection, view, palette)
        elif comparison and not view.selected:
            show_comparison(data, comparison, view, palette)
        else:
            show_card(data, selection, view, palette)


# What is on no page that is shown is not worked out.
PAGES = {
    "map": _map,
    "trends": show_trends,
    "states": show_states,
    "data": show_incidents,
    "history": show_history,
    "problems": show_problems,
    "method": show_method,
    "exports": show_exports,
    "tokens": show_tokens,
    "add": show_add,
    "correct": show_correct,
    "import": show_import,
}

st.set_page_config(page_title=_("Incursions"), page_icon=str(ICON), layout="wide", initial_sidebar_state=296)
st.set_page_config(initial_sidebar_state="locked")
try:
    with PAGE_SECONDS.time():
        show()
except FragmentHandledException:  # of a part of the page, which says so in its place
    raise
except Exception as error:  # Streamlit's own, which end or repeat a script, are none of these
    show_fault(error)
