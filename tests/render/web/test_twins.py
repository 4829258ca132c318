"""Calculations of both Python and the browser, against the same cases: clusters, cells, periods, coordinates."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.core.analysis.timeline import timeline
from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.render.symbols import clustering
from dashboard.render.symbols.clustering import cells, groups_of, radius_of
from dashboard.render.symbols.name_ranks import least_at, ranks_of, sizes_of
from dashboard.render.web.page_assets import packed
from tests.twins import AROUND, CELLS, GROUPS, LEAST, NEARNESS, PACKED, PERIODS, RADII, day

# Python


@pytest.mark.parametrize(("points", "side", "groups"), GROUPS)
def test_marks_that_would_cover_each_other_are_a_cluster(
    points: list[tuple[float, int]], side: float, groups: list[list[int]]
) -> None:
    assert groups_of(np.array(points, float).reshape(-1, 2), side) == groups


@pytest.mark.parametrize(("count", "side", "radius"), RADII)
def test_radius_grows_with_the_marks_of_a_cluster(count: int, side: float, radius: float) -> None:
    assert radius_of(count, side) == pytest.approx(radius)


@pytest.mark.parametrize(("incidents", "most", "several", "alone"), CELLS)
def test_incidents_are_counted_by_cells(
    incidents: list[tuple[float, float, str]],
    most: int,
    several: list[tuple[float, float, dict[str, int]]],
    alone: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clustering, "MOST_CELLS", most)
    table = gpd.GeoDataFrame(incidents, columns=["latitude", "longitude", "category"]).astype(
        {"latitude": float, "longitude": float}
    )
    counted, single = cells(selection_of(table), AROUND, 5)
    told = [
        (cell.latitude, cell.longitude, {name: n for name, n in zip(CATEGORIES, cell.by_category, strict=True) if n})
        for cell in counted
    ]
    assert [parts for *_place, parts in told] == [parts for *_place, parts in several]
    assert [place[:2] for place in told] == [pytest.approx(place[:2]) for place in several]
    assert single.tolist() == alone


@pytest.mark.parametrize(("date", "unit", "first", "last"), PERIODS)
def test_day_lies_in_its_period(date: str, unit: str, first: str, last: str) -> None:
    incidents = gpd.GeoDataFrame(
        {"counted_on": [pd.Timestamp(date)], "counted_by": [""], "date_precision": ["day"], "category": ["crash"]}
    )
    (bar,) = timeline(selection_of(incidents)).bars[unit]
    assert (bar.first, bar.last) == (day(first), day(last))


@pytest.mark.parametrize(("numbers", "text"), PACKED)
def test_numbers_are_packed_five_bits_a_character(numbers: list[int], text: str) -> None:
    assert packed(np.array(numbers, np.int64)) == text


@pytest.mark.parametrize(("towns", "marks", "flank", "unit_km", "nearness"), NEARNESS)
def test_towns_near_marks_and_the_flank_rank_higher(
    towns: list[tuple[int, int]],
    marks: list[tuple[int, int]],
    flank: list[tuple[int, int]],
    unit_km: float,
    nearness: list[float],
) -> None:
    places, near, border = (np.array(points, float).reshape(-1, 2) for points in (towns, marks, flank))
    sizes = np.full(len(towns), 1000.0)
    assert ranks_of(places, sizes, near, border, unit_km).tolist() == [1000 * factor for factor in nearness]


def test_capitals_rank_higher_and_small_towns_come_from_near() -> None:
    assert sizes_of(np.array([1000.0, 1000.0]), np.array([True, False])).tolist() == [5000, 1000]
    assert [least_at(zoom) for zoom, _least in LEAST] == pytest.approx([least for _zoom, least in LEAST], rel=1e-3)


# The browser


def test_browser_groups_as_python_does(run: Callable[..., Any]) -> None:
    script = """cases => cases.map(([points, side]) => Clustering.groups(
        points.map(([x, y], place) => ({ members: [place], count: 1, point: { x, y } })), side,
    ).map(({ members }) => members))"""
    assert run(script, GROUPS) == [groups for _points, _side, groups in GROUPS]
    radii = run("cases => cases.map(([count, side]) => Clustering.radius(count, side))", RADII)
    assert radii == pytest.approx([radius for _count, _side, radius in RADII])


def test_browser_ranks_towns_as_python_does(run: Callable[..., Any]) -> None:
    script = "cases => cases.map(([towns, marks, flank, km]) => Ranks.nearness(towns, marks, flank, km))"
    assert run(script, NEARNESS) == [nearness for *_case, nearness in NEARNESS]
    sizes = run("() => ['capital', 'town'].map(kind => Ranks.size({ kind, weight: 1000 }))")
    assert sizes == [5000, 1000]
    least = run("zooms => zooms.map(zoom => Ranks.least(zoom))", [zoom for zoom, _least in LEAST])
    assert least == pytest.approx([least for _zoom, least in LEAST], rel=1e-3)


def test_browser_counts_cells_as_python_does(run: Callable[..., Any]) -> None:
    script = """([cases, names, bounds]) => cases.map(([rows, most]) => Clustering.cells(
        {
            latitude: rows.map(([latitude]) => latitude),
            longitude: rows.map(([, longitude]) => longitude),
            category: rows.map(([, , category]) => names.indexOf(category)),
        },
        names, { bounds, zoom: 5, pixels: 56, most },
    ))"""
    for told, (_rows, _most, several, alone) in zip(run(script, [CELLS, CATEGORIES, AROUND]), CELLS, strict=True):
        assert told["alone"] == alone
        parts = [{name: n for name, n in cell["by_category"].items() if n} for cell in told["cells"]]
        assert parts == [parts for *_place, parts in several]
        places = [(cell["latitude"], cell["longitude"]) for cell in told["cells"]]
        assert places == [pytest.approx(place[:2]) for place in several]


def test_browser_has_the_periods_of_python(run: Callable[..., Any]) -> None:
    days = [(day(date), unit) for date, unit, _first, _last in PERIODS]
    told = run("cases => cases.map(([day, unit]) => Days.period(day, unit))", days)
    assert told == [[day(first), day(last)] for _date, _unit, first, last in PERIODS]


def test_browser_unpacks_what_python_packed(run: Callable[..., Any]) -> None:
    assert run("cases => cases.map(([, text]) => Topology.numbers(text))", PACKED) == [numbers for numbers, _ in PACKED]


def test_browser_reads_columns_as_rows(run: Callable[..., Any]) -> None:
    columns = {"id": ["a", "b", "c"], "parts": {"crash": [1, 0, 2], "debris": [0, 3, 1]}}
    rows = [
        {"id": "a", "parts": {"crash": 1, "debris": 0}},
        {"id": "b", "parts": {"crash": 0, "debris": 3}},
        {"id": "c", "parts": {"crash": 2, "debris": 1}},
    ]
    assert run("columns => Columns.rows(columns)", columns) == rows
    assert run("() => Columns.rows({})") == []
    assert run("columns => Columns.rows(Columns.pick(columns, [2, 0]))", columns) == [rows[2], rows[0]]
    assert run("([columns, rows]) => Columns.rows(Columns.add(columns, rows))", [columns, rows[:1]]) == [*rows, rows[0]]


@pytest.mark.parametrize(
    ("first", "last", "drawn", "played"),
    [
        ("2025-01-01", "2025-03-03", "day", "day"),  # 61 days after the first
        ("2025-01-01", "2025-03-04", "day", "week"),
        ("2025-01-01", "2025-04-02", "day", "week"),  # 91
        ("2025-01-01", "2025-04-03", "week", "week"),
        ("2025-01-01", "2026-01-05", "week", "week"),  # 369
        ("2025-01-01", "2026-01-06", "week", "month"),
        ("2025-01-01", "2026-07-04", "week", "month"),  # 549
        ("2025-01-01", "2026-07-05", "month", "month"),
    ],
)
def test_longer_runs_of_days_have_coarser_units(
    run: Callable[..., Any], first: str, last: str, drawn: str, played: str
) -> None:
    script = "days => [Days.unit(days), Days.unit(days, Days.LONGEST_STEPS)]"
    assert run(script, [day(first), day(last)]) == [drawn, played]


def test_steps_cover_every_day_once_and_end_with_the_last(run: Callable[..., Any]) -> None:
    weeks = run("days => Days.steps(days, 'week')", [day("2025-07-30"), day("2025-08-12")])
    expected = [("2025-07-30", "2025-08-03"), ("2025-08-04", "2025-08-10"), ("2025-08-11", "2025-08-12")]
    assert weeks == [[day(first), day(last)] for first, last in expected]


@pytest.mark.parametrize(
    ("which", "step", "first", "last"),
    [
        (0, 1, "2025-08-01", "2025-09-15"),
        (0, -1, "2025-07-01", "2025-09-15"),  # to the begin of its own month first
        (1, 1, "2025-07-10", "2025-09-30"),  # to the end of its own month first
        (1, -1, "2025-07-10", "2025-08-31"),
    ],
)
def test_end_of_the_chosen_days_moves_by_a_unit(
    run: Callable[..., Any], which: int, step: int, first: str, last: str
) -> None:
    days = [day("2025-07-10"), day("2025-09-15")]
    told = run("([days, which, step]) => Days.moved(days, which, 'month', step)", [days, which, step])
    assert told == [day(first), day(last)]


def test_points_are_moved_aside_only_as_far_as_they_must(run: Callable[..., Any]) -> None:
    script = "([point, other]) => { const { x, y } = Clustering.away(point, other, 10); return [x, y]; }"
    middle = {"x": 0, "y": 0}
    assert run(script, [{"x": 3, "y": 4}, middle]) == [6, 8]
    assert run(script, [{"x": 30, "y": 40}, middle]) == [30, 40]
    assert run(script, [middle, middle]) == [10, 0]


@pytest.mark.parametrize("count", [2, 9, 10, 40])
def test_fanned_marks_stand_apart(run: Callable[..., Any], count: int) -> None:
    places = np.array(run("count => Clustering.fan(count).map(({ x, y }) => [x, y])", count))
    distance = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + np.eye(count) * 1e9
    assert distance.min() > 20


def test_played_step_shows_what_is_new_what_was_before_and_what_lies_some_day(run: Callable[..., Any]) -> None:
    def mark(
        id_: str, first: str, last: str, *, month_only: bool = False, category: str = "crash"
    ) -> dict[str, object]:
        kind = {"category": category}
        return {"id": id_, "first": day(first), "last": day(last), "isMonthOnly": month_only, "kind": kind}

    marks = [
        mark("old", "2025-05-01", "2025-05-01"),
        mark("before", "2025-07-20", "2025-07-20"),
        mark("lasting", "2025-07-20", "2025-07-29"),
        mark("new", "2025-07-28", "2025-07-28"),
        mark("ours", "2025-07-28", "2025-07-28", category="friendly"),
        mark("some day", "2025-07-01", "2025-07-31", month_only=True),
        mark("later", "2025-08-04", "2025-08-04"),
    ]
    script = """([marks, days, oldest, unit]) => {
        const { fresh, past, ...counts } = Playing.step(marks, { days, oldest, unit });
        return [fresh.map(({ id }) => id), past.map(({ id }) => id), counts];
    }"""
    week = [day("2025-07-28"), day("2025-08-03")]
    fresh, past, counts = run(script, [marks, week, day("2025-07-07"), "week"])
    assert (fresh, past) == (["lasting", "new", "ours"], ["before", "some day"])
    # The month is over within this week, so that what lay on some day of it has begun.
    assert counts == {"added": 1, "someDay": 1, "begun": 5, "seen": 4, "all": 6}  # ours is in none of them
    july = [day("2025-07-01"), day("2025-07-31")]
    fresh, past, counts = run(script, [marks, july, day("2025-05-01"), "month"])
    assert (fresh, past) == (["before", "lasting", "new", "ours", "some day"], ["old"])
    assert counts == {"added": 4, "someDay": 0, "begun": 5, "seen": 5, "all": 6}
