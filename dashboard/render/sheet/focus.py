"""Accuracies on a sheet's map: around the chosen incident, with its way to the border, and around shared places."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from dashboard.core.analysis.shared_places import SharedPlace, shared_places
from dashboard.core.geo.precision import is_established
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.numbering import SIZE, Numbering
from dashboard.render.sheet.page import Page
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.shared_places import shared_in_words
from dashboard.render.typesetting.measure import text_width


def draw_focus(axes: Axes, page: Page, frame: Frame, chosen: gpd.GeoDataFrame) -> shapely.LineString:
    """Draw what surrounds the chosen incident: the circle of its accuracy, and the way to the border that it crossed.

    Returns
    -------
    The way, empty where there is none.
    """
    draw_accuracies(axes, page, frame, chosen)
    way = _way(frame, chosen)
    dots: dict[str, Any] = {"lw": 1.4 * page.points, "linestyle": (0, (1, 3))}
    if not way.is_empty:
        axes.plot(*shapely.get_coordinates(way).T, color=page.palette.ink, zorder=1.9, **dots)
    return way


def draw_accuracies(axes: Axes, page: Page, frame: Frame, incidents: gpd.GeoDataFrame) -> None:
    """Draw around each incident the circle in which its place lies."""
    for row in incidents.itertuples():
        at = frame.on_page(np.array([row.longitude]), np.array([row.latitude]))[0]
        colour = page.palette.categories[row.category]
        reach = row.location_accuracy_km * 1000 / frame.unit_m
        edge: dict[str, Any] = {"edgecolor": colour, "lw": 1.4 * page.points, "linestyle": (0, (2, 3))}
        axes.add_artist(Circle(at, reach, facecolor=colour, alpha=0.08, zorder=1.8))
        axes.add_artist(Circle(at, reach, facecolor="none", zorder=1.9, **edge))


def _way(frame: Frame, chosen: gpd.GeoDataFrame) -> shapely.LineString:
    """The way of the chosen incident to the border, on the page."""
    for row in chosen.itertuples():
        if is_established(row.depth_km, row.location_accuracy_km):
            longitudes = np.array([row.longitude, row.border_longitude])
            return shapely.LineString(frame.on_page(longitudes, np.array([row.latitude, row.border_latitude])))
    return shapely.LineString()


def write_depth(page: Page, frame: Frame, chosen: gpd.GeoDataFrame, space: LabelRoom) -> None:
    """Write the depth of the chosen incident on its way to the border, where that is long enough to carry it."""
    way = _way(frame, chosen)
    if way.is_empty:
        return
    at, border = shapely.get_coordinates(way)
    depth = depth_in_words(next(chosen.itertuples()))
    x, y = 0.45 * at + 0.55 * border
    half = text_width(depth, SIZE, "semibold") / 2 + 7
    box = (x - half, y - 12, x + half, y + 12)
    if np.hypot(*(border - at)) > 2 * half + 60 and space.take(box):
        page.rectangle(box, fill=page.palette.paper, edge=page.palette.hairline, zorder=2.6)
        page.text(x, y + 5, depth, SIZE, weight="semibold", align="center", zorder=2.7)


ABOVE_RING = 8.0  # units by which a circle must be wider than its ring
SAYS = 44.0  # radius in units from which a circle carries its words
WORDS = 14.0  # size of them


def draw_shared_places(
    axes: Axes, page: Page, frame: Frame, shown: gpd.GeoDataFrame, numbering: Numbering, space: LabelRoom
) -> bool:
    """Draw a circle around each ring of incidents that are all placed at one point: each of them was within it.

    Returns
    -------
    Whether there is any.
    """
    found = {place.ids: place for place in shared_places(shown)}
    drawn = False
    for group, (left, _top, right, _bottom) in zip(numbering.groups, numbering.boxes, strict=True):
        place = found.get(tuple(shown["id"].iloc[group]))
        if place and place.accuracy_km * 1000 / frame.unit_m > (right - left) / 2 + ABOVE_RING:
            _draw_shared_place(axes, page, frame, place, space)
            drawn = True
    return drawn


def _draw_shared_place(axes: Axes, page: Page, frame: Frame, place: SharedPlace, space: LabelRoom) -> None:
    x, y = frame.on_page(np.array([place.longitude]), np.array([place.latitude]))[0]
    reach, colour = place.accuracy_km * 1000 / frame.unit_m, page.palette.muted
    edge: dict[str, Any] = {"edgecolor": colour, "lw": 1.4 * page.points, "linestyle": (0, (2, 3))}
    axes.add_artist(Circle((x, y), reach, facecolor=colour, alpha=0.06, zorder=1.7, gid="shared"))
    axes.add_artist(Circle((x, y), reach, facecolor="none", zorder=1.8, **edge))
    words = shared_in_words(place)
    half = text_width(words, WORDS, "semibold") / 2 + 6
    for middle in (y + reach, y - reach, y + reach + 14, y - reach - 14):  # on the circle, below or above
        if reach >= SAYS and space.take((x - half, middle - 11, x + half, middle + 11)):
            box = (x - half, middle - 10, x + half, middle + 10)
            page.rectangle(box, fill=page.palette.paper, edge=page.palette.hairline, zorder=2.6)
            page.text(x, middle + 4.8, words, WORDS, weight="semibold", align="center", zorder=2.7)
            return
