"""The pages of a sheet after its first: the whole stories of a few incidents, or a list of all, with theirs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from dashboard.core.analysis.numbering import chronological
from dashboard.core.analysis.shared_places import shared_places
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.publishers import Source
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, number
from dashboard.render.sheet.head_and_foot import draw_head, draw_identity, draw_marking, draw_small_print
from dashboard.render.sheet.layout import FOOT, HEAD, IDENTITY, MARGIN, MARKING, Format, is_few, is_told
from dashboard.render.sheet.map import DrawnMap
from dashboard.render.sheet.page import Page, Paper
from dashboard.render.sheet.story_cards import Cards, draw_cards, fitted_cards
from dashboard.render.sheet.text_block import Line
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.handout import Handout, link_label
from dashboard.render.text.incident import OWN_SIDE, kind_in_words, place_in_words, when_in_words
from dashboard.render.text.shared_places import shared_in_words
from dashboard.render.text.sources import publisher_in_words
from dashboard.render.text.story import in_full, stories_of
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import at_most, wrapped

SIZE, LINE, PADDING = 16.0, 19.5, 8.0
MOST_LINES = 12  # of a cell
STORY = 0.98  # width of a story: text is drawn a little wider than it measures
# Heading and width of each column, as a part of the page's.
COLUMNS = (
    (_("No."), 0.04),
    (_("Date"), 0.105),
    (_("Place"), 0.18),
    (_("Coordinates"), 0.125),
    (_("What"), 0.15),
    (_("From border"), 0.105),
    (_("Status"), 0.09),
    (_("Sources"), 0.205),
)
COORDINATES = 3  # their position
TOP = HEAD + 14

AnyPaper = TypeVar("AnyPaper", bound=Paper)
Blank = Callable[[tuple[float, float], Palette], AnyPaper]  # an empty page of a size in inches, in these colours


@dataclass(frozen=True)
class Row:
    """An incident in the lines of its cells; ``links`` are the addresses of the lines of the last one.

    story
        The lines of its story, which stand below the cells.
    """

    cells: list[list[str]]
    links: list[list[tuple[str, str]]]
    story: list[str]

    @property
    def story_at(self) -> float:
        """The height of the cells."""
        return max(len(self.links), *(len(cell) for cell in self.cells)) * LINE

    @property
    def height(self) -> float:
        """Height in units."""
        return self.story_at + len(self.story) * LINE + PADDING


def listing_rows(handout: Handout, map_: DrawnMap, width: float) -> list[Row]:
    """The rows of the list by their numbers, then own-side objects; outside the map's frame both are in brackets.

    Where they are few enough to be told one by one, each has its story.
    """
    rows = []
    stories = {story.row.id: in_full(story) for story in stories_of(handout)} if is_told(handout) else {}
    shared = {id_: shared_in_words(place) for place in shared_places(handout.incidents) for id_ in place.ids}
    for row in with_own_side(chronological(handout.incidents), chronological(handout.friendly)).itertuples():
        name = str(handout.numbers.get(row.id, OWN_SIDE))
        name = name if row.id in map_.shown else f"({name})"
        cells = _row(row, name, shared.get(row.id, ""), stories.get(row.id, ""), width - 2 * MARGIN)
        rows.append(cells)
    return rows


def _row(row: Any, name: str, shared: str, story: str, width: float) -> Row:
    place = place_in_words(row)
    if shared:
        place = _("{place} ({shared})").format(place=place, shared=shared)
    texts = [
        name,
        when_in_words(row),
        place,
        _("{degrees} · {mgrs}").format(degrees=row.coordinates, mgrs=row.mgrs),
        kind_in_words(row),
        depth_in_words(row, short=True),
        word("status", row.status),
    ]
    cells = [
        _cut(wrapped(text, SIZE, width * part - 14, "bold" if position == 0 else "regular"))
        for position, (text, (_heading, part)) in enumerate(zip(texts, COLUMNS[:-1], strict=True))
    ]
    if len(cells[COORDINATES]) > 1:  # a square of MGRS is not broken
        cells[COORDINATES] = [row.coordinates, row.mgrs]
    lines = wrapped(story, SIZE, STORY * width * (1 - COLUMNS[0][1]))
    return Row(cells, _links(row.cited, width * COLUMNS[-1][1]), at_most(lines, MOST_LINES, SIZE, STORY * width))


def _cut(lines: list[str]) -> list[str]:
    """Lines of a cell, with an ellipsis where there are too many."""
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…"]


def _links(sources: tuple[Source, ...], width: float) -> list[list[tuple[str, str]]]:
    """Publishers with their addresses, in lines."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for source in sources:
        for part in wrapped(publisher_in_words(source.publisher), SIZE, width):
            length = text_width(part + ",  ", SIZE)
            if lines[-1] and used + length > width:
                lines.append([])
                used = 0.0
            lines[-1].append((part, source.address))
            used += length
    left = sum(map(len, lines[MOST_LINES - 1 :]))
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], [(_("and {count} more, in the data").format(count=number(left)), "")]]


def paginate(rows: list[Row], height: float) -> list[list[Row]]:
    """The rows of each page, shared out so that the last is about as full as the others."""
    room = height - TOP - LINE - 14 - FOOT - 10
    pages = _filled(rows, room)
    if len(pages) > 1:
        even = sum(row.height for row in rows) / len(pages)
        tallest = max(row.height for row in rows)
        shared = _filled(rows, min(room, even + tallest))
        pages = shared if len(shared) == len(pages) else pages
    return pages


def _filled(rows: list[Row], room: float) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row in rows:
        if pages[-1] and used + row.height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    return pages


def whole_stories(handout: Handout, format_: Format) -> Cards | None:
    """The whole stories of few incidents as cards on one page; None where they need a list."""
    if not is_told(handout) or not is_few(handout):
        return None
    page = Page(format_.inches, format_.palette)
    width, height = page.width - 2 * MARGIN, page.height - HEAD - FOOT
    cards = fitted_cards(stories_of(handout), width, height, format_.palette)
    return cards if cards and cards.whole else None


def draw_stories(format_: Format, handout: Handout, cards: Cards, number_: int, pages: int) -> Page:
    """Draw the page with the whole stories."""
    page = Page(format_.inches, format_.palette)
    _draw_head_and_foot(page, handout, number_, pages, _("Numbers run by date."))
    draw_cards(page, cards, (MARGIN, HEAD, page.width - MARGIN, page.height - FOOT))
    return page


def draw_listing(
    format_: Format,
    handout: Handout,
    rows: list[Row],
    blank: Blank[AnyPaper],
    number_: int,
    pages: int,
) -> AnyPaper:
    """Draw one page of the list."""
    text = _(
        "Numbers run by date; those in brackets lie outside the map's frame. A ring on the map names as many of its "
        "numbers as have room."
    )
    page = blank(format_.inches, format_.palette)
    _draw_head_and_foot(page, handout, number_, pages, text)
    width, y = page.width - 2 * MARGIN, TOP + LINE
    lefts = [MARGIN + width * sum(part for _h, part in COLUMNS[:position]) for position in range(len(COLUMNS))]
    for x, (heading, _part) in zip(lefts, COLUMNS, strict=True):
        page.text(x, y, heading.upper(), 13, weight="bold", colour=page.palette.muted)
    y += 8
    page.rule(MARGIN, y, page.width - MARGIN, y, 1.6, page.palette.ink)
    lines: list[Line] = []
    for row in rows:
        lines += _lines(row, lefts, y, page.palette.action)
        y += row.height
        page.rule(MARGIN, y, page.width - MARGIN, y)
    page.write(lines)
    return page


def _draw_head_and_foot(page: Paper, handout: Handout, number_: int, pages: int, print_: str) -> None:
    """Draw marking, head and foot; the small print and the link are in the foot."""
    draw_marking(page, handout.marking)
    draw_head(page, handout)
    foot = (MARGIN, page.height - FOOT, page.width - MARGIN, page.height - MARKING)
    draw_identity(page, (foot[2] - IDENTITY, *foot[1:]), handout, number_, pages)
    words = _("{words} {label}: {link}").format(words=print_, label=link_label(), link=handout.link)
    draw_small_print(page, (foot[0], foot[1], foot[2] - IDENTITY, foot[3]), words)


def _lines(row: Row, lefts: list[float], top: float, action: str) -> Iterator[Line]:
    """The lines of all cells of a row."""
    for position, (x, cell) in enumerate(zip(lefts, row.cells, strict=False)):
        for line, text in enumerate(cell):
            yield Line(x, top + SIZE * 1.12 + LINE * line, text, SIZE, "regular" if position else "bold")
    for line, text in enumerate(row.story):
        yield Line(lefts[1], top + row.story_at + SIZE * 1.12 + LINE * line, text, SIZE)
    for line, links in enumerate(row.links):
        x = lefts[-1]
        for host, address in links:
            yield Line(x, top + SIZE * 1.12 + LINE * line, host, SIZE, colour=action, url=address)
            x += text_width(host + ",  ", SIZE)
