"""The detail of a sheet: where many marks lie in a small part of the map, that part once more at a larger scale.

Not to be taken for the inset, which says where in Europe the map lies. What lies in the detail is drawn there and
nowhere else, so that each incident is on the sheet once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.language import _, number
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.numbering import SPACINGS, number_marks
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.clustering import groups_of
from dashboard.render.typesetting.measure import text_width

WIDTHS = (0.35, 0.27)  # of the map's width
HEIGHT = 0.72  # of its width
STRIP = 28.0  # above its map, for its words and its scale
SCALES = (2.0, 2.5, 3.0, 3.5, 4.5)  # of the detail, against the map's
LEAST_GAIN = 5  # signs, marks or rings, that the detail has more than the map would have for the same incidents
LEAST_INCIDENTS, LEAST_PART = 10, 1 / 6  # in a detail, as a number and as a part of those on the map
CROWDED, LOOSE = 3.0, 3.0  # incidents in a sign: at least on the map, and at most in the detail, on the average
LONGEST_BAR = 110.0  # units, of its scale
CLEAR = 15.0  # units of the detail about its edge in which no incident lies, so that no mark is cut
GRID = 40  # places that are tried across and down
LOOKED_AT = 5  # of those of each size and scale that are looked at more closely, and in the end of all
AWAY = 10.0  # from the map's edge
STEP = 20.0  # between the places that are tried for it
ROOM = (34.0, 12.0)  # units kept free beside and above marks, for their numbers


@dataclass(frozen=True, eq=False)
class Detail:
    """A detail: its frame, and the box of the page that it takes with its strip."""

    frame: Frame
    box: Box


def find_detail(frame: Frame, shown: gpd.GeoDataFrame, side: float, space: LabelRoom, kept: LabelRoom) -> Detail | None:
    """The detail that shows the most signs more than the map would; None if these are few, or there is no room.

    Parameters
    ----------
    shown
        The incidents of the map, in the order of their numbers.
    side
        Of a mark's box.
    space, kept
        The room that is taken on the map, and the flank border and capitals, which a detail leaves free.
    """
    points = frame.on_page(shown["longitude"].to_numpy(), shown["latitude"].to_numpy())
    groups = groups_of(points, side, spacing=SPACINGS[0])
    share = np.empty(len(points))  # of its sign on the map
    for group in groups:
        share[group] = 1 / len(group)
    if (share < 1).sum() < _least(len(points)):
        return None
    found = []
    for size in WIDTHS:
        for scale in SCALES:
            found += _promising(frame, points, share, side, size, scale)
    gains = [_gain(detail, shown, share, side) for detail in found]
    best = sorted(range(len(found)), key=lambda place: -gains[place])[:LOOKED_AT]
    for detail, gain in ((found[place], gains[place]) for place in best):
        if gain >= LEAST_GAIN and _gain(detail, shown, share, side, numbered=True) >= LEAST_GAIN:
            placed = _placed(frame, detail, points, side, space, kept)
            if placed is not None:
                return placed
    return None


def _least(incidents: int) -> float:
    """The number of incidents that a detail must have on a map of so many."""
    return max(LEAST_INCIDENTS, LEAST_PART * incidents)


def _promising(
    frame: Frame, points: NDArray[np.float64], share: NDArray[np.float64], side: float, size: float, scale: float
) -> list[Frame]:
    """Frames of a size and scale that hold many incidents which rings hide, and cut none: the most promising ones."""
    left, _top, right, _bottom = frame.box
    width = size * (right - left)
    reach = np.array([width, HEIGHT * width]) / 2 / scale
    (west, north), (east, south) = points[share < 1].min(axis=0), points[share < 1].max(axis=0)
    across, down = np.linspace(west, east, GRID), np.linspace(north, south, GRID)
    # How far beyond a frame each incident lies in either direction, negative inside; by centre and incident.
    beside = np.abs(points[:, 0] - across[:, None]) - reach[0]
    above = np.abs(points[:, 1] - down[:, None]) - reach[1]

    def within(margin: float, weights: NDArray[np.float64] | float = 1.0) -> NDArray[np.float64]:
        """The sum of the incidents' weights in each frame that is made wider by a margin, by its row and column."""
        sums: NDArray[np.float64] = (above < margin).astype(float) @ ((beside < margin) * weights).T
        return sums

    clear, without = CLEAR / scale, within(0.0, share)
    whole = within(clear) == within(float(np.nextafter(-clear, 0)))  # none lies about the edge
    many = within(0.0) >= np.maximum(_least(len(points)), CROWDED * without)
    rows = np.argwhere(whole & many)
    cells = np.floor(points * scale / (side * SPACINGS[0])) @ (1.0, 1e6)  # a number each
    gains = [
        len(np.unique(cells[(above[row] < 0) & (beside[column] < 0)])) - float(without[row, column])
        for row, column in rows
    ]
    centres = np.column_stack([across[rows[:, 1]], down[rows[:, 0]]])
    best = sorted(range(len(rows)), key=lambda place: -gains[place])[:LOOKED_AT]
    degrees = frame.in_degrees(centres[best]) if best else ()
    box = (0.0, 0.0, width, HEIGHT * width)
    return [Frame(float(x), float(y), frame.unit_m / scale, box) for x, y in degrees]


def _gain(
    detail: Frame, shown: gpd.GeoDataFrame, share: NDArray[np.float64], side: float, *, numbered: bool = False
) -> float:
    """The signs that a detail has more than the map would for its incidents; 0 where it is not worth its room."""
    points = detail.on_page(shown["longitude"].to_numpy(), shown["latitude"].to_numpy())
    left, top, right, bottom = detail.box
    beyond = np.abs(points - ((left + right) / 2, (top + bottom) / 2)) - ((right - left) / 2, (bottom - top) / 2)
    rows = np.flatnonzero((beyond < 0).all(axis=1))
    is_cut = (np.abs(beyond.max(axis=1)) < CLEAR).any()
    without = share[rows].sum()
    if is_cut or len(rows) < max(_least(len(points)), CROWDED * without):
        return 0.0
    if numbered:
        room, none = LabelRoom(detail.box), np.zeros(len(rows), bool)
        groups = number_marks(points[rows], [*range(len(rows))], none, room, room.copy(), detail.unit_m, side).groups
    else:
        groups = groups_of(points[rows], side, spacing=SPACINGS[0])
    return len(groups) - float(without) if len(rows) <= LOOSE * len(groups) else 0.0


def _placed(
    frame: Frame, detail: Frame, points: NDArray[np.float64], side: float, space: LabelRoom, kept: LabelRoom
) -> Detail | None:
    """A detail at the edge of the map, as near as can be to what it shows, where it covers no mark."""
    window = window_of(frame, detail)
    taken = space.copy()
    taken.add((*(window.min(axis=0) - 6), *(window.max(axis=0) + 6)))
    middle = window.mean(axis=0)
    for group in groups_of(points, side, spacing=SPACINGS[0]):
        (x, y), (wide, high) = points[group].mean(axis=0), (side / 2 + part for part in ROOM)
        taken.add((x - wide, y - high, x + wide, y + high))
    _left, _top, width, height = detail.box

    def far(box: Box) -> float:
        return float(np.hypot((box[0] + box[2]) / 2 - middle[0], (box[1] + box[3]) / 2 - middle[1]))

    for box in sorted(_along_edge(frame.box, width, height + STRIP), key=far):
        if taken.free(box) and kept.free(box):
            inner = (box[0], box[1] + STRIP, box[2], box[3])
            return Detail(Frame(detail.longitude, detail.latitude, detail.unit_m, inner), box)
    return None


def _along_edge(map_: Box, width: float, height: float) -> Iterator[Box]:
    """Boxes along the edge of the map, its corners first."""
    left, top, right, bottom = map_[0] + AWAY, map_[1] + AWAY, map_[2] - AWAY - width, map_[3] - AWAY - height
    across = [*np.arange(left, right, STEP).tolist(), right]
    down = [*np.arange(top, bottom, STEP).tolist(), bottom]
    places = [*((x, y) for x in (left, right) for y in down), *((x, y) for y in (top, bottom) for x in across)]
    for x, y in places:
        yield x, y, x + width, y + height


def window_of(frame: Frame, detail: Frame) -> NDArray[np.float64]:
    """The edge of a detail on the map, in units of the page."""
    return frame.on_page(*detail.edge().T)


def draw_window(axes: Axes, page: Page, frame: Frame, detail: Detail, space: LabelRoom) -> None:
    """Draw on the map the outline of what the detail shows, and lines to the detail; both boxes are taken."""
    palette, points = page.palette, page.points
    window = window_of(frame, detail.frame)
    (left, top), (right, bottom) = window.min(axis=0), window.max(axis=0)
    axes.add_artist(Polygon(window, facecolor="none", edgecolor=palette.casing, lw=3.6 * points, zorder=2.3))
    axes.add_artist(Polygon(window, facecolor="none", edgecolor=palette.ink, lw=1.4 * points, zorder=2.4, gid="window"))
    ways = _ways((left, top, right, bottom), detail.box)
    axes.add_collection(LineCollection(ways, colors=palette.ink, linewidths=0.7 * points, alpha=0.6, zorder=2.3))
    space.add(detail.box, (left - 3, top - 3, right + 3, bottom + 3))


def write_window(page: Page, frame: Frame, detail: Detail, count: int, space: LabelRoom) -> None:
    """Write beside the outline how many incidents are in the detail, where there is room."""
    window = window_of(frame, detail.frame)
    (left, top), (right, bottom) = window.min(axis=0), window.max(axis=0)
    words = _("{count} in the detail").format(count=number(count))
    wide = text_width(words, 15.0, "semibold") + 6
    ends = (left + wide / 2, (left + right) / 2, right - wide / 2)
    beside = ((right + wide / 2 + 6, (top + bottom) / 2), (left - wide / 2 - 6, (top + bottom) / 2))
    for x, y in (*((x, y) for y in (bottom + 13, top - 13) for x in ends), *beside):
        if space.take((x - wide / 2, y - 9, x + wide / 2, y + 9)):
            page.text(x, y + 5, words, 15.0, weight="semibold", align="center", halo=page.palette.flank_land)
            return


def _ways(window: Box, box: Box) -> list[list[tuple[float, float]]]:
    """Two lines from the sides of the window to those of the detail that face it."""
    (left, top, right, bottom), (x1, y1, x2, y2) = window, box
    if y2 <= top:
        return [[(left, top), (x1, y2)], [(right, top), (x2, y2)]]
    if y1 >= bottom:
        return [[(left, bottom), (x1, y1)], [(right, bottom), (x2, y1)]]
    if x1 >= right:
        return [[(right, top), (x1, y1)], [(right, bottom), (x1, y2)]]
    return [[(left, top), (x2, y1)], [(left, bottom), (x2, y2)]]


def write_strip(page: Page, detail: Detail, count: int) -> None:
    """Write what the detail is above its map, with its scale, and frame both."""
    left, top, right, _bottom = detail.box
    strip = (left, top, right, top + STRIP)
    page.rectangle(strip, fill=page.palette.paper, zorder=5.4)
    page.rectangle(detail.frame.box, edge=page.palette.ink, width=1.0, zorder=5.5)
    page.rectangle(detail.box, edge=page.palette.ink, width=1.4, zorder=5.5)
    lengths = [step * 10**power for power in range(4) for step in (1, 2, 5)]
    kilometres = max(lengths[0], *(one for one in lengths if one * 1000 / detail.frame.unit_m < LONGEST_BAR))
    length, y = kilometres * 1000 / detail.frame.unit_m, top + STRIP - 9
    words = _("{distance} km").format(distance=number(kilometres))
    start = right - 10 - length
    for line in ([(start, y), (right - 10, y)], [(start, y - 7), (start, y)], [(right - 10, y - 7), (right - 10, y)]):
        page.axes.plot(*np.array(line).T, color=page.palette.ink, lw=1.6 * page.points, zorder=5.6)
    page.text(start - 7, top + 19, words, 14, align="right", zorder=5.6)
    room = start - 14 - text_width(words, 14) - left - 10
    title = _("Detail: {incidents}").format(incidents=incidents_in_words(count))
    page.fitted(left + 9, top + 19.5, title, 15, room, weight="semibold", zorder=5.6)
