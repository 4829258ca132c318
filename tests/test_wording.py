"""An incident in words."""

from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

from dashboard.core.analysis.figures import Figures
from dashboard.core.incidents.columns import CATEGORIES, OBJECT_TYPES, PAYLOADS, STATUSES
from dashboard.core.incidents.vocabulary import PHRASES, STATUS_PHRASES, WORDS
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import APP6, View
from dashboard.language import number
from dashboard.render.text.headings import title_of
from dashboard.render.text.incident import fields_in_words, figures_in_words, time_inside_in_words, when_in_words
from dashboard.render.text.instants import date_time_group, instant_in_words, instant_with_group
from dashboard.render.text.objects import objects_as_sentence
from tests.rows import row


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "28 July 2025"),
        ({"end_date": pd.Timestamp("2025-07-29")}, "28–29 July 2025"),
        ({"end_date": pd.Timestamp("2025-07-28")}, "28 July 2025"),
        ({"date_precision": "month", "date": pd.Timestamp("2026-04-11")}, "April 2026 (day unknown)"),
    ],
)
def test_when(change: dict[str, pd.Timestamp | str], words: str) -> None:
    assert when_in_words(row(**change)) == words


def test_day_of_the_week() -> None:
    assert when_in_words(row(), of_week=True) == "Monday 28 July 2025"


def test_every_field_in_words() -> None:
    fields = dict(fields_in_words(row(started_at=pd.Timestamp("2025-07-28T01:40Z"), event="night")))
    assert fields == {
        "Object": "Drone, Gerbera",
        "Entered from": "Belarus",
        "Attributed to": "Russia",
        "Side": "Intruding",
        "Airspace": "Lithuania",
        "Distance from border": "92 km ± 7 km",
        "Measured from": "Border with Belarus, near Šalčininkai",
        "Nearest large town": "Jonava, at most 14 km away",
        "Location confidence": "Certainly inside the airspace of Lithuania",
        "Status": "Confirmed by national authorities",
        "Time": "28 July 2025, 01:40 UTC",
        "Payload": "Explosive charge, neutralised",
        "Response": "NATO asked",
        "Coordinates": "55.05° N, 24.37° E · 35U LB 3 0 · within 7 km",
        "Part of event": "Night",
        "Reference": "LT-2025-07-28-gaiziunai",
    }


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("friendly", "Own side: not an intruder, not counted"),
        ("third", "Stray object of a third state"),
        ("unclear", "Affiliation unclear"),
    ],
)
def test_side_in_words(side: str, words: str) -> None:
    assert dict(fields_in_words(row(side=side)))["Side"] == words


def test_measures_of_a_track_in_words() -> None:
    flown = row(crossing_by_track=True, track_accuracy_km=25.0, track_inside_km=71.2, crossing_town_km=18.4)
    fields = dict(fields_in_words(flown))
    assert fields["Measured from"] == "Border with Belarus"
    assert fields["Border crossed"] == "Near Šalčininkai, by its flight track, within 25 km"
    assert fields["Known track inside"] == "71 km (from the border), approximate, within 25 km"
    beside = dict(fields_in_words(row(track_accuracy_km=25.0, track_inside_km=0.0)))
    assert not {"Border crossed", "Known track inside", "Time inside"} & set(beside)


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
def test_time_inside(minutes: float, words: str) -> None:
    assert time_inside_in_words(row(minutes_inside=minutes)) == words


def test_airspace_of_nobody_in_words() -> None:
    assert dict(fields_in_words(row(airspace="XZ")))["Airspace"] == "International waters"


def test_unknown_is_said_and_not_guessed() -> None:
    fields = dict(fields_in_words(row(entered_from="", origin="")))
    assert (fields["Entered from"], fields["Attributed to"]) == ("Not known", "No official attribution found")


@pytest.mark.parametrize(
    ("column", "codes"),
    [("category", CATEGORIES), ("object_type", OBJECT_TYPES), ("status", STATUSES), ("payload", PAYLOADS)],
)
def test_every_code_has_its_word(column: str, codes: tuple[str, ...]) -> None:
    assert tuple(WORDS[column]) == codes
    assert column == "payload" or tuple(PHRASES[column]) == codes
    assert column != "status" or tuple(STATUS_PHRASES) == codes


def test_instant_in_words() -> None:
    cutoff = datetime(2026, 10, 3, 23, 59, tzinfo=UTC)
    assert instant_in_words(cutoff, View()) == "3 October 2026, 23:59 UTC"
    assert instant_with_group(cutoff, View()) == "3 October 2026, 23:59 UTC (032359Z OCT 26)"
    assert instant_with_group(cutoff, View(symbols=APP6)) == "032359Z OCT 26"


@pytest.mark.parametrize(
    ("countries", "shown", "title"),
    [
        ((), (), "Airspace incursions on the eastern flank"),
        ((), ("DK", "PL"), "Airspace incursions on the eastern flank"),
        ((), ("MD",), "Airspace incursions: Moldova"),
        ((), ("DE", "DK"), "Airspace incursions: Denmark and Germany"),
        ((), ("DE", "DK", "HR", "SE"), "Airspace incursions"),
        (("DK",), ("DK",), "Airspace incursions: Denmark"),
    ],
)
def test_title_speaks_of_the_flank_only_where_it_is_shown(
    countries: tuple[str, ...], shown: tuple[str, ...], title: str
) -> None:
    assert title_of(View(Filter(countries=countries)), shown) == title


def test_date_time_group_is_in_utc_and_in_english() -> None:
    assert date_time_group(datetime(2026, 10, 3, 23, 59, tzinfo=UTC)) == "032359Z OCT 26"
    assert date_time_group(datetime(2026, 3, 1, 1, 5, tzinfo=timezone(timedelta(hours=2)))) == "282305Z FEB 26"


def test_figures_in_words() -> None:
    one = figures_in_words(Figures(1, 1, 0, 1, 2, 0, "LT-1", 91.7, 7.0, "uav", "BY"))
    assert [line[:2] for line in one] == [
        ["1", "incident in 1 event"],
        ["2", "objects or more"],
        ["0", "crash, landing and debris sites"],
        ["92 km", "deepest: drone, from Belarus"],
    ]
    assert "LT-1" in one[3][2]
    several = Figures(28, 27, 0, 2, 41, 3)
    assert [line[:2] for line in figures_in_words(several)][3] == ["2", "states"]
    assert len(figures_in_words(several, states=False)) == 4
    assert "3 incidents give no number and add none." in figures_in_words(several)[1][2]
    nearest = figures_in_words(Figures(1, 1, 0, 1, 1, 0, "PL-1", 195.3, 5.0, "missile"))
    assert nearest[3][:2] == ["195 km", "deepest: missile, nearest border"]
    assert "Where it entered is not known" in nearest[3][2]
    none = figures_in_words(Figures(0, 0, 0, 0, 0, 0))
    assert none[1][:2] == ["–", "objects"]
    assert none[3][:2] == ["–", "deepest penetration"]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((28, 27, 0, 2, 41, 0), "At least 41 objects in 28 incidents."),
        ((1, 1, 0, 1, 1, 0), "At least 1 object in 1 incident."),
        ((2, 2, 0, 1, 25, 1), "At least 25 objects in 2 incidents, 1 of which gives no number."),
        ((2, 2, 0, 1, 0, 2), "No report gives a number of objects."),
    ],
)
def test_number_of_objects_as_a_sentence(counts: tuple[int, int, int, int, int, int], words: str) -> None:
    assert objects_as_sentence(Figures(*counts)) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"objects": 1.0}, "One"),
        ({"objects": 4.0}, "At least 4"),
        ({"objects": 25.0, "objects_of": "event"}, "At least 25 in the whole event"),
        ({"objects": 1.0, "objects_of": "event"}, "One, the same in the whole event"),
    ],
)
def test_number_of_objects_on_a_card(change: dict[str, float | str], words: str | None) -> None:
    assert dict(fields_in_words(row(**change))).get("Number of objects") == words


def test_effects_and_observers_on_a_card() -> None:
    told = dict(
        fields_in_words(
            row(
                airport_closed_min=394.0,
                flights_affected=30.0,
                passengers_affected=6000.0,
                noticed_by="radar finder",
                date_basis="find",
                altitude_m=1300.0,
            )
        )
    )
    assert told["Air traffic"] == "Closed for 6 h 34 min, 30 flights affected, 6,000 passengers affected"
    assert (told["First noticed by"], told["Date refers to"], told["Altitude"]) == (
        "Radar and finder",
        "Recovery",
        "1,300 m",
    )
    assert dict(fields_in_words(row(airport_closed_min=120.0, flights_affected=1.0)))["Air traffic"] == (
        "Closed for 2 h, 1 flight affected"
    )
    assert not {"Air traffic", "First noticed by", "Date refers to", "Until"} & {*dict(fields_in_words(row()))}


@pytest.mark.parametrize("nothing", [0, 0.0, -0.0, -0.3])
def test_nothing_has_no_sign_whatever_was_said_before(nothing: float) -> None:
    assert number(nothing) == "0"
