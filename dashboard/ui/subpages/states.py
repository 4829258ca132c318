"""The page of states: all that the filter lets pass, state by state in a table, and one of them in full."""

from collections.abc import Sequence
from html import escape
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st

from dashboard.core.analysis.figures import Figures, events
from dashboard.core.analysis.state_profiles import StateProfile, profiles
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.nearest import LARGE_INHABITANTS
from dashboard.core.geo.precision import rounded_km
from dashboard.core.incidents.vocabulary import events_in_words, incidents_in_words, word
from dashboard.core.query.view import View
from dashboard.language import _, day, month, ngettext, number, state_name
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import town_in_words
from dashboard.render.text.incident import when_in_words
from dashboard.render.text.selection import nothing_in_words
from dashboard.render.text.state import NONE, facts, figures_of_state
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui import state
from dashboard.ui.escaping import escaped
from dashboard.ui.method_link import show_method_link
from dashboard.ui.official_counts import show_official_counts
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of
from dashboard.ui.widgets import show_as, value_of

TABLE = "states-table"
CHOICE = "states-choice"
SHOWN = "state-shown"  # kept in the session: the state that was chosen
MOST_TOWNS = 8  # listed until all are asked for
LARGE = number(LARGE_INHABITANTS)
# Columns of the table: label, width in pixels, and what it says.
COLUMNS = {
    "state": (_("State"), 112, ""),
    "incidents": (_("Incidents"), 82, _("Records in the data.")),
    "events": (_("Events"), 70, _("One night or one object's path is one event.")),
    "ground": (_("Sites"), 108, _("Incidents of an object that came down: crash, debris found or landed.")),
    "last": (_("Last incident"), 146, _("The day, or the month where only that is known.")),
    "deepest": (
        _("Deepest penetration"),
        150,
        _("Farthest from the border crossed, among incidents certainly inside."),
    ),
    "quiet": (
        _("Longest gap"),
        92,
        _("The most days between two recorded incidents with certainly none."),
    ),
    "border": (
        _("Flank border"),
        104,
        _("Its stretch of the eastern-flank border, on land and between territorial seas."),
    ),
    "per_100_km": (_("Per 100 km"), 92, _("Incidents per 100 km of that stretch, whatever border they crossed.")),
}
NOTE = _(
    "{none}: no incident was certainly inside, no day between two incidents was certainly without one, or no stretch "
    "of the eastern-flank border is the state's own. Choose a row to see more of a state."
).format(none=NONE)


def show_states(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> None:
    """Draw the page."""
    show_style_of("states")
    with st.container(key="pane"):
        st.html(f'<h1 class="heading">{_("States")}</h1>')
        if selection.empty:
            st.html(f'<p class="hint">{escape(nothing_in_words(dataset, view))}</p>')
            return
        days = view.filter.days(dataset.known) or dataset.known
        found, rows = profiles(selection, dataset.borders, days.end), selection.rows
        st.html(_counted_in_words(dataset, selection, found, view.filter.countries))
        show_method_link("states")
        shown = _shown(found)
        with st.container(key="states", horizontal=True):
            if len(found) > 1:
                with st.container(key="states-all"):
                    _table(found, rows, shown)
            with st.container(key="states-one", horizontal=True):
                with st.container(key="state-facts"):
                    _profile(found, shown, rows, palette)
                with st.container(key="state-crashes"):
                    _towns(shown, _rows(shown, rows))
        show_official_counts(dataset, view, (shown.state,))


def _counted_in_words(
    dataset: Dataset, selection: Selection, found: tuple[StateProfile, ...], asked: Sequence[str]
) -> str:
    """The counts, and what to know of them."""
    counted = ngettext("{count} state", "{count} states", len(found)).format(count=number(len(found)))
    counted = _("{states}: {incidents} in {events}.").format(
        states=counted,
        incidents=incidents_in_words(len(selection)),
        events=events_in_words(events(selection)),
    )
    shared = _("An event that touched several states is counted in each of them.") if len(found) > 1 else ""
    sentences = [counted, shared, dataset.about.completeness_for(asked)]
    return f'<p class="hint">{escape(" ".join(sentence for sentence in sentences if sentence))}</p>'


def _shown(found: tuple[StateProfile, ...]) -> StateProfile:
    """The state that is chosen, or else the first."""
    kept = session().kept.get(SHOWN)
    return next((profile for profile in found if profile.state == kept), found[0])


def _keep(code: str) -> None:
    session().kept[SHOWN] = code


def _table(found: tuple[StateProfile, ...], selection: gpd.GeoDataFrame, shown: StateProfile) -> None:
    """Draw all states; a chosen row is the state that is shown in full."""
    show_as(TABLE, {"selection": {"rows": [found.index(shown)], "columns": [], "cells": []}})

    def choose() -> None:
        if rows := value_of(TABLE)["selection"]["rows"]:
            _keep(found[rows[0]].state)

    st.html(f"<style>:root{{--states:{len(found)}}}</style>")
    with st.container(key="states-grid"):
        st.dataframe(
            _words(found, selection),
            key=TABLE,
            height="stretch",
            placeholder=NONE,
            hide_index=True,
            row_height=32,
            on_select=choose,
            selection_mode="single-row-required",
            column_config={
                label: st.column_config.Column(width=width, help=hint or None)
                for label, width, hint in COLUMNS.values()
            },
        )
    st.html(f'<p class="hint">{escape(NOTE)}</p>')


def _deepest_km(figures: Figures) -> float:
    """The deepest entry in km, with the digits that its accuracy allows; NaN for none."""
    return float(rounded_km(figures.deepest_km, figures.deepest_accuracy_km)) if figures.deepest else np.nan


def _words(found: tuple[StateProfile, ...], selection: gpd.GeoDataFrame) -> Any:
    """The table: values by which it is sorted, and how each is written."""
    last = selection.set_index("id").loc[[profile.last for profile in found]]
    frame = pd.DataFrame(
        {
            "state": [state_name(profile.state) for profile in found],
            "incidents": [profile.figures.incidents for profile in found],
            "events": [profile.figures.events for profile in found],
            "ground": [profile.figures.on_the_ground for profile in found],
            "last": last["date"].to_numpy(),
            "deepest": [_deepest_km(profile.figures) for profile in found],
            "quiet": [float(profile.quiet.days) if profile.quiet else np.nan for profile in found],
            "border": [profile.flank_km or np.nan for profile in found],
            "per_100_km": [profile.incidents_per_100_km or np.nan for profile in found],
        }
    ).rename(columns={name: label for name, (label, *_rest) in COLUMNS.items()})
    written = frame.style
    for name, form in (
        ("incidents", number),
        ("events", number),
        ("ground", number),
        ("deepest", lambda km: _("{distance} km").format(distance=number(km))),
        ("quiet", lambda days: ngettext("{count} day", "{count} days", int(days)).format(count=number(days))),
        ("border", lambda km: _("{distance} km").format(distance=number(km))),
        ("per_100_km", lambda count: number(count, 1)),
    ):
        written = written.format(form, subset=[COLUMNS[name][0]], na_rep=NONE)
    by_month = (last["date_precision"] == "month").to_numpy()
    for rows, form in ((~by_month, day), (by_month, month)):
        written = written.format(form, subset=(rows, [COLUMNS["last"][0]]))
    return written


def _profile(
    found: tuple[StateProfile, ...], shown: StateProfile, selection: gpd.GeoDataFrame, palette: Palette
) -> None:
    """Draw a state's figures, and what there is to say of it."""
    with st.container(key="state-head", horizontal=True, vertical_alignment="center"):
        st.html(f'<h2 class="state">{escape(state_name(shown.state))}</h2>', width="stretch")
        if len(found) > 1:
            widgets, states = session().widgets, [profile.state for profile in found]
            st.selectbox(
                _("State"),
                states,
                states.index(shown.state),
                key=widgets.show(CHOICE, shown.state),
                format_func=state_name,
                on_change=lambda: _keep(widgets.choice(CHOICE)),
                label_visibility="collapsed",
                width=200,
            )
    values = "".join(
        f"<div><b>{escape(value)}</b><span>{escape(label)}</span></div>" for value, label in figures_of_state(shown)
    )
    st.html(f'<div class="figures">{values}</div>{_categories(shown, palette)}')
    rows = _rows(shown, selection)
    with st.container(key="state-lines", gap=None):
        for number_, fact in enumerate(facts(shown, selection)):
            with st.container(key=f"state-fact-{number_}", horizontal=True, wrap=False):
                st.html(f'<p class="label">{escape(fact.label)}</p>', width=160)
                if fact.incident:
                    _open_button(rows[fact.incident], escaped(fact.text), f"state-open-{number_}")
                else:
                    st.html(f'<p class="text">{escape(fact.text)}</p>', width="stretch")


def _rows(shown: StateProfile, selection: gpd.GeoDataFrame) -> dict[str, Any]:
    """The incidents of a state by their ID."""
    return {row.id: row for row in selection[selection["country"] == shown.state].itertuples()}


def _categories(shown: StateProfile, palette: Palette) -> str:
    lines = "".join(
        f'<li><img src="{symbol_address(category, "confirmed", palette)}" alt="">'
        f"<span>{escape(word('category', category))}</span><b>{number(count)}</b></li>"
        for category, count in shown.by_category.items()
    )
    return f'<h2 class="section">{_("Incidents by category")}</h2><ul class="categories">{lines}</ul>'


def _towns(shown: StateProfile, rows: dict[str, Any]) -> None:
    """Draw the crashes by how near they were to a large town."""
    st.html(f'<h2 class="section">{_("Crashes and the nearest large town")}</h2>')
    message = _("No incident of the state is a crash.")
    if shown.crashes:
        message = ngettext(
            "{count} crash; the nearest town of more than {inhabitants} people, and how far from it.",
            "{count} crashes, those nearest to a town of more than {inhabitants} people first.",
            shown.crashes,
        ).format(count=number(shown.crashes), inhabitants=LARGE)
    if left := shown.crashes - len(shown.near_towns):
        message += " " + ngettext("Of {count} no town is known.", "Of {count} no town is known.", left).format(
            count=number(left)
        )
    st.html(f'<p class="hint">{escape(message)}</p>')
    all_ = len(shown.near_towns) <= MOST_TOWNS or value_of(f"state-towns-{shown.state}", default=False)
    with st.container(key="state-towns", gap=None):
        for near in shown.near_towns if all_ else shown.near_towns[:MOST_TOWNS]:
            row = rows[near.incident]
            label = _("**{town}** :gray[{place}, {when}]").format(
                town=escaped(town_in_words(row)), place=escaped(row.place), when=escaped(when_in_words(row))
            )
            _open_button(row, label, f"state-town-{row.id}")
    if len(shown.near_towns) > MOST_TOWNS:
        st.toggle(_("All {count}").format(count=number(len(shown.near_towns))), key=f"state-towns-{shown.state}")


def _open_button(row: Any, label: str, key: str) -> None:
    st.button(
        label,
        key=key,
        type="tertiary",
        width="stretch",
        help=_("Show on the map"),
        on_click=state.open_on_map,
        args=(row.id, row.latitude, row.longitude),
    )
