"""A slide as a page to write on: text that fits, rectangles, pictures, title, marking and foot.

Lengths are in points, from the left and from the top. Sizes are given for a slide of 960 x 540 and scaled to others.
"""

import io
from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Pt

from dashboard.language import _
from dashboard.render.deck.default_template import HEIGHT, MARGIN, WIDTH
from dashboard.render.deck.placeholders import Box, box_of, fill, place, style_of
from dashboard.render.deck.template import TITLES, Template
from dashboard.render.deck.text import Align, Paragraph, Run, rgb, runs_of, visible, write_runs
from dashboard.render.symbols.marking import marking_colours
from dashboard.render.symbols.palettes import Palette
from dashboard.render.typesetting.text_fit import LEADING, Ruler

SMALLEST_MARKING = 12.0  # points: FIRST, Traffic Light Protocol 2.0
EDGE = 6.0  # around the marking


class Stock:
    """The common properties of a deck's slides: template, colours, measure of its font, size and scale."""

    def __init__(self, template: Template, palette: Palette) -> None:
        self.template, self.palette, self.ruler = template, palette, Ruler(template.font)
        presentation = template.presentation
        self.width, self.height = (
            (side or 0) / Pt(1) for side in (presentation.slide_width, presentation.slide_height)
        )
        self.scale = min(2.0, max(0.75, min(self.width / WIDTH, self.height / HEIGHT)))

    def points(self, size: float, smallest: float = 6.0) -> float:
        """A size of a font for these slides."""
        return max(smallest, round(2 * size * self.scale) / 2)

    def slide(self, marking: str, *, cover: bool = False) -> "Slide":
        """Add a slide with its marking at top and bottom."""
        return Slide(self, self.template.cover if cover else self.template.plain, marking)


class Slide:
    """One slide.

    body
        The room for content between the markings and the furniture of the template; below the title once there is one,
        above the foot once there is one.
    """

    def __init__(self, stock: Stock, layout: SlideLayout, marking: str) -> None:
        self.stock, self.layout = stock, layout
        self.native: Any = stock.template.presentation.slides.add_slide(layout)
        self.furniture = _furniture(layout, stock)
        self.band = self._mark(marking)
        self.body = self._room()

    def _mark(self, marking: str) -> float:
        """Write the marking at top and bottom; gives the height that it takes from each edge."""
        stock = self.stock
        if not marking:
            return EDGE * stock.scale
        colour, ground = marking_colours(marking)
        size, room = stock.points(14, SMALLEST_MARKING), stock.width - 8 * MARGIN
        lines = stock.ruler.lines(marking, size, room, bold=True)
        width = max(stock.ruler.width(line, size, bold=True) for line in lines) + 2 * size
        height = len(lines) * size * LEADING + 0.3 * size
        left = (stock.width - width) / 2
        for name, top in ((_("Marking, top"), EDGE), (_("Marking, bottom"), stock.height - EDGE - height)):
            shape = self.block((left, top, left + width, top + height), ground, edge=colour, name=name)
            self.write_into(shape, [[Run(marking, bold=True, colour=colour)]], size, "center", middle=True)
        return height + 2 * EDGE

    def _room(self) -> Box:
        stock = self.stock
        side = MARGIN * stock.scale
        left, top, right, bottom = side, self.band, stock.width - side, stock.height - self.band
        for x1, y1, x2, y2 in self.furniture:
            if y2 <= stock.height * 0.25:
                top = max(top, y2 + EDGE)
            elif y1 >= stock.height * 0.8:
                bottom = min(bottom, y1 - EDGE)
            elif x2 <= stock.width * 0.15:
                left = max(left, x2 + EDGE)
            elif x1 >= stock.width * 0.85:
                right = min(right, x1 - EDGE)
        return left, top, right, bottom

    def title(self, text: str) -> None:
        """Write the title into its placeholder, where the layout has it if that leaves room for the rest."""
        stock, shape = self.stock, self.heading
        style = style_of(shape, self.layout, stock.template)
        left, top, right, bottom = box_of(shape)
        if right - left < 0.45 * stock.width or top < 0 or bottom > 0.42 * stock.height:
            left, top, right, bottom = self.body[0], self.band, self.body[2], self.band
        top = max(top, self.band - 2)
        for x1, y1, x2, y2 in self.furniture:  # a logo beside the title
            if y1 < bottom and y2 > top and x1 >= 0.6 * stock.width:
                right = min(right, x1 - EDGE)
            elif y1 < bottom and y2 > top and x2 <= 0.4 * stock.width:
                left = max(left, x2 + EDGE)
        most = top + max(0.125 * stock.height, style.insets[1] + style.insets[3] + stock.points(18) * LEADING)
        fit = style.fit(text, (left, top, right, most), stock.points(28), stock.points(18))
        bottom = top + fit.height + style.insets[1] + style.insets[3]
        place(shape, (left, top, right, bottom))
        fill(shape, text, style, fit)
        self._drop_empty()
        x1, y1, x2, y2 = self.body
        self._lay_ground((x1, max(y1, bottom + 2 * stock.scale), x2, y2))

    def cover(self, title: str, subtitle: str, wanted: float) -> None:
        """Write title and subtitle where the layout has them; the body becomes the room below or above.

        Parameters
        ----------
        wanted
            Height that the body needs, on a slide of 960 x 540.
        """
        stock, scale = self.stock, self.stock.scale
        wanted *= scale
        lower = [one for one in self.native.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE]
        holders = [self.heading, *lower[:1]]
        boxes = [_below(box_of(holder), self.band) for holder in holders]
        left, top, right, bottom = self.body
        above: Box = (left, top, right, min(box[1] for box in boxes) - EDGE * scale)
        below = (left, max(max(box[3] for box in boxes) + EDGE * scale, top), right, bottom)
        room = max(below, above, key=lambda box: min(box[3] - box[1], wanted))
        usable = all(box[2] - box[0] > 0.3 * stock.width and box[3] - box[1] > 20 for box in boxes)
        if room[3] - room[1] < wanted or not usable:  # they take the upper part, as far as there must be room below
            middle = bottom - wanted
            parting = top + (middle - top) * (0.65 if lower else 1.0)
            boxes = [(left, top, right, parting), (left, parting, right, middle)][: len(holders)]
            room = (left, middle + EDGE * scale, right, bottom)
        for holder, box, text, smallest in zip(holders, boxes, (title, subtitle), (20, 12), strict=False):
            style = style_of(holder, self.layout, stock.template)
            fit = style.fit(text, box, style.size, stock.points(smallest))
            x1, y1, x2, y2 = box
            if stock.template.own and holder is holders[0]:
                y1 = y2 - fit.height
                self.block((x1, y1 - 18, x1 + 56, y1 - 14), stock.palette.action)
            place(holder, (x1, y1, x2, y2))
            fill(holder, text, style, fit)
        self._drop_empty()
        self._lay_ground(room if stock.template.own else _below(room, room[3] - wanted))
        if not lower:
            size = stock.points(18)
            left, top, right, bottom = self.body
            y = self.write((left, top, right, top + 3 * size * LEADING), subtitle, size, name=_("Subtitle"))
            self.body = (left, y + EDGE * scale, right, bottom)

    def _lay_ground(self, body: Box) -> None:
        """Take a part of the slide for content; on a ministry's slide, whatever its colours, it is white."""
        self.body = body
        if self.stock.template.own:
            return
        left, top, right, bottom = body
        self.block((left - EDGE, top, right + EDGE, bottom), self.stock.palette.paper, name=_("Ground"))
        self.body = (left, top + EDGE * self.stock.scale, right, bottom - EDGE * self.stock.scale / 2)

    @property
    def heading(self) -> Any:
        """The placeholder of the title."""
        return next(shape for shape in self.native.placeholders if shape.placeholder_format.type in TITLES)

    def _drop_empty(self) -> None:
        """Take away placeholders that nobody fills: PowerPoint would ask for their text."""
        for shape in list(self.native.placeholders):
            if not shape.has_text_frame or not shape.text_frame.text:
                shape._element.getparent().remove(shape._element)

    def write(
        self,
        box: Box,
        text: str | Sequence[Paragraph],
        size: float,
        *,
        smallest: float = 0.0,
        bold: bool = False,
        colour: str = "",
        align: Align = "left",
        name: str = "",
        shapes: Any = None,
    ) -> float:
        """Write paragraphs into a box, smaller where they need it and cut off at last; gives the y below them.

        Parameters
        ----------
        size, smallest
            Of the font, already scaled; ``smallest`` is four fifths of it where none is given.
        colour
            That of ink where none is given.
        shapes
            Where to add the text; the slide itself where nothing is given.
        """
        paragraphs = [text] if isinstance(text, str) else list(text)
        words = ["".join(run.text for run in runs_of(paragraph)) for paragraph in paragraphs]
        heavy = bold or any(run.bold for paragraph in paragraphs for run in runs_of(paragraph))
        left, top, right, bottom = box
        fit = self.stock.ruler.fit(words, right - left, bottom - top, size, smallest or 0.8 * size, bold=heavy)
        written = fit.paragraphs if fit.cut else paragraphs
        colour = colour or self.stock.palette.ink
        shape = (shapes or self.native.shapes).add_textbox(Pt(left), Pt(top), Pt(right - left), Pt(fit.height))
        shape.name = visible(name or words[0][:40])
        self.write_into(shape, [runs_of(part, bold=bold, colour=colour) for part in written], fit.size, align)
        return top + fit.height

    def write_into(
        self, shape: Any, paragraphs: Sequence[Sequence[Run]], size: float, align: Align, *, middle: bool = False
    ) -> None:
        """Write paragraphs into a shape without margins, which they are known to fit."""
        frame = shape.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
        write_runs(frame, paragraphs, size, align, link=self.stock.palette.action)

    def block(self, box: Box, fill_: str, *, edge: str = "", name: str = "", shapes: Any = None) -> Any:
        """Draw a rectangle; gives its shape."""
        left, top, right, bottom = box
        shape = (shapes or self.native.shapes).add_shape(
            MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(right - left), Pt(bottom - top)
        )
        unstyled(shape)
        shape.name = name or _("Rule")
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill_)
        if edge:
            shape.line.color.rgb, shape.line.width = rgb(edge), Pt(1)
        else:
            shape.line.fill.background()
        return shape

    def rule(self, left: float, right: float, y: float, colour: str = "", height: float = 0.75) -> None:
        """Draw a level line, a hairline where no colour is given."""
        self.block((left, y, right, y + height), colour or self.stock.palette.hairline)

    def picture(self, png: bytes, box: Box, name: str, alternative: str) -> Any:
        """Show a picture, as large as its box, with a text that says what it shows; gives its shape."""
        left, top, right, bottom = box
        shape = self.native.shapes.add_picture(io.BytesIO(png), Pt(left), Pt(top), Pt(right - left), Pt(bottom - top))
        shape.name = name
        describe(shape, alternative)
        return shape

    def notes(self, paragraphs: Sequence[str]) -> None:
        """Write what the speaker sees."""
        self.native.notes_slide.notes_text_frame.text = "\n".join(paragraphs)


def unstyled(shape: Any) -> None:
    """Take away the theme's effects, such as shadows."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def describe(shape: Any, text: str) -> None:
    """Say in words what a shape shows."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", visible(text))


def _below(box: Box, y: float) -> Box:
    """The part of a box that is not above a y."""
    left, top, right, bottom = box
    return left, max(top, y), right, bottom


def _furniture(layout: SlideLayout, stock: Stock) -> list[Box]:
    """Shapes that the template draws on every slide of a layout, such as a logo, but for grounds that cover most."""
    holders: list[Any] = [layout]
    if layout._element.get("showMasterSp", "1") in ("1", "true"):
        holders.append(layout.slide_master)
    boxes = [box_of(shape) for holder in holders for shape in holder.shapes if not shape.is_placeholder]
    return [box for box in boxes if box[2] - box[0] < 0.6 * stock.width or box[3] - box[1] < 0.6 * stock.height]
