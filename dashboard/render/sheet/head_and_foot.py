"""The head of a sheet (marking, title, filter) and its foot (scale, projection, sources, disclaimer, ID)."""

from matplotlib.patches import Polygon

from dashboard.language import _, number
from dashboard.render.sheet.frame import BAND, Frame
from dashboard.render.sheet.layout import FINDING, HEAD, MARGIN, SCALE, SIZES, Format, Layout
from dashboard.render.sheet.page import Box, Page, Paper
from dashboard.render.symbols.marking import marking_colours
from dashboard.render.text.handout import Handout, licences
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import wrapped
from dashboard.settings import settings

SMALLEST_POINTS = 6.0  # of text on paper


def draw_foot(
    page: Page, layout: Layout, frame: Frame, handout: Handout, format_: Format, before: str, after: str
) -> None:
    """Draw the foot of the page with the map; its small print has words before and after."""
    left, map_bottom = frame.box[0] - BAND, frame.box[3] + BAND
    draw_scale(page, frame, map_bottom + 38, SCALE - 110)
    _ratio(page, frame, map_bottom + 60, format_)
    _north(page, left + SCALE - 40, map_bottom + 28)
    draw_small_print(page, layout.foot, " ".join(filter(None, (before, _small_print(frame, handout), after))))


def draw_scale(page: Page, frame: Frame, y: float, room: float) -> None:
    """Draw a scale bar of a round length, at most ``room``; true, since the projection is centred on the frame."""
    wanted_m = room * frame.unit_m
    length_km: float = max(
        step * 10**power / 10 for power in range(6) for step in (1, 2, 5) if step * 10**power <= max(wanted_m / 100, 1)
    )
    length = length_km * 1000 / frame.unit_m
    left = frame.box[0] - BAND
    page.rule(left, y, left + length, y, 2.4, page.palette.ink)
    for part in (0.0, 0.5, 1.0):
        x, km = left + length * part, length_km * part
        label = number(km, next(digits for digits in range(3) if round(km, digits) == round(km, 2)))
        page.rule(x, y - 7, x, y, 1.6, page.palette.ink)
        words = _("{distance} km").format(distance=label) if part == 1 else label
        page.text(x, y - 12, words, 15, align="left" if part == 0 else "center")


def _ratio(page: Page, frame: Frame, y: float, format_: Format) -> None:
    """Write the scale's ratio."""
    ratio = number(_round(frame.unit_m * page.width / (_printed_mm(format_) / 1000)))
    if SIZES[format_.size].unit == "mm":
        words = _("Scale about 1 : {ratio} on {size}").format(ratio=ratio, size=format_.size)
    else:
        words = _("Scale about 1 : {ratio} printed {width} mm wide").format(
            ratio=ratio, width=number(_printed_mm(format_))
        )
    page.fitted(frame.box[0] - BAND, y, words, 15, SCALE - 20, smallest=11, colour=page.palette.muted)


def _printed_mm(format_: Format) -> float:
    """Width of the page on paper; a picture's is that of A4."""
    size = SIZES[format_.size] if SIZES[format_.size].unit == "mm" else SIZES["A4"]
    return size.sides(portrait=format_.portrait)[0]


def _round(ratio: float) -> float:
    """To two figures."""
    return float(f"{ratio:.2g}")


def _north(page: Page, x: float, top: float) -> None:
    head = [(x, top - 16), (x + 9, top + 14), (x, top + 7), (x - 9, top + 14)]
    page.axes.add_artist(Polygon(head, facecolor=page.palette.ink, edgecolor="none", zorder=4))
    page.text(x, top + 32, _("N"), 16, weight="bold", align="center")


def _small_print(frame: Frame, handout: Handout) -> str:
    north = _("{degrees}° N") if frame.latitude >= 0 else _("{degrees}° S")
    east = _("{degrees}° E") if frame.longitude >= 0 else _("{degrees}° W")
    centre = " ".join(
        side.format(degrees=number(abs(degrees), 1))
        for side, degrees in ((north, frame.latitude), (east, frame.longitude))
    )
    producer = settings().producer
    parts = (
        _("Lambert azimuthal equal-area projection centred on {centre}, datum WGS 84.").format(centre=centre),
        licences(handout),
        handout.completeness,
        settings().disclaimer,
        _("Produced by {producer}.").format(producer=producer) if producer else "",
        _("Made by {name}.").format(name=handout.maker) if handout.maker else "",
    )
    return " ".join(part for part in parts if part)


def draw_small_print(page: Paper, box: Box, text: str) -> None:
    """Write a text as large as it can be in a box."""
    left, top, right, bottom = box
    size, smallest = 16.0, max(10.0, SMALLEST_POINTS / page.points)
    while size > smallest and len(wrapped(text, size, right - left - 30)) * size * 1.25 > bottom - top - 8:
        size -= 0.25
    y = top + 10 + size
    for line in wrapped(text, size, right - left - 30):
        page.text(left, y, line, size, colour=page.palette.muted)
        y += size * 1.25


def draw_identity(page: Paper, box: Box, handout: Handout, number_: int, pages: int) -> None:
    """Write the sheet's ID, the data's hash, their release and the number of the page."""
    left, top, right, _bottom = box
    page.text(right, top + 28, _("Sheet {number}").format(number=handout.sheet_id), 18, weight="bold", align="right")
    parts = [_("Data {fingerprint}").format(fingerprint=handout.fingerprint), handout.release]
    if pages > 1:
        parts.append(_("Page {number} of {pages}").format(number=number(number_), pages=number(pages)))
    lines: list[str] = []
    for part in filter(None, parts):
        longer = _("{parts} · {part}").format(parts=lines[-1], part=part) if lines else ""
        if longer and text_width(longer, 15) <= right - left:
            lines[-1] = longer
        else:
            lines.append(part)
    for position, line in enumerate(lines):
        page.text(right, top + 50 + 20 * position, line, 15, align="right", colour=page.palette.muted)


SMALLEST_MARKING = 12.0  # points: TLP 2.0 wants at least that
TWO_LINES = 24  # size of a title of two lines
TIMES = 400.0  # width of the times beside the title


def draw_marking(page: Paper, marking: str) -> None:
    """Write the marking at the top and at the bottom, where there is one."""
    if not marking:
        return
    colour, ground = marking_colours(marking)
    size = max(26.0, SMALLEST_MARKING / page.points)
    while text_width(marking, size, "bold") > page.width - 2 * MARGIN - 36:  # some free text; no label is so long
        size -= 1
    width, middle = text_width(marking, size, "bold") + 36, page.width / 2
    for top in (8.0, page.height - 8 - size - 12):
        box = (middle - width / 2, top, middle + width / 2, top + size + 12)
        page.rectangle(box, fill=ground, edge=colour, width=1.2)
        page.text(middle, top + size + 0.5, marking, size, weight="bold", colour=colour, align="center")


def draw_head(page: Paper, handout: Handout, finding: str = "") -> None:
    """Write title, finding, filter, information cut-off and time produced."""
    room = page.width - 2 * MARGIN - TIMES
    size = next((size for size in range(40, 29, -1) if text_width(handout.title, size, "bold") <= room), 0)
    if size:
        page.text(MARGIN, 94, handout.title, size, weight="bold")
    else:
        # Two lines of no more than this stay below the marking, and above the sentence.
        size = next(size for size in range(TWO_LINES, 0, -1) if len(wrapped(handout.title, size, room, "bold")) <= 2)
        for position, line in enumerate(wrapped(handout.title, size, room, "bold")):
            page.text(MARGIN, 98 - (1.08 - 1.08 * position) * size, line, size, weight="bold")
    top = 107.0
    if finding:
        _as_large_as_can_be(page, finding, 25.0, top, top + FINDING, page.palette.ink)
        top += FINDING
    _as_large_as_can_be(page, handout.sentence, 22.0, top, top + HEAD - 112, page.palette.muted)
    right = page.width - MARGIN
    information = _("Information as of {time}").format(time=handout.cutoff)
    produced = _("Produced {time}").format(time=handout.produced_in_words)
    page.text(right, 66, information, 19, weight="semibold", align="right")
    _group_and_age(page, handout, right, 86)
    page.text(right, 105, produced, 16, colour=page.palette.muted, align="right")


def _group_and_age(page: Paper, handout: Handout, right: float, y: float) -> None:
    """Draw the age of the information, in bold where it was old, and left of it the cut-off's date-time group."""
    group = handout.cutoff_group
    if not handout.age:
        page.text(right, y, group, 16, align="right")
        return
    if not handout.alarm:
        words = _("{group} · {age}").format(group=group, age=handout.age) if group else handout.age
        page.text(right, y, words, 16, align="right")
        return
    width = text_width(handout.age, 16, "bold")
    page.rectangle((right - width - 8, y - 15, right, y + 5), fill=page.palette.alarm)
    page.text(right - 4, y, handout.age, 16, weight="bold", colour=page.palette.paper, align="right")
    page.text(right - width - 18, y, group, 16, align="right")


def _as_large_as_can_be(page: Paper, text: str, size: float, top: float, bottom: float, colour: str) -> None:
    """Write a text between two heights, made smaller until it fits."""
    width = page.width - 2 * MARGIN
    while size > 6 and len(wrapped(text, size, width)) * size * 1.18 > bottom - top:
        size -= 0.5
    for position, line in enumerate(wrapped(text, size, width)):
        page.text(MARGIN, top + size * (0.98 + 1.18 * position), line, size, colour=colour)
