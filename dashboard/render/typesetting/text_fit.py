"""Text fitted into its room: wrapped into lines, shortened, made smaller.

Sheets and charts have their font with them. The fonts of a slide are those of the user's machine, which are not here:
its :class:`Ruler` takes widths of Source Sans times a factor for the font that the slide asks for, on the safe side.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from dashboard.render.typesetting.measure import text_width

# Widest of lines of names, figures and Cyrillic, regular and bold, against Source Sans; only of fonts that are on every
# machine or have a stand-in of the same widths there.
FACTORS = {"calibri": 1.05, "times new roman": 1.05, "arial": 1.2, "helvetica": 1.2}
WIDEST = 1.38  # DejaVu Sans Bold, which stands in for a font that is not there
LEADING = 1.2  # from line to line, in sizes
# What single signs need beyond that in one font or another, in sizes: a word of capital W must fit too.
BROAD = {" ": 0.02, "&": 0.05, "*": 0.06, "?": 0.05, "|": 0.2, "M": 0.09, "\N{CYRILLIC CAPITAL LETTER EM}": 0.09}
BROAD |= {"V": 0.05, "W": 0.07, "X": 0.05, "Y": 0.09, **dict.fromkeys("/\\", 0.07)}
BROAD |= {**dict.fromkeys("{}", 0.17), **dict.fromkeys("#+<=>^~±", 0.12)}
WIDE = 0.55  # what a Chinese, Japanese or Korean sign needs beyond the box that Source Sans draws for it, in sizes


Made = TypeVar("Made")


def shortened(text: str, size: float, room: float, weight: str = "regular") -> str:
    """A text that is no wider than ``room``, cut off with an ellipsis where it must be."""
    if text_width(text, size, weight) <= room:
        return text
    length = bisect_right(range(len(text)), room, key=lambda n: text_width(text[:n] + "…", size, weight)) - 1
    return text[: max(length, 0)].rstrip() + "…"


def wrapped(text: str, size: float, width: float, weight: str = "regular") -> list[str]:
    """A text in lines that are no wider than ``width``; a word that is wider goes on in the next line."""
    lines: list[list[str]] = []
    space, used = text_width(" ", size, weight), width
    parts = chain.from_iterable(_broken(word, size, width, weight) for word in text.split())
    for word in parts:
        length = text_width(word, size, weight)
        if lines and used + space + length <= width:
            lines[-1].append(word)
            used += space + length
        else:
            lines.append([word])
            used = length
    return [" ".join(words) for words in lines]


def _broken(word: str, size: float, width: float, weight: str) -> Iterator[str]:
    """A word in parts that are no wider than ``width``."""
    while text_width(word, size, weight) > width:
        length = bisect_right(range(len(word)), width, key=lambda n: text_width(word[:n], size, weight)) - 1
        yield word[: max(length, 1)]
        word = word[max(length, 1) :]
    yield word


def at_most(lines: list[str], most: int, size: float, width: float) -> list[str]:
    """Keep at most so many lines, the last with an ellipsis where more are cut off."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), size, width)]


def largest(biggest: float, smallest: float, make: Callable[[float], Made]) -> tuple[float, Made] | None:
    """The largest size, by halves, for which something can be made, and what was made; None where none can."""
    sizes = [biggest - step / 2 for step in range(int(2 * (biggest - smallest)) + 1)]
    first = bisect_left(sizes, True, key=lambda size: bool(make(size)))
    return (sizes[first], make(sizes[first])) if first < len(sizes) else None


@dataclass(frozen=True)
class Fit:
    """A text that fits its box.

    paragraphs
        As they are written; the last ends with an ellipsis where the rest was cut off.
    lines
        The number of lines that they take.
    cut
        Whether anything was cut off.
    """

    size: float
    paragraphs: list[str]
    lines: int
    cut: bool = False

    @property
    def height(self) -> float:
        """Height of the lines in points."""
        return self.lines * self.size * LEADING


@dataclass(frozen=True)
class Ruler:
    """A measure of the text of a slide, in the font of this name; lengths are in points, as line spacing is."""

    font: str = "Calibri"

    @property
    def factor(self) -> float:
        """Width against Source Sans."""
        return FACTORS.get(self.font.casefold(), WIDEST)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of a line of text."""
        return _width(text, bold) * self.factor * size

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """A text in lines no wider than ``width``; a word that is wider is broken, as PowerPoint does."""
        lines: list[str] = []
        used, space = 0.0, self.width(" ", size, bold=bold)
        for word in text.split():
            for position, piece in enumerate(self._pieces(word, size, width, bold=bold)):
                length = self.width(piece, size, bold=bold)
                if lines and not position and used + space + length <= width:
                    lines[-1] += f" {piece}"
                    used += space + length
                else:
                    lines.append(piece)
                    used = length
        return lines or [""]

    def _pieces(self, word: str, size: float, width: float, *, bold: bool) -> list[str]:
        if self.width(word, size, bold=bold) <= width:
            return [word]
        pieces, used = [""], 0.0
        for sign in word:
            length = self.width(sign, size, bold=bold)
            if pieces[-1] and used + length > width:
                pieces.append("")
                used = 0.0
            pieces[-1] += sign
            used += length
        return pieces

    def fit(
        self,
        paragraphs: Sequence[str],
        width: float,
        height: float,
        size: float,
        smallest: float,
        *,
        bold: bool = False,
    ) -> Fit:
        """Make a text smaller until it fits, and at last cut it off with an ellipsis; at least one line is kept."""
        while True:
            broken = [self.lines(text, size, width, bold=bold) for text in paragraphs]
            count = sum(map(len, broken))
            if count * size * LEADING <= height + 0.01:
                return Fit(size, list(paragraphs), count)
            if size <= smallest:
                break
            size = max(smallest, size - 0.5)
        room = max(1, int((height + 0.01) / (size * LEADING)))
        kept: list[str] = []
        for lines in broken:
            here = lines[:room]
            kept.append(" ".join(here))
            room -= len(here)
            if not room:
                last = here[-1]
                break
        while last and self.width(f"{last}…", size, bold=bold) > width:
            last = last[:-1].rstrip()
        kept[-1] = " ".join([*here[:-1], f"{last}…"])
        return Fit(size, kept, max(1, int((height + 0.01) / (size * LEADING))), cut=True)


@lru_cache(maxsize=20_000)
def _width(text: str, bold: bool) -> float:
    """Width in Source Sans, in sizes."""
    more = sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else BROAD.get(sign, 0.0) for sign in text)
    return text_width(text, 1.0, "bold" if bold else "regular") + more
