"""The page of the history: every change of the data with its counts, and beside it the differences between two."""

from collections.abc import Sequence
from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.history import Entry, History, undone_by
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.text.history import source_of_change, title_of_change
from dashboard.ui import data
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.history_choice import Choice, choice
from dashboard.ui.moments import instant_in_list
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of
from dashboard.ui.subpages.change import show_change
from dashboard.ui.subpages.differences import show_differences
from dashboard.ui.subpages.incident_history import show_incident_history

ON_A_PAGE = 50  # changes
NOTHING = "·"


def show_history(dataset: Dataset, _selection: gpd.GeoDataFrame, view: View, palette: Palette) -> None:
    """Draw the page."""
    show_style_of("history")
    if palette is not LIGHT:
        st.html(_colours(palette))
    try:
        history = data.history()
        entries = history.entries()
    except DashboardError as error:
        with st.container(key="pane"):
            st.html(f'<h1 class="heading">{_("History")}</h1>')
            st.error(escaped(for_visitors(error)), icon=":material/error:")
        return
    chosen = choice()
    with st.container(key="changes", gap=None):
        _list(dataset, history, entries, view)
    with st.container(key="aside-shown" if chosen.aside else "aside", gap=None):
        if chosen.incident:
            show_incident_history(dataset, history, view)
        else:
            show_differences(dataset, history, entries, view, palette)


def _colours(palette: Palette) -> str:
    """The colours of what was added, corrected and withdrawn on a dark ground."""
    names = {"added": "landing", "corrected": "debris", "withdrawn": "crash"}
    return f"<style>:root{{{';'.join(f'--{name}:{palette.categories[of]}' for name, of in names.items())}}}</style>"


def _list(dataset: Dataset, history: History, entries: Sequence[Entry], view: View) -> None:
    """Draw the list of changes, the newest first."""
    chosen = choice()
    listed = [entry for entry in reversed(entries) if chosen.passes(entry)]
    start = min(chosen.page, max(0, len(listed) - 1) // ON_A_PAGE) * ON_A_PAGE
    undone = undone_by(entries)
    with st.container(key="changes-head", horizontal=True, vertical_alignment="bottom"):
        st.html(f'<h1 class="heading">{_("History")}</h1>', width="stretch")
        st.html(f'<p class="hint">{_("Tick two moments to see what lies between")}</p>', width="content")

        def turn() -> None:
            chosen.aside = True

        st.button(_("Differences"), key="changes-aside", on_click=turn)  # where there is no room for both
    st.html(_heads())
    for entry in listed[start : start + ON_A_PAGE]:
        _row(entry, undone, view)
        if chosen.opened == entry.number:
            show_change(dataset, history, entry, undone)
    if not listed:
        st.html(f'<p class="hint">{_("There is no such change.")}</p>')
    _pages(chosen, len(listed), start)


def _heads() -> str:
    heads = (
        ("", ""),
        (_("No."), "right"),
        (_("When, UTC"), ""),
        (_("Who"), ""),
        (_("Change and source"), ""),
        (_("added"), "right"),
        (_("corrected"), "right"),
        (_("withdrawn"), "right"),
        (_("in all"), "right"),
    )
    cells = "".join(f'<span class="{kind}">{escape(words)}</span>' for words, kind in heads)
    return f'<p class="change-heads" aria-hidden="true">{cells}</p>'


def _row(entry: Entry, undone: dict[int, int], view: View) -> None:
    """Draw a change: a box to compare it with another, and a button that opens it."""
    chosen, ticked = choice(), entry.number in choice().ticked
    name = f"tick:{entry.number}"

    def tick() -> None:
        chosen.tick(entry.number, on=bool(session().widgets.choice(name)))

    key = f"change-{entry.number}-ticked" if ticked else f"change-{entry.number}"
    with st.container(key=key, horizontal=True, wrap=False, vertical_alignment="center", gap=None):
        if entry.is_of_data:
            st.checkbox(
                _("Compare the data after change {number}").format(number=number(entry.number)),
                ticked,
                key=session().widgets.show(name, ticked),
                on_change=tick,
                label_visibility="collapsed",
                width=26,
            )
        else:
            st.html('<span class="no-tick"></span>', width=26)
        st.button(
            _label(entry, undone, view),
            key=f"open-change-{entry.number}",
            type="tertiary",
            width="stretch",
            on_click=chosen.open,
            args=(entry.number,),
        )


def _label(entry: Entry, undone: dict[int, int], view: View) -> str:
    """A change as the label of its button; a style sheet gives each part its column."""
    change = entry.change
    title, source = escaped(title_of_change(change)), source_of_change(change)
    if entry.number in undone:
        undoing = _("undone by {number}").format(number=number(undone[entry.number]))
        title, source = f"~~{title}~~", _("; ").join(filter(None, (undoing, source)))
    else:
        title = f"**{title}**"
    parts = (
        escaped(number(entry.number)),
        escaped(instant_in_list(change.at, view)),
        escaped(change.who) or "–",
        escaped(source) or "–",
        f"+{number(entry.added)}" if entry.added else NOTHING,
        f"\\~{number(entry.corrected)}" if entry.corrected else NOTHING,
        f"−{number(entry.withdrawn)}" if entry.withdrawn else NOTHING,
        number(entry.in_all) if entry.is_of_data else NOTHING,
    )
    grey = [f":gray[{part}]" for part in parts]
    return " ".join([*grey[:3], title, *grey[3:]])


def _pages(chosen: Choice, count: int, start: int) -> None:
    """Draw the ways to earlier and later changes."""

    def turn(by: int) -> None:
        chosen.page += by

    rest = count - start - ON_A_PAGE
    if not start and rest <= 0:
        return
    with st.container(key="changes-pages", horizontal=True, vertical_alignment="center"):
        if rest > 0:
            words = ngettext("{count} earlier change", "{count} earlier changes", rest).format(count=number(rest))
            st.html(f'<p class="hint">{escape(words)}</p>', width="content")
            st.button(_("Show earlier"), key="changes-earlier-page", type="tertiary", on_click=turn, args=(1,))
        if start:
            st.button(_("Show later"), key="changes-later-page", type="tertiary", on_click=turn, args=(-1,))
