"""Coordinates as text, against answers of another tool: UTM by pyproj, with the letters of its squares by hand."""

import geopandas as gpd
import numpy as np
import pytest

from dashboard.core.geo.coordinates import degrees_in_words, digits_of, mgrs_of, with_coordinates
from tests.twins import SQUARES


@pytest.mark.parametrize(("latitude", "longitude", "square"), SQUARES)
def test_place_lies_in_its_square_of_mgrs(latitude: float, longitude: float, square: str) -> None:
    assert mgrs_of(latitude, longitude, 5) == square
    zone, letters, easting, northing = square.split()
    assert mgrs_of(latitude, longitude, 2) == f"{zone} {letters} {easting[:2]} {northing[:2]}"  # cut off, not rounded
    assert mgrs_of(latitude, longitude, 0) == f"{zone} {letters}"


def test_poles_have_squares_without_a_zone() -> None:
    assert mgrs_of(90, 0, 1) == "Z AH 0 0"


@pytest.mark.parametrize(
    ("accuracy_km", "degrees", "mgrs"),
    [
        (0.0005, "55.050000° N, 24.370000° E", "35U LB 31992 03516"),
        (0.05, "55.0500° N, 24.3700° E", "35U LB 319 035"),
        (0.1, "55.050° N, 24.370° E", "35U LB 31 03"),
        (0.9, "55.050° N, 24.370° E", "35U LB 31 03"),
        (1, "55.05° N, 24.37° E", "35U LB 3 0"),
        (7, "55.05° N, 24.37° E", "35U LB 3 0"),
        (10, "55.05° N, 24.37° E", "35U LB 3 0"),
        (12, "55.0° N, 24.4° E", "35U LB"),
        (100, "55.0° N, 24.4° E", "35U LB"),
        (150, "55° N, 24° E", "35U"),
    ],
)
def test_coordinates_have_the_digits_that_the_accuracy_allows(accuracy_km: float, degrees: str, mgrs: str) -> None:
    place = {"latitude": [55.05], "longitude": [24.37], "location_accuracy_km": [accuracy_km]}
    (row,) = with_coordinates(gpd.GeoDataFrame(place)).itertuples()
    assert (row.coordinates, row.mgrs) == (degrees, mgrs)


def test_degrees_name_their_hemisphere() -> None:
    assert degrees_in_words(-33.8568, -77.0353, 2) == "33.86° S, 77.04° W"
    assert degrees_in_words(0, 0, 1) == "0.0° N, 0.0° E"


def test_more_accuracy_never_takes_a_digit_away() -> None:
    digits = digits_of(np.array([200, 100, 10.1, 10, 1, 0.99, 0.1, 0.01, 0.001, 0.0001]))
    assert digits.tolist() == [-1, 0, 0, 1, 1, 2, 2, 3, 4, 5]
