"""The inset of a sheet: where in Europe a small frame lies."""

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Polygon
from numpy.typing import NDArray

from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.borders import equal_area
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.page import Box, Page, area_outline

CENTRE = (22.0, 54.0)  # longitude and latitude of the inset's own plane
REACH_M = (2_050_000.0, 2_000_000.0)  # from its centre to the side and up: from Ireland to the Urals
EXTENT = (-20.0, 33.0, 70.0, 74.0)  # west, south, east, north of what can come into it
LAKES_TO_ZOOM = 3.0  # the largest alone
WIDTHS = (210.0, 170.0, 136.0)  # in units, the first for which a corner is free
AWAY = 10.0  # from the map's edge
LEAST_FRAME = 7.0  # units; a smaller frame is drawn this large, so that it is seen


def draw_inset(page: Page, frame: Frame, dataset: Dataset, space: LabelRoom, lines: LabelRoom) -> bool:
    """Draw the inset into a corner where it covers no mark, at best no line; gives whether there was one."""
    corners = [box for width in WIDTHS for box in _corners(frame.box, width)]
    best = (*(box for box in corners if lines.free(box)), *corners)
    box = next((box for box in best if space.take(box)), None)
    if box is None:
        return False
    axes = page.axes_in(box, zorder=2)
    left, top, right, bottom = box
    axes.set(xlim=(left, right), ylim=(bottom, top))
    unit_m = 2 * REACH_M[0] / (right - left)
    plane = equal_area(*CENTRE)

    def on_page(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = plane.transform(xy[:, 0], xy[:, 1])
        across, down = np.asarray(x) / unit_m, np.asarray(y) / unit_m
        return np.column_stack([(left + right) / 2 + across, (top + bottom) / 2 - down])

    edge = [(left, top), (right, top), (right, bottom), (left, bottom)]
    axes.add_artist(Polygon(edge, facecolor=page.palette.sea, zorder=0))
    palette, far = page.palette, dataset.basemap["far"]
    far = far[(far["zoom"] <= LAKES_TO_ZOOM) & far["kind"].isin(["land", "flank_land", "flank", "lake"])]
    shapes = shapely.clip_by_rect(far.geometry.values, *EXTENT)
    shapes = gpd.GeoSeries(shapely.simplify(shapely.transform(shapes, on_page), 0.4), index=far["kind"])
    drawn = shapes.groupby(level=0).agg(lambda parts: shapely.geometrycollections(shapely.get_parts(parts.to_numpy())))
    areas = (("land", palette.land, palette.coast), ("flank_land", palette.flank_land, palette.coast))
    for kind, fill, line in (*areas, ("lake", palette.lake, palette.shore)):
        outline = area_outline(drawn[kind])
        if outline is not None:
            axes.add_artist(PathPatch(outline, facecolor=fill, edgecolor=line, lw=0.5 * page.points, zorder=1))
    flank = [shapely.get_coordinates(line) for line in shapely.get_parts(drawn["flank"])]
    axes.add_collection(LineCollection(flank, colors=page.palette.flank, linewidths=1.4 * page.points, zorder=2))
    axes.set(xlim=(left, right), ylim=(bottom, top))
    here = _frame_in(on_page(frame.edge()))
    colour = page.palette.categories["crash"]
    axes.add_artist(Polygon(here, facecolor=page.palette.ink, alpha=0.14, edgecolor="none", zorder=3))
    axes.add_artist(Polygon(here, facecolor="none", edgecolor=colour, lw=2.0 * page.points, zorder=3.1))
    page.rectangle(box, edge=page.palette.ink, width=1.2, zorder=5.5)
    return True


def _corners(map_: Box, width: float) -> list[Box]:
    """Boxes in the corners of the map, the best first."""
    left, top, right, bottom = map_
    height = width * REACH_M[1] / REACH_M[0]
    lefts, tops = (left + AWAY, right - AWAY - width), (top + AWAY, bottom - AWAY - height)
    places = [(lefts[1], tops[0]), (lefts[0], tops[1]), (lefts[0], tops[0]), (lefts[1], tops[1])]
    return [(x, y, x + width, y + height) for x, y in places]


def _frame_in(edge: NDArray[np.float64]) -> NDArray[np.float64]:
    """The frame's edge, made larger where it would hardly be seen."""
    middle = edge.mean(axis=0)
    size = float(np.ptp(edge, axis=0).max())
    larger: NDArray[np.float64] = middle + (edge - middle) * max(1.0, LEAST_FRAME / max(size, 1e-9))
    return larger
