"""Flight tracks on a sheet's map: each in the middle of a band that is as wide as the track is accurate."""

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Polygon
from numpy.typing import NDArray

from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.page import Page, area_outline

LEAST_WIDTH = 16.0  # units; a narrower band would be a thick line, so that the line alone is drawn
ON_THE_LAND = 1.02  # zorder: above the land, beneath lakes, rivers and borders


def draw_tracks(axes: Axes, page: Page, frame: Frame, tracks: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Draw tracks, which have the ``category`` of their incident; gives which of them have a band."""
    reach = (tracks["accuracy_km"] * 1000 / frame.unit_m).to_numpy(float)
    lines = [shapely.transform(line, lambda xy: frame.on_page(xy[:, 0], xy[:, 1])) for line in tracks.geometry]
    wide: NDArray[np.bool_] = 2 * reach >= LEAST_WIDTH
    bands = np.array([line.buffer(out) for line, out in zip(lines, reach, strict=True)], object)
    category = tracks["category"].to_numpy()
    for one in dict.fromkeys(category[wide]):
        # As one area, so that where several meet it is no darker.
        area = shapely.union_all(bands[wide & (category == one)])
        draw_band(axes, page, area, page.palette.categories[one], ON_THE_LAND, "band")
    colours = [page.palette.categories[one] for one in category]
    _draw_lines(axes, page, [shapely.get_coordinates(line) for line in lines], colours)
    return wide


def draw_band(axes: Axes, page: Page, band: shapely.Geometry, colour: str, zorder: float, name: str = "") -> None:
    """Draw a band as a thin tint with a dotted edge."""
    outline = area_outline(band)
    if outline is None:
        return
    tint = {"facecolor": colour, "alpha": page.palette.band, "edgecolor": "none"}
    axes.add_artist(PathPatch(outline, zorder=zorder, gid=name or None, **tint))
    edge = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(band))]
    dots = {"colors": colour, "linewidths": 1.1 * page.points, "linestyles": [(0, (1, 3.5))], "alpha": 0.75}
    axes.add_collection(LineCollection(edge, zorder=zorder, **dots), autolim=False)


def _draw_lines(axes: Axes, page: Page, lines: list[NDArray[np.float64]], colours: list[str]) -> None:
    casing = LineCollection(lines, colors=page.palette.rim, linewidths=4.5 * page.points, alpha=0.6, zorder=2)
    dashes = {"linewidths": 2 * page.points, "linestyles": [(0, (3.5, 3))]}
    for collection in (casing, LineCollection(lines, colors=colours, zorder=2.1, **dashes)):
        axes.add_collection(collection, autolim=False)
    for points, colour in zip(lines, colours, strict=True):
        _draw_arrow(axes, page, points[-2], points[-1], colour)


def _draw_arrow(axes: Axes, page: Page, start: NDArray[np.float64], end: NDArray[np.float64], colour: str) -> None:
    """Draw an arrowhead on the middle of a leg."""
    way = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    across = np.array([-way[1], way[0]])
    middle = (start + end) / 2
    head = [middle + 7 * way, middle - 5 * way + 5.5 * across, middle - 2 * way, middle - 5 * way - 5.5 * across]
    axes.add_artist(Polygon(head, facecolor=colour, edgecolor=page.palette.rim, lw=0.8 * page.points, zorder=2.2))
