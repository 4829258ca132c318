"""Airports and airfields, and finding them and towns by name or code."""

import pytest
import shapely

from dashboard.core.geo.borders import geodesic_distance_km


@pytest.fixture(scope="module")
def airports(shipped):
    return shipped.airports


def test_known_airports_have_their_codes_names_and_places(airports):
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


def test_a_code_stands_for_one_airport(airports):
    for codes in (airports["iata"], airports["icao"]):
        assert not codes[codes != ""].duplicated().any()
    assert ((airports["iata"] != "") | (airports["icao"] != "")).all()


def test_airports_of_crimea_are_ukraines(airports):
    crimea = airports[airports.within(shapely.box(32.5, 44.3, 36.6, 46.0))]
    assert len(crimea) > 3
    assert set(crimea["state"]) == {"UA"}


def test_an_airport_has_the_spelling_of_its_town(shipped):
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
def test_places_are_found_by_name_or_code(shipped, asked, kind, name, code):
    first = shipped.gazetteer.find(asked)[0]
    assert (first.kind, first.name, first.code) == (kind, name, code)


def test_nothing_is_found_for_nothing(shipped):
    assert shipped.gazetteer.find(" ") == []
    assert shipped.gazetteer.find("[(") == []
