"""The signs that the fonts of a sheet can draw, and what stands in for the others.

Source Sans has Latin, Greek and Cyrillic. DejaVu Sans, which comes with Matplotlib, adds Georgian, Armenian, Hebrew,
Arabic and many symbols. Neither has Chinese, Japanese, Korean or most emoji: the reader is told so before a file is
made, and each such sign is drawn as an empty box, so that it is seen to be missing.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.font_manager import fontManager

from dashboard.language import _, ngettext, number
from dashboard.render.typesetting.fonts import WEIGHTS, font_file, signs_in

FAMILY, FALLBACK = "Source Sans Pro", "DejaVu Sans"
STAND_IN = "\N{WHITE SQUARE}"
MOST_NAMED = 12  # signs that cannot be drawn

for _file in (*map(font_file, WEIGHTS), font_file("regular", "italic")):
    fontManager.addfont(_file)


def fallback_file(weight: str) -> Path:
    """The file of the fallback font; semibold is bold there."""
    return Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf" if weight == "regular" else "DejaVuSans-Bold.ttf")


# Without one that calls itself semibold, Matplotlib takes another weight and warns of it.
_bold = next(entry for entry in fontManager.ttflist if entry.fname == str(fallback_file("bold")))
fontManager.ttflist.append(replace(_bold, weight=WEIGHTS["semibold"]))


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
