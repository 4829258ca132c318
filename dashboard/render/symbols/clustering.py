"""Clustering: every incident as a mark while they are few, clusters and counted cells when they are many."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.core.engine.engine import POSITION
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.query.area import Bounds

MOST_MARKS = 2_000  # incidents drawn one by one
MOST_CELLS = 600
CELL_PIXELS = 56.0  # a cell's side on the screen, the smallest that holds its number


Whole = NDArray[np.int64]
# The web map's world (EPSG:3857) in fractions of its width, from the west and from the north.
_ACROSS = "longitude / 360 + 0.5"
_SINE = "sin(radians(greatest(-85, least(85, latitude))))"
_DOWN = f"0.5 - ln((1 + {_SINE}) / (1 - {_SINE})) / (4 * pi())"
_QUESTION = f"""
    SELECT
        floor(({_ACROSS}) / $size) AS "column",
        floor(({_DOWN}) / $size) AS "row",
        sum(latitude) AS latitude,
        sum(longitude) AS longitude,
        min({POSITION}) AS first,
        {", ".join(f"count(*) FILTER (category = '{category}') AS {category}" for category in CATEGORIES)}
    FROM {{selection}} GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Cell:
    """Incidents counted together, drawn at their mean place; ``by_category`` is in the order of CATEGORIES."""

    latitude: float
    longitude: float
    count: int
    by_category: tuple[int, ...]


def cells(selection: Selection, bounds: Bounds, zoom: float) -> tuple[list[Cell], Whole]:
    """Count the incidents of a viewport by cells of the web map's square grid.

    Cells keep their place when the map is moved, since the grid is fixed to the world; they double in size until
    there are no more than ``MOST_CELLS``.

    Parameters
    ----------
    bounds
        The viewport; incidents outside are not counted.
    zoom
        Zoom level of the web map, whose world is 256 * 2**zoom pixels wide.

    Returns
    -------
    The cells with several incidents, and the positions in the data of the incidents that are alone in theirs and so
    are drawn as marks. Where cells come near each other, ``marks.js`` draws them together.
    """
    found = selection.within(bounds).ask_columns(_QUESTION, size=CELL_PIXELS / (256 * 2**zoom))
    column, row = found["column"].astype(np.int64), found["row"].astype(np.int64)
    while True:
        _places, cell = np.unique(column * 2**32 + row, return_inverse=True)
        if not len(cell) or cell.max() < MOST_CELLS:
            break
        column, row = column // 2, row // 2
    by_category = np.column_stack([np.bincount(cell, found[category]) for category in CATEGORIES]).astype(np.int64)
    count = by_category.sum(axis=1)
    places = np.column_stack([np.bincount(cell, found[name]) for name in ("latitude", "longitude")]) / count[:, None]
    several = [
        Cell(latitude, longitude, int(number), tuple(parts))
        for (latitude, longitude), number, parts in zip(places.tolist(), count, by_category.tolist(), strict=True)
        if number > 1
    ]
    return several, np.sort(found["first"][count[cell] == 1].astype(np.int64))


PLAIN_SIDE = 24.0  # of the box of a plain mark, in the unit of the picture
MARGIN = 2.5  # between a mark and the side of its box, for telling whether two marks cover each other
OVERLAP = 0.9  # how near two may come, as a part of the sum of their radii


Group = tuple[list[int], NDArray[np.float64]]  # positions of its marks, and their mean place


def radius_of(count: int, side: float = PLAIN_SIDE) -> float:
    """Radius of a cluster of ``count`` marks, or of one mark in a box of that side, in the unit of the picture."""
    return side / 2 - MARGIN if count == 1 else min(27.0, 13 + 2.6 * math.log2(count))


def groups_of(
    points: NDArray[np.float64], side: float = PLAIN_SIDE, *, spacing: float = OVERLAP, cell: float = 0.0
) -> list[list[int]]:
    """Group marks that would cover each other on a picture into clusters.

    The web map's ``marks.js`` groups by the same rule: greedily, in the order given. Time grows with the square of the
    marks, or where they are counted by cell, of the cells.

    Parameters
    ----------
    points
        Places of the marks on the picture, shape (n, 2).
    side
        Of a mark's box.
    spacing
        How near two may come, as a part of the sum of their radii.
    cell
        Side of the square cells whose marks are one cluster from the start; 0 for none.
    """
    rows = np.arange(len(points))
    if cell and rows.size:
        _keys, key = np.unique(np.floor(points / cell).astype(np.int64), axis=0, return_inverse=True)
        parts = np.split(rows[np.argsort(key, kind="stable")], np.cumsum(np.bincount(key))[:-1])
    else:
        parts = [rows[position : position + 1] for position in range(rows.size)]
    groups = [(part.tolist(), points[part].mean(axis=0)) for part in parts]
    while True:
        merged = _merged(groups, side, spacing)
        if len(merged) == len(groups):
            return [members for members, _centre in merged]
        groups = merged


def _merged(groups: list[Group], side: float, spacing: float) -> list[Group]:
    """One pass: each group joins the first before it that it would cover."""
    merged: list[Group] = []
    centres, reaches = np.empty((len(groups), 2)), np.empty(len(groups))
    for rows, centre in groups:
        position = len(merged)
        distance = np.hypot(*(centres[:position] - centre).T)
        near = np.flatnonzero(distance < spacing * (reaches[:position] + radius_of(len(rows), side)))
        if near.size:
            position = int(near[0])
            others, other_centre = merged[position]
            count = len(others) + len(rows)
            merged[position] = (others + rows, (other_centre * len(others) + centre * len(rows)) / count)
        else:
            merged.append((rows, centre))
        centres[position], reaches[position] = merged[position][1], radius_of(len(merged[position][0]), side)
    return merged
