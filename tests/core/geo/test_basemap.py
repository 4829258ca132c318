"""The light map: its files, their weight, and its lakes and rivers, which must be where they are in the world."""

import gzip
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from dashboard.core.geo.basemap import KINDS, LEVELS, WATER, read_basemap
from dashboard.core.geo.borders import WGS84, equal_area
from dashboard.errors import MissingFileError, UnreadableFileError
from tests.settled_data import DATA

LAKES = {
    "Lake Ladoga": (31.5, 60.9),
    "Lake Onega": (35.4, 61.7),
    "Lake Peipus": (27.5, 58.8),
    "Vänern": (13.3, 58.95),
    "Lake Ilmen": (31.3, 58.3),
}


@pytest.fixture(scope="module", params=LEVELS)
def level(request: pytest.FixtureRequest) -> gpd.GeoDataFrame:
    return read_basemap(DATA / f"basemap_{request.param}.json")


@pytest.fixture(scope="module")
def near() -> gpd.GeoDataFrame:
    return read_basemap(DATA / "basemap_near.json")


def rivers_near(shapes: gpd.GeoDataFrame, longitude: float, latitude: float, km: float = 8.0) -> set[str]:
    """The names of rivers within some km of a place."""
    plane = equal_area(longitude, latitude)
    rivers = shapes[shapes["kind"] == "river"]
    cut = shapely.clip_by_rect(rivers.geometry.values, longitude - 1, latitude - 1, longitude + 1, latitude + 1)
    flat = shapely.transform(cut, lambda xy: np.column_stack(plane.transform(*xy.T)))
    return set(rivers["name"][shapely.dwithin(flat, shapely.Point(0, 0), km * 1000)])


def area_km2(polygon: shapely.Polygon) -> float:
    return abs(WGS84.geometry_area_perimeter(polygon)[0]) / 1e6


def test_light_map_has_every_kind_and_covers_the_flank(level: gpd.GeoDataFrame) -> None:
    shapes = level.set_index("kind").geometry
    assert tuple(shapes.index[: len(KINDS)]) == KINDS and set(shapes.index[len(KINDS) :]) == set(WATER)
    for place in ((24.1, 56.9), (21.0, 52.2), (26.1, 44.4)):  # Riga, Warsaw, Bucharest
        assert shapes["flank_land"].contains(shapely.Point(place))
    assert shapes["land"].contains(shapely.Point(34.1, 45.2))


@pytest.mark.parametrize("name", LAKES)
def test_large_lake_is_drawn_once_on_land(level: gpd.GeoDataFrame, name: str) -> None:
    place = shapely.Point(LAKES[name])
    over = level[level.geometry.contains(place)]
    assert list(over["name"][over["kind"] == "lake"]) == [name]
    assert over["kind"].isin(["land", "flank_land"]).sum() == 1


def test_lakes_are_no_smaller_than_the_map_can_show(near: gpd.GeoDataFrame) -> None:
    lakes = shapely.get_parts(near.geometry[near["kind"] == "lake"].values)
    assert len(lakes) > 5000
    assert min(map(area_km2, lakes)) > 1.45  # the file rounds to 20 m


def test_reservoir_that_is_gone_is_no_lake(near: gpd.GeoDataFrame) -> None:
    """The dam of Kakhovka was destroyed on 6 June 2023."""
    lakes = near[near["kind"] == "lake"]
    assert not lakes.contains(shapely.Point(34.2, 47.5)).any()
    assert "Dnipro" in rivers_near(near, 34.2, 47.5, 15)


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [
        ("Danube", 20.46, 44.83),  # Belgrade
        ("Danube", 24.5, 43.75),  # between Romania and Bulgaria
        ("Danube", 28.0, 45.3),  # Brăila
        ("Chilia", 29.3, 45.4),
        ("Sulina", 29.4, 45.17),
        ("Sfântu Gheorghe", 29.4, 45.0),
        ("Prut", 28.22, 46.5),
        ("Siret", 27.2, 46.0),
        ("Nemunas", 24.05, 54.4),  # Alytus, above Kaunas
        ("Nemunas", 23.83, 53.68),  # Grodno
        ("Nemunas", 22.8, 55.08),  # below Kaunas
        ("Neris", 25.27, 54.69),  # Vilnius
        ("Daugava", 26.53, 55.87),  # Daugavpils
        ("Narva", 28.2, 59.38),
        ("Bug", 23.66, 51.5),
        ("Vistula", 21.03, 52.24),  # Warsaw
        ("Dnister", 29.6, 46.84),  # Tiraspol
        ("Dnipro", 30.53, 50.45),  # Kyiv
        ("Dnipro", 35.1, 47.85),  # Zaporizhzhia
        ("Tisza", 20.18, 46.25),  # Szeged
        ("Drava", 18.68, 45.55),  # Osijek
    ],
)
def test_river_is_where_it_is_in_the_world(
    near: gpd.GeoDataFrame, name: str, longitude: float, latitude: float
) -> None:
    assert name in rivers_near(near, longitude, latitude)


def test_names_of_the_source_that_are_wrong_are_gone(near: gpd.GeoDataFrame) -> None:
    names = set(near["name"])
    assert not names & {"Usha", "Dnepr", "Dnepre", "Donau", "Tisa", "Zakhidnyy Buh"}
    assert not [name for name in names if "?" in name or "`" in name]


@pytest.mark.parametrize(
    ("name", "west", "east"),
    [
        ("Danube", 23.2, 26.8),  # the border of Romania and Bulgaria, from which the source is up to 8 km away
        ("Prut", 26.8, 28.1),
        ("Bug", 23.55, 24.0),
        ("Nemunas", 21.5, 22.5),
    ],
)
def test_river_that_is_the_border_lies_on_it(level: gpd.GeoDataFrame, name: str, west: float, east: float) -> None:
    shapes = level.set_index("kind").geometry
    river = level[(level["kind"] == "river") & (level["name"] == name)].geometry
    if river.empty:
        pytest.skip("this level does not have it")
    plane = equal_area((west + east) / 2, 50)
    parts = shapely.get_parts(shapely.clip_by_rect(river.values, west, 40, east, 60))
    border = shapely.clip_by_rect(shapes["border"], west - 0.5, 40, east + 0.5, 60)
    flat = [shapely.transform(one, lambda xy: np.column_stack(plane.transform(*xy.T))) for one in (*parts, border)]
    along = [part for part in flat[:-1] if part.distance(flat[-1]) < 100 and part.length > 10_000]
    assert along
    points = np.vstack([shapely.get_coordinates(part.segmentize(1000)) for part in along])
    away = shapely.distance(shapely.points(points), flat[-1])
    assert np.quantile(away, 0.97) < 150


def test_no_line_is_a_point(level: gpd.GeoDataFrame) -> None:
    """Programs that cut such a line to a frame fail."""
    assert shapely.length(shapely.get_parts(level.geometry[level["kind"] == "river"].values)).min() > 0


def test_light_files_are_light() -> None:
    sizes = {level: len(gzip.compress((DATA / f"basemap_{level}.json").read_bytes(), 6)) for level in LEVELS}
    assert sizes["far"] < 400_000
    assert sum(sizes.values()) < 1_700_000


def test_file_that_is_missing_or_something_else(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="python -m dashboard borders"):
        read_basemap(tmp_path / "none")
    (tmp_path / "other").write_text("no such file")
    with pytest.raises(UnreadableFileError, match="python -m dashboard borders"):
        read_basemap(tmp_path / "other")


def test_map_without_water_says_what_to_do(tmp_path: Path) -> None:
    """Such as one that was made by an earlier version."""
    topology = json.loads((DATA / "basemap_far.json").read_bytes())
    for geometry in topology["objects"]["data"]["geometries"]:
        geometry["properties"] = {"kind": geometry["properties"]["kind"]}
    (tmp_path / "old.json").write_text(json.dumps(topology))
    with pytest.raises(UnreadableFileError, match=r"columns kind, rank, zoom.*python -m dashboard borders"):
        read_basemap(tmp_path / "old.json")
