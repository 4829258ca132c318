"""The sentence over the map of an area in which no incident is known."""

from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.page import Page
from dashboard.render.text.handout import Handout
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import wrapped

LARGEST, SMALLEST = 40.0, 18.0  # sizes of the sentence
PART = 0.8  # width of the words, as a part of the map's
MOST_LINES = 4
PADDING, AWAY = 24.0, 30.0  # inside the panel, and from it to the edge of the map


def write_nil(page: Page, handout: Handout, space: LabelRoom) -> None:
    """Write that nothing is known, and as of when; the room for it is taken."""
    left, _top, right, bottom = space.box
    width = PART * (right - left)
    size = LARGEST
    while size > SMALLEST and len(wrapped(handout.nil, size, width, "bold")) > MOST_LINES:
        size -= 1
    lines = [(line, size, "bold") for line in _balanced(handout.nil, size, width)]
    lines += [(line, 0.62 * size, "semibold") for line in wrapped(handout.as_of, 0.62 * size, width, "semibold")]
    widest = max(text_width(*line) for line in lines)
    height = sum(1.3 * size for _line, size, _weight in lines)
    middle, foot = (left + right) / 2, bottom - AWAY
    half = widest / 2 + PADDING
    panel = (middle - half, foot - height - 2 * PADDING, middle + half, foot)
    space.add(panel)
    page.rectangle(panel, fill=page.palette.paper, edge=page.palette.ink, width=1.2, zorder=5)
    y = panel[1] + PADDING
    for line, size, weight in lines:
        page.text(middle, y + size, line, size, weight=weight, align="center", zorder=5.1)
        y += 1.3 * size


def _balanced(text: str, size: float, width: float) -> list[str]:
    """The lines of a text, none of which is left with a word or two."""
    lines = wrapped(text, size, width, "bold")
    while len(narrower := wrapped(text, size, width := 0.96 * width, "bold")) == len(lines):
        lines = narrower
    return lines
