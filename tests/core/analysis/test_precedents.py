"""Precedents of an incident, counted by hand in the shipped data and in changed rows of it."""

import geopandas as gpd
import pandas as pd

from dashboard.core.analysis.precedents import precedents
from dashboard.core.data.dataset import Dataset

GAIZIUNAI, SUMSKAS = "LT-2025-07-28-gaiziunai", "LT-2025-07-10-sumskas"


def of(incidents: gpd.GeoDataFrame, id_: str) -> list[str]:
    (row,) = incidents[incidents["id"] == id_].itertuples()
    return list(precedents(incidents, row)["id"])


def test_drone_of_a_month_before_is_a_precedent(shipped: Dataset) -> None:
    assert of(shipped.incidents, GAIZIUNAI) == [SUMSKAS]
    assert of(shipped.incidents, SUMSKAS) == []


def test_other_objects_attributions_and_months_are_none(shipped: Dataset) -> None:
    for column, value in (("object_type", "balloon"), ("origin", "BY"), ("date", pd.Timestamp("2025-06-26"))):
        changed = shipped.incidents.copy()
        changed.loc[changed["id"] == SUMSKAS, column] = value
        assert of(changed, GAIZIUNAI) == [], column


def test_incidents_of_one_event_are_not_each_others_precedents(shipped: Dataset) -> None:
    changed = shipped.incidents.copy()
    changed.loc[changed["id"].isin([GAIZIUNAI, SUMSKAS]), "event"] = "LT-2025-07"
    assert of(changed, GAIZIUNAI) == []


def test_only_the_first_incident_of_an_event_has_a_precedent(shipped: Dataset) -> None:
    first = shipped.incidents[shipped.incidents["id"] == SUMSKAS].assign(id="LT-1", date=pd.Timestamp("2025-07-27"))
    changed = pd.concat([shipped.incidents, first])
    changed.loc[changed["id"].isin(["LT-1", GAIZIUNAI]), "event"] = "LT-2025-07-night"
    assert of(changed, "LT-1") == [SUMSKAS]
    assert of(changed, GAIZIUNAI) == []
