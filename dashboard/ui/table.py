"""The table of what is on the map; a chosen row is the chosen mark, and the other way round."""

from functools import cache

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.core.analysis.numbering import PAGE, chronological, latest
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.borders import HIGH_SEA
from dashboard.core.geo.nearest import LARGE_INHABITANTS
from dashboard.core.geo.precision import established_km
from dashboard.core.incidents.columns import BY_NAME, GIVEN, MEASURED, Column
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, number, state_name
from dashboard.ui import state
from dashboard.ui.widgets import show_as, value_of

KEY = "table"
TOWN_HELP = _("The nearest town of more than {inhabitants} people.").format(inhabitants=number(LARGE_INHABITANTS))
COORDINATES_HELP = _("On WGS 84, to the precision that the location uncertainty allows.")
# The order in which one reads. A column with a heading that is not here stands behind these, in the order of the files.
FIRST = (
    "date", "country", "place", "category", "object_type", "model", "status", "depth_km", "location_accuracy_km",
    "coordinates", "mgrs", "entered_from", "origin", "side", "airspace", "measured_from", "town", "town_km",
    "track_inside_km",
)  # fmt: skip
# How columns are shown that are not shown as their kind is.
CONFIG = {
    "date": st.column_config.DateColumn(format="D MMM YYYY", width=104),
    "depth_km": st.column_config.NumberColumn(
        format="%g km",
        width=104,
        help=_(
            "How far inside, from the border that is measured; empty where it does not exceed the location uncertainty."
        ),
    ),
    "location_accuracy_km": st.column_config.NumberColumn(format="± %g km", width="small"),
    "coordinates": st.column_config.TextColumn(width=140, help=COORDINATES_HELP),
    "mgrs": st.column_config.TextColumn(width=92, help=COORDINATES_HELP),
    "track_inside_km": st.column_config.NumberColumn(
        format="%g km",
        width=104,
        help=_("Length of the flight track inside the airspace of the state; tracks are approximate."),
    ),
    "minutes_inside": st.column_config.NumberColumn(format="%g", width=124, help=_("As the report gives it.")),
    "measured_from": st.column_config.TextColumn(
        width=220,
        help=_(
            "The neighbour whose border is measured, and the town nearest to where a flight track crosses it or, "
            "without one, to its point nearest to the place. “Nearest”: where it entered is not known."
        ),
    ),
    "town": st.column_config.TextColumn(width=150, help=TOWN_HELP),
    "town_km": st.column_config.NumberColumn(format="%g km", width=98, help=TOWN_HELP),
    "sources": st.column_config.NumberColumn(width="small"),
}


def show_table(selection: Selection, friendly: gpd.GeoDataFrame, selected: str) -> None:
    """Draw the table, the latest incident first, and the own-side objects after all incidents.

    Where they are many it has several pages.
    """
    pages = max(1, -(-len(selection) // PAGE))
    page = value_of(f"table-page-{pages}", default=1)
    shown = latest(selection, page)
    numbers = {incident.id: incident.number for incident in shown}
    rows = selection.at([incident.position for incident in shown])
    ordered = with_own_side(rows, chronological(friendly)[::-1]) if page == pages else rows
    ids = list(ordered["id"])
    marked = [ids.index(selected)] if selected in ids else []
    show_as(KEY, {"selection": {"rows": marked, "columns": [], "cells": []}})

    def choose() -> None:
        chosen = value_of(KEY)["selection"]["rows"]
        state.select(ids[chosen[0]] if chosen else "")

    st.dataframe(
        _words(ordered, numbers),
        key=KEY,
        height="stretch",
        hide_index=True,
        on_select=choose,
        selection_mode="single-row",
        row_height=30,
        placeholder="–",
        column_config=_config(),
    )
    if pages > 1:
        st.pagination(pages, key=f"table-page-{pages}")


def _shown() -> list[Column]:
    """The columns that the table has, from left to right."""
    others = (column.name for column in (*GIVEN, *MEASURED) if column.heading and column.name not in FIRST)
    return [BY_NAME[name] for name in (*FIRST, *others)]


def _config() -> dict[str, ColumnConfig]:
    """The way columns are shown, by their headings."""
    shown = {
        _("No."): st.column_config.NumberColumn(
            format="%d", width=56, help=_("By date, in this view: the number on its sheets and slides.")
        )
    }
    for column in _shown():
        if column.name in CONFIG:
            shown[column.heading] = CONFIG[column.name]
        elif column.kind == "number":
            shown[column.heading] = st.column_config.NumberColumn(format=f"%g {column.unit}".strip())
    return shown


def _words(rows: gpd.GeoDataFrame, numbers: dict[str, int]) -> pd.DataFrame:
    cells = {column.heading: _cells(column, rows) for column in _shown()}
    return pd.DataFrame({_("No."): rows["id"].map(numbers)} | cells)


def _cells(column: Column, rows: gpd.GeoDataFrame) -> pd.Series | list[str]:
    """The cells of a column, with the digits that their accuracy allows, and words for codes."""
    values = rows[column.name]
    if column.name == "measured_from":
        crossings = rows[["measured_from", "crossing_town", "measured_from_stated"]]
        return [_stretch(*crossing) for crossing in crossings.to_numpy()]
    if column.name == "sources":
        return values.str.len()
    if column.name == "origin":
        return [word("origin", code) for code in values]  # which says where nobody is named
    if column.accuracy:
        return established_km(values, rows[column.accuracy])
    if column.states:
        return values.map(state_name)
    return [word(column.name, code) if code else "" for code in values] if column.codes else values


@cache
def _stretch(side: str, town: str, stated: bool) -> str:
    """The neighbour and a town, in the few words that a column has room for."""
    border = _("Limit of territorial sea") if side == HIGH_SEA else state_name(side)
    words = _("{border}, {town}").format(border=border, town=town) if town else border
    return words if stated else _("{border} (nearest)").format(border=words)
