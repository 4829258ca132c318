"""Widths of text, measured from the fonts' files, for sheets, slides and charts alike."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from dashboard.render.typesetting.glyphs import drawable, parted

RULER = 200  # size at which widths are measured

Style = Literal["normal", "italic"]


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float, weight: str = "regular", style: Style = "normal") -> float:
    """Width of a line of text, in the unit of its size."""
    runs = parted(drawable(text), weight, style)
    return sum(float(_ruler(file).getlength(run)) for file, run in runs) * size / RULER


@cache
def _ruler(file: Path) -> ImageFont.FreeTypeFont:
    """The font at a size at which its widths are measured; Matplotlib itself can only measure what it has drawn."""
    return ImageFont.truetype(str(file), RULER, layout_engine=ImageFont.Layout.BASIC)
