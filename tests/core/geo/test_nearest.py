"""Towns, stretches of the border, lengths of tracks and times inside: on toy borders by hand, and on the shipped rows.

By hand, on WGS 84: the equator is a geodesic of 6378.137 km radius, so that one degree along it is 111.3195 km
(6378.137 * pi / 180), and one degree of the meridian from the equator north is 110.5744 km.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.airspace import PLACED, place_in_airspace
from dashboard.core.geo.borders import Borders
from dashboard.core.geo.nearest import measure
from dashboard.core.incidents.columns import MEASURED
from dashboard.core.incidents.schema import read_incidents
from tests.settled_data import DATA

EAST_KM, NORTH_KM = 111.3195, 110.5744
Town = tuple[str, str, str, float, float, float]  # kind, name, state, weight, longitude, latitude
Line = tuple[str, float, Sequence[tuple[float, float]]]  # of a track: incident, accuracy in km, places
TOWNS: list[Town] = [
    ("town", "Rytas", "LT", 20_000.0, 5.0, 0.0),
    ("town", "Vakaras", "LT", 15_000.0, 8.0, 0.0),  # not more than 15,000
    ("capital", "Sostinė", "LT", 500_000.0, 8.0, 3.0),
    ("town", "Sienas", "LT", 1_200.0, 9.9, 0.0),  # small, near the border
    ("state", "Lithuania", "LT", 90_000.0, 8.0, 0.1),  # the name of a state is no town
    ("sea", "Sea", "", 90_000.0, 8.0, 0.1),
]


def places(rows: Sequence[Town] = TOWNS) -> gpd.GeoDataFrame:
    columns = ["kind", "name", "state", "weight"]
    points = gpd.points_from_xy([row[4] for row in rows], [row[5] for row in rows], crs=4326)
    return gpd.GeoDataFrame([row[:4] for row in rows], columns=columns, geometry=points)


def airports(*rows: tuple[str, str, str, float, float]) -> gpd.GeoDataFrame:
    """Airports as (IATA code, name, state, longitude, latitude)."""
    columns = {"iata": [row[0] for row in rows], "name": [row[1] for row in rows], "state": [row[2] for row in rows]}
    points = gpd.points_from_xy([row[3] for row in rows], [row[4] for row in rows], crs=4326)
    return gpd.GeoDataFrame({"icao": "", **columns}, geometry=points)


def tracks(*lines: Line) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"incident_id": [line[0] for line in lines], "accuracy_km": [line[1] for line in lines]},
        geometry=[shapely.LineString(line[2]) for line in lines],
        crs=4326,
    )


def measured(
    borders: Borders,
    longitude: float,
    latitude: float,
    *lines: Line,
    towns: Sequence[Town] = TOWNS,
    fields: Sequence[tuple[str, str, str, float, float]] = (),
    **more: object,
) -> pd.Series:
    row = {"id": "LT-1", "country": "LT", "entered_from": "BY", "location_accuracy_km": 1.0}
    row |= {"airport": "", "longitude": longitude, "latitude": latitude} | more
    point = gpd.points_from_xy([longitude], [latitude], crs=4326)
    placed = place_in_airspace(gpd.GeoDataFrame([row], geometry=point), borders)
    return measure(placed, tracks(*lines), borders, places(towns), airports(*fields)).iloc[0]


class TestByHand:
    """Lithuania from 0 to 10 degrees east, Belarus from 10 to 20, from the equator to 10 degrees north; sea around."""

    def test_first_case_town(self, toy_borders: Borders) -> None:
        # At 8 E on the equator: Vakaras is right there but too small; the capital is three degrees of the meridian
        # north, some 331.7 km; Rytas is three degrees of the equator west: 3 * 111.3195 = 333.96 km. The nearest is
        # the capital, for a degree of the meridian is shorter.
        row = measured(toy_borders, 8.0, 0.0)
        assert (row["town"], row["town_state"]) == ("Sostinė", "LT")
        assert row["town_km"] == pytest.approx(3 * NORTH_KM, abs=0.05)

    def test_second_case_town_along_the_equator(self, toy_borders: Borders) -> None:
        # At 7.25 E: Rytas is 2.25 degrees of the equator away, 2.25 * 111.3195 = 250.469 km; the capital more than
        # three degrees of the meridian.
        row = measured(toy_borders, 7.25, 0.0)
        assert row["town"] == "Rytas"
        assert row["town_km"] == pytest.approx(250.469, abs=0.001)

    def test_third_case_stretch_of_the_border(self, toy_borders: Borders) -> None:
        # From 8 E on the equator the border with Belarus is nearest at 10 E. Sienas, though small, names it: a tenth
        # of a degree west, 11.132 km.
        row = measured(toy_borders, 8.0, 0.0)
        assert (row["measured_from"], row["crossing_by_track"]) == ("BY", False)
        assert (row["crossing_longitude"], row["crossing_latitude"]) == pytest.approx((10.0, 0.0), abs=1e-9)
        assert (row["crossing_town"], row["crossing_state"]) == ("Sienas", "LT")
        assert row["crossing_town_km"] == pytest.approx(0.1 * EAST_KM, abs=0.001)
        assert np.isnan(row["track_inside_km"]) and np.isnan(row["track_accuracy_km"])

    def test_fourth_case_track_over_the_border(self, toy_borders: Borders) -> None:
        # From 12 E, in Belarus, along the equator to 8.5 E: of 3.5 degrees 1.5 are inside, 1.5 * 111.3195 = 166.979
        # km. It crosses the border at 10 E on the equator, although the border is nearest to the place at 5 N.
        row = measured(toy_borders, 8.0, 5.0, ("LT-1", 20.0, [(12, 0), (8.5, 0)]))
        assert row["track_inside_km"] == pytest.approx(166.979, abs=0.001)
        assert row["track_accuracy_km"] == 20.0
        assert row["crossing_by_track"]
        assert (row["crossing_longitude"], row["crossing_latitude"]) == pytest.approx((10.0, 0.0))
        assert row["border_latitude"] == pytest.approx(5.0, abs=0.02)

    def test_fifth_case_track_that_comes_and_goes_twice(self, toy_borders: Borders) -> None:
        # In at (10, 2), back out at (10, 4), in again at (10, 6) and down the meridian of 9 E from 6 to 5: inside are
        # from 10 E to 9 E along 2 N and back along 4 N, up nothing, again along 6 N, and a degree of the meridian.
        # Degrees of the parallels, 111.3195 * cos(latitude) / sqrt(1 - 0.00669438 * sin(latitude)^2): at 2 N 111.2521,
        # at 4 N 111.0501, at 6 N 110.7137; of the meridian, the integral of 6378.137 * 0.99330562 /
        # (1 - 0.00669438 * sin(latitude)^2)^1.5, between 2 N and 4 N 221.1549 and between 5 N and 6 N 110.5845. On such
        # a length a geodesic is shorter than a parallel by some centimetres.
        path = [(11, 2), (9, 2), (9, 4), (11, 4), (11, 6), (9, 6), (9, 5)]
        row = measured(toy_borders, 9.0, 5.0, ("LT-1", 25.0, path))
        assert row["track_inside_km"] == pytest.approx(111.2521 + 221.1549 + 111.0501 + 110.7137 + 110.5845, abs=0.001)
        assert (row["crossing_longitude"], row["crossing_latitude"]) == pytest.approx((10.0, 2.0))

    def test_tracks_of_an_incident_are_added_and_the_poorest_says_how_good_they_are(self, toy_borders: Borders) -> None:
        two: list[Line] = [
            ("LT-1", 20.0, [(8, 0), (9, 0)]),
            ("LT-2", 90.0, [(1, 0), (9, 0)]),
            ("LT-1", 30.0, [(11, 0), (9, 0)]),
        ]
        row = measured(toy_borders, 8.0, 0.0, *two)
        assert row["track_inside_km"] == pytest.approx(2 * EAST_KM, abs=0.001)
        assert (row["track_accuracy_km"], row["crossing_by_track"]) == (30.0, True)

    def test_track_that_never_crosses_leaves_the_nearest_point(self, toy_borders: Borders) -> None:
        row = measured(toy_borders, 8.0, 5.0, ("LT-1", 20.0, [(6, 5), (8, 5)]))
        assert (row["crossing_by_track"], row["crossing_longitude"]) == (False, pytest.approx(10.0))
        beside = measured(toy_borders, 8.0, 5.0, ("LT-1", 20.0, [(12, 5), (14, 5)]))
        assert beside["track_inside_km"] == 0.0

    def test_state_without_borders_has_a_town_and_no_stretch(self, toy_borders: Borders) -> None:
        row = measured(toy_borders, 7.25, 0.0, ("LT-1", 20.0, [(6, 5), (8, 5)]), country="JP", entered_from="")
        assert (row["town"], row["crossing_town"], row["crossing_by_track"]) == ("Rytas", "", False)
        assert np.isnan(row["track_inside_km"]) and np.isnan(row["crossing_town_km"])

    def test_without_towns_none_is_the_nearest(self, toy_borders: Borders) -> None:
        row = measured(toy_borders, 8.0, 0.0, towns=TOWNS[4:])
        assert (row["town"], row["town_state"], row["crossing_town"]) == ("", "", "")
        assert np.isnan(row["town_km"])

    def test_nearest_airport_has_a_code_and_is_open(self, toy_borders: Borders) -> None:
        # On the equator at 8 E: an airfield is right there, the airport of Belarus is 2 degrees east, that of
        # Lithuania 3 degrees west: 3 * 111.3195 = 333.96 km.
        fields = [("", "Field", "LT", 8.0, 0.0), ("MSQ", "Rytai", "BY", 10.0, 0.0), ("VNO", "Vakarai", "LT", 5.0, 0.0)]
        row = measured(toy_borders, 8.0, 0.0, fields=fields, airport="VNO ABC")
        assert (row["near_airport"], row["near_airport_code"], row["near_airport_state"]) == ("Vakarai", "VNO", "LT")
        assert row["near_airport_km"] == pytest.approx(333.96, abs=0.01)
        assert row["airport_names"] == "Vakarai (VNO), ABC"

    def test_no_incidents_have_the_same_columns(self, toy_borders: Borders, incidents_file: Callable[..., Any]) -> None:
        none = place_in_airspace(read_incidents(incidents_file({})).incidents.iloc[:0], toy_borders)
        empty = measure(none, tracks(), toy_borders, places(), airports())
        assert len(empty) == 0
        assert {column.name for column in MEASURED} - {
            "cited",
            "evidence",
            "counted_on",
            "counted_by",
            "event_objects",
            "coordinates",
            "mgrs",
        } <= set(empty)

    def test_given_frame_is_not_changed(self, toy_borders: Borders, incidents_file: Callable[..., Any]) -> None:
        placed = place_in_airspace(read_incidents(incidents_file({}, {"id": "LT-2"})).incidents, toy_borders)
        before = placed.copy()
        measure(placed, tracks(("LT-2", 1.0, [(1, 1), (2, 2)])), toy_borders, places(), airports())
        assert placed.equals(before)


@pytest.mark.parametrize(
    ("south", "town"),
    [(-4.0, "Sostinė"), (-2.0, ""), (1.0, "")],  # the town is 331.7 km away, the region's edge 442, 221, and beyond it
)
def test_town_is_not_named_where_one_beyond_the_region_could_be_nearer(
    toy_borders: Borders, south: float, town: str
) -> None:
    row = measured(replace(toy_borders, region=(-30.0, south, 60.0, 60.0)), 8.0, 0.0)
    assert row["town"] == town
    assert np.isnan(row["town_km"]) == (not town)


def test_every_shipped_incident_is_measured(shipped: Dataset) -> None:
    incidents = shipped.incidents
    assert {column.name for column in MEASURED} <= set(incidents)
    assert (incidents["town"] != "").all()
    assert (incidents["crossing_town"] != "").all()
    assert set(incidents["id"][incidents["track_accuracy_km"].notna()]) == set(shipped.tracks["incident_id"])
    assert incidents["track_inside_km"].notna().equals(incidents["track_accuracy_km"].notna())


def test_drone_of_gaiziunai_fell_near_jonava(shipped: Dataset) -> None:
    # Gaižiūnai lies some 7 km east-south-east of Jonava on any map of Lithuania.
    row = shipped.incidents.set_index("id").loc["LT-2025-07-28-gaiziunai"]
    assert (row["town"], row["town_state"]) == ("Jonava", "LT")
    assert row["town_km"] == pytest.approx(7, abs=1)


def test_nearest_towns_are_those_of_a_plain_search(shipped: Dataset) -> None:
    """Every incident against every town by the haversine on a sphere, good for half a per cent."""
    rows, towns = shipped.incidents, shipped.places[shipped.places["kind"].isin(["town", "capital"])]
    towns = towns[towns["weight"] > 15_000]
    x, y = np.radians(towns.geometry.x.to_numpy()), np.radians(towns.geometry.y.to_numpy())
    for row in rows.iloc[::7].itertuples():
        longitude, latitude = np.radians([row.longitude, row.latitude])
        half = np.sin((y - latitude) / 2) ** 2 + np.cos(y) * np.cos(latitude) * np.sin((x - longitude) / 2) ** 2
        assert row.town_km == pytest.approx(2 * 6371 * np.arcsin(np.sqrt(half)).min(), rel=0.006, abs=0.01)


def test_time_inside_is_only_where_the_report_gives_it() -> None:
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        timed = {row["id"]: row for row in csv.DictReader(file) if row["minutes_inside"]}
    assert len(timed) == 25
    for row in timed.values():
        assert re.search(r"\b(minutes?|seconds?|quarter of an hour)\b", row["summary"]), row["id"]
    told = {"HR-2022-03-10-zagreb": 7, "PL-2024-03-24-oserdow": 39 / 60, "RO-2025-09-13-chilia-veche": 50}
    assert {name: float(timed[name]["minutes_inside"]) for name in told} == pytest.approx(told)


@pytest.mark.parametrize(
    ("cell", "minutes"), [("", None), ("0.65", 0.65), ("7", 7.0), ("100000", 100_000.0), ("1e3", 1000.0)]
)
def test_minutes_inside_can_be_given(incidents_file: Callable[..., Any], cell: str, minutes: float | None) -> None:
    reading = read_incidents(incidents_file({"minutes_inside": cell}))
    assert reading.problems == ()
    value = reading.incidents["minutes_inside"].iloc[0]
    assert np.isnan(value) if minutes is None else value == minutes


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("0", "expected minutes, above 0 and at most 100000"),
        ("-3", "expected minutes, above 0"),
        ("100001", "expected minutes, above 0"),
        ("about 7", "expected a number such as 54.6341"),
        ("1e999", "expected a number such as 54.6341"),
    ],
)
def test_minutes_that_are_none_are_a_problem(incidents_file: Callable[..., Any], cell: str, told: str) -> None:
    reading = read_incidents(incidents_file({"minutes_inside": cell}, {"id": "LT-2"}))
    assert list(reading.incidents["id"]) == ["LT-2"]
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.severe) == (2, "minutes_inside", True)
    assert told in str(problem).replace("Expected", "expected")


def test_file_without_the_column_can_still_be_read(incidents_file: Callable[..., Any]) -> None:
    columns = ("id", "date", "country", "place", "latitude", "longitude", "location_accuracy_km", "category")
    reading = read_incidents(incidents_file({}, columns=(*columns, "object_type", "status", "sources")))
    assert reading.problems == ()
    assert reading.incidents["minutes_inside"].isna().all()


def test_what_is_measured_of_a_file_is_measured_anew(incidents_file: Callable[..., Any]) -> None:
    columns = ("town", "town_km", "crossing_by_track", "track_inside_km")
    assert set(columns) <= {column.name for column in MEASURED} - set(PLACED)
    with_all = ("id", "date", "country", "place", "latitude", "longitude", "location_accuracy_km", "category")
    reading = read_incidents(incidents_file({}, columns=(*with_all, "object_type", "status", "sources", *columns)))
    assert reading.problems == ()
    assert not set(columns) & set(reading.incidents)
