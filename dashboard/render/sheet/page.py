"""The page of a sheet: its units, and how text and symbols are put on it.

Lengths are in units, from the left and from the top. A page's longer side is always 1920 units, so that one layout
serves every size.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from typing import Any

import matplotlib.patheffects as effects
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from dashboard.render.sheet.text_block import Line, Lines, font
from dashboard.render.symbols.palettes import Palette
from dashboard.render.symbols.shapes import BOX, Piece, steps_of
from dashboard.render.typesetting.glyphs import drawable
from dashboard.render.typesetting.measure import Style, text_width
from dashboard.render.typesetting.text_fit import shortened, wrapped

LONG_SIDE = 1920.0

Box = tuple[float, float, float, float]  # left, top, right, bottom in units


class Paper(ABC):
    """A page to write on, whatever makes a file of it.

    width, height
        In units.
    points
        Points in a unit.
    """

    def __init__(self, inches: tuple[float, float], palette: Palette, unit: float = 0.0) -> None:
        """``unit`` is its length in inches, so that the longer side has LONG_SIDE of them where none is given."""
        unit = unit or max(inches) / LONG_SIDE
        self.width, self.height, self.points = inches[0] / unit, inches[1] / unit, 72 * unit
        self.palette = palette

    @abstractmethod
    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "regular",
        colour: str = "",
        align: str = "left",
        url: str = "",
    ) -> None:
        """Write a line of text with its baseline at y, as a link where ``url`` is given."""

    def write(self, lines: Sequence[Line]) -> None:
        """Write many lines of text."""
        for line in lines:
            self.text(line.x, line.y, line.text, line.size, weight=line.weight, colour=line.colour, url=line.url)

    @abstractmethod
    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 1.0, colour: str = "") -> None:
        """Draw a line."""

    @abstractmethod
    def rectangle(self, box: Box, fill: str = "none", edge: str = "none", width: float = 1.0) -> None:
        """Draw a rectangle."""

    def fitted(
        self, x: float, y: float, text: str, size: float, room: float, *, smallest: float = 12.0, **properties: Any
    ) -> None:
        """Write a line of text, made smaller until it fits into ``room``, and at last shortened with an ellipsis."""
        weight = properties.get("weight", "regular")
        while size > smallest and text_width(text, size, weight) > room:
            size -= 0.5
        self.text(x, y, shortened(text, size, room, weight), size, **properties)

    def lines(
        self, x: float, y: float, text: str, size: float, width: float, weight: str = "regular", colour: str = ""
    ) -> float:
        """Write text wrapped to a width, from the baseline y down; gives the baseline of the line after."""
        for line in wrapped(text, size, width, weight):
            self.text(x, y, line, size, weight=weight, colour=colour)
            y += size * 1.32
        return y


class Page(Paper):
    """A figure with one set of axes that covers it, in units."""

    def __init__(self, inches: tuple[float, float], palette: Palette, unit: float = 0.0) -> None:
        """``unit`` is its length in inches, so that the longer side has LONG_SIDE of them where none is given."""
        super().__init__(inches, palette, unit)
        self.figure = Figure(figsize=inches)
        self.figure.set_facecolor(palette.paper)
        self.axes = self.axes_in((0, 0, self.width, self.height), zorder=5)
        self.axes.set(xlim=(0, self.width), ylim=(self.height, 0))

    def axes_in(self, box: Box, zorder: float) -> Axes:
        """More axes in a box of the page, which cut off what is drawn beyond it."""
        left, top, right, bottom = box
        place = (left / self.width, 1 - bottom / self.height, (right - left) / self.width, (bottom - top) / self.height)
        axes = self.figure.add_axes(place, zorder=zorder)
        axes.set_axis_off()
        axes.patch.set_visible(False)
        return axes

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "regular",
        colour: str = "",
        halo: str = "",
        align: str = "left",
        style: Style = "normal",
        zorder: float = 3,
        url: str = "",
        angle: float = 0.0,
    ) -> None:
        """Write a line of text with its baseline at y, as a link where ``url`` is given.

        It rises by ``angle`` degrees about the place where it is aligned.
        """
        text = drawable(text)
        properties: Any = {"fontproperties": font(weight, style), "ha": align, "va": "baseline", "parse_math": False}
        if angle:
            properties |= {"rotation": angle, "rotation_mode": "anchor"}
        if halo:  # beneath, and as an outline; on top the text stays text
            under = self.axes.text(x, y, text, zorder=zorder - 0.01, **properties)
            under.set_fontsize(size * self.points)
            under.set_path_effects([effects.Stroke(linewidth=size * 0.22 * self.points, foreground=halo)])
        line = self.axes.text(x, y, text, color=colour or self.palette.ink, zorder=zorder, **properties)
        line.set_fontsize(size * self.points)
        if url:
            line.set_url(url)

    def write(self, lines: Sequence[Line]) -> None:
        """Write many lines of text, as one artist."""
        self.axes.add_artist(Lines(lines, self.axes.transData, self.points, self.palette.ink))

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 1.0, colour: str = "") -> None:
        """Draw a line."""
        self.axes.plot(
            [x1, x2],
            [y1, y2],
            color=colour or self.palette.hairline,
            lw=width * self.points,
            solid_capstyle="butt",
            zorder=2,
        )

    def rectangle(
        self, box: Box, fill: str = "none", edge: str = "none", width: float = 1.0, zorder: float = 2
    ) -> None:
        """Draw a rectangle."""
        left, top, right, bottom = box
        self.axes.add_artist(
            Rectangle(
                (left, top),
                right - left,
                bottom - top,
                facecolor=fill,
                edgecolor=edge,
                lw=width * self.points,
                zorder=zorder,
            )
        )

    def symbol(
        self, x: float, y: float, drawn: Sequence[Piece], side: float, *, name: str = "", zorder: float = 4
    ) -> None:
        """Draw a symbol in a box of that side around a place; ``name`` is what its pieces can be found by."""
        scale, last = side / BOX, len(drawn) - 1
        for order, piece in enumerate(drawn):
            dash = [float(part) / piece.width for part in piece.dash.split()]
            self.axes.add_artist(
                PathPatch(
                    outline_of(piece.outline).transformed(Affine2D().scale(scale).translate(x, y)),
                    facecolor=piece.fill,
                    edgecolor=piece.edge,
                    lw=piece.width * scale * self.points,
                    joinstyle="round",
                    zorder=zorder + order / 100,
                    linestyle=(0, dash) if dash else "solid",
                    gid=name and (name if order == last else f"under{order}:{name}"),
                )
            )


@cache
def outline_of(text: str) -> Outline:
    """An outline of a symbol as Matplotlib draws it."""
    codes: list[np.uint8] = []
    points: list[tuple[float, float]] = []
    commands = {"M": Outline.MOVETO, "L": Outline.LINETO, "C": Outline.CURVE4, "Z": Outline.CLOSEPOLY}
    for command, pairs in steps_of(text):
        points += pairs or [(0.0, 0.0)]
        codes += [commands[command]] * (len(pairs) or 1)
    return Outline(np.array(points), codes)


def area_outline(geometry: shapely.Geometry) -> Outline | None:
    """All rings of polygons as one outline."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    if not len(rings):
        return None
    return Outline.make_compound_path(*(Outline(shapely.get_coordinates(ring), closed=True) for ring in rings))
