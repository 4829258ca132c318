"""Bands of flight tracks: as wide as the track is accurate, round at their ends, on the land and beneath all else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from playwright.sync_api import Browser
from pyproj import Geod

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.sheet.flights import draw_tracks
from dashboard.render.sheet.frame import Frame, frame_of
from dashboard.render.sheet.map import draw_map
from dashboard.render.sheet.page import Page
from dashboard.render.symbols.palettes import LIGHT, tinted
from dashboard.render.text.handout import make_handout
from dashboard.render.web.page_assets import leaflet_script
from dashboard.render.web.scripts import joined

GEOD = Geod(ellps="WGS84")
BOX = (0.0, 0.0, 800.0, 500.0)
# Longitude and latitude: from west to east in the delta, from south to north in Finland, and one with a sharp bend.
LINES = {
    "delta": [(28.2, 45.3), (29.6, 45.4)],
    "finland": [(26.0, 64.0), (26.3, 65.2)],
    "bend": [(29.33, 45.45), (28.76, 45.29), (28.97, 45.3)],
}


def away_km(points: NDArray[np.float64], line: list[tuple[float, float]]) -> NDArray[np.float64]:
    """The geodesic distance of points from a line, longitude first."""
    dense = shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 0.002))
    nearest = [np.hypot((dense[:, 0] - x) * np.cos(np.radians(y)), dense[:, 1] - y).argmin() for x, y in points]
    km: NDArray[np.float64] = GEOD.inv(*points.T, *dense[nearest].T)[2] / 1000
    return km


def tracks(*lines: list[tuple[float, float]], accuracy_km: float = 30.0) -> gpd.GeoDataFrame:
    columns = {"accuracy_km": accuracy_km, "category": "crash"}
    return gpd.GeoDataFrame([columns] * len(lines), geometry=[shapely.LineString(line) for line in lines], crs=4326)


def drawn(page: Page, frame: Frame, flown: gpd.GeoDataFrame) -> tuple[list[bool], list[NDArray[np.float64]]]:
    """Which tracks have a band, and the corners of each band in degrees."""
    axes = page.axes_in(BOX, 1)
    wide = draw_tracks(axes, page, frame, flown).tolist()
    bands = [patch.get_path() for patch in axes.patches if patch.get_gid() == "band"]
    return wide, [frame.in_degrees(np.asarray(band.vertices)) for band in bands]


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_band_of_a_sheet_is_as_wide_as_the_track_is_accurate(line: list[tuple[float, float]]) -> None:
    longitude, latitude = np.mean(line, axis=0)
    page, frame = Page((8.0, 5.0), LIGHT, 0.01), Frame(longitude, latitude, 500.0, BOX)
    wide, (band,) = drawn(page, frame, tracks(line, accuracy_km=12.0))
    assert wide == [True]
    assert away_km(band, line) == pytest.approx(12.0, rel=0.01)
    (x, y), after = line[0], line[1]
    *before, _back = GEOD.fwd(x, y, GEOD.inv(*after, x, y)[0], 12_000)  # round: as far before its start as to its sides
    assert shapely.LineString(band).distance(shapely.Point(before)) < 0.003


def test_bands_of_a_category_are_one_area_and_narrow_ones_are_not_drawn() -> None:
    page, frame = Page((8.0, 5.0), LIGHT, 0.01), Frame(28.9, 45.4, 500.0, BOX)
    assert drawn(page, frame, tracks(LINES["delta"], LINES["bend"]))[0] == [True, True]
    assert len(drawn(page, frame, tracks(LINES["delta"], LINES["bend"]))[1]) == 1
    far = Frame(28.9, 45.4, 4000.0, BOX)  # 30 km are 7.5 units to each side, and 35 are 8.75
    assert drawn(page, far, tracks(LINES["delta"])) == ([False], [])
    assert drawn(page, far, tracks(LINES["delta"], accuracy_km=35.0))[0] == [True]


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("country=LT&from=2025-07-01&to=2025-07-31", {"Flight track with its uncertainty"}),
        ("west=-10&south=35&east=45&north=71", {"Flight track, approximate"}),
        ("country=EE&from=2025-08-01&to=2025-08-31", set()),
    ],
)
def test_legend_names_the_accuracy_exactly_where_a_band_is_drawn(
    shipped: Dataset, query: str, labels: set[str]
) -> None:
    handout = make_handout(shipped, parse_query_string(query)[0], datetime(2026, 11, 27, tzinfo=UTC))
    page = Page((8.0, 5.0), LIGHT, 0.005)
    map_ = draw_map(page, frame_of(handout, (0.0, 0.0, 1300.0, 800.0)), handout)
    assert {item.label for item in map_.items if item.label.startswith("Flight")} == labels
    bands = page.figure.findobj(lambda artist: artist.get_gid() == "band")
    assert bool(bands) == ("Flight track with its uncertainty" in labels)
    for band in bands:
        assert band.axes
        lines = [one.get_zorder() for one in band.axes.collections if one.get_zorder() > 1.05]
        assert band.get_zorder() > 1 and band.get_zorder() < min(lines)  # the land's order is 1


def test_tint_is_the_colour_laid_thinly_over_its_ground() -> None:
    assert [tinted("#FFFFFF", "#000000", part) for part in (0.0, 0.2, 1.0)] == ["#FFFFFF", "#CCCCCC", "#000000"]


# The browser


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Callable[..., Any]]:
    page = browser.new_page()
    page.set_content("<div id='map' style='width: 800px; height: 500px'></div>")
    scripts = ("dom.js", "topology.js", "water.js", "basemap.js", "bands.js", "surroundings.js")
    page.add_script_tag(content=joined(scripts, leaflet_script()))
    yield page.evaluate
    page.close()


def told(line: list[tuple[float, float]], accuracy_km: float) -> dict[str, object]:
    return {"points": [(y, x) for x, y in line], "accuracy_m": accuracy_km * 1000, "category": "crash"}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_band_of_the_web_map_is_as_wide_as_the_track_is_accurate(
    run: Callable[..., Any], line: list[tuple[float, float]]
) -> None:
    lines = run("track => Bands.edges(Bands.legs([track]))", told(line, 12.0))
    edge = np.array([point for part in lines for point in part])[:, ::-1]
    # On the way from the far north the straight line of this map is not that of the earth: it is within a hundredth.
    assert away_km(edge, line) == pytest.approx(12.0, rel=0.012)
    rings = run("track => Bands.rings(Bands.legs([track]))", told(line, 12.0))
    whole = shapely.union_all([shapely.Polygon(ring) for ring in rings])
    assert shapely.Polygon(whole.exterior).buffer(1e-3).covers(shapely.MultiPoint(edge[:, ::-1]))
    assert whole.exterior.length == pytest.approx(sum(shapely.LineString(part).length for part in lines), rel=0.05)


@pytest.mark.parametrize(("pixel", "wide"), [(5000, True), (6000, False)])  # metres in a pixel at the equator
def test_band_is_drawn_where_it_is_wider_than_a_line(run: Callable[..., Any], pixel: int, wide: bool) -> None:
    # At 45.35 degrees north 60 km are 17.1 and 14.2 pixels.
    assert run("([track, pixel]) => Bands.isWide(track, pixel)", [told(LINES["delta"], 30.0), pixel]) is wide


def test_bands_lie_above_the_land_and_beneath_all_else(run: Callable[..., Any]) -> None:
    script = """([tracks, palette]) => {
        const map = L.map("map", { zoomAnimation: false }).setView([45.4, 29], 8);
        map.createPane("basemap");
        map.createPane("tracks");
        const kinds = [...new Set(Basemap.styles(palette).map(([kind]) => kind))];
        const geometries = kinds.map((kind) => ({ type: "MultiPolygon", arcs: [], properties: { kind } }));
        const transform = { scale: [1, 1], translate: [0, 0] };
        const topology = { arcs: [], objects: { data: { geometries } }, transform };
        const around = new Surroundings(map);
        const basemap = new Basemap(map, topology, new Promise(() => {}), palette);
        around.lay(basemap, palette);
        around.showTracks({ tracks, palette, selected: null });
        const order = [];
        const names = Basemap.styles(palette).map(([kind]) => kind);
        for (let one = basemap.renderer._drawFirst; one; one = one.next) {
            const band = around.bands.find(({ area, edge }) => [area, edge].includes(one.layer));
            order.push(band ? "band" : names[basemap.layers.indexOf(one.layer)]);
        }
        const filled = around.bands.filter(({ area }) => area.getLatLngs().flat().length);
        const told = [order, around.shows(), filled.map(({ category }) => category)];
        map.setZoom(4);
        return [...told, around.shows(), around.bands.filter(({ area }) => area.getLatLngs().flat().length).length];
    }"""
    palette = {"categories": LIGHT.categories, "band": LIGHT.band, "rim": LIGHT.rim, "muted": LIGHT.muted}
    track = told(LINES["delta"], 30.0) | {"incident": "RO-1"}
    order, shows, filled, far, left = run(script, [[track], palette])
    kinds = [kind for place, kind in enumerate(order) if place == 0 or kind != order[place - 1]]
    assert kinds[:4] == ["flank_airspace", "land", "flank_land", "band"]
    assert "band" not in kinds[4:] and "border" in kinds[4:]
    assert (shows, filled, far, left) == (["band"], ["crash"], ["track"], 0)
