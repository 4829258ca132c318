"""The head of every page of a sheet, and its marking at top and bottom."""

from dashboard.language import _
from dashboard.render.handout import Handout
from dashboard.render.marking import marking_colours
from dashboard.render.sheet.layout import HEAD, MARGIN
from dashboard.render.sheet.page import Page, text_width, wrapped
from dashboard.render.wording import date_time_group

SMALLEST_MARKING = 12.0  # points: TLP 2.0 wants at least that
TWO_LINES = 24  # size of a title of two lines
TIMES = 330.0  # width of the times beside the title


def draw_marking(page: Page, marking: str) -> None:
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


def draw_head(page: Page, handout: Handout) -> None:
    """Write title, filter, information cut-off and time produced."""
    room = page.width - 2 * MARGIN - TIMES
    size = next((size for size in range(40, 29, -1) if text_width(handout.title, size, "bold") <= room), 0)
    if size:
        page.text(MARGIN, 94, handout.title, size, weight="bold")
    else:
        # Two lines of no more than this stay below the marking, and above the sentence.
        size = next(size for size in range(TWO_LINES, 0, -1) if len(wrapped(handout.title, size, room, "bold")) <= 2)
        for position, line in enumerate(wrapped(handout.title, size, room, "bold")):
            page.text(MARGIN, 98 - (1.08 - 1.08 * position) * size, line, size, weight="bold")
    _sentence(page, handout.sentence)
    right = page.width - MARGIN
    information = _("Information to {time}").format(time=handout.cutoff)
    produced = _("Produced {time}").format(time=date_time_group(handout.produced))
    page.text(right, 66, information, 19, weight="semibold", align="right")
    _age(page, handout, right, 86)
    page.text(right, 105, produced, 16, colour=page.palette.muted, align="right")


def _age(page: Page, handout: Handout, right: float, y: float) -> None:
    """How old the information was, loudly where it was old."""
    if not handout.age:
        return
    if not handout.alarm:
        page.text(right, y, handout.age, 16, align="right")
        return
    width = text_width(handout.age, 16, "bold")
    page.rectangle((right - width - 8, y - 15, right, y + 5), fill=page.palette.alarm)
    page.text(right - 4, y, handout.age, 16, weight="bold", colour=page.palette.paper, align="right")


def _sentence(page: Page, sentence: str) -> None:
    """The filter as a sentence, as large as it can be between title and map."""
    top, bottom, width = 107.0, HEAD - 9, page.width - 2 * MARGIN
    size = 22.0
    while size > 6 and len(wrapped(sentence, size, width)) * size * 1.18 > bottom - top + 4:
        size -= 0.5
    for position, line in enumerate(wrapped(sentence, size, width)):
        page.text(MARGIN, top + size * (0.98 + 1.18 * position), line, size, colour=page.palette.muted)
