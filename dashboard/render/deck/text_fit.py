"""The room text takes on a slide, measured before PowerPoint sees it.

The fonts of the user's machine are not here. Widths are those of Source Sans times a factor for the font that the slide
asks for, on the safe side; line spacing is set in points, so that heights are exact. Lengths are in points.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.render.sheet.page import text_width

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


@dataclass(frozen=True)
class Fit:
    """A text that fits its box.

    paragraphs
        As they are written; the last ends with an ellipsis where the rest was cut off.
    lines
        How many lines they take.
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
    """Measures text in the font of this name."""

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
