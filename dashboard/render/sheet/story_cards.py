"""The cards of a sheet: each incident as a story, in type as large as lets all of them stand in their room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from matplotlib.patches import Circle

from dashboard.language import _, number
from dashboard.render.sheet.page import Box, Page
from dashboard.render.sheet.text_block import Line
from dashboard.render.symbols.mark_style import kind_of, pieces_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.story import CUTS, KEPT, Story, shortened
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import at_most, largest, wrapped

LARGEST = 27.0  # size of the text: twice that of the smallest print on A4
FEW = 3  # stories that are told comfortably
LEAST, LEAST_OF_MANY = 17.5, 15.5  # size below which one of a few stories is rather cut, or one of more
SMALLEST = 14.0  # of stories that are cut as far as they may be
LEADING = 1.3  # from line to line, in sizes
GAP = 34.0  # between columns of cards
WIDEST = 46.0  # a card in sizes: some 95 signs in a line
NARROWEST = 16.0  # and the narrowest
TITLE, SMALL = 1.5, 0.86  # size of the place, and of position and sources, in sizes
# The most lines of each part.
MOST_OF_TITLE, MOST_OF_FACT, MOST_OF_SUMMARY, MOST_OF_SOURCES = 2, 6, 10, 5
MEASURED = 0.98  # text is drawn a little wider than it measures
SEPARATOR = _(" · ")


@dataclass
class _Card:
    """A card in a width and a size, written from its top down; places are from its upper left corner.

    whole
        Whether no part of it was cut off.
    """

    story: Story
    width: float
    size: float
    palette: Palette
    lines: list[Line] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    symbol: tuple[float, float] = (0.0, 0.0)
    height: float = 0.0
    whole: bool = True

    def __post_init__(self) -> None:
        self._head()
        self._facts()
        self._summary()
        self._sources()
        self.height += 0.6 * self.size

    @property
    def indent(self) -> float:
        """The left edge of what stands beside the number."""
        return 2.2 * self.size

    def _head(self) -> None:
        size, colour = self.size, self._kind_colour()
        kind = 0.95 * size
        beside = text_width(self.story.what, kind, "semibold") / MEASURED + 2.4 * size
        title, room = TITLE * size, self.width - self.indent
        fits = text_width(self.story.place, title, "bold") <= room - beside
        self.height = 0.45 * size
        for line in self._limited(self.story.place, title, room, MOST_OF_TITLE, "bold"):
            self._write(self.indent, line, title, "bold", leading=1.14)
        baseline = self.lines[0].y
        if fits:
            x = self.width - beside + 2.4 * size
            self.lines.append(Line(x, baseline, self.story.what, kind, "semibold", colour))
            self.symbol = x - 0.8 * size, baseline - 0.33 * size
        else:
            self.symbol = self.indent + 0.5 * size, self.height + 0.62 * size
            for line in self._limited(self.story.what, kind, room - 1.3 * size, 2, "semibold"):
                self._write(self.indent + 1.3 * size, line, kind, "semibold", colour)
        for line in self._limited(self.story.when, 0.92 * size, room, 2):
            self._write(self.indent, line, 0.92 * size, colour=self.palette.muted)

    def _kind_colour(self) -> str:
        return self.palette.categories.get(kind_of(self.story.row).category, self.palette.muted)

    def _facts(self) -> None:
        size = self.size
        self.height += 0.3 * size
        labels = max(text_width(fact.label, size) for fact in self.story.facts) + 0.8 * size
        left = min(labels, 0.4 * self.width)
        for fact in self.story.facts:
            weight = "bold" if fact.name in KEPT else "regular"
            label = self._limited(fact.label, size, left - 0.3 * size, 2)
            text = self._limited(fact.text, size, self.width - left, MOST_OF_FACT, weight)
            top = self.height
            for line in label:
                self._write(0, line, size, colour=self.palette.muted)
            bottom, self.height = self.height, top
            for line in text:
                self._write(left, line, size, weight)
            self.height = max(bottom, self.height)

    def _summary(self) -> None:
        if self.story.summary:
            self.height += 0.3 * self.size
        for line in self._limited(self.story.summary, self.size, self.width, MOST_OF_SUMMARY):
            self._write(0, line, self.size)

    def _sources(self) -> None:
        """The position, and the status with the sources after it."""
        size = SMALL * self.size
        self.height += 0.3 * self.size
        self.rules.append(self.height)
        self.height += 0.15 * self.size
        for line in self._limited(self.story.position, size, self.width, 2, "semibold"):
            self._write(0, line, size, "semibold")
        x, count = 0.0, 1
        self.height += LEADING * size
        for words, weight, colour, url, left in self._cited(size):
            length = text_width(words, size, weight) / MEASURED
            if x and x + length > self.width:
                if count == MOST_OF_SOURCES:
                    more = _("and {count} more, in the data").format(count=number(left))
                    self._write(0, more, size, colour=self.palette.muted)
                    self.whole = False
                    break
                x, count = 0.0, count + 1
                self.height += LEADING * size
            self.lines.append(Line(x, self.height - 0.3 * size, words, size, weight, colour, url))
            x += length + text_width(SEPARATOR, size)

    def _cited(self, size: float) -> Iterator[tuple[str, str, str, str, int]]:
        """The status and each source in parts that fit a line: words, weight, colour, address, how many are left."""
        for part in wrapped(self.story.status, size, MEASURED * self.width, "semibold"):
            yield part, "semibold", self.palette.ink, "", len(self.story.sources)
        for position, (words, address) in enumerate(self.story.sources):
            colour = self.palette.action if address else self.palette.ink
            for part in wrapped(words, size, MEASURED * self.width):
                yield part, "regular", colour, address, len(self.story.sources) - position

    def _limited(self, text: str, size: float, width: float, most: int, weight: str = "regular") -> list[str]:
        """A text in lines, at most so many."""
        lines = wrapped(text, size, MEASURED * width, weight)
        self.whole = self.whole and len(lines) <= most
        return at_most(lines, most, size, MEASURED * width)

    def _write(
        self, x: float, text: str, size: float, weight: str = "regular", colour: str = "", leading: float = LEADING
    ) -> None:
        """Write a line below what is there."""
        self.height += leading * size
        self.lines.append(Line(x, self.height - (leading - 1) * size, text, size, weight, colour or self.palette.ink))


@dataclass(frozen=True)
class Cards:
    """Cards that fit their room, column by column.

    whole
        Whether everything of every story is told.
    """

    columns: list[list[_Card]]
    whole: bool


def fitted_cards(stories: Sequence[Story], width: float, height: float, palette: Palette) -> Cards | None:
    """Cards of stories, cut no more than they must be and then as large as they can be; None where none fit."""
    for cuts in range(CUTS + 1):
        room = _Room(width, height, palette, must_be_whole=cuts == 0)
        told = [shortened(story, cuts) for story in stories]
        least = SMALLEST if cuts == CUTS else LEAST if len(told) <= FEW else LEAST_OF_MANY
        fitted = [largest(LARGEST, least, partial(room.filled, told, columns)) for columns in range(1, len(told) + 1)]
        found = [one for one in fitted if one]
        if found:
            _size, cards = max(found, key=lambda one: one[0])
            return Cards(cards, whole=cuts == 0)
    return None


@dataclass(frozen=True)
class _Room:
    """The room for cards; ``must_be_whole`` where nothing of them may be cut off."""

    width: float
    height: float
    palette: Palette
    must_be_whole: bool

    def filled(self, told: Sequence[Story], columns: int, size: float) -> list[list[_Card]]:
        """The cards in so many columns, filled one after the other; nothing where they do not fit."""
        width = (self.width - (columns - 1) * GAP) / columns
        if width < NARROWEST * size:
            return []
        filled: list[list[_Card]] = [[]]
        used = 0.0
        for story in told:
            card = _Card(story, min(width, WIDEST * size), size, self.palette)
            if filled[-1] and used + card.height > self.height:
                filled.append([])
                used = 0.0
            filled[-1].append(card)
            used += card.height
            if used > self.height or len(filled) > columns or (self.must_be_whole and not card.whole):
                return []
        return filled


def draw_cards(page: Page, cards: Cards, box: Box) -> None:
    """Draw cards from the top of a box down, with some of the room that is left between them."""
    left, top, right, bottom = box
    step = (right - left + GAP) / len(cards.columns)
    lines: list[Line] = []
    for position, column in enumerate(cards.columns):
        x, y = left + position * step, top
        spare = (bottom - top - sum(card.height for card in column)) / len(column)
        for card in column:
            page.rule(x, y, x + step - GAP, y, 2, page.palette.ink)
            for rule in card.rules:
                page.rule(x, y + rule, x + card.width, y + rule)
            lines += [replace(line, x=x + line.x, y=y + line.y) for line in card.lines]
            _draw_signs(page, card, x, y)
            y += card.height + min(spare, 1.2 * card.size)
    page.write(lines)


def _draw_signs(page: Page, card: _Card, x: float, y: float) -> None:
    """Draw the number in its disc, and the symbol of what happened."""
    size, palette = card.size, page.palette
    middle, radius = y + card.lines[0].y - 0.5 * size, 0.86 * size
    page.axes.add_artist(Circle((x + radius, middle), radius, facecolor=palette.ink, edgecolor="none", zorder=2.5))
    number_ = card.story.number
    page.text(x + radius, middle + 0.34 * size, number_, size, weight="bold", colour=palette.paper, align="center")
    across, down = card.symbol
    page.symbol(x + across, y + down, pieces_of(kind_of(card.story.row), palette), 1.25 * size)
