"""The signs that the fonts of a picture can draw, and what stands in for the others.

Source Sans has Latin, Greek and Cyrillic. DejaVu Sans, which comes with Matplotlib, adds Georgian, Armenian, Hebrew,
Arabic and many symbols. Neither has Chinese, Japanese, Korean or most emoji: the reader is told so before a file is
made, and each such sign is drawn as an empty box, so that it is seen to be missing.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from dashboard.language import _, ngettext, number
from dashboard.render.typesetting.fonts import fallback_file, font_file, signs_in

STAND_IN = "\N{WHITE SQUARE}"
MOST_NAMED = 12  # signs that cannot be drawn


def parted(text: str, weight: str, style: str = "normal") -> list[tuple[Path, str]]:
    """A text that can be drawn in runs, each with the file of the font that draws it."""
    first = font_file(weight, style)
    runs = groupby(text, lambda sign: first if ord(sign) in signs_in(first) else fallback_file(weight))
    return [(file, "".join(signs)) for file, signs in runs]


@cache
def _stand_in(sign: str) -> str:
    """The sign to draw for a sign: itself, an empty box, or nothing for one that only changes how others look."""
    fonts = signs_in(font_file("regular")), signs_in(fallback_file("regular")) & signs_in(fallback_file("bold"))
    if any(ord(sign) in font for font in fonts):
        return sign
    return "" if unicodedata.category(sign) in ("Cf", "Mn", "Me") else STAND_IN


def drawable(text: str) -> str:
    """A text as the fonts can draw it."""
    return text if text.isascii() else "".join(map(_stand_in, text))


def missing_in_words(texts: Iterable[str]) -> str:
    """A sentence on the signs of texts that cannot be drawn, or empty."""
    missing = sorted(sign for sign in set().union(*texts) if _stand_in(sign) == STAND_IN != sign)
    if not missing:
        return ""
    more = len(missing) - MOST_NAMED
    signs = " ".join(missing[:MOST_NAMED]) + (_(" and {count} more").format(count=number(more)) if more > 0 else "")
    return ngettext(
        "One sign is in no font that sheets have, and is drawn as {box}: {signs}",
        "{count} signs are in no font that sheets have, and are drawn as {box}: {signs}",
        len(missing),
    ).format(count=number(len(missing)), box=STAND_IN, signs=signs)
