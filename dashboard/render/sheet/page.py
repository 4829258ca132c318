"""The page of a sheet: its units, boxes, fonts, and how text and symbols are put on it.

Lengths are in units of which the page is always 1920 wide, from the left and from the top, so that one layout serves
every size.
"""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import font_source_sans_pro
import matplotlib.patheffects as effects
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D
from PIL import ImageFont

from dashboard.render.symbols import DASHES, LINE_WIDTH, RIM_WIDTH, SHAPES, Palette

WIDTH = 1920.0
MARGIN = 40.0
COLUMN = 500.0  # width of the column beside the map
HEAD, FOOT = 148.0, 0.128  # above and below the map, the latter as a part of the height

_FONTS = Path(font_source_sans_pro.__file__).parent / "files"
for _name in ("Regular", "Semibold", "Bold", "It"):
    fontManager.addfont(_FONTS / f"SourceSansPro-{_name}.ttf")
FAMILY = "Source Sans Pro"
RULER = 200  # size at which widths are measured

Style = Literal["normal", "italic"]
Box = tuple[float, float, float, float]  # left, top, right, bottom in units


class Page:
    """A figure with one set of axes that covers it, in units."""

    def __init__(self, figure: Figure, palette: Palette, map_box: Box | None = None) -> None:
        self.figure, self.palette = figure, palette
        inches_wide, inches_high = figure.get_size_inches()
        self.width, self.height = WIDTH, WIDTH * inches_high / inches_wide
        self.points = 72 * inches_wide / WIDTH  # of a unit
        figure.set_facecolor(palette.paper)
        self.axes = self._axes((0, 0, self.width, self.height), zorder=5)
        self.axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        self.map_box = map_box or (MARGIN, HEAD, self.width - 2 * MARGIN - COLUMN, self.height * (1 - FOOT))

    def _axes(self, box: Box, zorder: float) -> Axes:
        left, top, right, bottom = box
        place = (left / self.width, 1 - bottom / self.height, (right - left) / self.width, (bottom - top) / self.height)
        axes = self.figure.add_axes(place, zorder=zorder)
        axes.set_axis_off()
        axes.patch.set_visible(False)
        return axes

    def map_axes(self) -> Axes:
        """Axes for the map, under everything else."""
        return self._axes(self.map_box, zorder=1)

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
    ) -> None:
        """Write a line of text with its baseline at y."""
        line = self.axes.text(
            x,
            y,
            text,
            fontsize=size * self.points,
            fontproperties=font(weight, style),
            color=colour or self.palette.ink,
            ha=align,
            va="baseline",
            zorder=zorder,
            parse_math=False,
        )
        line.set_fontsize(size * self.points)
        if halo:
            line.set_path_effects([effects.withStroke(linewidth=size * 0.22 * self.points, foreground=halo)])

    def lines(
        self, x: float, y: float, text: str, size: float, width: float, weight: str = "regular", colour: str = ""
    ) -> float:
        """Write text wrapped to a width, from the baseline y down; gives the baseline of the line after."""
        for line in wrapped(text, size, width, weight):
            self.text(x, y, line, size, weight=weight, colour=colour)
            y += size * 1.32
        return y

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

    def symbol(self, x: float, y: float, category: str, status: str, *, scale: float = 1.0, name: str = "") -> None:
        """Draw an incident's symbol, ``name`` being what it can be found by."""
        shape = symbol_outline(category).transformed(Affine2D().scale(scale).translate(x, y))
        colour, rim = self.palette.categories[category], self.palette.rim
        hollow = status != "confirmed"
        edge = (LINE_WIDTH if hollow else 0.6) * scale * self.points
        dash = [float(part) / LINE_WIDTH for part in DASHES[status].split()]
        under = PathPatch(
            shape, facecolor=rim, edgecolor=rim, lw=RIM_WIDTH * scale * self.points, joinstyle="round", zorder=4
        )
        over = PathPatch(
            shape,
            facecolor=rim if hollow else colour,
            edgecolor=colour,
            lw=edge,
            joinstyle="round",
            zorder=4.1,
            linestyle=(0, dash) if dash else "solid",
            gid=name or None,
        )
        self.axes.add_artist(under)
        self.axes.add_artist(over)


@cache
def font(weight: str = "regular", style: Style = "normal") -> FontProperties:
    """Source Sans in a weight: regular, semibold or bold."""
    return FontProperties(family=FAMILY, weight=weight, style=style)


@cache
def text_width(text: str, size: float, weight: str = "regular", style: Style = "normal") -> float:
    """Width of a line of text, in the unit of its size."""
    return float(_ruler(weight, style).getlength(text)) * size / RULER


@cache
def _ruler(weight: str, style: Style) -> ImageFont.FreeTypeFont:
    """The font at a size at which its widths are measured; Matplotlib itself can only measure what it has drawn."""
    name = "It" if style == "italic" else weight.capitalize()
    return ImageFont.truetype(str(_FONTS / f"SourceSansPro-{name}.ttf"), RULER, layout_engine=ImageFont.Layout.BASIC)


def wrapped(text: str, size: float, width: float, weight: str = "regular") -> list[str]:
    """A text in lines that are no wider than ``width``."""
    lines: list[list[str]] = []
    space, used = text_width(" ", size, weight), width
    for word in text.split():
        length = text_width(word, size, weight)
        if lines and used + space + length <= width:
            lines[-1].append(word)
            used += space + length
        else:
            lines.append([word])
            used = length
    return [" ".join(words) for words in lines]


@cache
def symbol_outline(category: str) -> Outline:
    """The outline of a category's symbol, from its SVG path."""
    codes: list[np.uint8] = []
    points: list[tuple[float, float]] = []
    commands = {"M": Outline.MOVETO, "L": Outline.LINETO, "C": Outline.CURVE4, "Z": Outline.CLOSEPOLY}
    for command, text in re.findall(r"([MLCZ])([^MLCZ]*)", SHAPES[category]):
        numbers = [float(number) for number in text.split()] or [0.0, 0.0]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += pairs
        codes += [commands[command]] * len(pairs)
    return Outline(np.array(points), codes)
