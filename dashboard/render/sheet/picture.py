"""The map alone, without a sheet's margins: with its scale bar for slides, and small as a preview."""

import io
from dataclasses import dataclass

from PIL import Image

from dashboard.language import ngettext, number
from dashboard.render.sheet.checks import check_marks, check_pixels
from dashboard.render.sheet.frame import BAND, frame_of
from dashboard.render.sheet.head_and_foot import draw_scale
from dashboard.render.sheet.layout import Format, layout_for
from dashboard.render.sheet.map import draw_map
from dashboard.render.sheet.page import Page
from dashboard.render.sheet.save import pixels_of
from dashboard.render.symbols.legend import Item
from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.text.handout import Handout

DOTS = 288  # an inch: twice those of a slide on a screen 1920 wide
UNIT_PX = 2.67  # a name of 15 units is then 10 points, to be read from the back of a room
PREVIEW_PX = 800  # width of the sheet of which a preview shows the map
BELOW, SCALE = 40.0, 200.0  # room for the scale bar below the map, and its length


@dataclass(frozen=True)
class MapPicture:
    """A picture of the map.

    png
        Its file.
    legend
        Everything that is drawn.
    note
        A note on it in a sentence (counted by cell, incidents outside the frame), or empty.
    """

    png: bytes
    legend: list[Item]
    note: str = ""


def map_picture(handout: Handout, width_px: int, height_px: int, palette: Palette = LIGHT) -> MapPicture:
    """Draw the map of a handout in the colours of a palette, with DOTS pixels an inch.

    Raises
    ------
    SheetError
        The map came out blank, or its marks do not match the selection.
    """
    page = Page((width_px / DOTS, height_px / DOTS), palette, UNIT_PX / DOTS)
    edge = 2.0 + BAND
    frame = frame_of(handout, (edge, edge, page.width - edge, page.height - BELOW - BAND))
    map_ = draw_map(page, frame, handout)
    check_marks(page.figure, map_, len(handout.incidents))
    draw_scale(page, frame, page.height - 6, SCALE)
    file = io.BytesIO()
    pixels = pixels_of(page, DOTS)
    check_pixels(pixels, page, frame)
    Image.fromarray(pixels).save(file, "png")
    outside = ngettext(
        "{count} incident of this view lies outside the map.",
        "{count} incidents of this view lie outside the map.",
        map_.outside,
    ).format(count=number(map_.outside))
    note = " ".join(sentence for sentence in (map_.note, outside if map_.outside else "") if sentence)
    return MapPicture(file.getvalue(), map_.items, note)


def count_outside(handout: Handout, format_: Format) -> int:
    """Count the incidents outside the frame of a sheet's map."""
    return int((~frame_of(handout, layout_for(handout, format_).map).holds(handout.incidents)).sum())


def preview(handout: Handout, format_: Format, palette: Palette) -> bytes:
    """A small PNG of the map of a sheet, drawn as on the sheet."""
    page = Page(format_.inches, palette)
    frame = frame_of(handout, layout_for(handout, format_).map)
    draw_map(page, frame, handout)
    pixels = pixels_of(page, PREVIEW_PX / format_.inches[0])
    left, top, right, bottom = (round(part / page.width * PREVIEW_PX) for part in frame.box)
    file = io.BytesIO()
    Image.fromarray(pixels[top:bottom, left:right]).save(file, "png")
    return file.getvalue()
