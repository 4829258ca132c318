"""Names of lakes and rivers on a sheet's map: a lake's in its middle, a river's along a straight part of its course."""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.page import Box, Page
from dashboard.render.typesetting.measure import text_width

SIZE = 15.0
LATER = 0.75  # of the zoom: a river is named after it is drawn
STEP = 6.0  # units between the points of a river at which a name may begin
BENT = 9.0  # units that a river may leave the straight line beside which its name stands
ASIDE = 5.0  # between name and river
CAP_HEIGHT = 0.66  # of the size of the text
MOST_TRIED = 120


@dataclass(frozen=True, eq=False)
class Place:
    """A nearly straight part of a river: the middle of the line between its ends, and that line's direction.

    up
        Across that direction, to the side that is above a text along it.
    above, below
        How far the river leaves the line to either side.
    """

    middle: NDArray[np.float64]
    along: NDArray[np.float64]
    up: NDArray[np.float64]
    above: float
    below: float


def write_water_names(page: Page, water: gpd.GeoDataFrame, zoom: float, space: LabelRoom) -> None:
    """Write the names of lakes and rivers that find room in ``space``, each once, the largest first."""
    named = water[water["name"] != ""]
    lakes, rivers = named[named["kind"] == "lake"], named[(named["kind"] == "river") & (named["zoom"] + LATER <= zoom)]
    for row in lakes.loc[lakes.area.sort_values(ascending=False, kind="stable").index].itertuples():
        _write_lake(page, row.name, row.geometry, space)
    for name in rivers.sort_values(["rank", "name"], kind="stable")["name"].unique():
        _write_river(page, name, rivers.geometry[rivers["name"] == name], space)


def _write_lake(page: Page, name: str, lake: shapely.Geometry, space: LabelRoom) -> None:
    largest = max(shapely.get_parts(lake), key=shapely.area)
    left, top, right, bottom = largest.bounds
    width = text_width(name, SIZE, "regular", "italic")
    if right - left < 0.7 * width:
        return
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, 4.0))[0]
    grid = np.stack(np.meshgrid(np.arange(left, right, 8), np.arange(top, bottom, 8)), axis=-1).reshape(-1, 2)
    within = grid[shapely.contains_xy(largest, *grid.T)]
    nearest = np.argsort(np.hypot(*(within - middle).T), kind="stable")
    # A border that crosses the lake may leave it room on one side.
    for x, y in (middle, *within[nearest[:MOST_TRIED]]):
        if space.take((x - width / 2 - 5, y - 12, x + width / 2 + 5, y + 12)):
            halo, colour = page.palette.lake, page.palette.water_name
            page.text(float(x), float(y) + 5, name, SIZE, style="italic", align="center", colour=colour, halo=halo)
            return


def _write_river(page: Page, name: str, courses: gpd.GeoSeries, space: LabelRoom) -> None:
    width = text_width(name, SIZE, "regular", "italic")
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(courses.values))))
    found = [place for line in lines for place in _straight_parts(line, width)]
    for place in sorted(found, key=lambda place: place.above + place.below)[:MOST_TRIED]:
        for out in (place.above + ASIDE, -(place.below + ASIDE + CAP_HEIGHT * SIZE)):
            middle = place.middle + out * place.up
            if space.take(*_boxes(middle, place, width)):
                angle = float(np.degrees(np.arctan2(-place.along[1], place.along[0])))
                colour, halo = page.palette.water_name, page.palette.flank_land
                page.text(
                    float(middle[0]),
                    float(middle[1]),
                    name,
                    SIZE,
                    style="italic",
                    align="center",
                    colour=colour,
                    halo=halo,
                    angle=angle,
                )
                return


def _straight_parts(line: shapely.LineString, width: float) -> Iterator[Place]:
    """Parts of a line beside which a name of that width can stand."""
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, np.arange(0.0, shapely.length(line), STEP)))
    count = int(np.ceil(width / STEP)) + 2
    if len(points) < count:
        return
    parts = np.moveaxis(sliding_window_view(points, count, axis=0)[::2], 2, 1)
    leftward = parts[:, 0, 0] > parts[:, -1, 0]
    parts = np.where(leftward[:, None, None], parts[:, ::-1], parts)
    way = parts[:, -1] - parts[:, 0]
    reach = np.hypot(*way.T)
    along = way / np.maximum(reach, 1e-9)[:, None]
    up = np.column_stack([along[:, 1], -along[:, 0]])  # y grows downward
    out = ((parts - parts[:, :1]) * up[:, None]).sum(axis=2)
    above, below = out.max(axis=1), -out.min(axis=1)
    for fits in np.flatnonzero((reach >= 0.9 * width) & (above + below <= BENT)):
        yield Place(
            (parts[fits, 0] + parts[fits, -1]) / 2, along[fits], up[fits], float(above[fits]), float(below[fits])
        )


def _boxes(middle: NDArray[np.float64], place: Place, width: float) -> list[Box]:
    """Small boxes that cover a line of text beside a river, whose baseline has that middle."""
    half = CAP_HEIGHT * SIZE / 2
    parts = np.linspace(-width / 2, width / 2, int(width / SIZE) + 2)
    centres = [middle + half * place.up + part * place.along for part in parts]
    return [(x - half - 4, y - half - 4, x + half + 4, y + half + 4) for x, y in centres]
