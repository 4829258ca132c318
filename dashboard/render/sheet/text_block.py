"""Many lines of text as one artist: Matplotlib spends as long on the layout of each Text as on writing it."""

from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties

from dashboard.render.sheet.page import Page, font
from dashboard.render.typesetting.glyphs import drawable


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
    """Lines of text on a page."""

    def __init__(self, page: Page, lines: list[Line]) -> None:
        super().__init__()
        self.set_zorder(3)  # that of text
        self._page, self.lines = page, lines
        self._fonts: dict[tuple[str, float], FontProperties] = {}

    def draw(self, renderer: Any) -> None:
        """Write all lines."""
        to_canvas = self._page.axes.transData.transform
        places = to_canvas([(line.x, line.y) for line in self.lines])
        if renderer.flipy():  # a picture counts from its top
            places[:, 1] = renderer.get_canvas_width_height()[1] - places[:, 1]
        for line, (x, y) in zip(self.lines, places, strict=True):
            context = renderer.new_gc()
            context.set_foreground(line.colour or self._page.palette.ink)
            context.set_url(line.url or None)
            renderer.draw_text(context, x, y, drawable(line.text), self._font(line.weight, line.size), 0)
            context.restore()

    def _font(self, weight: str, size: float) -> FontProperties:
        if (weight, size) not in self._fonts:
            properties = font(weight).copy()
            properties.set_size(size * self._page.points)
            self._fonts[weight, size] = properties
        return self._fonts[weight, size]
