"""The list of a sheet: each incident in two lines, in as many columns and as large as has room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from dashboard.render.sheet.page import Box, Page
from dashboard.render.sheet.text_block import Line
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.story import Story, in_brief
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import at_most, largest, wrapped

LARGEST, SMALLEST = 20.0, 12.0  # sizes of the type
LEADING = 1.22
GAP = 28.0  # between columns
MOST_COLUMNS = 3
NARROWEST = 20.0  # a column in sizes
MEASURED = 0.98  # text is drawn a little wider than it measures
MOST_LINES = 3  # below the place
PADDING = 0.55  # between rows, in sizes


@dataclass(frozen=True)
class _Row:
    """A row in the lines that it takes; places are from its upper left corner."""

    lines: list[Line]
    height: float


@dataclass(frozen=True)
class Rows:
    """Rows that fit their room, column by column; ``whole`` as cards have it."""

    columns: list[list[_Row]]
    whole: bool = False


def fitted_rows(stories: Sequence[Story], width: float, height: float, palette: Palette) -> Rows:
    """The largest rows of all incidents that find room; the smallest where none do."""
    room = _Room(width, height, palette)
    fitted = [
        largest(LARGEST, SMALLEST, partial(room.filled, stories, columns)) for columns in range(1, MOST_COLUMNS + 1)
    ]
    found = [one for one in fitted if one]
    if found:
        _size, columns = max(found, key=lambda one: one[0])
        return Rows(columns)
    return Rows(_Room(width, float("inf"), palette).filled(stories, MOST_COLUMNS, SMALLEST))


@dataclass(frozen=True)
class _Room:
    """The room for rows."""

    width: float
    height: float
    palette: Palette

    def filled(self, stories: Sequence[Story], columns: int, size: float) -> list[list[_Row]]:
        """The rows in columns of like length; nothing where they do not fit."""
        width = (self.width - (columns - 1) * GAP) / columns
        if size > SMALLEST and width < NARROWEST * size:
            return []
        rows = [_row(story, width, size, self.palette) for story in stories]
        each = -(-len(rows) // columns)
        shared = [rows[first : first + each] for first in range(0, len(rows), each)]
        return shared if all(sum(row.height for row in column) <= self.height for column in shared) else []


def _row(story: Story, width: float, size: float, palette: Palette) -> _Row:
    small = 0.95 * size
    number = text_width("00", size, "bold") + 0.5 * size
    left = number + text_width(story.day, size) + 0.7 * size
    place = at_most(wrapped(story.place, size, width - left, "semibold"), 2, size, width - left)
    room = MEASURED * (width - number)
    rest = at_most(wrapped(in_brief(story), small, room), MOST_LINES, small, room)
    y = size
    lines = [
        Line(0, y, story.number, size, "bold", palette.ink),
        Line(number, y, story.day, size, "regular", palette.muted),
    ]
    for text in place:
        lines.append(Line(left, y, text, size, "semibold", palette.ink))
        y += LEADING * size
    for text in rest:
        lines.append(Line(number, y, text, small, "regular", palette.ink))
        y += LEADING * size
    return _Row(lines, y - size + PADDING * size)


def draw_rows(page: Page, rows: Rows, box: Box) -> None:
    """Draw rows from the top of a box down, with some of the room that is left between them."""
    left, top, right, bottom = box
    step = (right - left + GAP) / len(rows.columns)
    longest = max(sum(row.height for row in column) for column in rows.columns)
    spare = min(max(bottom - top - longest, 0.0) / len(rows.columns[0]), 14.0)
    lines: list[Line] = []
    for position, column in enumerate(rows.columns):
        x, y = left + position * step, top
        for row in column:
            lines += [replace(line, x=x + line.x, y=y + line.y + spare / 2) for line in row.lines]
            y += row.height + spare
            page.rule(x, y, x + step - GAP, y)
    page.write(lines)
