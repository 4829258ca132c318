"""The slide of a view: its map, and text beside it. Lengths are in points."""

from dashboard.core.analysis.numbering import chronological
from dashboard.core.query.view import one_line
from dashboard.language import _, ngettext, number, state_name
from dashboard.render.deck.footer import draw_foot, draw_times
from dashboard.render.deck.legend import draw_legend, legend_height
from dashboard.render.deck.placeholders import Box
from dashboard.render.deck.slide import Slide, Stock
from dashboard.render.deck.speaker_notes import alternative_text, speaker_notes
from dashboard.render.sheet.picture import MapPicture, map_picture
from dashboard.render.text.handout import CREDITS, Handout
from dashboard.render.text.incident import figures_in_words, when_in_words
from dashboard.render.text.left_out import counts_in_words
from dashboard.render.typesetting.text_fit import LEADING
from dashboard.settings import settings

PIXELS = 4.0  # of the map in a point: twice those of a screen 1920 wide
FIGURE = 46.0  # height of a figure with its label
LABEL = (11, 8)  # size of a label, and the least one
COLUMN, GAP = 238.0, 20.0  # width of the column beside the map, and between the two
NARROW = 1.15  # a body that is less wide than this, against its height, has the column under the map


def draw_map_slide(stock: Stock, handout: Handout, notes: str, marking: str) -> None:
    """Add the slide of a view."""
    slide = stock.slide(marking)
    slide.title(one_line(handout.title))
    draw_foot(slide, [handout], _small_print(handout))
    left, top, right, bottom = slide.body
    scale = stock.scale
    stacked = (right - left) / (bottom - top) < NARROW
    column, gap = COLUMN * scale, GAP * scale
    size = stock.points(12, 9)
    below = draw_times(slide, [handout], (right - column, top, right, top + 3.1 * size * LEADING), size)
    slide.write(
        (left, top, right - column - gap, below),
        one_line(handout.sentence),
        stock.points(15),
        smallest=stock.points(9, 8),
        colour=stock.palette.muted,
        name=_("Filter"),
    )
    top = below + 8 * scale
    if stacked:
        middle = top + 0.58 * (bottom - top)
        map_, beside = (left, top, right, middle), (left, middle + gap / 2, right, bottom)
    else:
        map_, beside = (left, top, right - column - gap, bottom), (right - column, top, right, bottom)
    width, height = (round(PIXELS * side) for side in (map_[2] - map_[0], map_[3] - map_[1]))
    picture = map_picture(handout, width, height, stock.palette)
    slide.picture(picture.png, map_, _("Map"), alternative_text(handout, picture))
    _draw_column(slide, handout, picture, beside)
    slide.notes(speaker_notes(handout, picture, notes, marking))


def _small_print(handout: Handout) -> str:
    return " ".join(part for part in (CREDITS, handout.dataset.about.credit, settings().disclaimer) if part)


def _draw_column(slide: Slide, handout: Handout, picture: MapPicture, box: Box) -> None:
    """Finding, figures and counts from the top down, the legend from the bottom up, and between them what fits."""
    left, top, right, bottom = box
    stock, scale = slide.stock, slide.stock.scale
    small = stock.points(10.5, 8)
    across = 4 if right - left > 400 * scale else 2
    figures_height = FIGURE * scale * (4 // across) + 8 * scale + stock.points(*LABEL) * LEADING
    event = handout.event[:2]  # what was counted officially, and what is recorded
    counts = [one_line(text) for text in (*event, counts_in_words(handout), picture.note) if text]
    fitted = stock.ruler.fit(counts, right - left, (60 + 40 * len(event)) * scale, small, 0.8 * small)
    room = bottom - top - figures_height - fitted.height - 30 * scale - (90 * scale if handout.finding else 0)
    size = small
    while size > 0.7 * small and legend_height(slide, right - left, picture.legend, size) > room:
        size -= 0.25
    legend_top = bottom - legend_height(slide, right - left, picture.legend, size)
    draw_legend(slide, (left, legend_top, right, bottom), picture.legend, size)
    legend_top = _draw_heading(slide, (left, legend_top, right), _("Legend"), above=True)
    room = legend_top - top - figures_height - fitted.height - 17 * scale  # the gaps, and a little above the legend
    y = top
    if handout.finding:
        y = _draw_heading(slide, (left, y, right), _("Key message"))
        box = (left, y, right, top + room)
        y = slide.write(
            box, one_line(handout.finding), stock.points(17), smallest=stock.points(11, 9), name=_("Key message")
        )
        y += 10 * scale
    y = _draw_figures(slide, handout, (left, y, right, y + figures_height), across) + 3 * scale
    y = slide.write(
        (left, y, right, y + fitted.height),
        fitted.paragraphs,
        fitted.size,
        colour=stock.palette.muted,
        name=_("Counts"),
    )
    _draw_some(slide, handout, (left, y + 12 * scale, right, legend_top - 8 * scale))


def _draw_heading(slide: Slide, place: tuple[float, float, float], text: str, *, above: bool = False) -> float:
    """Write the heading of a part from a y down, or up to it; gives the y on its other side."""
    left, y, right = place
    size = slide.stock.points(9.5, 7)
    height, gap = size * LEADING, 3 * slide.stock.scale
    top = y - height - gap if above else y
    slide.write(
        (left, top, right, top + height), text.upper(), size, bold=True, colour=slide.stock.palette.muted, name=text
    )
    return top if above else top + height + gap


def _draw_figures(slide: Slide, handout: Handout, box: Box, across: int) -> float:
    """Draw the figures in rows; the labels of the last, which say where the deepest entry was, may take two lines."""
    left, top, right, _bottom = box
    stock, scale = slide.stock, slide.stock.scale
    slide.rule(left, right, top, stock.palette.ink, 1.25)
    width = (right - left) / across
    y = top
    for position, (value, label, _hint) in enumerate(figures_in_words(handout.figures, states=False)):
        x = left + width * (position % across)
        y = top + 6 * scale + FIGURE * scale * (position // across)
        big, small = stock.points(26, 16), stock.points(*LABEL)
        lines = 2 if position >= 4 - across else 1
        middle = slide.write((x, y, x + width - 6, y + big * LEADING), value, big, bold=True, name=label)
        slide.write(
            (x, middle, x + width - 6, middle + lines * small * LEADING), label, small, colour=stock.palette.muted
        )
    return y + FIGURE * scale + 2 * scale + small * LEADING


def _draw_some(slide: Slide, handout: Handout, box: Box) -> None:
    """List the incidents where all have room, else how many there are by state, where there are several."""
    left, top, right, bottom = box
    if handout.nil:
        sentences = [one_line(handout.nil), one_line(handout.as_of)]
        slide.write(
            box, sentences, slide.stock.points(15), smallest=slide.stock.points(9, 8), bold=True, name=_("Result")
        )
        return
    size = slide.stock.points(11, 8)
    line = size * 1.4
    room = int((bottom - top - 1.8 * size) // line)
    if len(handout.incidents) <= room:
        heading, rows = _("Incidents"), _few(handout)
    else:
        heading, rows = _("Incidents by state"), _by_state(handout, room)
    if not rows:
        return
    aside = max(slide.stock.ruler.width(text, size, bold=True) for _label, text in rows)
    y = _draw_heading(slide, (left, top, right), heading)
    for label, text in rows:
        slide.write((left, y, right - aside - 8, y + size * LEADING), label, size, smallest=size)
        slide.write(
            (right - aside, y, right, y + size * LEADING), text, size, colour=slide.stock.palette.muted, align="right"
        )
        y += line


def _few(handout: Handout) -> list[tuple[str, str]]:
    """Each incident with its number, and its day."""
    return [
        (
            _("{number} {place}").format(number=handout.numbers[row.id], place=one_line(row.place)),
            when_in_words(row),
        )
        for row in chronological(handout.incidents).itertuples()
    ]


def _by_state(handout: Handout, room: int) -> list[tuple[str, str]]:
    """Each state with its incidents, the most first, as many as have room; nothing where that says little."""
    counts = handout.incidents["country"].value_counts()
    if len(counts) < 2 or room < min(3, len(counts)):
        return []
    shown = counts if len(counts) <= room else counts.head(room - 1)
    rows = [(state_name(str(state)), number(count)) for state, count in shown.items()]
    rest = counts.iloc[len(shown) :]
    if len(rest):
        more = ngettext("{count} more state", "{count} more states", len(rest)).format(count=number(len(rest)))
        rows.append((more, number(rest.sum())))
    return rows
