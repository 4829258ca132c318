"""Coordinates as people write them: degrees with their hemisphere, and MGRS, as precise as the place is known.

MGRS is the Military Grid Reference System, on WGS 84: zone and band, a square of 100 km, and within it easting and
northing with the same number of digits each, cut off and not rounded, so that they name the square the place lies in.
"""

import re

import geopandas as gpd
import mgrs
import numpy as np
from numpy.typing import NDArray

from dashboard.language import _, number

ZONE_ALONE = -1  # in place of a number of digits: not even the square of 100 km is known
MOST_DIGITS = 5  # a square of one metre
_GRID = mgrs.MGRS()
_PARTS = re.compile(r"(\d*[A-Z])([A-Z]{2})(\d*)")


def digits_of(accuracy_km: NDArray[np.float64]) -> NDArray[np.int64]:
    """Digits of each axis of MGRS that the accuracy of places allows.

    From 1 to 10 km it is one, and one more for each power of ten below; beyond 100 km the zone stands alone. Degrees
    have one decimal more, since they are rounded, and 0.01 degrees are about 1 km.
    """
    accuracy = np.asarray(accuracy_km, float)
    worse = [accuracy > 100, accuracy > 10, accuracy >= 1, accuracy >= 0.1, accuracy >= 0.01, accuracy >= 0.001]
    return np.select(worse, [ZONE_ALONE, 0, 1, 2, 3, 4], MOST_DIGITS)


def degrees_in_words(latitude: float, longitude: float, decimals: int) -> str:
    """A place in degrees with its hemisphere: ``55.05° N, 24.37° E``."""
    north = _("{degrees}° N") if latitude >= 0 else _("{degrees}° S")
    east = _("{degrees}° E") if longitude >= 0 else _("{degrees}° W")
    return _("{latitude}, {longitude}").format(
        latitude=north.format(degrees=number(abs(latitude), decimals)),
        longitude=east.format(degrees=number(abs(longitude), decimals)),
    )


def mgrs_of(latitude: float, longitude: float, digits: int) -> str:
    """The square of MGRS that a place lies in: ``35U LB 3 0`` for one digit of each axis."""
    text = _GRID.toMGRS(latitude, longitude, MGRSPrecision=max(digits, 0))
    zone, square, figures = _PARTS.findall(text)[0]
    half = len(figures) // 2
    parts = [zone] if digits == ZONE_ALONE else [zone, square, figures[:half], figures[half:]]
    return " ".join(filter(None, parts))


def middle_of_square(square: str) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of a square of MGRS, written without spaces; None if there is none such."""
    try:
        latitude, longitude = _GRID.toLatLon(square)
    except mgrs.core.MGRSError:
        return None
    return float(latitude), float(longitude)


def with_coordinates(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents with their place as text, as precise as it is known: ``coordinates`` in degrees, and ``mgrs``."""
    digits = digits_of(incidents["location_accuracy_km"].to_numpy(float)).tolist()
    places = [*zip(incidents["latitude"].tolist(), incidents["longitude"].tolist(), digits, strict=True)]
    return incidents.assign(
        coordinates=np.array([degrees_in_words(north, east, most + 1) for north, east, most in places], object),
        mgrs=np.array([mgrs_of(*place) for place in places], object),
    )
