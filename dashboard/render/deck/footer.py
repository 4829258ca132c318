"""The footer of every slide: sheet, data, number, and the two times."""

from collections.abc import Sequence

from dashboard.core.query.view import one_line
from dashboard.language import _, listing
from dashboard.render.deck.placeholders import Box
from dashboard.render.deck.slide import Slide
from dashboard.render.deck.text import Paragraph, Run
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import Handout
from dashboard.render.typesetting.text_fit import LEADING

SMALL = 8.5  # size of small print


def draw_foot(slide: Slide, handouts: Sequence[Handout], small_print: str = "") -> None:
    """Write sheet, data and number of the slide at the lower right and small print beside them; the body ends above."""
    stock, muted = slide.stock, slide.stock.palette.muted
    left, top, right, bottom = slide.body
    size = stock.points(SMALL, 6.5)
    sheets = list(dict.fromkeys(handout.sheet_id for handout in handouts))
    data = list(dict.fromkeys(handout.fingerprint for handout in handouts))
    lines: list[Paragraph] = [
        [
            Run(_("Data {fingerprint}").format(fingerprint=listing(data)), colour=muted),
            Run(_(" · "), colour=muted),
            Run(str(len(stock.template.presentation.slides)), bold=True, field=True),
        ]
    ]
    if len(sheets) == 1:
        lines.insert(0, [Run(_("Sheet {sheet}").format(sheet=sheets[0]), bold=True)])
    else:
        small_print = _("Sheets {sheets}. {more}").format(sheets=listing(sheets), more=small_print).strip()
    words = ["".join(run.text for run in line) for line in lines if not isinstance(line, str)]
    width = 1.1 * max(stock.ruler.width(text, size, bold=True) for text in words)
    edge = right - width - 20 * stock.scale
    tallest = min(0.12 * stock.height, bottom - top)
    fit = stock.ruler.fit([one_line(small_print)], edge - left, tallest, size, 0.75 * size)
    height = max(fit.height if small_print else 0.0, len(lines) * size * LEADING)
    y = bottom - height - 2 * stock.scale
    if small_print:
        slide.write(
            (left, y, edge, y + fit.height),
            fit.paragraphs,
            fit.size,
            colour=muted,
            name=_("Small print"),
        )
    slide.write((right - width, y, right, y + len(lines) * size * LEADING), lines, size, align="right", name=_("Sheet"))
    slide.body = (left, top, right, y - 6 * stock.scale)


def draw_times(slide: Slide, handouts: Sequence[Handout], box: Box, size: float) -> float:
    """Write the information cut-off and when it was produced, to the right; gives the y below."""
    cutoffs = list(dict.fromkeys(handout.cutoff for handout in handouts))
    produced = list(dict.fromkeys(handout.produced_in_words for handout in handouts))
    muted = slide.stock.palette.muted
    lines: list[Paragraph] = [
        [Run(_("Information as of "), colour=muted), Run(listing(cutoffs), bold=True)],
        *([age] if (age := age_of(handouts[0], "", slide.stock.palette)) else []),
        [Run(_("Produced {time}").format(time=listing(produced)), colour=muted)],
    ]
    return slide.write(box, lines, size, align="right", name=_("Times"))


def age_of(handout: Handout, before: str, palette: Palette) -> list[Run]:
    """The age of the information, in bold where it was old; nothing where that is not known."""
    if not handout.age:
        return []
    age = Run(handout.age, bold=bool(handout.alarm), colour=palette.alarm if handout.alarm else palette.muted)
    return [Run(before, colour=palette.muted), age] if before else [age]
