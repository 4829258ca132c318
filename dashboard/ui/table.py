"""The table of what is on the map; a chosen row is the chosen mark, and the other way round."""

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.core.vocabulary import word
from dashboard.language import _, state_name
from dashboard.ui import state

KEY = "table"


def show_table(selection: gpd.GeoDataFrame, selected: str) -> None:
    """Draw the table, the latest incident first."""
    ordered = selection.sort_values(["date", "id"], ascending=False)
    ids = list(ordered["id"])
    rows = [ids.index(selected)] if selected in ids else []
    st.session_state[KEY] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def choose() -> None:
        chosen = st.session_state[KEY]["selection"]["rows"]
        state.select(ids[chosen[0]] if chosen else "")

    st.dataframe(
        _words(ordered),
        key=KEY,
        height="stretch",
        hide_index=True,
        on_select=choose,
        selection_mode="single-row",
        row_height=30,
        column_config={
            _("Date"): st.column_config.DateColumn(format="D MMM YYYY", width=104),
            _("Depth inside"): st.column_config.NumberColumn(format="%.0f km", width="small"),
            _("Accuracy"): st.column_config.NumberColumn(format="± %g km", width="small"),
            _("Sources"): st.column_config.NumberColumn(width="small"),
        },
    )


def _words(rows: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Date"): rows["date"],
            _("State"): rows["country"].map(state_name),
            _("Place"): rows["place"],
            _("What"): [word("category", code) for code in rows["category"]],
            _("Object"): [word("object_type", code) for code in rows["object_type"]],
            _("Model"): rows["model"],
            _("Status"): [word("status", code) for code in rows["status"]],
            _("Depth inside"): rows["depth_km"],
            _("Accuracy"): rows["location_accuracy_km"],
            _("Came from"): rows["entered_from"].map(lambda code: state_name(code) if code else ""),
            _("Sources"): rows["sources"].str.len(),
        }
    )
