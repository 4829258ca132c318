"""Names on the map."""

import geopandas as gpd
import pytest
import shapely

from dashboard.core.data.dataset import Dataset
from dashboard.language import plain


@pytest.fixture(scope="module")
def towns(shipped: Dataset) -> gpd.GeoDataFrame:
    return shipped.places[shipped.places["kind"].isin(["capital", "town"])]


def test_capitals(shipped: Dataset) -> None:
    capitals = shipped.places[shipped.places["kind"] == "capital"].set_index("state")["name"]
    for state, name in {"LT": "Vilnius", "PL": "Warsaw", "MD": "Chișinău", "UA": "Kyiv", "RO": "Bucharest"}.items():
        assert capitals[state] == name


def test_towns_of_crimea_are_ukraines(towns: gpd.GeoDataFrame) -> None:
    crimea = towns[towns.geometry.within(shapely.box(32.5, 44.3, 36.6, 46.0))]
    assert len(crimea) > 10
    assert set(crimea["state"]) == {"UA"}


def test_district_of_a_city_is_no_town(towns: gpd.GeoDataFrame) -> None:
    assert not towns["name"].str.fullmatch(r"Sector \d").any()


def test_small_towns_only_near_the_flank(towns: gpd.GeoDataFrame) -> None:
    small = towns[towns["weight"] < 15_000]
    assert {"LT", "PL", "RO", "MD"} <= set(small["state"])
    assert not {"ES", "FR", "GB", "IT"} & set(small["state"])


def test_names_of_states_lie_in_them(shipped: Dataset) -> None:
    for place in shipped.places[shipped.places["kind"] == "state"].itertuples():
        assert shipped.borders.land[place.state].distance(place.geometry) < 0.05, place.name


def test_names_of_seas_lie_in_the_water(shipped: Dataset) -> None:
    land = shipped.borders.land.values
    for sea in shipped.places[shipped.places["kind"] == "sea"].itertuples():
        assert not shapely.contains(land, sea.geometry).any(), sea.name


def test_a_town_has_one_spelling_and_stands_there_once(towns: gpd.GeoDataFrame) -> None:
    by_state = towns.groupby("state")["name"].agg(set)
    assert {"Galați", "Brăila", "Tulcea", "Constanța", "Iași"} <= by_state["RO"]
    assert {"Ukmergė", "Telšiai", "Šilutė"} <= by_state["LT"]
    assert {"Chornomorsk", "Novoyavorivsk"} <= by_state["UA"]
    assert {"Smarhon", "Maladzyechna"} <= by_state["BY"]
    assert not set("şŞţŢ") & set("".join(by_state["RO"] | by_state["MD"]))  # cedillas, where Romanian has commas
    assert not set("’'ʼ") & set("".join(set().union(*by_state[["UA", "BY", "RU"]])))
    named = towns.assign(cell=towns.geometry.x.round(1).astype(str) + "|" + towns.geometry.y.round(1).astype(str))
    assert not named.duplicated(["state", "name", "cell"]).any()
    assert (towns[towns["state"] == "EE"]["name"] == "Kunda").sum() == 1


def test_places_of_incidents_are_spelt_as_towns_are(shipped: Dataset, towns: gpd.GeoDataFrame) -> None:
    """A place of an incident that is a town but for its marks is that town, letter by letter."""
    towns = towns.assign(plain=towns["name"].map(plain))
    same = []
    for row in shipped.incidents.itertuples():
        near = (towns.geometry.x - row.longitude).abs().lt(0.8) & (towns.geometry.y - row.latitude).abs().lt(0.5)
        names = set(towns["name"][near & (towns["state"] == row.country) & (towns["plain"] == plain(row.place))])
        same += [(row.place, names)] if names else []
    assert len(same) > 30
    assert not {(place, *names) for place, names in same if place not in names}
