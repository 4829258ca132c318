"""Figures and counts, on rows whose answers are seen at a glance."""

from math import nan

import pandas as pd
import pytest

from dashboard.core.analysis.figures import Figures, events, figures, option_counts
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.own_side import counted, own_side_in_words
from dashboard.core.query.filter import Filter


@pytest.fixture
def incidents() -> pd.DataFrame:
    rows = [
        ("a", "night", "PL", "crash", "uav", "RU", "confirmed", "none", "intruding", 120.0, 5.0, True),
        ("b", "night", "PL", "shootdown", "uav", "RU", "confirmed", "none", "intruding", 300.0, 100.0, False),
        ("c", "night", "PL", "debris", "uav", "", "reported", "exploded", "unclear", 10.0, 3.0, True),
        ("d", "", "LT", "landing", "balloon", "BY", "confirmed", "contraband", "intruding", 20.0, 3.0, True),
        ("e", "", "LT", "incursion", "aircraft", "RU", "confirmed", "unknown", "third", 1.0, 20.0, False),
    ]
    columns = "id event country category object_type origin status payload side depth_km location_accuracy_km certain"
    frame = pd.DataFrame(rows, columns=columns.split())
    return frame.assign(
        longitude=24.0,
        latitude=55.0,
        measured_from="BY",
        measured_from_stated=True,
        evidence="other",
        date_basis=["flight", "flight", "find", "find", ""],
        noticed_by=["radar", "military radar", "finder", "", ""],
        objects=[nan, 1, 1, 18, nan],
        objects_of=["event", "incident", "incident", "event", "incident"],
        event_objects=nan,
    )


def test_figures(incidents: pd.DataFrame) -> None:
    assert figures(selection_of(incidents)) == Figures(
        incidents=5,
        events=3,
        on_the_ground=3,
        states=2,
        objects=20,
        without_number=2,
        deepest="a",
        deepest_km=120.0,
        deepest_accuracy_km=5.0,
        deepest_object="uav",
        deepest_from="BY",
    )


@pytest.mark.parametrize(
    ("ids", "total", "objects", "without"),
    [
        ("abc", nan, 2, 1),  # nobody says how many there were in the whole night: the sites are added up
        ("abc", 1, 1, 0),  # one object at two sites
        ("bc", 1, 1, 0),
        ("b", 3, 1, 0),
        ("abcde", 19, 20, 1),  # 2 sites of at least 19, and a night without an event of its own
        ("e", nan, 0, 1),
    ],
)
def test_objects_that_incidents_share_are_counted_once(
    incidents: pd.DataFrame, ids: str, total: float, objects: int, without: int
) -> None:
    rows = incidents.assign(event_objects=incidents["event"].map({"night": total, "": nan}))
    found = figures(selection_of(rows[rows["id"].isin(list(ids))]))
    assert (found.objects, found.without_number) == (objects, without)


def test_shipped_objects_are_those_of_the_file(shipped: Dataset) -> None:
    # By hand from data/incidents.csv: the numbers of its rows add up to 473. Six objects have 13 rows (-7), of three
    # nights that give their whole a landing has a row of its own (-3), and Poland counted 19 in the night of 9 to 10
    # September 2025, whose sites are 22 here (-3). Of 37 rows without a number two are nights that the state counted.
    found = figures(selection_of(shipped.incidents))
    assert (found.objects, found.without_number) == (460, 35)
    night = shipped.incidents[shipped.incidents["event"] == "PL-2025-09-10-night"]
    sites = night[night["category"] != "incursion"]
    assert figures(selection_of(night)).objects == figures(selection_of(sites)).objects == 19
    assert figures(selection_of(night[night["country"] == "LT"])).objects == 0
    drone = shipped.incidents[shipped.incidents["event"] == "HR-2022-03-10-tu-141"]
    assert (len(drone), figures(selection_of(drone)).objects) == (3, 1)
    assert figures(shipped.everything.with_id("LT-2025-10-04-vilniaus-oro-uostas")).objects == 25


def test_deepest_is_certainly_inside(incidents: pd.DataFrame) -> None:
    assert figures(selection_of(incidents[incidents["id"] == "b"])).deepest == ""


def test_nothing_selected(incidents: pd.DataFrame) -> None:
    assert figures(selection_of(incidents[:0])) == Figures(
        incidents=0, events=0, on_the_ground=0, states=0, objects=0, without_number=0
    )


def test_event_of_several_rows_counts_once(incidents: pd.DataFrame) -> None:
    assert [events(selection_of(rows)) for rows in (incidents, incidents[:3], incidents[3:])] == [3, 1, 2]


def test_option_counts_leave_out_their_own_group(incidents: pd.DataFrame) -> None:
    counts = option_counts(selection_of(incidents), Filter(countries=("LT",), categories=("landing",)))
    assert counts["countries"] == {"LT": 1, "PL": 0}  # landings, in each state
    assert counts["categories"] == {"incursion": 1, "landing": 1, "crash": 0, "debris": 0, "shootdown": 0}
    assert counts["objects"] == {"balloon": 1, "aircraft": 0, "uav": 0}


def test_option_counts_know_incidents_without_attribution(incidents: pd.DataFrame) -> None:
    assert option_counts(selection_of(incidents), Filter())["origins"] == {"RU": 3, "none": 1, "BY": 1}
    assert sum(option_counts(selection_of(incidents), Filter())["origins"].values()) == len(incidents)


def test_option_counts_of_payload_and_side(incidents: pd.DataFrame) -> None:
    counts = option_counts(selection_of(incidents), Filter(without_contraband=True))
    assert counts["payloads"] == {"none": 2, "exploded": 1, "unknown": 1, "contraband": 0}
    assert counts["sides"] == {"intruding": 2, "third": 1, "unclear": 1}


def test_incident_that_several_noticed_counts_for_each(incidents: pd.DataFrame) -> None:
    counts = option_counts(selection_of(incidents), Filter(bases=("flight", "none")))
    assert counts["bases"] == {"flight": 2, "find": 2, "none": 1}
    assert counts["observers"] == {"radar": 2, "military": 1, "none": 1, "finder": 0}
    assert list(selection_of(incidents).filtered(Filter(observers=("military", "finder"))).rows["id"]) == ["b", "c"]
    assert list(selection_of(incidents).filtered(Filter(observers=("none",))).rows["id"]) == ["d", "e"]


def test_own_side_objects_are_not_counted(incidents: pd.DataFrame) -> None:
    mixed = incidents.assign(side=["friendly", "intruding", "third", "unclear", "friendly"])
    assert list(counted(mixed)["id"]) == ["b", "c", "d"]
    assert counted(incidents) is incidents


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ("", ""),
        ("d", "1 own-side object (balloon)"),
        ("ab", "2 own-side objects (drones)"),
        ("ade", "3 own-side objects (aircraft, balloons and drones)"),
    ],
)
def test_own_side_objects_in_words(incidents: pd.DataFrame, ids: str, words: str) -> None:
    assert own_side_in_words(incidents[incidents["id"].isin(list(ids))]) == words
