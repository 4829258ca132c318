"""Lakes and rivers on a sheet's map, their corners rounded as on the web map."""

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.page import Page

WIDTHS = {5: 2.4, 7: 2.0, 9: 1.5, 12: 1.0}  # of rivers to that rank, in units, from FULL_FROM_ZOOM on
FULL_FROM_ZOOM, LEAST = 7.0, 0.5  # farther out they are thinner, to that part of the width
RIVERS_AT, LAKES_AT = 1.04, 1.06  # zorder: above the land and bands, below borders


def draw_water(axes: Axes, page: Page, frame: Frame, water: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw the lakes and rivers of a level of the light map that are large enough for the frame's scale.

    Returns
    -------
    What is in the frame, in units of the page.
    """
    water = water[water["zoom"] <= frame.zoom]
    west, south, east, north = frame.degrees()
    reach = water.bounds
    near = (reach["minx"] < east) & (reach["maxx"] > west) & (reach["miny"] < north) & (reach["maxy"] > south)
    water = water[near]
    water = gpd.GeoDataFrame(water.drop(columns="geometry"), geometry=frame.shapes_on_page(water.geometry.values))
    water = water[~water.geometry.is_empty]
    thin = min(1.0, max(LEAST, (frame.zoom - 1) / (FULL_FROM_ZOOM - 1)))
    for row in water.sort_values("rank", ascending=False, kind="stable").itertuples():
        name = f"{row.kind}:{row.name}" if row.name else row.kind
        if row.kind == "lake":
            rings = shapely.get_rings(shapely.get_parts(row.geometry))
            look = {"facecolor": page.palette.lake, "edgecolor": page.palette.shore, "lw": 0.8 * page.points}
            axes.add_artist(PathPatch(_curves(rings), zorder=LAKES_AT, gid=name, **look))
        else:
            width = next(width for rank, width in WIDTHS.items() if row.rank <= rank)
            look = {"facecolor": "none", "edgecolor": page.palette.river, "lw": width * thin * page.points}
            lines = shapely.get_parts(shapely.line_merge(row.geometry))
            axes.add_artist(
                PathPatch(_curves(lines), zorder=RIVERS_AT, gid=name, capstyle="round", joinstyle="round", **look)
            )
    return water


def _curves(lines: NDArray[np.object_]) -> Outline:
    """Lines and rings as the curve through the middles of their sides, to which cutting corners for ever leads."""
    return Outline.make_compound_path(*(_curve(shapely.get_coordinates(line), line.is_closed) for line in lines))


def _curve(corners: NDArray[np.float64], is_closed: bool) -> Outline:
    middles = (corners[:-1] + corners[1:]) / 2
    if is_closed:
        start, turned, ends = middles[-1], corners[:-1], middles
    else:
        start, turned, ends = corners[0], corners[1:-1], middles[1:]
    points = np.vstack([start[None], np.stack([turned, ends], axis=1).reshape(-1, 2)])
    codes = [Outline.MOVETO, *[Outline.CURVE3] * (len(points) - 1)]
    last, code = (start, Outline.CLOSEPOLY) if is_closed else (corners[-1], Outline.LINETO)
    return Outline(np.vstack([points, last]), [*codes, code])
