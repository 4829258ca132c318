"""The borders: how they are made from overlapping sources, what they measure, and what the shipped ones must hold."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from dashboard.build.boundaries import trace
from dashboard.build.partition import LAND, MARITIME, delimit
from dashboard.core.geo.borders import Borders, Outline, geodesic_length_km, read_borders
from dashboard.errors import MissingFileError, SourceError, UnreadableFileError

# The length of a degree of meridian from 45 to 50 north on WGS 84 is 111.13 to 111.23 km.
FIVE_DEGREES_NORTH_KM = pytest.approx(555.9, abs=0.5)


def source(folder: Path, name: str, states: dict[str, shapely.Geometry]) -> None:
    path = folder / "node_modules" / name
    path.mkdir(parents=True)
    features = [
        {"type": "Feature", "properties": {"A3": state}, "geometry": shapely.geometry.mapping(shape)}
        for state, shape in states.items()
    ]
    (path / "map.geo.json").write_text(json.dumps({"type": "FeatureCollection", "features": features}))


@pytest.fixture
def toy_sources(tmp_path: Path) -> Path:
    """Poland, Russia and Ukraine side by side from 45 to 50 north, with an overlap, a gap, a sea and a lake.

    Russia reaches from 30 to 36 east and Ukraine from 35 to 40, so both claim one degree; between Poland, which ends at
    30, and Russia a strip of 4 square km is nobody's. South of 46 all is sea. Poland has a lake, and an islet too small
    to draw.
    """
    maritime = {
        "POL": shapely.box(25, 45, 30, 50),
        "RUS": shapely.box(30, 45, 36, 50).difference(shapely.box(30, 47, 30.0005, 48)),
        "UKR": shapely.box(35, 45, 40, 50),
    }
    lake = shapely.box(27, 48, 27.5, 48.5)
    land = {state: shape.intersection(shapely.box(0, 46, 90, 60)) for state, shape in maritime.items()}
    land["POL"] = land["POL"].difference(lake).union(shapely.box(26, 45.5, 26.001, 45.501))
    source(tmp_path, MARITIME, maritime)
    source(tmp_path, LAND, land)
    return tmp_path


@pytest.fixture
def toy_cover(toy_sources: Path) -> gpd.GeoDataFrame:
    return delimit(toy_sources)


def test_contested_face_and_gap_are_given_once(toy_cover: gpd.GeoDataFrame) -> None:
    borders = trace(toy_cover)
    airspace = borders[borders["kind"] == "airspace"].set_index("state").geometry
    assert sorted(airspace.index) == ["PL", "RU", "UA"]
    assert airspace["UA"].bounds == (35, 45, 40, 50)
    assert airspace["RU"].bounds[2] == 35
    assert airspace["PL"].union(airspace["RU"]).area == pytest.approx(50, abs=1e-6)
    assert max(airspace[a].intersection(airspace[b]).area for a, b in (["PL", "RU"], ["PL", "UA"], ["RU", "UA"])) == 0


def test_land_has_its_lake_and_no_islet(toy_cover: gpd.GeoDataFrame) -> None:
    land = toy_cover[toy_cover["land"]].set_index("state").geometry["PL"]
    assert not land.contains(shapely.Point(27.25, 48.25))
    assert land.contains(shapely.Point(26, 47))
    assert land.bounds[1] == 46


def test_lines_between_states(toy_cover: gpd.GeoDataFrame) -> None:
    borders = trace(toy_cover)
    lines = borders[borders["kind"] != "airspace"].set_index(["kind", "state", "neighbour"])["length_km"]
    assert lines["border", "RU", "UA"] == FIVE_DEGREES_NORTH_KM
    assert lines["flank", "PL", "RU"] == FIVE_DEGREES_NORTH_KM
    assert ("border", "PL", "UA") not in lines
    assert ("limit", "UA", "XZ") in lines


def test_missing_source_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="python -m dashboard borders"):
        delimit(tmp_path)


def test_source_of_another_form(tmp_path: Path) -> None:
    source(tmp_path, MARITIME, {})
    source(tmp_path, LAND, {})
    with pytest.raises(SourceError, match="no property A3"):
        delimit(tmp_path)


def test_file_that_is_missing_or_something_else(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="python -m dashboard borders"):
        read_borders(tmp_path / "none")
    (tmp_path / "other").write_text("no such file")
    with pytest.raises(UnreadableFileError, match="python -m dashboard borders"):
        read_borders(tmp_path / "other")


def test_outline_finds_the_nearest_side() -> None:
    lines = gpd.GeoSeries(
        [shapely.LineString([(10, 0), (10, 10)]), shapely.LineString([(0, 0), (0, 10)])], index=["BY", "XZ"], crs=4326
    )
    nearest = Outline(lines).nearest(np.array([[9.0, 0.0], [1.0, 0.0], [10.0, 5.0]]))
    assert list(nearest.side) == ["BY", "XZ", "BY"]
    # A degree of longitude on the equator is 111.32 km.
    assert nearest.km[:2] == pytest.approx([111.32, 111.32], abs=0.01)
    assert nearest.km[2] <= 0.1
    assert nearest.at[0] == pytest.approx([10, 0], abs=0.002)


def test_length_of_a_degree_on_the_equator() -> None:
    assert geodesic_length_km(np.array([shapely.LineString([(0, 0), (1, 0)])]))[0] == pytest.approx(111.32, abs=0.01)


# What the shipped borders must hold.


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "state"),
    [
        ("Simferopol", 34.10, 44.95, "UA"),
        ("Sevastopol", 33.52, 44.60, "UA"),
        ("Kerch", 36.47, 45.36, "UA"),
        ("Donetsk", 37.80, 48.00, "UA"),
        ("Kaliningrad", 20.51, 54.71, "RU"),
        ("Tiraspol", 29.63, 46.84, "MD"),
        ("Narva", 28.19, 59.38, "EE"),
        ("Ivangorod", 28.22, 59.37, "RU"),
        ("Kirkenes", 30.05, 69.73, "NO"),
        ("Sulina", 29.65, 45.16, "RO"),
        ("Vylkove", 29.59, 45.40, "UA"),
        ("Mariehamn", 19.94, 60.10, "FI"),
        ("Longyearbyen", 15.64, 78.22, "NO"),
        ("Pristina", 21.16, 42.66, "XK"),
        ("Baku", 49.87, 40.41, "AZ"),
        ("Van", 43.38, 38.50, "TR"),
    ],
)
def test_place_is_in_one_state_alone(
    shipped_borders: Borders, place: str, longitude: float, latitude: float, state: str
) -> None:
    point = shapely.Point(longitude, latitude)
    assert list(shipped_borders.airspace.index[shipped_borders.airspace.contains(point)]) == [state], place


def test_no_two_states_overlap(shipped_borders: Borders) -> None:
    for polygons in (shipped_borders.airspace, shipped_borders.land):
        assert shapely.is_valid(polygons.values).all()
        pairs = shapely.STRtree(polygons.values).query(polygons.values, predicate="intersects")
        first, second = pairs[:, pairs[0] < pairs[1]]
        shared = shapely.intersection(polygons.values[first], polygons.values[second])
        assert shapely.area(shared).max() < 1e-9, "square degrees"


def test_land_lies_in_its_own_airspace(shipped_borders: Borders) -> None:
    for state, land in shipped_borders.land.items():
        if state in shipped_borders.airspace.index:
            assert land.difference(shipped_borders.airspace[state]).area < 1e-9, state


def test_high_sea_is_nobodys(shipped_borders: Borders) -> None:
    for place in ((19.0, 56.5), (31.5, 43.5), (36.0, 72.5)):  # the Baltic, the Black and the Barents Sea
        assert not shipped_borders.airspace.contains(shapely.Point(place)).any()


# Lengths that the states themselves give, in km; rivers and generalisation allow for six per cent.
@pytest.mark.parametrize(
    ("state", "neighbour", "length_km"),
    [
        ("FI", "RU", 1340),
        ("PL", "UA", 535),
        ("PL", "BY", 418),
        ("LT", "BY", 679),
        ("LV", "BY", 173),
        ("SK", "UA", 98),
        ("HU", "UA", 137),
        ("RO", "MD", 681),
    ],
)
def test_flank_border_has_its_known_length(
    shipped_borders: Borders, state: str, neighbour: str, length_km: int
) -> None:
    flank = shipped_borders.flank.set_index(["kind", "state", "neighbour"])["length_km"]
    assert flank["flank", state, neighbour] == pytest.approx(length_km, rel=0.06)


def test_flank_runs_from_the_barents_to_the_black_sea(shipped_borders: Borders) -> None:
    rows = shipped_borders.flank
    pairs = set(zip(*rows.loc[rows["kind"] == "flank", ["state", "neighbour"]].to_numpy().T, strict=True))
    assert pairs == {
        ("NO", "RU"), ("FI", "RU"), ("EE", "RU"), ("LV", "RU"), ("LV", "BY"), ("LT", "BY"), ("LT", "RU"), ("PL", "RU"),
        ("PL", "BY"), ("PL", "UA"), ("SK", "UA"), ("HU", "UA"), ("RO", "UA"), ("RO", "MD"),
    }  # fmt: skip
    assert set(rows.loc[rows["kind"] == "flank_sea", "state"]) == {"NO", "FI", "EE", "LV", "LT", "PL", "RO", "BG"}


def test_outline_agrees_with_another_way_of_measuring(shipped_borders: Borders) -> None:
    """Against the exact line on a plane centred on the point, which is true in all directions from there."""
    sides = shipped_borders.sides("PL")
    for longitude, latitude in ((21.0, 52.2), (23.5, 50.5), (18.6, 54.4), (16.9, 52.4)):
        nearest = Outline(sides).nearest(np.array([[longitude, latitude]]))
        plane = Transformer.from_crs(
            4326, f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +ellps=WGS84", always_xy=True
        )
        flat = shapely.transform(sides.values, lambda xy, plane=plane: np.column_stack(plane.transform(*xy.T)))
        exact_km = shapely.distance(flat, shapely.Point(0, 0)).min() / 1000
        assert nearest.km[0] == pytest.approx(exact_km, abs=0.1)
