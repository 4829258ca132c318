"""Names on the map."""

import pytest
import shapely


@pytest.fixture(scope="module")
def towns(shipped):
    return shipped.places[shipped.places["kind"].isin(["capital", "town"])]


def test_capitals(shipped):
    capitals = shipped.places[shipped.places["kind"] == "capital"].set_index("state")["name"]
    for state, name in {"LT": "Vilnius", "PL": "Warsaw", "MD": "Chisinau", "UA": "Kyiv", "RO": "Bucharest"}.items():
        assert capitals[state] == name


def test_towns_of_crimea_are_ukraines(towns):
    crimea = towns[towns.geometry.within(shapely.box(32.5, 44.3, 36.6, 46.0))]
    assert len(crimea) > 10
    assert set(crimea["state"]) == {"UA"}


def test_district_of_a_city_is_no_town(towns):
    assert not towns["name"].str.fullmatch(r"Sector \d").any()


def test_small_towns_only_near_the_flank(towns):
    small = towns[towns["weight"] < 15_000]
    assert {"LT", "PL", "RO", "MD"} <= set(small["state"])
    assert not {"ES", "FR", "GB", "IT"} & set(small["state"])


def test_names_of_states_lie_in_them(shipped):
    for place in shipped.places[shipped.places["kind"] == "state"].itertuples():
        assert shipped.borders.land[place.state].distance(place.geometry) < 0.05, place.name


def test_names_of_seas_lie_in_the_water(shipped):
    land = shipped.borders.land.values
    for sea in shipped.places[shipped.places["kind"] == "sea"].itertuples():
        assert not shapely.contains(land, sea.geometry).any(), sea.name
