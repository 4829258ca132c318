"""Towns and airports on a sheet's map: names, codes and signs, by the rules of the web map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
from matplotlib.patches import Circle
from numpy.typing import NDArray

from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.land_signs import AIRFIELD, AIRPORT, CAPITAL, SIDES, radius_of, sign_of
from dashboard.render.symbols.name_ranks import (
    AIRFIELDS_FROM_ZOOM,
    AIRPORTS_FROM_ZOOM,
    LARGE,
    NEAR_MARK,
    least_at,
    ranks_of,
    sizes_of,
)
from dashboard.render.typesetting.measure import text_width

SIZE, CODE_SIZE = 15.0, 12.0
GAP = 7.0  # units kept free around a name
MOST_TOWNS = 60
BESIDE = 8.0  # units from a town to its name
OFF = (22.0, 36.0, 50.0, 86.0)  # from one under a mark, with a line to it
STEP = 5.0  # units between the points of such a line that are asked for
# Where a name stands beside its place: to the right, left, above, below, and between.
BESIDES = ((1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0))
AROUND = (
    *BESIDES, (1, -1), (1, 1), (-1, -1), (-1, 1), (1, -0.4), (1, 0.4), (-1, -0.4), (-1, 0.4), (0.4, -1), (-0.4, -1),
    (0.4, 1), (-0.4, 1),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Near:
    """The surroundings near to which towns are named.

    marks, flank
        Points on the page, shape (n, 2): all incidents that are shown, and along the eastern-flank border.
    boxes
        What marks and rings take up.
    """

    marks: NDArray[np.float64]
    flank: NDArray[np.float64]
    boxes: Sequence[Box]


def dot_of(town: Any) -> Box:
    """The box of a town's dot."""
    return town.x - 4, town.y - 4, town.x + 4, town.y + 4


def write_towns(
    page: Page,
    towns: gpd.GeoDataFrame,
    airports: gpd.GeoDataFrame,
    near: Near,
    zoom: float,
    unit_km: float,
    space: LabelRoom,
) -> set[str]:
    """Write the towns and airports that find room in ``space``.

    Parameters
    ----------
    towns, airports
        Those in the frame, with their places on the page in ``x`` and ``y``; airports with ``kind`` and ``code``.

    Returns
    -------
    The signs that are drawn, of SIDES.
    """
    least, points = least_at(zoom), towns[["x", "y"]].to_numpy(float)
    sizes = sizes_of(towns["weight"].to_numpy(float), (towns["kind"] == CAPITAL).to_numpy())
    ranks = ranks_of(points, sizes, near.marks, near.flank, unit_km)
    large = (sizes >= LARGE * least) | (towns["kind"] == CAPITAL)
    ranked = towns.assign(rank=ranks, near=ranks == sizes * NEAR_MARK, large=large, part=sizes / least)[ranks >= least]
    ranked = ranked.sort_values("rank", ascending=False, kind="stable")
    first = {AIRPORT: AIRPORTS_FROM_ZOOM, AIRFIELD: AIRFIELDS_FROM_ZOOM}
    seen = [row for row in airports.sort_values("kind", kind="stable").itertuples() if zoom >= first[row.kind]]
    drawn, written = set(), 0
    avoid, marks = LabelRoom(space.box, map(_box_of_sign, seen)), LabelRoom(space.box, near.boxes)
    for town in ranked.itertuples():
        if written < MOST_TOWNS and _write_town(page, town, space, avoid, marks):
            written += 1
            drawn.add(town.kind)
    for airport in seen[::-1]:  # airports before airfields
        if _write_airport(page, airport, space):
            drawn.add(airport.kind)
    return drawn & {*SIDES}


def _write_town(page: Page, town: Any, space: LabelRoom, avoid: LabelRoom, marks: LabelRoom) -> bool:
    """Write a town's name beside its dot, where it can off all signs of airports; gives whether it found room.

    That of a town that lies under a mark, or that finds no room beside so many marks, stands off with a line to it, the
    farther the larger the town is.
    """
    dot = dot_of(town)
    is_covered, capital = not marks.free(dot), town.kind == CAPITAL
    if not is_covered and not space.free(dot):
        return False
    weight = "semibold" if town.large else "regular"
    width = text_width(town.name, SIZE, weight)
    beside = [] if is_covered else [*_spots(BESIDE + 2 * capital, BESIDES)]
    reaches = OFF if town.near and town.part >= 0.5 else OFF[:2]
    is_off = capital or (town.near and (is_covered or town.part >= 1))
    off = [spot for reach in reaches for spot in _spots(reach, AROUND)] if is_off else []
    for room in (avoid, LabelRoom(space.box)):
        for dx, dy, across, down in (*beside, *off):
            box = _box(town.x + dx, town.y + dy, across, down, width, SIZE)
            is_clear = (dx, dy, across, down) in beside or _is_clear(town, dx, dy, space, marks)
            if not room.free(box) or not is_clear or not space.take(box):
                continue
            space.add(dot)
            if (dx, dy, across, down) in off:
                style: dict[str, Any] = {"color": page.palette.muted, "lw": 0.9 * page.points, "zorder": 2.3}
                page.axes.plot([town.x, town.x + dx], [town.y, town.y + dy], **style)
            _write(page, town.name, SIZE, box, weight, page.palette.ink if capital else page.palette.muted)
            if capital:
                page.symbol(town.x, town.y, sign_of(CAPITAL, page.palette), SIDES[CAPITAL], zorder=2.5)
            else:
                page.axes.add_artist(_dot(page, town.x, town.y))
            return True
    return False


def _write_airport(page: Page, airport: Any, space: LabelRoom) -> bool:
    """Draw the sign of an airport with its code; gives whether both found room."""
    sign = _box_of_sign(airport)
    if not space.free(sign):
        return False
    width = text_width(airport.code, CODE_SIZE, "semibold")
    right, left, above, below = _spots(radius_of(airport.kind) + 2, BESIDES)
    for dx, dy, across, down in (below, right, left, above):
        box = _box(airport.x + dx, airport.y + dy, across, down, width, CODE_SIZE)
        if space.take(box):
            space.add(sign)
            _write(page, airport.code, CODE_SIZE, box, "semibold", page.palette.airport)
            page.symbol(
                airport.x, airport.y, sign_of(airport.kind, page.palette), SIDES[airport.kind], zorder=2.5,
                name=f"{airport.kind}:{airport.code}",
            )  # fmt: skip
            return True
    return False


def _spots(reach: float, directions: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float, float, float]]:
    """Spots for a name at a distance from its place: how far off its nearest point is, and the direction."""
    for across, down in directions:
        part = reach / float(np.hypot(across, down))
        yield across * part, down * part, across, down


def _box(x: float, y: float, across: float, down: float, width: float, size: float) -> Box:
    """The box of a text whose nearest point in a direction is (x, y), with the room around it."""
    height = size + 3
    left, top = x + (across - 1) / 2 * width, y + (down - 1) / 2 * height
    return left - GAP / 2, top - GAP / 2, left + width + GAP / 2, top + height + GAP / 2


def _write(page: Page, text: str, size: float, box: Box, weight: Any, colour: str) -> None:
    baseline = box[3] - GAP / 2 - size * 0.27
    page.text(box[0] + GAP / 2, baseline, text, size, weight=weight, colour=colour, halo=page.palette.flank_land)


def _box_of_sign(airport: Any) -> Box:
    reach = radius_of(airport.kind) + 1
    return airport.x - reach, airport.y - reach, airport.x + reach, airport.y + reach


def _is_clear(town: Any, dx: float, dy: float, space: LabelRoom, marks: LabelRoom) -> bool:
    """Tell whether a line from a town crosses nothing but marks, under which it goes."""
    steps = np.linspace(0.0, 1.0, max(2, int(np.hypot(dx, dy) / STEP)))[1:-1]
    points = [(town.x + step * dx, town.y + step * dy) for step in steps]
    boxes = [(x - 1, y - 1, x + 1, y + 1) for x, y in points]
    return all(space.free(box) or not marks.free(box) for box in boxes)


def _dot(page: Page, x: float, y: float) -> Circle:
    return Circle(
        (x, y), 2.6, facecolor=page.palette.flank_land, edgecolor=page.palette.muted, lw=1.2 * page.points, zorder=2.5
    )
