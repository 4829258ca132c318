"""The legend of a map slide, in shapes that PowerPoint draws itself, so that they can be moved and copied."""

from collections.abc import Iterable
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.language import _
from dashboard.render.deck.placeholders import Box
from dashboard.render.deck.slide import Slide, describe, unstyled
from dashboard.render.deck.text import Run, rgb
from dashboard.render.symbols.app6 import frame_sample, icon_sample
from dashboard.render.symbols.land_signs import SIDES, sign_of
from dashboard.render.symbols.legend import Item
from dashboard.render.symbols.mark_style import pieces_of
from dashboard.render.symbols.palettes import tinted
from dashboard.render.symbols.shapes import BOX, Piece, steps_of
from dashboard.render.typesetting.text_fit import LEADING

SAMPLE = 24.0  # width of a sample, in points of a slide of 960 x 540
GAP = 7.0  # between a sample and its label
SYMBOL = 15.0  # side of a symbol
_COMMANDS = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}


def draw_legend(slide: Slide, box: Box, items: list[Item], size: float) -> float:
    """Draw the legend from the top of a box down, in two columns where its labels fit; gives the y below."""
    left, top, right, _bottom = box
    rows, second = _columns(slide, right - left, items, size)
    height, scale = size * 1.55, slide.stock.scale
    group = slide.native.shapes.add_group_shape()
    group.name = _("Legend")
    describe(group, _("Legend: {items}.").format(items=_("; ").join(item.label for item in items)))
    for position, item in enumerate(items):
        x = left + second * (position // rows)
        y = top + height * (position % rows + 0.5)
        _sample(slide, group.shapes, x + SAMPLE * scale / 2, y, item)
        label = x + (SAMPLE + GAP) * scale
        end = right if position >= rows or rows == len(items) else left + second
        middle = y - size * LEADING / 2
        slide.write(
            (label, middle, end, middle + size * LEADING), item.label, size, name=item.label, shapes=group.shapes
        )
    return top + rows * height


def legend_height(slide: Slide, width: float, items: list[Item], size: float) -> float:
    """Height that a legend takes."""
    return _columns(slide, width, items, size)[0] * size * 1.55


def _columns(slide: Slide, width: float, items: list[Item], size: float) -> tuple[int, float]:
    """The number of rows of the legend, and the start of its second column."""
    half = (len(items) + 1) // 2
    before = (SAMPLE + GAP) * slide.stock.scale
    widths = [before + slide.stock.ruler.width(item.label, size) for item in items]
    least, most = max(widths[:half], default=0.0) + 2 * GAP, width - max(widths[half:], default=width)
    return (half, min(max(least, width / 2), most)) if least <= most else (len(items), width)


def _sample(slide: Slide, shapes: Any, x: float, y: float, item: Item) -> None:
    """Draw a sample with its middle at a place."""
    scale, palette = slide.stock.scale, slide.stock.palette
    shapes_of = {
        "symbol": lambda: pieces_of(item.kind, palette)[1:],  # on paper it needs no rim
        "frame": lambda: frame_sample(item.kind.identity, palette)[1:],
        "icon": lambda: icon_sample(item.kind.object_type, palette),
        **dict.fromkeys(SIDES, lambda: sign_of(item.sample, palette)),
    }
    if item.sample in shapes_of:
        _symbol(shapes, x, y, shapes_of[item.sample](), SYMBOL * scale, item.label)
    elif item.sample == "number":
        size, half = slide.stock.points(10, 7), SAMPLE * scale / 2
        box = (x - half, y - size * LEADING / 2, x + half, y + size * LEADING / 2)
        slide.write(box, "7", size, bold=True, align="center", shapes=shapes)
    elif item.sample in ("cluster", "accuracy"):
        radius = 6.2 * scale
        ring = _oval(shapes, (x - radius, y - radius, x + radius, y + radius), item.label, palette.paper)
        if item.sample == "cluster":
            ring.line.color.rgb, ring.line.width = rgb(palette.categories["incursion"]), Pt(2.2 * scale)
            size = slide.stock.points(7, 5)
            slide.write_into(ring, [[Run("9", bold=True, colour=palette.ink)]], size, "center", middle=True)
        else:
            ring.line.color.rgb, ring.line.width = rgb(palette.muted), Pt(1)
            ring.line.dash_style = MSO_LINE.SQUARE_DOT
    elif item.sample in ("flank", "flank_sea", "track", "band", "depth"):
        half = SAMPLE * scale / 2
        if item.sample == "band":
            _band(slide, shapes, (x - half, y - 5 * scale, x + half, y + 5 * scale), item)
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x - half), Pt(y), Pt(x + half), Pt(y))
        unstyled(line)
        line.name = item.label
        width, colour, dash = {
            "flank": (2.4, palette.flank, None),
            "flank_sea": (1.3, palette.flank, MSO_LINE.DASH),
            "track": (1.6, palette.categories.get(item.kind.category, palette.ink), MSO_LINE.SQUARE_DOT),
            "depth": (1.1, palette.ink, MSO_LINE.ROUND_DOT),
        }["track" if item.sample == "band" else item.sample]
        line.line.color.rgb, line.line.width = rgb(colour), Pt(width * scale)
        if dash:
            line.line.dash_style = dash


def _oval(shapes: Any, box: Box, name: str, ground: str) -> Any:
    left, top, right, bottom = box
    shape = shapes.add_shape(MSO_SHAPE.OVAL, Pt(left), Pt(top), Pt(right - left), Pt(bottom - top))
    unstyled(shape)
    shape.name = name
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(ground)
    return shape


def _band(slide: Slide, shapes: Any, box: Box, item: Item) -> None:
    """Draw the band of a flight track, in the tint that it has on paper."""
    palette = slide.stock.palette
    colour = palette.categories.get(item.kind.category, palette.ink)
    left, top, right, bottom = box
    band = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Pt(left), Pt(top), Pt(right - left), Pt(bottom - top))
    unstyled(band)
    band.adjustments[0] = 0.5  # round at its ends
    band.name = item.label
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(tinted(palette.paper, colour, palette.band))
    band.line.color.rgb, band.line.width = rgb(colour), Pt(0.75)
    band.line.dash_style = MSO_LINE.ROUND_DOT


def _symbol(shapes: Any, x: float, y: float, drawn: Iterable[Piece], side: float, name: str) -> None:
    """Draw a symbol as shapes of its own outlines, filled, hollow or dashed as on the map."""
    half = side / 2
    for piece in drawn:
        shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(x - half), Pt(y - half), Pt(side), Pt(side))
        unstyled(shape)
        shape.name = name
        for part, colour in ((shape.fill, piece.fill), (shape.line.fill, piece.edge)):
            if colour == "none":
                part.background()
            else:
                part.solid()
                part.fore_color.rgb = rgb(colour)
        shape.line.width = Pt(piece.width * side / BOX)
        if piece.dash:
            shape.line.dash_style = MSO_LINE.SQUARE_DOT
        preset = shape._element.find(f"{qn('p:spPr')}/{qn('a:prstGeom')}")
        preset.getparent().replace(preset, parse_xml(_geometry(piece.outline)))


def _geometry(outline: str) -> str:
    """An outline as DrawingML, in hundredths of a unit from the upper left of its box."""
    drawn = []
    for command, points in steps_of(outline):
        places = "".join(
            f'<a:pt x="{round((x + BOX / 2) * 100)}" y="{round((y + BOX / 2) * 100)}"/>' for x, y in points
        )
        drawn.append("<a:close/>" if command == "Z" else f"<a:{_COMMANDS[command]}>{places}</a:{_COMMANDS[command]}>")
    side = BOX * 100
    return (
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{side}" h="{side}">{"".join(drawn)}</a:path>'
        "</a:pathLst></a:custGeom>"
    )
