"""The graticule of a sheet's map: meridians and parallels, with their degrees in a band around the frame."""

from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from dashboard.language import _
from dashboard.render.sheet.frame import BAND, Frame
from dashboard.render.sheet.page import Page
from dashboard.render.typesetting.measure import text_width

Lines = dict[int, shapely.Geometry]  # in units of the page, each by its minutes east or north
STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600)  # minutes from line to line
APART = 120.0  # units from line to line at least, in the middle of the frame
SIZE = 13.0  # of the degrees
ROOM = 4.0  # beside them
TICK = 5.0  # from the frame into the band
WIDTH = 0.8
ORDER = 1.05  # above the land, below rivers, lakes and borders


def draw_graticule(axes: Axes, page: Page, frame: Frame) -> None:
    """Draw the lines into the map, and their degrees into the band around it."""
    left, top, right, bottom = frame.box
    page.rectangle(
        (left - BAND, top - BAND, right + BAND, bottom + BAND), edge=page.palette.hairline, width=1.0, zorder=1.5
    )
    meridians, parallels = lines_of(frame)
    axes.add_collection(
        LineCollection(
            [
                shapely.get_coordinates(part)
                for line in (*meridians.values(), *parallels.values())
                for part in shapely.get_parts(line)
            ],
            colors=page.palette.graticule,
            alpha=page.palette.graticule_opacity,
            linewidths=WIDTH * page.points,
            zorder=ORDER,
            gid="graticule",
        )
    )
    axes.set(xlim=(left, right), ylim=(bottom, top))
    for y, outwards in ((top, -1), (bottom, 1)):
        edge = shapely.LineString([(left, y), (right, y)])
        _write_along(page, meridians, edge, _("{degrees} E"), _("{degrees} W"), outwards)
    for x, outwards in ((left, -1), (right, 1)):
        edge = shapely.LineString([(x, top), (x, bottom)])
        _write_along(page, parallels, edge, _("{degrees} N"), _("{degrees} S"), outwards)


def lines_of(frame: Frame) -> tuple[Lines, Lines]:
    """The meridians and the parallels in a frame."""
    west, south, east, north = frame.degrees()
    if west >= east or south >= north:  # nothing of it is charted
        return {}, {}
    minute_units = 1852 / frame.unit_m  # of latitude, and about as much of longitude at the equator
    shrink = max(0.05, float(np.cos(np.radians(frame.latitude))))
    meridians = {
        minutes: shapely.LineString([(minutes / 60, south), (minutes / 60, north)])
        for minutes in _multiples(west, east, step_of(minute_units * shrink))
    }
    parallels = {
        minutes: shapely.LineString([(west, minutes / 60), (east, minutes / 60)])
        for minutes in _multiples(south, north, step_of(minute_units))
    }
    return _on_page(meridians, frame), _on_page(parallels, frame)


def step_of(minute_units: float) -> int:
    """The least step in minutes that keeps lines apart, where a minute is so many units of the page."""
    return next((step for step in STEPS if step * minute_units >= APART), STEPS[-1])


def degrees_and_minutes(minutes: int) -> str:
    """An angle in degrees, with minutes where there are any."""
    degrees, rest = divmod(abs(minutes), 60)
    return _("{degrees}°{minutes:02d}′").format(degrees=degrees, minutes=rest) if rest else f"{degrees}°"


def _multiples(low: float, high: float, step: int) -> Sequence[int]:
    """The multiples of a step in minutes between two angles in degrees."""
    return range(int(np.ceil(low * 60 / step)) * step, int(np.floor(high * 60 / step)) * step + 1, step)


def _on_page(lines: Lines, frame: Frame) -> Lines:
    """Lines in degrees as they lie on the page, as far as they are in the frame."""
    placed = {}
    for minutes, line in lines.items():
        bent = shapely.transform(shapely.segmentize(line, 0.5), lambda xy: frame.on_page(xy[:, 0], xy[:, 1]))
        inside = shapely.clip_by_rect(bent, *frame.box)
        if not inside.is_empty:
            placed[minutes] = inside
    return placed


def _write_along(
    page: Page,
    lines: Lines,
    edge: shapely.LineString,
    positive: str,
    negative: str,
    outwards: int,
) -> None:
    """Write the degrees of the lines that meet an edge of the frame beside it, none over another or over its ends."""
    start, end = edge.coords
    upright = start[0] == end[0]
    along = 1 if upright else 0
    written, last = start[along], end[along]
    met = ((place[along], minutes) for minutes, line in lines.items() for place in _shared(line, edge))
    for place, minutes in sorted(met):
        words = (positive if minutes >= 0 else negative).format(degrees=degrees_and_minutes(minutes))
        half = text_width(words, SIZE) / 2 + ROOM
        if place - half >= written and place + half <= last:
            _write(page, place, start[1 - along], words, outwards, upright=upright)
            written = place + half


def _shared(line: shapely.Geometry, edge: shapely.LineString) -> NDArray[np.float64]:
    """The points at which a line ends at an edge of the frame, shape (n, 2)."""
    ends = shapely.get_coordinates([shapely.get_point(shapely.get_parts(line), end) for end in (0, -1)])
    shared: NDArray[np.float64] = ends[shapely.distance(shapely.points(ends), edge) < 0.5]
    return shared


def _write(page: Page, place: float, across: float, words: str, outwards: int, *, upright: bool) -> None:
    """Write the degrees of a line beside the place at which it meets the frame, and a tick to them."""
    outer = across + outwards * TICK
    middle = across + outwards * (BAND / 2 + 1.5)
    colour = page.palette.muted
    if upright:
        page.rule(across, place, outer, place, WIDTH, colour)
        page.text(middle + 0.35 * SIZE, place, words, SIZE, colour=colour, align="center", angle=90.0)
    else:
        page.rule(place, across, place, outer, WIDTH, colour)
        page.text(place, middle + 0.35 * SIZE, words, SIZE, colour=colour, align="center")
