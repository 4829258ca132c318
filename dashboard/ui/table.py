"""The table of what is on the map; a chosen row is the chosen mark, and the other way round."""

from functools import cache

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.core.analysis.numbering import chronological, numbers_of
from dashboard.core.geo.borders import HIGH_SEA
from dashboard.core.geo.nearest import LARGE_INHABITANTS
from dashboard.core.geo.precision import established_km
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, number, state_name
from dashboard.ui import state

KEY = "table"
STRETCH_HELP = _(
    "The neighbour whose border is measured, and the town nearest to where a flight track crosses it or, without one, "
    "to its point nearest to the place. “Nearest”: where it entered is not known."
)
DEPTH_HELP = _(
    "How far inside, from the border that is measured; empty where it is not more than the accuracy of the place."
)
TOWN_HELP = _("The nearest town of more than {inhabitants} people.").format(inhabitants=number(LARGE_INHABITANTS))
TRACK_HELP = _("Length of the flight track inside the airspace of the state; tracks are approximate.")
NUMBER_HELP = _("By date, in this view: the number on its sheets and slides.")
TIME_HELP = _("As the report gives it.")


def show_table(selection: gpd.GeoDataFrame, friendly: gpd.GeoDataFrame, selected: str) -> None:
    """Draw the table, the latest incident first, and the own-side objects after all incidents."""
    numbers = numbers_of(selection)
    ordered = with_own_side(chronological(selection)[::-1], chronological(friendly)[::-1])
    ids = list(ordered["id"])
    rows = [ids.index(selected)] if selected in ids else []
    st.session_state[KEY] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def choose() -> None:
        chosen = st.session_state[KEY]["selection"]["rows"]
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
        column_config={
            _("No."): st.column_config.NumberColumn(format="%d", width=56, help=NUMBER_HELP),
            _("Date"): st.column_config.DateColumn(format="D MMM YYYY", width=104),
            _("From border"): st.column_config.NumberColumn(format="%g km", width=104, help=DEPTH_HELP),
            _("Accuracy"): st.column_config.NumberColumn(format="± %g km", width="small"),
            _("Track inside"): st.column_config.NumberColumn(format="%g km", width=104, help=TRACK_HELP),
            _("Minutes inside"): st.column_config.NumberColumn(format="%g", width=124, help=TIME_HELP),
            _("Border stretch"): st.column_config.TextColumn(width=220, help=STRETCH_HELP),
            _("Nearest large town"): st.column_config.TextColumn(width=150, help=TOWN_HELP),
            _("Town away"): st.column_config.NumberColumn(format="%g km", width=98, help=TOWN_HELP),
            _("Sources"): st.column_config.NumberColumn(width="small"),
        },
    )


def _words(rows: gpd.GeoDataFrame, numbers: dict[str, int]) -> pd.DataFrame:
    accuracy_km = rows["location_accuracy_km"]
    return pd.DataFrame(
        {
            _("No."): rows["id"].map(numbers),
            _("Date"): rows["date"],
            _("State"): rows["country"].map(state_name),
            _("Place"): rows["place"],
            _("What"): [word("category", code) for code in rows["category"]],
            _("Object"): [word("object_type", code) for code in rows["object_type"]],
            _("Model"): rows["model"],
            _("Status"): [word("status", code) for code in rows["status"]],
            _("From border"): established_km(rows["depth_km"], accuracy_km),
            _("Accuracy"): rows["location_accuracy_km"],
            _("Came from"): rows["entered_from"].map(lambda code: state_name(code) if code else ""),
            _("Attributed to"): [word("origin", code) for code in rows["origin"]],
            _("Side"): [word("side", code) for code in rows["side"]],
            _("Airspace"): rows["airspace"].map(state_name),
            _("Border stretch"): [
                _stretch(*crossing)
                for crossing in rows[["measured_from", "crossing_town", "measured_from_stated"]].to_numpy()
            ],
            _("Nearest large town"): rows["town"],
            _("Town away"): established_km(rows["town_km"], accuracy_km),
            _("Track inside"): established_km(rows["track_inside_km"], rows["track_accuracy_km"]),
            _("Minutes inside"): rows["minutes_inside"],
            _("Sources"): rows["sources"].str.len(),
        }
    )


@cache
def _stretch(side: str, town: str, stated: bool) -> str:
    """The neighbour and a town, in the few words that a column has room for."""
    border = _("Limit at sea") if side == HIGH_SEA else state_name(side)
    words = _("{border}, {town}").format(border=border, town=town) if town else border
    return words if stated else _("{border} (nearest)").format(border=words)
