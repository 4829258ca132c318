"""Precedents of an incident: earlier ones like it in the same state, within a month."""

from typing import Any

import geopandas as gpd
import pandas as pd

from dashboard.core.analysis.numbering import chronological

DAYS = 31  # that a month has at most


def precedents(incidents: gpd.GeoDataFrame, row: Any) -> gpd.GeoDataFrame:
    """Earlier incidents with the same kind of object, state and attribution, by date, and none of its own event.

    Only the first incident of an event has any: the others would repeat them.
    """
    like = chronological(
        incidents[
            (incidents["country"] == row.country)
            & (incidents["object_type"] == row.object_type)
            & (incidents["origin"] == row.origin)
            & incidents["date"].between(row.date - pd.Timedelta(days=DAYS), row.date)
        ]
    )
    before = like[(like["date"] < row.date) | (like["id"] < row.id)]
    of_event = (before["event"] == row.event) & (before["event"] != "")
    return before.iloc[:0] if of_event.any() else before
