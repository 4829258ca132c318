"""Counts of the charts: toy data with answers known by hand, and the shipped data counted again in plain Python."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from dashboard.core.analysis.counting import Count, Tally, span_of
from dashboard.core.analysis.local_time import local_hours, zones
from dashboard.core.analysis.trends import (
    MOST_MONTHS,
    MOST_YEARS,
    OTHERS,
    crash_distances,
    depths,
    hourly,
    monthly,
    origins,
    statuses,
    yearly,
)
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.periods import Period
from dashboard.core.query.view import View, parse_query_string

# id, event, date, last day, precision, started, state, category, object, origin, status, depth, certain
# fmt: off
ROWS = [
    ("a", "", "2025-01-31", "2025-01-31", "day", "2025-01-30T22:30", "LT", "incursion", "uav", "RU", "confirmed", 5, 1),
    ("b", "n", "2025-03-31", "2025-03-31", "day", None, "PL", "crash", "uav", "RU", "reported", 30, 1),
    ("c", "n", "2025-04-01", "2025-04-01", "day", "2025-04-01T00:10", "PL", "crash", "missile", "", "confirmed", 90, 1),
    ("d", "n", "2025-04-01", "2025-04-02", "day", "2025-03-31T23:10", "LT", "debris", "uav", "", "disputed", 0, 0),
    ("e", "", "2025-06-01", "2025-06-30", "month", None, "FI", "crash", "uav", "", "reported", 12, 1),
    ("f", "", "2024-02-29", "2024-02-29", "day", None, "LT", "landing", "balloon", "BY", "disputed", 20, 0),
]
COLUMNS = (
    "id", "event", "counted_on", "last_day", "date_precision", "started_at", "country", "category", "object_type",
    "origin", "status", "depth_km", "certain",
)
# fmt: on


def toy(*ids: str) -> pd.DataFrame:
    frame = pd.DataFrame(ROWS, columns=COLUMNS)
    for name in ("counted_on", "last_day"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    frame["started_at"] = pd.to_datetime(frame["started_at"], format="ISO8601", utc=True).astype("datetime64[s, UTC]")
    frame = frame.assign(
        border_km=frame["depth_km"].astype(float), inside=frame["depth_km"] > 0, location_accuracy_km=15.0
    )
    frame = frame.assign(location_accuracy_km=15.0, latitude=55.0, longitude=24.0)
    return frame[frame["id"].isin(ids)] if ids else frame


def tally(count: Count, *ids: str, start: str = "2024-02-01", end: str = "2025-12-31") -> Tally:
    return Tally(toy(*ids), count, Period(date.fromisoformat(start), date.fromisoformat(end)))


def test_incidents_are_rows_and_events_are_nights() -> None:
    assert tally("incidents").total == 6
    assert tally("events").total == 4
    assert tally("events", "a", "e", "f").total == 3


def test_months_without_an_incident_are_there_as_zeros() -> None:
    table = monthly(tally("incidents"), "country")
    assert len(table.all_) == 23
    assert {str(day.date()): count for day, count in table.all_.items() if count} == {
        "2024-02-01": 1, "2025-01-01": 1, "2025-03-01": 1, "2025-04-01": 2, "2025-06-01": 1,
    }  # fmt: skip
    assert table.all_.sum() == table.total == 6
    assert table.parts["LT"].sum() == table.totals["LT"] == 3


def test_event_belongs_to_the_month_of_its_first_day_and_to_each_state_that_it_touched() -> None:
    table = monthly(tally("events"), "country")
    assert table.all_["2025-03-01"] == 1
    assert table.all_["2025-04-01"] == 0
    assert table.parts.loc["2025-03-01"].to_dict() == {"LT": 1, "FI": 0, "PL": 1}
    assert table.totals == {"LT": 3, "FI": 1, "PL": 1}
    assert (table.total, table.sum_of_parts) == (4, 5)


def test_event_in_two_of_the_other_states_counts_once_among_them() -> None:
    rows = toy("a", "b", "c", "d").assign(country=["EE", "LV", "PL", "LT"])
    table = monthly(Tally(rows, "events", Period(date(2025, 1, 1), date(2025, 4, 30))), "country", 1)
    assert list(table.parts) == ["EE", OTHERS]
    assert table.others == ("LT", "LV", "PL")
    assert table.totals == {"EE": 1, OTHERS: 1}


def test_one_other_state_is_named_itself() -> None:
    table = monthly(tally("incidents"), "country", 2)
    assert list(table.parts) == ["LT", "PL", "FI"]
    assert table.others == ()


def test_categories_keep_their_order() -> None:
    table = monthly(tally("incidents"), "category", order=("incursion", "crash", "debris", "shootdown", "landing"))
    assert list(table.parts) == ["incursion", "crash", "debris", "landing"]


def test_too_many_months_are_left_out_and_counted() -> None:
    table = monthly(tally("incidents", start="1950-01-01"), "country")
    assert (len(table.all_), table.before) == (MOST_MONTHS, 0)
    later = monthly(tally("incidents", end=f"{2025 + MOST_MONTHS // 12 - 1}-12-31"), "country")
    assert (later.all_.sum(), later.before, later.total) == (5, 1, 6)
    assert later.totals["LT"] == 3


def test_years_grow_by_the_day_and_month_precision_waits_for_the_end_of_its_month() -> None:
    table = yearly(tally("incidents"))
    this = table.growth[table.growth["year"] == 2025]
    assert list(zip(this["day"], this["count"], strict=True)) == [
        (1, 0), (31, 1), (91, 2), (92, 4), (182, 5), (366, 5),
    ]  # fmt: skip
    assert table.by_month_only == 1
    assert yearly(tally("events")).growth.query("year == 2025")["count"].tolist() == [0, 1, 2, 3, 3]


def test_month_precision_does_not_reach_beyond_the_span() -> None:
    growth = yearly(tally("incidents", "e", end="2025-06-10")).growth
    assert growth[growth["count"] == 1]["day"].tolist() == [162]


def test_29_february_and_1_march_keep_their_places_in_every_year() -> None:
    growth = yearly(tally("incidents", "f")).growth
    assert growth.query("year == 2024 and count == 1")["day"].min() == 60
    assert yearly(tally("incidents", "b")).growth.query("count == 1")["day"].min() == 91


def test_years_are_missing_before_and_after_the_span_in_their_table() -> None:
    words = yearly(tally("incidents", end="2025-06-10")).by_month()
    assert np.isnan(words.loc[1, 2024])
    assert words[2024].dropna().tolist() == [1] * 11
    assert words[2025].dropna().tolist() == [1, 1, 2, 4, 4, 5]


def test_too_many_years_are_left_out_and_counted() -> None:
    table = yearly(tally("incidents", end=f"{2024 + MOST_YEARS}-12-31"))
    assert table.before == 1
    assert table.growth["year"].nunique() == MOST_YEARS


def test_hours_are_local_and_an_event_has_that_of_its_first_known_time() -> None:
    table = hourly(tally("incidents"))
    # 22:30 UTC is 00:30 in winter in Vilnius; in summer 00:10 is 02:10 in Warsaw, and 23:10 is 02:10 in Vilnius.
    assert {hour: int(count) for hour, count in enumerate(table.counts) if count} == {0: 1, 2: 2}
    assert table.unknown == 3
    first = hourly(tally("events", "b", "c", "d"))
    assert {hour: int(count) for hour, count in enumerate(first.counts) if count} == {2: 1}
    assert (first.total, first.unknown) == (1, 0)


def test_hours_of_a_state_without_a_time_zone_are_utc_and_said() -> None:
    rows = toy("a").assign(country="XK")
    table = hourly(Tally(rows, "incidents", Period(date(2025, 1, 1), date(2025, 1, 31))))
    assert (table.counts[22], table.states_in_utc) == (1, ("XK",))


@pytest.mark.parametrize(
    ("state", "latitude", "longitude", "zone"),
    [("UA", 50.4, 30.5, "Europe/Kyiv"), ("UA", 49.8, 24.0, "Europe/Kyiv"), ("RU", 54.7, 20.5, "Europe/Kaliningrad"),
     ("DE", 52.5, 13.4, "Europe/Berlin"), ("PT", 38.7, -9.1, "Europe/Lisbon")],
)  # fmt: skip
def test_state_with_several_zones_has_that_of_the_nearest_town(
    state: str, latitude: float, longitude: float, zone: str
) -> None:
    at = datetime(2025, 7, 1, 12, tzinfo=UTC)
    rows = pd.DataFrame(
        {"started_at": pd.to_datetime([at]), "country": state, "latitude": latitude, "longitude": longitude}
    )
    hours, local = local_hours(rows)
    assert local.all()
    assert hours[0] == at.astimezone(ZoneInfo(zone)).hour


def test_every_state_of_the_data_has_a_time_zone(shipped: Dataset) -> None:
    assert set(shipped.incidents["country"]) <= set(zones())


def test_depth_counts_only_what_was_certainly_inside() -> None:
    table = depths(tally("incidents"))
    assert (table.width_km, table.counts.tolist()[:4], table.left_out) == (10, [1, 1, 0, 1], 2)
    assert table.counts[9] == 1
    assert (table.middle_km, table.farthest_km) == (21, 90)
    deepest = depths(tally("events", "b", "c", "d"))
    assert (deepest.total, deepest.counts.sum(), deepest.farthest_km) == (1, 1, 90)


def test_distance_of_crashes_and_how_many_are_less_accurate_than_that() -> None:
    table = crash_distances(tally("incidents"))
    assert (table.total, table.left_out, table.blurred) == (3, 0, 1)
    assert (table.middle_km, table.farthest_km) == (30, 90)
    assert crash_distances(tally("events")).total == 2
    outside = toy().assign(inside=False)
    assert crash_distances(Tally(outside, "incidents", tally("incidents").span)).left_out == 3


@pytest.mark.parametrize(("farthest", "width"), [(0.5, 1), (16, 2), (15.9, 1), (272, 20), (5000, 500)])
def test_bins_are_round_and_few(farthest: float, width: int) -> None:
    rows = toy("a").assign(depth_km=float(farthest))
    table = depths(Tally(rows, "incidents", tally("incidents").span))
    assert table.width_km == width
    assert len(table.counts) <= 16
    assert table.counts[-1] == table.counts.sum() == 1


def test_nothing_certain_is_no_depth() -> None:
    table = depths(tally("incidents", "d", "f"))
    assert (table.counts.sum(), table.left_out) == (0, 2)
    assert np.isnan(table.farthest_km)


def test_origins_name_what_is_not_attributed_last() -> None:
    assert list(origins(tally("incidents")).counts.items()) == [("RU", 2), ("BY", 1), ("", 3)]
    assert list(origins(tally("events")).counts.items()) == [("RU", 2), ("BY", 1), ("", 2)]


def test_event_is_as_sure_as_the_surest_of_its_incidents() -> None:
    rows = statuses(tally("incidents"))
    assert rows.loc["all"].tolist() == [2, 2, 2]
    assert rows.loc["crash"].tolist() == [1, 2, 0]
    nights = statuses(tally("events"))
    assert nights.loc["all"].tolist() == [2, 1, 1]
    assert nights.loc["crash"].tolist() == [1, 1, 0]
    assert nights.loc["debris"].tolist() == [0, 0, 1]
    assert "shootdown" not in nights.index


def test_span_ends_with_the_information_cut_off(shipped: Dataset) -> None:
    assert span_of(shipped, View(), shipped.incidents) == Period(date(2022, 3, 2), date(2026, 10, 3))
    later = replace(shipped.about, cutoff=datetime(2026, 10, 31, tzinfo=UTC))
    assert span_of(replace(shipped, about=later), View(), shipped.incidents).end == date(2026, 10, 31)
    asked = parse_query_string("from=2025-07-10&to=2030-01-01")[0]
    assert span_of(shipped, asked, shipped.select(asked).rows) == Period(date(2025, 7, 10), date(2026, 10, 3))
