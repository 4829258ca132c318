"""What is said of each state: on toy rows by hand, and the shipped rows counted again from the file alone."""

import calendar
import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.core.analysis.state_profiles import NearTown, longest_quiet, possible_days, profiles
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.geo.borders import Borders
from dashboard.core.query.periods import Period
from dashboard.core.query.view import parse_query_string
from dashboard.render.text.state import facts, figures_of_state
from tests.counted import count, flight_days
from tests.settled_data import DATA

UNTIL = date(2025, 12, 31)
ROW = {
    "event": "", "country": "LT", "category": "crash", "depth_km": 10.0, "location_accuracy_km": 1.0, "certain": True,
    "date_precision": "day", "end_date": pd.NaT, "place": "Vieta", "town": "Jonava", "town_state": "LT", "town_km": 7.0,
    "object_type": "uav", "charted": True, "inside": True, "measured_from": "BY", "measured_from_stated": True,
    "crossing_town": "", "crossing_by_track": False, "objects": 1.0, "objects_of": "incident",
    "event_objects": float("nan"),
}  # fmt: skip


def rows(*changes: dict[str, object]) -> gpd.GeoDataFrame:
    """Incidents with what a profile looks at; ``date`` and ``last_day`` are given as texts."""
    frame = pd.DataFrame([ROW | {"id": f"LT-{n}"} | change for n, change in enumerate(changes)])
    frame["last_day"] = frame["last_day"].fillna(frame["date"]) if "last_day" in frame else frame["date"]
    for column in ("date", "last_day"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    frame = frame.assign(counted_on=frame["date"], longitude=0.0, latitude=0.0)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy([0.0] * len(frame), [0.0] * len(frame)), crs=4326)


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("first", "last", "quiet"),
    [
        # From the 2nd to the 9th of January nothing happened: eight days.
        (("2025-01-01", "2025-01-10"), ("2025-01-01", "2025-01-10"), Period(date(2025, 1, 2), date(2025, 1, 9))),
        # In whatever order they come.
        (("2025-01-10", "2025-01-01"), ("2025-01-10", "2025-01-01"), Period(date(2025, 1, 2), date(2025, 1, 9))),
        # The first lasts over the second: only the days after its end are quiet.
        (
            ("2025-01-01", "2025-01-03", "2025-01-20"),
            ("2025-01-15", "2025-01-04", "2025-01-20"),
            Period(date(2025, 1, 16), date(2025, 1, 19)),
        ),
        # Of equally long ones the earlier.
        (
            ("2025-01-01", "2025-01-05", "2025-01-09"),
            ("2025-01-01", "2025-01-05", "2025-01-09"),
            Period(date(2025, 1, 2), date(2025, 1, 4)),
        ),
        # A leap day counts.
        (("2024-02-28", "2024-03-01"), ("2024-02-28", "2024-03-01"), Period(date(2024, 2, 29), date(2024, 2, 29))),
        (("2025-01-01", "2025-01-02"), ("2025-01-01", "2025-01-02"), None),  # no day between
        (("2025-01-01", "2025-01-01"), ("2025-01-01", "2025-01-01"), None),
        (("2025-01-01",), ("2025-01-09",), None),
        ((), (), None),
    ],
)
def test_longest_quiet_time(first: tuple[str, ...], last: tuple[str, ...], quiet: Period | None) -> None:
    assert longest_quiet(days(*first), days(*last)) == quiet


def test_month_that_is_all_that_is_known_is_not_quiet() -> None:
    # Some day in April: quiet for certain are only 2 to 31 March and 1 to 9 May.
    found = rows(
        {"date": "2025-03-01"},
        {"date": "2025-04-11", "last_day": "2025-04-30", "date_precision": "month"},
        {"date": "2025-05-10"},
    )
    first, last = possible_days(found)
    assert (str(first[1]), str(last[1])) == ("2025-04-01", "2025-04-30")
    assert longest_quiet(first, last) == Period(date(2025, 3, 2), date(2025, 3, 31))


def test_profile_by_hand(toy_borders: Borders) -> None:
    selection = rows(
        {"date": "2025-01-01", "event": "night", "depth_km": 50.0, "location_accuracy_km": 3.0},
        {"date": "2025-01-01", "event": "night", "category": "debris", "depth_km": 90.0, "certain": False},
        {"date": "2025-03-01", "last_day": "2025-03-02", "category": "incursion", "depth_km": 70.0},
        {"date": "2025-02-01", "town": "Kaunas", "town_km": 2.0},
        {"date": "2025-02-02", "town": "", "town_state": "", "town_km": np.nan},
        {"date": "2025-06-01", "country": "BY", "id": "BY-1", "event": "night", "category": "landing"},
    )
    lithuania, belarus = profiles(selection_of(selection), toy_borders, UNTIL)
    assert (lithuania.state, lithuania.figures.incidents, lithuania.figures.events) == ("LT", 5, 4)
    assert lithuania.figures.on_the_ground == 4
    assert list(lithuania.by_category.items()) == [("incursion", 1), ("crash", 3), ("debris", 1)]
    assert lithuania.last == "LT-2"
    assert (lithuania.figures.deepest, lithuania.figures.deepest_km) == ("LT-2", 70.0)
    # 2 to 31 January is 30 days, 3 to 28 February 26.
    assert lithuania.quiet == Period(date(2025, 1, 2), date(2025, 1, 31))
    assert lithuania.since_days == 304  # from 3 March to 31 December
    # All of the border of the toy country, ten degrees of the meridian, with Belarus: 5 incidents on 1105.85 km.
    assert lithuania.border_km == {"BY": 1105.85}
    assert (lithuania.flank_km, lithuania.sea_km) == (1105.85, 0.0)
    assert lithuania.incidents_per_100_km == pytest.approx(0.45214, abs=1e-5)
    assert lithuania.crashes == 3
    assert lithuania.near_towns == (NearTown("LT-3", "Kaunas", "LT", 2.0), NearTown("LT-0", "Jonava", "LT", 7.0))
    assert (belarus.figures.incidents, belarus.figures.events, belarus.crashes) == (1, 1, 0)
    assert (belarus.border_km, belarus.incidents_per_100_km, belarus.quiet) == ({}, None, None)


def test_border_at_sea_is_kept_apart(toy_borders: Borders) -> None:
    toy_borders.flank.loc[len(toy_borders.flank)] = ["flank_sea", "LT", "XZ", 250.0, toy_borders.flank.geometry[0]]
    (profile,) = profiles(selection_of(rows({"date": "2025-01-01"})), toy_borders, UNTIL)
    assert (profile.border_km, profile.sea_km) == ({"BY": 1105.85}, 250.0)


def test_time_since_is_never_negative(toy_borders: Borders) -> None:
    selection = selection_of(rows({"date": "2025-01-01", "last_day": "2025-01-09"}))
    (profile,) = profiles(selection, toy_borders, date(2025, 1, 5))
    assert profile.since_days == 0


def test_no_incidents_no_states(toy_borders: Borders) -> None:
    assert profiles(selection_of(rows({"date": "2025-01-01"}).iloc[:0]), toy_borders, UNTIL) == ()


def test_state_in_words(toy_borders: Borders) -> None:
    selection = rows({"date": "2025-01-01"}, {"date": "2025-02-01", "depth_km": 70.0, "location_accuracy_km": 5.0})
    (profile,) = profiles(selection_of(selection), toy_borders, UNTIL)
    assert figures_of_state(profile) == [
        ["2", "incidents"],
        ["2", "events"],
        ["2", "objects or more"],
        ["2", "crash, landing and debris sites"],
        ["70 km", "deepest certain penetration"],
    ]
    assert [(fact.label, fact.text, fact.incident) for fact in facts(profile, selection)] == [
        ("Last incident", "1 February 2025, Vieta", "LT-1"),
        ("Deepest penetration", "Drone, 70 km ± 5 km, 1 February 2025, Vieta, from the border with Belarus", "LT-1"),
        ("Longest gap between recorded incidents", "30 days, 2–31 January 2025", ""),
        ("Since the last incident", "333 days, up to 31 December 2025", ""),
        ("Flank border", "1,106 km with Belarus", ""),
        ("Per 100 km of it", "0.2 incidents, whatever border they crossed", ""),
    ]


def test_what_there_is_not_is_said(toy_borders: Borders) -> None:
    selection = rows({"date": "2025-04-11", "last_day": "2025-04-30", "date_precision": "month", "certain": False})
    (profile,) = profiles(selection_of(selection.assign(country="MD")), toy_borders, UNTIL)
    assert figures_of_state(profile)[4][0] == "–"
    assert [fact.text for fact in facts(profile, selection)] == [
        "April 2025 (day unknown), Vieta",
        "No incident was certainly inside.",
        "–",
        "245 days, up to 31 December 2025",
        "No stretch of the eastern-flank border is its own",
        "–",
    ]


@pytest.mark.parametrize("state", ["RO", "PL", "LT", "FI", "BG", "MD"])
def test_shipped_states_counted_from_the_file(shipped: Dataset, state: str) -> None:
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        told = [row for row in csv.DictReader(file) if row["country"] == state and row["side"] != "friendly"]
    profile = next(
        profile
        for profile in profiles(shipped.everything, shipped.borders, date(2026, 10, 3))
        if profile.state == state
    )
    assert profile.figures.incidents == len(told)
    assert profile.figures.events == len({row["event"] or row["id"] for row in told})
    assert profile.by_category == Counter(row["category"] for row in told)
    assert profile.crashes == sum(row["category"] == "crash" for row in told)
    assert profile.last == max(told, key=lambda row: (flight_days(row)[0], row["id"]))["id"]
    taken = set()
    for row in told:
        first, last = map(date.fromisoformat, flight_days(row))
        if row["date_precision"] == "month":
            first, last = first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])
        taken |= {first + timedelta(n) for n in range((last - first).days + 1)}
    ordered = sorted(taken)
    assert profile.quiet
    assert profile.quiet.days == max((later - day).days - 1 for day, later in pairwise(ordered))
    assert profile.since_days == (date(2026, 10, 3) - ordered[-1]).days
    assert not taken & {profile.quiet.start + timedelta(n) for n in range(profile.quiet.days)}


def test_stretches_of_the_shipped_states_make_up_the_flank_border(shipped: Dataset) -> None:
    found = {profile.state: profile for profile in profiles(shipped.everything, shipped.borders, UNTIL)}
    flank = shipped.borders.flank
    for row in flank[flank["kind"] == "flank"].itertuples():
        if row.state in found:
            assert found[row.state].border_km[row.neighbour] == pytest.approx(row.length_km)
    lengths_km = flank[flank["kind"] == "flank"].groupby("state")["length_km"].sum()
    slovakia = lengths_km["SK"]  # without an incident
    assert sum(profile.flank_km for profile in found.values()) + slovakia == pytest.approx(lengths_km.sum())
    # By the states' own figures, all of Lithuania's border with Belarus is 679 km long and with Russia 274 km.
    assert found["LT"].border_km == pytest.approx({"BY": 679, "RU": 274}, rel=0.06)
    assert found["BG"].incidents_per_100_km is None
    assert found["BG"].sea_km == pytest.approx(239, abs=1)
    assert found["LT"].incidents_per_100_km == pytest.approx(count(country="LT") / 942.72 * 100, abs=0.01)


def test_towns_of_shipped_crashes_are_sorted(shipped: Dataset) -> None:
    view = parse_query_string("country=LT")[0]
    (lithuania,) = profiles(shipped.select(view), shipped.borders, UNTIL)
    assert "Jonava" in {near.town for near in lithuania.near_towns}
    distances = [near.km for near in lithuania.near_towns]
    assert distances == sorted(distances)
    assert len(distances) == lithuania.crashes == count(country="LT", category="crash")
