"""The course of a river beside a border: where it is the border, it takes the border's own line.

The two come from different sources, and a river that wobbles a kilometre beside the border would look like two rivers.
"""

from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj.enums import TransformDirection

from dashboard.core.geo.borders import equal_area

Shapes = NDArray[np.object_]

NEAR_M = 3000.0  # between a border and a river that may be that border
LEAST_M = 9000.0  # along the border, for it to be that: a river that crosses a border is near it for a shorter way
STRAY_M = 8000.0  # the Danube of the source lies as far from the border between two places where it is near
STEP_M = 500.0  # between the points of a river that are measured
LONGEST_LEAP_M = 40 * STEP_M  # along the border from one such point to the next
PIECE = 16  # segments
MIDDLE = (24.0, 55.0)  # of the plane on which all this is measured


def on_plane(shapes: Shapes, *, back: bool = False) -> Shapes:
    """Shapes in metres of an equal-area plane, or such shapes in degrees."""
    transformer = equal_area(*MIDDLE)
    direction = TransformDirection.INVERSE if back else TransformDirection.FORWARD
    moved: Shapes = shapely.transform(
        shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1], direction=direction))
    )
    return moved


def along_borders(rivers: Shapes, borders: shapely.Geometry) -> Shapes:
    """Rivers, each one line, with the border's course wherever they run along it; EPSG:4326."""
    lines = _Lines(on_plane(shapely.get_parts(shapely.line_merge(borders))))
    return on_plane(np.array([_along(river, lines) for river in on_plane(rivers)]), back=True)


class _Lines:
    """Lines of the plane, of which points and stretches are asked by their distance from the beginning."""

    def __init__(self, lines: Shapes) -> None:
        self._lines = lines
        self._corners = [shapely.get_coordinates(line) for line in lines]
        self._from_start = [np.append(0.0, np.hypot(*np.diff(corners, axis=0).T).cumsum()) for corners in self._corners]
        # The tree holds short pieces: it would measure the whole of a long line again and again.
        starts = [(line, start) for line, xy in enumerate(self._corners) for start in range(0, len(xy) - 1, PIECE)]
        pieces = [shapely.LineString(self._corners[line][start : start + PIECE + 1]) for line, start in starts]
        self._tree = shapely.STRtree(pieces)
        self._line_of = np.array([line for line, _ in starts])
        self._start_of = np.array([self._from_start[line][start] for line, start in starts])

    def nearest(self, points: Shapes) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """The line that is nearest to each point, or -1 beyond STRAY_M; how far it is; and how far along it."""
        (point, piece), away = self._tree.query_nearest(
            points, max_distance=STRAY_M, return_distance=True, all_matches=False
        )
        line = np.full(len(points), -1)
        line[point] = self._line_of[piece]
        away_m, along_m = np.full(len(points), np.inf), np.zeros(len(points))
        away_m[point] = away
        along = shapely.line_locate_point(self._tree.geometries[piece], points[point])
        along_m[point] = self._start_of[piece] + along
        return line, away_m, along_m

    def stretch(self, line: int, start: float, end: float) -> NDArray[np.float64]:
        """The corners of a line between two distances from its beginning, both ends included."""
        ends = shapely.get_coordinates(shapely.line_interpolate_point(self._lines[line], [start, end]))
        first, last = np.searchsorted(self._from_start[line], sorted((start, end)))
        between = self._corners[line][first:last]
        return np.vstack([ends[:1], between if start <= end else between[::-1], ends[1:]])


def _along(river: shapely.LineString, lines: _Lines) -> shapely.LineString:
    corners = shapely.get_coordinates(shapely.segmentize(river, STEP_M))
    line, away_m, along_m = lines.nearest(shapely.points(corners))
    if away_m.min() > NEAR_M:
        return river
    course = []
    for start, end, is_border in _runs(away_m <= NEAR_M, line >= 0):
        if not is_border:
            course.append(corners[start:end])
            continue
        for one in range(start, max(start + 1, end - 1)):
            other = min(one + 1, end - 1)
            if line[one] == line[other] and abs(along_m[one] - along_m[other]) <= LONGEST_LEAP_M:
                course.append(lines.stretch(line[one], along_m[one], along_m[other]))
            else:
                course += [lines.stretch(line[at], along_m[at], along_m[at]) for at in (one, other)]
    return shapely.simplify(shapely.LineString(np.vstack(course)), 1.0)


def _runs(near: NDArray[np.bool_], in_reach: NDArray[np.bool_]) -> list[tuple[int, int, bool]]:
    """Stretches of points that are the border, or are not: first, last and one more, and whether they are."""
    for start, end in _stretches(near):  # a way between two others that does not go far from the border
        if not near[start] and start and end < len(near):
            near[start:end] = in_reach[start:end].all()
    for start, end in _stretches(near):
        if near[start] and (end - start) * STEP_M < LEAST_M:
            near[start:end] = False
    return [(start, end, bool(near[start])) for start, end in _stretches(near)]


def _stretches(values: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = [0, *(int(edge) + 1 for edge in np.flatnonzero(np.diff(values))), len(values)]
    return list(pairwise(edges))
