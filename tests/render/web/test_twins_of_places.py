"""Places and distances as the browser's scripts work them out, beside Python's."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from dashboard.core.geo.coordinates import degrees_in_words, mgrs_of
from dashboard.render.web.folium_map import stage_options
from tests.twins import SQUARES


def places(count: int, seed: int) -> list[tuple[float, float]]:
    """Latitude and longitude of places all over the map and somewhat beyond."""
    random = np.random.default_rng(seed)
    return [*zip(random.uniform(25, 83, count).tolist(), random.uniform(-30, 70, count).tolist(), strict=True)]


def test_browser_finds_the_square_of_mgrs_that_python_finds(run: Callable[..., Any]) -> None:
    script = "([places, digits]) => places.map(([lat, lng]) => Coordinates.mgrs({ lat, lng }, digits))"
    known = [(latitude, longitude) for latitude, longitude, _square in SQUARES]
    assert run(script, [known, 5]) == [square for *_place, square in SQUARES]
    for digits in (0, 2, 4):
        asked = places(400, seed=digits)
        assert run(script, [asked, digits]) == [mgrs_of(*place, digits) for place in asked]
    assert run(script, [[(84.5, 10), (-81, 10)], 3]) == ["", ""]


def test_browser_writes_degrees_as_python_does(run: Callable[..., Any]) -> None:
    script = (
        "([places, decimals, words]) => places.map(([lat, lng]) => Coordinates.degrees({ lat, lng }, decimals, words))"
    )
    asked = [*places(50, seed=9), (-33.8568, -77.0353), (0, 0)]
    for decimals in (0, 3):
        told = run(script, [asked, decimals, stage_options({})["words"]])
        assert told == [degrees_in_words(*place, decimals) for place in asked]


@pytest.mark.parametrize(("pixel", "digits"), [(9_784, 2), (2_800, 2), (999, 3), (350, 3), (44, 4), (0.9, 5), (2e6, 0)])
def test_pointer_is_told_no_finer_than_a_pixel(run: Callable[..., Any], pixel: float, digits: int) -> None:
    assert run("pixel => Coordinates.digits(pixel)", pixel) == digits


def test_browser_measures_as_geographiclib_does(run: Callable[..., Any]) -> None:
    starts, ends = places(300, seed=1), places(300, seed=2)
    close = [(latitude + 0.003, longitude - 0.001) for latitude, longitude in starts]
    script = """pairs => pairs.map(([[lat, lng], [north, east]]) => {
        const { metres, bearing } = Geodesic.between({ lat, lng }, { lat: north, lng: east });
        return [metres, bearing];
    })"""
    for others in (ends, close):
        told = np.array(run(script, [*zip(starts, others, strict=True)]))
        (south, west), (north, east) = np.transpose(starts), np.transpose(others)
        forward, _back, metres = Geod(ellps="WGS84").inv(west, south, east, north)
        assert told[:, 0] == pytest.approx(metres, abs=0.001)
        assert np.abs((told[:, 1] - forward + 180) % 360 - 180).max() < 1e-4
    on_the_equator, nowhere, due_south = run(script, [[(0, 10), (0, 11)], [(55, 24), (55, 24)], [(55, 24), (54, 24)]])
    assert on_the_equator == pytest.approx([111_319.491, 90], abs=0.001)
    assert nowhere == [0, 0]
    assert due_south == pytest.approx([111_324.8, 180], abs=50)


def test_way_that_is_drawn_keeps_to_the_geodesic(run: Callable[..., Any]) -> None:
    vilnius, reykjavik = (54.687, 25.28), (64.147, -21.94)
    script = """([[lat, lng], [north, east], metres]) =>
        Geodesic.way({ lat, lng }, { lat: north, lng: east }, metres)"""
    geod = Geod(ellps="WGS84")
    course, _back, metres = geod.inv(vilnius[1], vilnius[0], reykjavik[1], reykjavik[0])
    way = np.array(run(script, [vilnius, reykjavik, metres]))
    assert tuple(way[0]) == vilnius and tuple(way[-1]) == reykjavik
    assert len(way) == int(np.ceil(metres / 50_000)) + 1
    for latitude, longitude in way[1:-1]:
        along = geod.inv(vilnius[1], vilnius[0], longitude, latitude)[2]
        east, north, _back = geod.fwd(vilnius[1], vilnius[0], course, along)
        assert geod.inv(longitude, latitude, east, north)[2] < 5000  # of 2,700 km
    assert run(script, [vilnius, vilnius, 0]) == [list(vilnius), list(vilnius)]
