"""Marks on a sheet's map: incidents, rings of several with their numbers, and own-side objects."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Wedge
from numpy.typing import NDArray

from dashboard.core.incidents.columns import CATEGORIES
from dashboard.language import number
from dashboard.render.sheet.focus import draw_shared_places
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.numbering import SIZE, Numbering, number_marks
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.clustering import radius_of
from dashboard.render.symbols.mark_style import SIDES, Kind, kinds_of, pieces_of
from dashboard.render.text.handout import Handout


@dataclass(frozen=True)
class DrawnIncidents:
    """The incidents that were drawn: for the legend, and a note on them.

    kinds
        Of each mark; of one in a ring the category alone, since that is all one sees.
    boxes
        What each mark or ring takes up.
    rings, numbered, shared, banded
        Whether there are rings, numbers, circles around shared places, and bands of flight tracks.
    signs
        Of capitals and airports that are drawn with them.
    """

    kinds: list[Kind]
    boxes: list[Box]
    rings: bool
    numbered: bool
    shared: bool
    note: str
    banded: bool = False
    signs: frozenset[str] = frozenset()


def draw_incidents(
    axes: Axes,
    page: Page,
    frame: Frame,
    handout: Handout,
    shown: gpd.GeoDataFrame,
    friendly: gpd.GeoDataFrame,
    space: LabelRoom,
    lines: LabelRoom,
) -> DrawnIncidents:
    """Draw incidents with their numbers and rings, and own-side objects.

    Parameters
    ----------
    shown, friendly
        Incidents and own-side objects that lie in the frame.
    space, lines
        The room that is taken otherwise, and lines of which numbers keep clear where they can.
    """
    style = handout.view.symbols
    points = frame.on_page(shown["longitude"].to_numpy(), shown["latitude"].to_numpy())
    chosen = (shown["id"] == handout.view.selected).to_numpy()
    kinds = kinds_of(shown, style)
    numbers = [handout.numbers[id_] for id_ in shown["id"]]
    numbering = number_marks(points, numbers, chosen, space, lines, frame.unit_m, SIDES[style])
    _draw_marks(axes, page, shown, kinds, numbering, chosen)
    shared = draw_shared_places(axes, page, frame, shown, numbering, space)
    _draw_own_side(axes, page, frame, friendly, kinds_of(friendly, style), space)
    alone = {group[0] for group in numbering.groups if len(group) == 1}
    seen = [kind if row in alone else Kind(kind.category) for row, kind in enumerate(kinds)]
    return DrawnIncidents(
        [*seen, *kinds_of(friendly, style)],
        numbering.boxes,
        rings=any(len(group) > 1 for group in numbering.groups),
        numbered=bool(numbering.labels),
        shared=shared,
        note=numbering.note,
    )


def _draw_marks(
    axes: Axes,
    page: Page,
    shown: gpd.GeoDataFrame,
    kinds: Sequence[Kind],
    numbering: Numbering,
    chosen: NDArray[np.bool_],
) -> None:
    """Draw marks, rings and numbers, and a circle around the mark or ring of the chosen incident."""
    for group, (left, top, right, bottom) in zip(numbering.groups, numbering.boxes, strict=True):
        x, y = (left + right) / 2, (top + bottom) / 2
        if len(group) == 1:
            kind, name = kinds[group[0]], f"mark:{shown['id'].iloc[group[0]]}"
            page.symbol(x, y, pieces_of(kind, page.palette), kind.side, name=name)
        else:
            _cluster(page, x, y, shown["category"].iloc[group])
        if chosen[group].any():
            properties = {"facecolor": "none", "edgecolor": page.palette.ink, "lw": 2.6 * page.points}
            page.axes.add_artist(Circle((x, y), (right - left) / 2 - 1, zorder=4.5, **properties))
    halo = page.palette.flank_land
    for label in numbering.labels:
        if label.leader:
            axes.plot(*np.array(label.leader).T, color=page.palette.ink, lw=0.9 * page.points, zorder=2.3)
        page.text(label.x, label.y, label.text, SIZE, weight="bold", halo=halo, zorder=4.3)


def _draw_own_side(
    axes: Axes, page: Page, frame: Frame, friendly: gpd.GeoDataFrame, kinds: Sequence[Kind], space: LabelRoom
) -> None:
    """Draw own-side objects; one that would lie on something else stands aside, with a line to its place."""
    points = frame.on_page(friendly["longitude"].to_numpy(), friendly["latitude"].to_numpy())
    for row, kind, at in zip(friendly.itertuples(), kinds, points, strict=True):
        x, y = _room_near(at, kind.side, space)
        if (x, y) != tuple(at):
            axes.plot([at[0], x], [at[1], y], color=page.palette.ink, lw=0.9 * page.points, zorder=2.3)
        page.symbol(x, y, pieces_of(kind, page.palette), kind.side, name=f"own-side:{row.id}")


def _room_near(at: NDArray[np.float64], side: float, space: LabelRoom) -> tuple[float, float]:
    """The middle of a box of that side that is free, at a place or around it, which it takes; the place if none is."""
    around = [
        at + reach * side * np.array([np.cos(angle), np.sin(angle)])
        for reach in (1.0, 1.5, 2.0, 3.0)
        for angle in np.arange(8) * np.pi / 4
    ]
    for x, y in (at, *around):
        if space.take((x - side / 2, y - side / 2, x + side / 2, y + side / 2)):
            return x, y
    return tuple(at)


def _cluster(page: Page, x: float, y: float, categories: pd.Series) -> None:
    """A ring whose arcs are the shares of the categories, with the number in it."""
    count, reach, start = len(categories), radius_of(len(categories)), -90.0
    page.axes.add_artist(Circle((x, y), reach, facecolor=page.palette.rim, zorder=4, gid=f"cluster:{count}"))
    for category in CATEGORIES:
        share = 360 * float((categories == category).sum()) / count
        if share:
            page.axes.add_artist(
                Wedge(
                    (x, y),
                    reach - 0.5,
                    start,
                    start + share,
                    width=5,
                    facecolor=page.palette.categories[category],
                    zorder=4.1,
                )
            )
        start += share
    page.text(x, y + 4.8, number(count), 14 if count < 1000 else 12, weight="bold", align="center", zorder=4.2)
