"""Which airspace, how far inside, from which side, how sure: on toy borders by hand, and on the shipped rows."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.core.geo.airspace import approach, check_places, place_in_airspace
from dashboard.core.geo.borders import Borders
from dashboard.core.incidents.problems import Reading
from dashboard.core.incidents.schema import read_incidents

# A degree of longitude on the equator, and a degree of the meridian beside it, on WGS 84.
DEGREE_EAST_KM, DEGREE_NORTH_KM = 111.32, 110.57


def incident(longitude: float, latitude: float, **more: object) -> gpd.GeoDataFrame:
    row = {
        "country": "LT",
        "entered_from": "BY",
        "location_accuracy_km": 1.0,
        "longitude": longitude,
        "latitude": latitude,
    }
    return gpd.GeoDataFrame([row | more], geometry=gpd.points_from_xy([longitude], [latitude]), crs=4326)


def placed(borders: Borders, longitude: float, latitude: float, **more: object) -> pd.Series:
    return place_in_airspace(incident(longitude, latitude, **more), borders).iloc[0]


def test_depth_is_measured_from_the_side_that_is_stated(toy_borders: Borders) -> None:
    # Two degrees from Belarus, one from the sea in the south.
    row = placed(toy_borders, 8.0, 1.0)
    assert (row["airspace"], row["inside"], row["measured_from"], row["measured_from_stated"]) == (
        "LT",
        True,
        "BY",
        True,
    )
    assert row["border_km"] == row["depth_km"] == pytest.approx(2 * DEGREE_EAST_KM, abs=0.1)
    assert row["edge_km"] == pytest.approx(DEGREE_NORTH_KM, abs=0.1)
    assert (row["border_longitude"], row["border_latitude"]) == pytest.approx((10.0, 1.0), abs=0.02)


def test_depth_from_the_sea(toy_borders: Borders) -> None:
    row = placed(toy_borders, 8.0, 1.0, entered_from="XZ")
    assert (row["measured_from"], row["measured_from_stated"]) == ("XZ", True)
    assert row["depth_km"] == pytest.approx(DEGREE_NORTH_KM, abs=0.1)


def test_unknown_side_is_the_nearest_likely_one_and_said_to_be_so(toy_borders: Borders) -> None:
    row = placed(toy_borders, 9.5, 5.0, entered_from="")
    assert (row["measured_from"], row["measured_from_stated"]) == ("BY", False)
    assert row["depth_km"] == pytest.approx(0.5 * DEGREE_EAST_KM, abs=0.3)


def test_outside_is_no_depth(toy_borders: Borders) -> None:
    row = placed(toy_borders, 10.5, 5.0)
    assert (row["airspace"], row["inside"], row["depth_km"], row["certain"]) == ("BY", False, 0.0, False)
    assert row["edge_km"] == pytest.approx(0.5 * DEGREE_EAST_KM, abs=0.3)


def test_high_sea_is_nobodys_airspace(toy_borders: Borders) -> None:
    assert placed(toy_borders, 5.0, 12.0)["airspace"] == "XZ"


@pytest.mark.parametrize(("accuracy_km", "certain"), [(50.0, True), (55.0, True), (56.5, False), (200.0, False)])
def test_certain_means_farther_inside_than_the_place_is_accurate(
    toy_borders: Borders, accuracy_km: float, certain: bool
) -> None:
    # Half a degree from Belarus at five degrees north: 55.4 km.
    assert placed(toy_borders, 9.5, 5.0, location_accuracy_km=accuracy_km)["certain"] == certain


def test_state_without_borders_is_not_lost(toy_borders: Borders) -> None:
    row = placed(toy_borders, 5.0, 5.0, country="JP", entered_from="")
    assert (row["charted"], row["inside"], row["certain"], row["measured_from"]) == (False, False, False, "")
    assert np.isnan(row["edge_km"])
    assert np.isnan(row["depth_km"])


@pytest.mark.parametrize(
    ("state", "entered_from", "neighbours", "sides", "stated"),
    [
        ("LT", "BY", {"BY", "RU", "PL", "XZ"}, ("BY",), True),
        ("LT", "", {"BY", "RU", "PL", "XZ"}, ("BY", "RU", "XZ"), False),
        ("PL", "RO", {"BY", "RU", "UA", "DE", "XZ"}, ("BY", "RU", "UA", "XZ"), False),
        ("CZ", "", {"PL", "DE"}, ("DE", "PL"), False),
        ("DE", "", {"PL", "XZ"}, ("XZ",), False),
    ],
)
def test_sides_from_which_it_can_have_come(
    state: str, entered_from: str, neighbours: set[str], sides: tuple[str, ...], stated: bool
) -> None:
    way = approach(state, entered_from, frozenset(neighbours))
    assert (way.sides, way.stated) == (sides, stated)


def test_given_frame_is_not_changed(toy_borders: Borders) -> None:
    given = incident(8.0, 1.0)
    before = given.copy()
    place_in_airspace(given, toy_borders)
    assert given.equals(before)


def read(incidents_file: Callable[..., Any], borders: Borders, **change: str) -> Reading:
    path = incidents_file({}, {"id": "LT-2"} | change)
    return check_places(read_incidents(path), borders, path)


def test_exchanged_coordinates_are_set_aside_and_named(
    incidents_file: Callable[..., Any], shipped_borders: Borders
) -> None:
    reading = read(incidents_file, shipped_borders, latitude="24.37", longitude="55.05")
    assert list(reading.incidents["id"]) == ["LT-1"]
    assert reading.set_aside == 1
    assert "3: latitude and longitude: '24.37, 55.05': latitude and longitude look exchanged" in str(
        reading.problems[0]
    )
    assert "Lithuania" in str(reading.problems[0])


def test_point_outside_its_state_is_a_warning(incidents_file: Callable[..., Any], shipped_borders: Borders) -> None:
    reading = read(incidents_file, shipped_borders, latitude="53.9", longitude="27.56", place="Minsk")
    assert len(reading.incidents) == 2
    assert not reading.problems[0].severe
    assert "outside Lithuania, more than its accuracy of 7" in str(reading.problems[0])


def test_point_outside_by_less_than_its_accuracy_is_fine(
    incidents_file: Callable[..., Any], shipped_borders: Borders
) -> None:
    reading = read(incidents_file, shipped_borders, latitude="53.9", longitude="27.56", location_accuracy_km="400")
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "told"),
    [
        ("RU", "57.15", "65.54", "are beyond the map"),  # Tyumen, a degree east of what is charted
        ("RU", "52.03", "113.50", "are beyond the map"),  # Chita
        ("KZ", "50.28", "57.17", "are beyond the map"),  # on the map, but Kazakhstan's borders are not
        ("KZ", "52.03", "23.12", "is in Poland, not in Kazakhstan"),
    ],
)
def test_nothing_is_measured_beyond_the_map(
    incidents_file: Callable[..., Any], shipped_borders: Borders, country: str, latitude: str, longitude: str, told: str
) -> None:
    reading = read(incidents_file, shipped_borders, country=country, latitude=latitude, longitude=longitude)
    (problem,) = reading.problems
    assert told in str(problem)
    assert "nan" not in str(problem)
    assert not problem.severe
    row = reading.incidents.set_index("id").loc["LT-2"]
    assert (row["charted"], row["certain"]) == (False, False)
    assert row[["depth_km", "edge_km", "border_km"]].isna().all()


def test_coordinates_that_can_only_be_exchanged_are_set_aside_beyond_the_map_too(
    incidents_file: Callable[..., Any], shipped_borders: Borders
) -> None:
    exchanged = {"country": "PL", "latitude": "21.01", "longitude": "52.23", "place": "Warsaw"}
    reading = read(incidents_file, shipped_borders, **exchanged)
    assert list(reading.incidents["id"]) == ["LT-1"]
    assert "lies in Poland only the other way round" in str(reading.problems[0])


# Worked out on paper: the town, and the nearest place on the border by the atlas; a degree of latitude as 111.2 km, of
# longitude by the cosine of the latitude. The atlas is good for some kilometres.
@pytest.mark.parametrize(
    ("longitude", "latitude", "country", "entered_from", "depth_km", "allowance_km"),
    [
        (25.28, 54.69, "LT", "BY", 29, 3),  # Vilnius; the border at Medininkai, 54.53 N 25.64 E
        (23.16, 53.13, "PL", "BY", 45, 4),  # Białystok; Bobrowniki, 53.12 N 23.84 E
        (22.57, 51.25, "PL", "UA", 74, 4),  # Lublin; the Bug at Uhrusk, 51.31 N 23.63 E
        (28.79, 45.18, "RO", "UA", 7, 3),  # Tulcea; the Danube at 45.24 N 28.76 E
        (24.75, 59.44, "EE", "XZ", 33, 4),  # Tallinn; the limit of its sea at 59.73 N 24.70 E
    ],
)
def test_depth_of_known_towns(
    shipped_borders: Borders,
    longitude: float,
    latitude: float,
    country: str,
    entered_from: str,
    depth_km: int,
    allowance_km: int,
) -> None:
    row = placed(shipped_borders, longitude, latitude, country=country, entered_from=entered_from)
    assert row["inside"]
    assert row["depth_km"] == pytest.approx(depth_km, abs=allowance_km)
