"""An incident in words."""

from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

from dashboard.core.incidents import CATEGORIES, OBJECT_TYPES, PAYLOADS, STATUSES
from dashboard.core.summary import Figures
from dashboard.core.vocabulary import PHRASES, STATUS_PHRASES, WORDS
from dashboard.render.distances import border_in_words, certainty_in_words, depth_in_words, town_in_words
from dashboard.render.wording import (
    date_time_group,
    fields_in_words,
    figures_in_words,
    time_inside_in_words,
    when_in_words,
)

ROW = {
    "id": "LT-2025-07-28-gaiziunai", "event": "", "date": pd.Timestamp("2025-07-28"), "end_date": pd.NaT,
    "date_precision": "day", "started_at": pd.NaT, "country": "LT", "place": "Gaižiūnai", "latitude": 55.05,
    "longitude": 24.37, "location_accuracy_km": 7.0, "category": "crash", "object_type": "uav", "model": "Gerbera",
    "origin": "RU", "entered_from": "BY", "side": "intruding", "payload": "explosive_neutralised", "damage": "",
    "casualties": "", "status": "confirmed", "response": "NATO asked", "inside": True, "certain": True,
    "measured_from": "BY", "measured_from_stated": True,
    "depth_km": 91.7, "edge_km": 91.7, "airspace": "LT", "town": "Jonava", "town_state": "LT", "town_km": 6.91,
    "crossing_town": "Šalčininkai", "crossing_state": "LT", "crossing_town_km": 3.2, "crossing_by_track": False,
    "track_inside_km": float("nan"), "track_accuracy_km": float("nan"), "minutes_inside": float("nan"),
}  # fmt: skip


def row(**change: object) -> pd.Series:
    return pd.Series(ROW | change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "28 July 2025"),
        ({"end_date": pd.Timestamp("2025-07-29")}, "28 July 2025 to 29 July 2025"),
        ({"end_date": pd.Timestamp("2025-07-28")}, "28 July 2025"),
        ({"date_precision": "month", "date": pd.Timestamp("2026-04-11")}, "some day in April 2026"),
    ],
)
def test_when(change, words):
    assert when_in_words(row(**change)) == words


def test_day_of_the_week():
    assert when_in_words(row(), of_week=True) == "Monday 28 July 2025"


@pytest.mark.parametrize(
    ("depth_km", "accuracy_km", "words"),
    [(91.7, 7.0, "92 km ± 7 km"), (3.24, 0.5, "3.2 km ± 0.5 km"), (1204.0, 100.0, "1,204 km ± 100 km")],
)
def test_depth_comes_with_its_accuracy(depth_km, accuracy_km, words):
    assert depth_in_words(row(depth_km=depth_km, location_accuracy_km=accuracy_km)) == words


def test_how_sure():
    assert certainty_in_words(row()) == "Certainly inside the airspace of Lithuania"
    assert "nearer to its border than the place is accurate" in certainty_in_words(row(certain=False))
    outside = row(certain=False, inside=False, edge_km=4.2)
    assert certainty_in_words(outside) == "The place lies 4.2 km outside the airspace of Lithuania"


def test_border_says_whether_it_was_stated():
    assert border_in_words(row()) == "border with Belarus"
    assert border_in_words(row(measured_from="XZ")) == "limit of the airspace over the sea"
    nearest = "border with Belarus, the nearest; where it entered is not known"
    assert border_in_words(row(measured_from_stated=False)) == nearest


def test_every_field_in_words():
    fields = dict(fields_in_words(row(started_at=pd.Timestamp("2025-07-28T01:40Z"), event="night")))
    assert fields == {
        "Object": "Drone, Gerbera",
        "Came from": "Belarus",
        "Attributed to": "Russia",
        "Side": "Intruding",
        "Airspace": "Lithuania",
        "Depth inside": "92 km ± 7 km",
        "Measured from": "Border with Belarus, near Šalčininkai",
        "Nearest large town": "Jonava, 7 km ± 7 km",
        "How sure": "Certainly inside the airspace of Lithuania",
        "Status": "Confirmed by the state",
        "Time": "01:40 UTC, 28 July 2025",
        "Payload": "Explosive, neutralised",
        "Response": "NATO asked",
        "Place": "55.050°, 24.370°, within 7.0 km",
        "Event": "Night",
        "Record": "LT-2025-07-28-gaiziunai",
    }


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("friendly", "Own side: no intruder, and in no figure"),
        ("third", "A stray object of a state that attacked nobody here"),
        ("unclear", "Not clear whose it was"),
    ],
)
def test_side_in_words(side, words):
    assert dict(fields_in_words(row(side=side)))["Side"] == words


def test_measures_of_a_track_in_words():
    flown = row(crossing_by_track=True, track_accuracy_km=25.0, track_inside_km=71.2, crossing_town_km=18.4)
    fields = dict(fields_in_words(flown))
    assert fields["Measured from"] == "Border with Belarus"
    assert fields["Border crossed"] == "18 km from Šalčininkai, by its flight track, within 25 km"
    assert fields["Track inside"] == "71 km, approximate, within 25 km"
    beside = dict(fields_in_words(row(track_accuracy_km=25.0, track_inside_km=0.0)))
    assert not {"Border crossed", "Track inside", "Time inside"} & set(beside)


def test_stretch_of_a_border_whose_crossing_is_not_known():
    near = border_in_words(row(measured_from_stated=False), stretch=True)
    assert near == "border with Belarus, near Šalčininkai, the nearest; where it entered is not known"
    assert border_in_words(row(crossing_town=""), stretch=True) == "border with Belarus"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (float("nan"), ""),
        (0.3, "18 seconds"),
        (0.65, "39 seconds"),
        (1.0, "about 1 minute"),
        (1.2, "72 seconds"),
        (2.0, "about 2 minutes"),
        (7.5, "about 7.5 minutes"),
        (50.0, "about 50 minutes"),
    ],
)
def test_time_inside(minutes, words):
    assert time_inside_in_words(row(minutes_inside=minutes)) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Jonava, 7 km ± 7 km"),
        ({"town_km": 0.2, "location_accuracy_km": 0.5}, "Jonava, 0 km ± 0.5 km"),
        ({"town": "Sovetsk", "town_state": "RU", "town_km": 12.4}, "Sovetsk in Russia, 12 km ± 7 km"),
        ({"town": "", "town_state": "", "town_km": float("nan")}, ""),
    ],
)
def test_nearest_town(change, words):
    assert town_in_words(row(**change)) == words


def test_airspace_of_nobody_in_words():
    assert dict(fields_in_words(row(airspace="XZ")))["Airspace"] == "International waters"


def test_unknown_is_said_and_not_guessed():
    fields = dict(fields_in_words(row(entered_from="", origin="")))
    assert (fields["Came from"], fields["Attributed to"]) == ("Not known", "No attribution noted")


@pytest.mark.parametrize(
    ("column", "codes"),
    [("category", CATEGORIES), ("object_type", OBJECT_TYPES), ("status", STATUSES), ("payload", PAYLOADS)],
)
def test_every_code_has_its_word(column, codes):
    assert tuple(WORDS[column]) == codes
    assert column == "payload" or tuple(PHRASES[column]) == codes
    assert column != "status" or tuple(STATUS_PHRASES) == codes


def test_date_time_group_is_in_utc_and_in_english():
    assert date_time_group(datetime(2026, 10, 3, 23, 59, tzinfo=UTC)) == "032359Z OCT 26"
    assert date_time_group(datetime(2026, 3, 1, 1, 5, tzinfo=timezone(timedelta(hours=2)))) == "282305Z FEB 26"


def test_figures_in_words():
    one = figures_in_words(Figures(1, 1, 0, 1, "LT-1", 91.7, 7.0))
    assert [line[:2] for line in one] == [
        ["1", "incident in 1 event"],
        ["0", "down on the ground"],
        ["1", "state"],
        ["92 km", "deepest entry"],
    ]
    assert "LT-1" in one[3][2]
    none = figures_in_words(Figures(0, 0, 0, 0))
    assert none[3][0] == "–"
