"""Figures and counts, on rows whose answers are seen at a glance."""

import pandas as pd
import pytest

from dashboard.core.filter import Filter
from dashboard.core.summary import Figures, events, figures, option_counts


@pytest.fixture
def incidents() -> pd.DataFrame:
    rows = [
        ("a", "night", "PL", "crash", "uav", "RU", "confirmed", 120.0, 5.0, True),
        ("b", "night", "PL", "shootdown", "uav", "RU", "confirmed", 300.0, 100.0, False),
        ("c", "night", "PL", "debris", "uav", "", "reported", 10.0, 3.0, True),
        ("d", "", "LT", "landing", "balloon", "BY", "confirmed", 20.0, 3.0, True),
        ("e", "", "LT", "incursion", "aircraft", "RU", "confirmed", 1.0, 20.0, False),
    ]
    columns = "id event country category object_type origin status depth_km location_accuracy_km certain"
    frame = pd.DataFrame(rows, columns=columns.split())
    return frame.assign(measured_from="BY", measured_from_stated=True)


def test_figures(incidents):
    assert figures(incidents) == Figures(
        incidents=5,
        events=3,
        on_the_ground=3,
        states=2,
        deepest="a",
        deepest_km=120.0,
        deepest_accuracy_km=5.0,
        deepest_object="uav",
        deepest_from="BY",
    )


def test_deepest_is_certainly_inside(incidents):
    assert figures(incidents[incidents["id"] == "b"]).deepest == ""


def test_nothing_selected(incidents):
    assert figures(incidents[:0]) == Figures(incidents=0, events=0, on_the_ground=0, states=0)


def test_event_of_several_rows_counts_once(incidents):
    assert (events(incidents), events(incidents[:3]), events(incidents[3:])) == (3, 1, 2)


def test_option_counts_leave_out_their_own_group(incidents):
    counts = option_counts(incidents, Filter(countries=("LT",), categories=("landing",)))
    assert counts["countries"] == {"LT": 1, "PL": 0}  # landings, in each state
    assert counts["categories"] == {"incursion": 1, "landing": 1, "crash": 0, "debris": 0, "shootdown": 0}
    assert counts["objects"] == {"balloon": 1, "aircraft": 0, "uav": 0}


def test_option_counts_know_incidents_without_attribution(incidents):
    assert option_counts(incidents, Filter())["origins"] == {"RU": 3, "none": 1, "BY": 1}
    assert sum(option_counts(incidents, Filter())["origins"].values()) == len(incidents)
