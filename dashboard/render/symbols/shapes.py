"""Shapes of categories and statuses, the same on screen, sheet and slide.

A shape is an outline in a box from -11 to 11, y downward, in the commands M, L, C and Z of an SVG path. Status is in
the stroke: confirmed is filled, reported hollow, disputed hollow and dashed.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.core.incidents.columns import FRIENDLY
from dashboard.render.symbols.palettes import Palette


def _star(points: int, outer: float, inner: float) -> str:
    corners = []
    for corner in range(2 * points):
        radius = inner if corner % 2 else outer
        angle = math.pi * corner / points
        corners.append(f"{radius * math.sin(angle):.2f} {-radius * math.cos(angle):.2f}")
    return "M" + " L".join(corners) + " Z"


SHAPES = {
    "incursion": "M0 -9.5 L8.5 8.5 L0 4.5 L-8.5 8.5 Z",
    "crash": "M0 -9.5 L9.5 0 L0 9.5 L-9.5 0 Z",
    "debris": "M-7.5 -7.5 L7.5 -7.5 L7.5 7.5 L-7.5 7.5 Z",
    "shootdown": _star(6, 10.0, 5.6),
    "landing": "M0 10.5 C-2.2 6.4 -7.6 2.6 -7.6 -2.6 C-7.6 -6.7 -4.2 -10 0 -10 "
    "C4.2 -10 7.6 -6.7 7.6 -2.6 C7.6 2.6 2.2 6.4 0 10.5 Z",
}
# Own-side objects have a sign of their own, grey and lettered F, whatever happened to them.
DISC = "M0 -9 C4.97 -9 9 -4.97 9 0 C9 4.97 4.97 9 0 9 C-4.97 9 -9 4.97 -9 0 C-9 -4.97 -4.97 -9 0 -9 Z"
LETTER = "M-2.6 5.2 L-2.6 -5.2 L3.8 -5.2 L3.8 -3.2 L-0.3 -3.2 L-0.3 -1 L3 -1 L3 1 L-0.3 1 L-0.3 5.2 Z"
SVG = "http://www.w3.org/2000/svg"
BOX = 24  # side of the box of a symbol, with room for its rim
RIM_WIDTH = 5.0  # drawn first, half of it shows
LINE_WIDTH = 2.2
DASHES = {"confirmed": "", "reported": "", "disputed": "3.2 2.4"}


@dataclass(frozen=True)
class Piece:
    """One outline of a symbol, in its box, drawn over those before it.

    fill, edge
        Colours as ``#RRGGBB``, or ``none``.
    width
        Of the edge, in units of the box.
    dash
        Lengths of dashes and gaps in units of the box, separated by spaces, or empty.
    """

    outline: str
    fill: str
    edge: str
    width: float
    dash: str = ""

    def moved(self, scale: float, down: float) -> "Piece":
        """At another scale, and moved down by units of the box."""
        outline = " ".join(
            command + " ".join(f"{x * scale:.2f} {y * scale + down:.2f}" for x, y in points)
            for command, points in steps_of(self.outline)
        )
        return Piece(outline, self.fill, self.edge, self.width * scale, scaled(self.dash.split(), scale))


def scaled(lengths: Iterable[str], scale: float) -> str:
    """Lengths of a dash at another scale."""
    return " ".join(f"{float(length) * scale:g}" for length in lengths)


def pieces(category: str, status: str, palette: Palette) -> tuple[Piece, ...]:
    """A symbol as its rim and its shape; ``category`` and ``status`` are codes of the data, or FRIENDLY."""
    if category == FRIENDLY:
        disc = Piece(DISC, palette.muted, palette.muted, 0.6)
        return Piece(DISC, palette.rim, palette.rim, RIM_WIDTH), disc, Piece(LETTER, palette.rim, "none", 0.0)
    shape, colour, rim = SHAPES[category], palette.categories[category], palette.rim
    hollow = status != "confirmed"
    over = Piece(shape, rim if hollow else colour, colour, LINE_WIDTH if hollow else 0.6, DASHES[status])
    return Piece(shape, rim, rim, RIM_WIDTH), over


def svg(category: str, status: str, palette: Palette, size: int = 22) -> str:
    """A symbol as an SVG element."""
    return drawing(pieces(category, status, palette), size)


def drawing(drawn: Iterable[Piece], size: float) -> str:
    """Pieces of a symbol as an SVG element."""
    paths = "".join(
        f'<path d="{piece.outline}" fill="{piece.fill}" stroke="{piece.edge}" stroke-width="{piece.width:g}"'
        + (f' stroke-dasharray="{piece.dash}"/>' if piece.dash else "/>")
        for piece in drawn
    )
    return _square(size, f'<g stroke-linejoin="round">{paths}</g>')


def steps_of(outline: str) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """The commands of an outline, M, L, C or Z, each with its points."""
    for command, text in re.findall(r"([MLCZ])([^MLCZ]*)", outline):
        numbers = [float(number) for number in text.split()]
        yield command, list(zip(numbers[::2], numbers[1::2], strict=True))


def ring_svg(palette: Palette, size: int = 24) -> str:
    """A cluster as the legend shows it."""
    first, second = list(palette.categories.values())[:2]
    return _square(
        size,
        f'<circle r="12" fill="{palette.rim}"/><g fill="none" stroke-width="4"><circle r="9" stroke="{first}"/>'
        f'<circle r="9" stroke="{second}" stroke-dasharray="22 100"/></g><text>9</text>',
    )


def circle_svg(colour: str, size: int = 24) -> str:
    """The circle of an accuracy as the legend shows it."""
    style = f'fill="{colour}" fill-opacity=".1" stroke="{colour}" stroke-width="1.5" stroke-dasharray="2 3"'
    return _square(size, f'<circle r="9" {style}/>')


def line_svg(colour: str, width: float, dash: str = "", casing: str = "", size: int = 28) -> str:
    """A piece of a line as the legend shows it."""
    line = f'<path d="M0 8 H{size}"'
    under = f'{line} stroke="{casing}" stroke-width="{width * 2}"/>' if casing else ""
    over = f'{line} stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash or "none"}"/>'
    return (
        f'<svg xmlns="{SVG}" width="{size}" height="16" viewBox="0 0 {size} 16" aria-hidden="true">{under}{over}</svg>'
    )


def band_svg(colour: str, opacity: float, size: int = 28) -> str:
    """A flight track in its band as the legend shows it."""
    band = f'<rect x="1" y="1" width="{size - 2}" height="16" rx="8" fill="{colour}"'
    edge = f'stroke="{colour}" stroke-opacity=".75" stroke-dasharray="1 3"'
    line = f'<path d="M2 9 H{size - 2}" stroke="{colour}" stroke-width="2" stroke-dasharray="5 4"/>'
    return (
        f'<svg xmlns="{SVG}" width="{size}" height="18" viewBox="0 0 {size} 18" aria-hidden="true">'
        f'{band} fill-opacity="{opacity}" {edge}/>{line}</svg>'
    )


def _square(size: float, content: str) -> str:
    box = f'width="{size:g}" height="{size:g}" viewBox="-12 -12 24 24"'
    return f'<svg xmlns="{SVG}" {box} aria-hidden="true">{content}</svg>'
