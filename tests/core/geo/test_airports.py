"""Airports and airfields, and finding them and towns by name or code."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
import shapely

from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.airports import airports_in_words, unknown_airports
from dashboard.core.geo.borders import geodesic_distance_km
from dashboard.core.incidents.schema import read_incidents
from dashboard.render.text.distances import airport_in_words
from dashboard.render.text.incident import fields_in_words


@pytest.fixture(scope="module")
def airports(shipped: Dataset) -> gpd.GeoDataFrame:
    return shipped.airports


def test_known_airports_have_their_codes_names_and_places(airports: gpd.GeoDataFrame) -> None:
    by_code = airports.set_index("iata")
    for code, icao, name, state, place in (
        ("VNO", "EYVI", "Vilnius", "LT", (25.288, 54.637)),  # aerodrome reference points of the states' own AIP
        ("WMI", "EPMO", "Warsaw Modlin", "PL", (20.652, 52.451)),
        ("IAS", "LRIA", "Iași", "RO", (27.621, 47.180)),
        ("SQQ", "EYSA", "Šiauliai", "LT", (23.395, 55.894)),
    ):
        found = by_code.loc[code]
        assert (found["icao"], found["name"], found["state"]) == (icao, name, state)
        assert geodesic_distance_km(*place, found.geometry.x, found.geometry.y) < 1


def test_a_code_stands_for_one_airport(airports: gpd.GeoDataFrame) -> None:
    for codes in (airports["iata"], airports["icao"]):
        assert not codes[codes != ""].duplicated().any()
    assert ((airports["iata"] != "") | (airports["icao"] != "")).all()


def test_airports_of_crimea_are_ukraines(airports: gpd.GeoDataFrame) -> None:
    crimea = airports[airports.within(shapely.box(32.5, 44.3, 36.6, 46.0))]
    assert len(crimea) > 3
    assert set(crimea["state"]) == {"UA"}


def test_an_airport_has_the_spelling_of_its_town(shipped: Dataset) -> None:
    towns = set(shipped.places["name"])
    assert {"Galați", "Iași", "Constanța"} <= towns
    names = " ".join(shipped.airports["name"])
    assert not set("ţşŢŞ") & set(" ".join(shipped.airports.loc[shipped.airports["state"].isin(["RO", "MD"]), "name"]))
    assert "Constanța Mihail Kogălniceanu" in names


@pytest.mark.parametrize(
    ("asked", "kind", "name", "code"),
    [
        ("vno", "airport", "Vilnius", "VNO"),
        ("EYVI", "airport", "Vilnius", "VNO"),
        ("eykd", "airfield", "Kėdainiai Air Base", "EYKD"),
        ("Vilnius", "capital", "Vilnius", ""),
        ("ukmerge", "town", "Ukmergė", ""),
        ("Galați", "town", "Galați", ""),
        ("modlin", "airport", "Warsaw Modlin", "WMI"),
        ("cluj napoca", "town", "Cluj-Napoca", ""),
    ],
)
def test_places_are_found_by_name_or_code(shipped: Dataset, asked: str, kind: str, name: str, code: str) -> None:
    first = shipped.gazetteer.find(asked)[0]
    assert (first.kind, first.name, first.code) == (kind, name, code)


def test_nothing_is_found_for_nothing(shipped: Dataset) -> None:
    assert shipped.gazetteer.find(" ") == []
    assert shipped.gazetteer.find("[(") == []


def test_incidents_are_tied_to_the_airports_that_they_affected(shipped: Dataset) -> None:
    rows = shipped.incidents.set_index("id")
    assert rows.loc["LT-2025-10-24-kauno-oro-uostas", "airport_names"] == "Kaunas (KUN)"
    night = rows.loc["PL-2025-09-09-wschodnia-polska", "airport_names"]
    assert night == "Warsaw Chopin (WAW), Warsaw Modlin (WMI), Rzeszów-Jasionka (RZE), Lublin (LUZ)"
    assert (rows["airport"] != "").sum() >= 20
    assert not [problem for problem in shipped.problems if problem.column == "airport"]


def test_unknown_code_is_a_warning_and_stands_as_it_is(shipped: Dataset, incidents_file: Callable[..., Any]) -> None:
    path = incidents_file({"airport": "VNO QQQ"}, {"id": "LT-2", "airport": "vilnius"}, {"id": "LT-3", "airport": ""})
    incidents = read_incidents(path).incidents
    first, second = unknown_airports(incidents, shipped.airports, path)
    assert (first.line, first.value, first.severe) == (2, "VNO QQQ", False)
    assert "QQQ" in first.expected and "VNO" not in first.expected
    assert second.value == "vilnius"
    assert airports_in_words(incidents["airport"], shipped.airports) == ["Vilnius (VNO), QQQ", "vilnius", ""]


def test_nearest_airport_in_words(shipped: Dataset) -> None:
    row = shipped.incidents.set_index("id", drop=False).loc["LT-2025-07-28-gaiziunai"]
    kaunas = shipped.airports.set_index("iata").loc["KUN"].geometry
    km = geodesic_distance_km(row.longitude, row.latitude, kaunas.x, kaunas.y)
    assert airport_in_words(row) == f"Kaunas (KUN), {km:.0f} km ± {row.location_accuracy_km:g} km"
    assert ("Nearest airport", airport_in_words(row)) in fields_in_words(row)
