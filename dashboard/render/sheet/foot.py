"""The foot of a sheet: scale, north, projection, sources and licences, disclaimer, ID and page."""

from typing import Any

from matplotlib.patches import Polygon

from dashboard.language import _, number
from dashboard.render.handout import Handout, licences
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.layout import SIZES, Format
from dashboard.render.sheet.page import Box, Page, wrapped
from dashboard.settings import settings

SMALLEST_POINTS = 6.0  # of text on paper
SCALE = 340.0  # width of the scale at the left
IDENTITY = 250.0  # width of the ID at the right


def draw_foot(page: Page, box: Box, frame: Frame, handout: Handout, format_: Format) -> None:
    """Draw the foot of the page with the map."""
    left, top, right, bottom = box
    chart_bottom = frame.box[3]
    draw_scale(page, frame, chart_bottom + 38, SCALE - 110)
    _ratio(page, frame, chart_bottom + 60, format_)
    _north(page, left + SCALE - 40, chart_bottom + 28)
    beside = top < chart_bottom + 20  # on an upright page the foot lies under everything else
    draw_small_print(
        page, (left + SCALE if beside else left, top, right - IDENTITY, bottom), _small_print(frame, handout)
    )


def draw_scale(page: Page, frame: Frame, y: float, room: float) -> None:
    """Draw a scale bar of a round length, at most ``room``; true, since the projection is centred on the frame."""
    wanted_m = room * frame.unit_m
    length_km: float = max(
        step * 10**power / 10 for power in range(6) for step in (1, 2, 5) if step * 10**power <= max(wanted_m / 100, 1)
    )
    length = length_km * 1000 / frame.unit_m
    left = frame.box[0]
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
    page.fitted(frame.box[0], y, words, 15, SCALE - 20, smallest=11, colour=page.palette.muted)


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
        handout.dataset.about.completeness,
        settings().disclaimer,
        _("Produced by {producer}.").format(producer=producer) if producer else "",
    )
    return " ".join(part for part in parts if part)


def draw_small_print(page: Page, box: Box, text: str) -> None:
    """Write a text as large as it can be in a box."""
    left, top, right, bottom = box
    size, smallest = 16.0, max(10.0, SMALLEST_POINTS / page.points)
    while size > smallest and len(wrapped(text, size, right - left - 30)) * size * 1.25 > bottom - top - 8:
        size -= 0.25
    y = top + 10 + size
    for line in wrapped(text, size, right - left - 30):
        page.text(left, y, line, size, colour=page.palette.muted)
        y += size * 1.25


def draw_identity(page: Page, box: Box, handout: Handout, number_: int, pages: int) -> None:
    """Write the sheet's ID, the data's hash, their release and the number of the page."""
    right, y = box[2], box[1] + 28
    look: dict[str, Any] = {"align": "right", "colour": page.palette.muted}
    page.text(right, y, _("Sheet {number}").format(number=handout.number), 18, weight="bold", align="right")
    page.text(right, y + 22, _("Data {fingerprint}").format(fingerprint=handout.fingerprint), 15, **look)
    y += 22
    if handout.release:
        y += 20
        page.text(right, y, handout.release, 15, **look)
    if pages > 1:
        words = _("Page {number} of {pages}").format(number=number(number_), pages=number(pages))
        page.text(right, y + 20, words, 15, **look)
