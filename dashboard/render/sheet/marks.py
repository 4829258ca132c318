"""Marks on a sheet's map: incidents, rings of several with their numbers, and own-side objects."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Wedge
from numpy.typing import NDArray

from dashboard.core.incidents.columns import CATEGORIES
from dashboard.language import number
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.numbering import SIZE, Numbering
from dashboard.render.sheet.page import Page
from dashboard.render.symbols.clustering import radius_of
from dashboard.render.symbols.mark_style import Kind, kinds_of, pieces_of
from dashboard.render.text.handout import Handout


def draw_marks(
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


def draw_own_side(axes: Axes, page: Page, frame: Frame, handout: Handout, space: LabelRoom) -> gpd.GeoDataFrame:
    """Draw own-side objects; one that would lie on something else stands aside, with a line to its place.

    Returns
    -------
    Those that lie inside the frame.
    """
    style, friendly = handout.view.symbols, handout.friendly
    points = frame.on_page(friendly["longitude"].to_numpy(), friendly["latitude"].to_numpy())
    inside = frame.contains(points)
    friendly, points = friendly[inside], points[inside]
    for row, kind, at in zip(friendly.itertuples(), kinds_of(friendly, style), points, strict=True):
        x, y = _room_near(at, kind.side, space)
        if (x, y) != tuple(at):
            axes.plot([at[0], x], [at[1], y], color=page.palette.ink, lw=0.9 * page.points, zorder=2.3)
        page.symbol(x, y, pieces_of(kind, page.palette), kind.side, name=f"own-side:{row.id}")
    return friendly


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
