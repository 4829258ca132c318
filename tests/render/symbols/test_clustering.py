"""What a viewport shows: clusters of marks that would cover each other, and counted cells when there are many."""

import geopandas as gpd
import numpy as np
import pytest

from dashboard.core.engine.selection import selection_of
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.render.symbols.clustering import MOST_CELLS, cells, groups_of, radius_of

EUROPE = (-10.0, 35.0, 45.0, 72.0)


def many(count: int, bounds: tuple[float, float, float, float] = EUROPE) -> gpd.GeoDataFrame:
    random = np.random.default_rng(1)
    west, south, east, north = bounds
    return gpd.GeoDataFrame(
        {
            "longitude": random.uniform(west, east, count),
            "latitude": random.uniform(south, north, count),
            "category": random.choice(CATEGORIES, count),
        }
    )


@pytest.mark.parametrize("zoom", [3.0, 5.0, 8.5, 11.0])
def test_cells_count_every_incident_of_the_viewport_once(zoom: float) -> None:
    incidents = many(20_000)
    counted, alone = cells(selection_of(incidents), EUROPE, zoom)
    assert 0 < len(counted) + len(alone) <= MOST_CELLS
    assert sum(cell.count for cell in counted) + len(alone) == 20_000
    by_category = dict(zip(CATEGORIES, np.sum([cell.by_category for cell in counted], axis=0), strict=True))
    singles = incidents["category"].iloc[alone].value_counts()
    expected = incidents["category"].value_counts()
    assert {name: by_category[name] + singles.get(name, 0) for name in CATEGORIES} == expected.to_dict()


def test_incident_alone_in_its_cell_is_a_mark() -> None:
    incidents = gpd.GeoDataFrame(
        {"longitude": [20.0, 20.01, 30.0, 90.0], "latitude": [50.0] * 4, "category": ["crash"] * 4}
    )
    (cell,), alone = cells(selection_of(incidents), EUROPE, 5)
    assert cell.count == 2
    assert alone.tolist() == [2]  # the last lies outside


def test_cells_leave_out_what_lies_outside() -> None:
    incidents = many(1000)
    inside = incidents["longitude"].between(0, 20) & incidents["latitude"].between(40, 50)
    counted, alone = cells(selection_of(incidents), (0.0, 40.0, 20.0, 50.0), 5)
    assert sum(cell.count for cell in counted) + len(alone) == inside.sum()
    counted, alone = cells(selection_of(incidents), (100.0, 0.0, 120.0, 10.0), 5)
    assert counted == [] and not len(alone)


def test_cell_lies_in_the_middle_of_its_incidents() -> None:
    incidents = gpd.GeoDataFrame({"longitude": [20.0, 20.2], "latitude": [50.0, 50.2], "category": ["crash", "debris"]})
    ((cell,), _alone) = cells(selection_of(incidents), EUROPE, 3)
    assert (cell.latitude, cell.longitude, cell.count) == pytest.approx((50.1, 20.1, 2))
    assert cell.by_category == (0, 1, 1, 0, 0)


def test_cells_stay_where_they_are_when_the_map_moves() -> None:
    incidents = many(5000)
    before = {(cell.latitude, cell.longitude) for cell in cells(selection_of(incidents), (0, 40, 30, 60), 7)[0]}
    after = {(cell.latitude, cell.longitude) for cell in cells(selection_of(incidents), (0, 40, 30.5, 60), 7)[0]}
    assert len(before & after) > 0.9 * len(before)


def test_marks_that_cover_each_other_become_one() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [100.0, 0.0]])
    assert groups_of(points) == [[0, 1], [2]]


def test_marks_of_a_cell_are_one_from_the_start() -> None:
    points = np.array([[1.0, 1.0], [63.0, 63.0], [65.0, 200.0]])
    assert groups_of(points) == [[0], [1], [2]]
    assert groups_of(points, cell=64.0) == [[0, 1], [2]]


@pytest.mark.parametrize("count", [1, 30, 337, 2000])
def test_groups_hold_every_mark_once_and_do_not_cover_each_other(count: int) -> None:
    points = np.random.default_rng(2).uniform(0, 800, (count, 2))
    groups = groups_of(points)
    assert sorted(row for group in groups for row in group) == list(range(count))
    centres = np.array([points[group].mean(axis=0) for group in groups])
    reaches = np.array([radius_of(len(group)) for group in groups])
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1)) + np.eye(len(groups)) * 1e9
    assert (distance >= 0.9 * (reaches[:, None] + reaches[None]) - 1e-9).all()
