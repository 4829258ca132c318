"""Text by Matplotlib: our fonts; and many lines as one artist, since a Text of its own for each takes twice as long."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.transforms import Transform

from dashboard.render.typesetting.fonts import FALLBACK, FAMILY, WEIGHTS, fallback_file, font_file
from dashboard.render.typesetting.glyphs import drawable
from dashboard.render.typesetting.measure import Style

for _file in (*map(font_file, WEIGHTS), font_file("regular", "italic")):
    fontManager.addfont(_file)
# Without one that calls itself semibold, Matplotlib takes another weight and warns of it.
_bold = next(entry for entry in fontManager.ttflist if entry.fname == str(fallback_file("bold")))
fontManager.ttflist.append(replace(_bold, weight=WEIGHTS["semibold"]))


@cache
def font(weight: str = "regular", style: Style = "normal") -> FontProperties:
    """Source Sans in a weight: regular, semibold or bold."""
    return FontProperties(family=[FAMILY, FALLBACK], weight=weight, style=style)


@dataclass(frozen=True)
class Line:
    """A line of text with its left edge, baseline and size in units; a link where ``url`` is given."""

    x: float
    y: float
    text: str
    size: float
    weight: str = "regular"
    colour: str = ""
    url: str = ""


class Lines(Artist):
    """Lines of text on a page.

    to_canvas
        From the page's units.
    points
        Points in a unit.
    ink
        The colour of lines without one.
    """

    def __init__(self, lines: Sequence[Line], to_canvas: Transform, points: float, ink: str) -> None:
        super().__init__()
        self.set_zorder(3)  # that of text
        self.lines, self._to_canvas, self._points, self._ink = lines, to_canvas, points, ink
        self._fonts: dict[tuple[str, float], FontProperties] = {}

    def draw(self, renderer: Any) -> None:
        """Write all lines."""
        places = self._to_canvas.transform([(line.x, line.y) for line in self.lines])
        if renderer.flipy():  # a picture counts from its top
            places[:, 1] = renderer.get_canvas_width_height()[1] - places[:, 1]
        for line, (x, y) in zip(self.lines, places, strict=True):
            context = renderer.new_gc()
            context.set_foreground(line.colour or self._ink)
            context.set_url(line.url or None)
            renderer.draw_text(context, x, y, drawable(line.text), self._font(line.weight, line.size), 0)
            context.restore()

    def _font(self, weight: str, size: float) -> FontProperties:
        if (weight, size) not in self._fonts:
            properties = font(weight).copy()
            properties.set_size(size * self._points)
            self._fonts[weight, size] = properties
        return self._fonts[weight, size]
