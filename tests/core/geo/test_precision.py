"""Distances in words: no more digits than the place is accurate, and nothing said of what is not established."""

import numpy as np
import pytest

from dashboard.core.geo.precision import established_km, is_established, rounded_km
from dashboard.render.text.distances import (
    border_in_words,
    certainty_in_words,
    depth_in_words,
    from_border_in_words,
    town_in_words,
    track_inside_in_words,
)
from dashboard.render.text.incident import coordinates_in_words, fields_in_words
from tests.rows import row

NAN = float("nan")


@pytest.mark.parametrize(
    ("distance_km", "accuracy_km", "rounded"),
    [
        (3.24, 0.5, 3.2),  # below 1 km of accuracy: 100 m
        (9.51, 1.0, 10.0),  # then whole kilometres, also below 10 km
        (91.7, 7.0, 92.0),
        (70.8, 25.0, 71.0),
        (237.4, 30.0, 235.0),  # from 30 km on: 5 km
        (1204.0, 100.0, 1200.0),  # from 50 km on: 10 km
    ],
)
def test_digits_follow_the_accuracy(distance_km: float, accuracy_km: float, rounded: float) -> None:
    assert rounded_km(distance_km, accuracy_km) == rounded


def test_distance_is_established_where_it_is_more_than_its_accuracy() -> None:
    assert is_established(np.array([15.0, 10.0, 10.1, NAN]), 10.0).tolist() == [True, False, True, False]
    assert established_km(np.array([15.2, 0.1]), np.array([10.0, 10.0])).tolist() == pytest.approx(
        [15, NAN], nan_ok=True
    )


@pytest.mark.parametrize(
    ("change", "words", "short"),
    [
        ({}, "92 km ± 7 km", "92 km ± 7 km"),
        ({"depth_km": 3.24, "location_accuracy_km": 0.5}, "3.2 km ± 0.5 km", "3.2 km ± 0.5 km"),
        ({"depth_km": 15.0, "location_accuracy_km": 100.0}, "inside; distance not established", "not established"),
        ({"depth_km": 0.1, "location_accuracy_km": 10.0}, "inside; distance not established", "not established"),
        ({"depth_km": 10.0, "location_accuracy_km": 10.0}, "inside; distance not established", "not established"),
        ({"depth_km": 0.0, "inside": False}, "not inside", "not inside"),
        ({"depth_km": NAN, "inside": False, "charted": False}, "not measured: beyond the map", "not measured"),
    ],
)
def test_depth(change: dict[str, bool | float], words: str, short: str) -> None:
    assert depth_in_words(row(**change)) == words
    assert depth_in_words(row(**change), short=True) == short


def test_distance_that_the_report_states_comes_first() -> None:
    told = from_border_in_words(row(reported_km=1.0, depth_km=2.3, location_accuracy_km=4.0))
    assert told == "about 1 km as reported; measured: inside; distance not established"
    assert from_border_in_words(row(reported_km=0.7)) == "about 0.7 km as reported; measured: 92 km ± 7 km"
    assert from_border_in_words(row()) == "92 km ± 7 km"


def test_how_sure() -> None:
    assert certainty_in_words(row()) == "Certainly inside the airspace of Lithuania"
    assert (
        "Probably inside the airspace of Lithuania: the location uncertainty exceeds the distance to the border"
        in certainty_in_words(row(certain=False))
    )
    outside = row(certain=False, inside=False, edge_km=24.2)
    assert certainty_in_words(outside) == "Outside the airspace of Lithuania, 24 km from it"
    near = row(certain=False, inside=False, edge_km=4.2)
    assert (
        certainty_in_words(near)
        == "Probably outside the airspace of Lithuania: the location uncertainty exceeds the distance to it"
    )


def test_nothing_is_said_of_what_is_not_charted() -> None:
    beyond = row(
        country="KZ", charted=False, inside=False, certain=False, airspace="", measured_from="", town="",
        **dict.fromkeys(("depth_km", "edge_km", "town_km", "crossing_town_km"), NAN),
    )  # fmt: skip
    fields = dict(fields_in_words(beyond))
    assert fields["Distance from border"] == "Not measured: beyond the map"
    assert fields["Airspace"] == "Not charted"
    assert fields["Location confidence"] == "Not measured: the place or the borders of Kazakhstan are beyond the map"
    assert "Measured from" not in fields
    assert "nan" not in str(fields).lower()


def test_border_says_whether_it_was_stated() -> None:
    unknown = {"measured_from_stated": False}
    assert border_in_words(row()) == "border with Belarus"
    assert border_in_words(row(measured_from="XZ")) == "limit of the territorial sea"
    assert border_in_words(row(**unknown)) == "nearest border (Belarus); where it entered is not known"
    assert (
        border_in_words(row(**unknown), stretch=True)
        == "nearest border (Belarus, near Šalčininkai); where it entered is not known"
    )
    assert border_in_words(row(crossing_town=""), stretch=True) == "border with Belarus"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"track_from": "Vilnius", "track_from_state": "LT"}, "71 km (from Vilnius), approximate, within 25 km"),
        ({"crossing_by_track": True}, "71 km (from the border), approximate, within 25 km"),
        ({}, "71 km, approximate, within 25 km"),
        ({"track_inside_km": 2.6}, "shorter than the track's uncertainty (25 km)"),
        ({"track_inside_km": 0.0}, ""),
    ],
)
def test_known_part_of_a_track(change: dict[str, bool | float | str], words: str) -> None:
    assert track_inside_in_words(row(**({"track_inside_km": 70.8, "track_accuracy_km": 25.0} | change))) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"town_km": 12.4}, "Jonava, 12 km ± 7 km"),
        ({}, "Jonava, at most 14 km away"),  # 6.9 and 7 km
        ({"town_km": 0.2, "location_accuracy_km": 0.5}, "Jonava, at most 1 km away"),
        ({"town": "Sovetsk", "town_state": "RU", "town_km": 12.4}, "Sovetsk in Russia, 12 km ± 7 km"),
        ({"town": "", "town_state": "", "town_km": NAN}, ""),
    ],
)
def test_nearest_town(change: dict[str, float | str], words: str) -> None:
    assert town_in_words(row(**change)) == words


def test_coordinates_are_said_with_their_accuracy() -> None:
    assert coordinates_in_words(row()) == "55.05° N, 24.37° E · 35U LB 3 0 · within 7 km"
