"""Text as glyphs of our fonts, kerned and joined by HarfBuzz, for pages that are written without Matplotlib."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import uharfbuzz

from dashboard.render.typesetting.fonts import fallback_file
from dashboard.render.typesetting.glyphs import drawable, parted

EM = 1000.0  # the unit of widths in a PDF

_FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # Hebrew, Arabic and their kin
_WORDS_FROM_THE_RIGHT = re.compile(f"([{_FROM_THE_RIGHT}]+(?: +[{_FROM_THE_RIGHT}]+)*)")


class Glyph(NamedTuple):
    """A glyph of a font by its number; lengths are in thousandths of the size.

    text
        The signs that it stands for, empty for one that belongs to the glyph before it.
    width, advance
        Its own width, and how far the next one is from it.
    right, up
        How far it is drawn from its place.
    """

    number: int
    text: str
    width: float
    advance: float
    right: float
    up: float


@dataclass(frozen=True)
class Run:
    """Glyphs of one font, from left to right, and their width in thousandths of the size."""

    file: Path
    glyphs: list[Glyph]
    width: float


def shaped(text: str, weight: str = "regular") -> Iterator[Run]:
    """A line of text as runs of glyphs, from left to right; words from the right stand in their own order."""
    for file, part in _parts(drawable(text), weight):
        glyphs = _glyphs(file, part)
        yield Run(file, glyphs, sum(glyph.advance for glyph in glyphs))


def _parts(text: str, weight: str) -> Iterator[tuple[Path, str]]:
    """The parts of a text that are written in one font and direction."""
    if text.isascii():
        yield from parted(text, weight)
        return
    for position, part in enumerate(_WORDS_FROM_THE_RIGHT.split(text)):
        if position % 2:
            yield fallback_file(weight), part
        else:
            yield from parted(part, weight)


def _glyphs(file: Path, text: str) -> list[Glyph]:
    font, buffer = _font(file), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    scale = EM / font.face.upem
    starts = [info.cluster for info in buffer.glyph_infos]
    bounds = sorted({*starts, len(text)})
    signs = {start: text[start:end] for start, end in pairwise(bounds)}
    return [
        Glyph(
            info.codepoint,
            signs.pop(info.cluster, ""),
            _width(font, info.codepoint) * scale,
            place.x_advance * scale,
            place.x_offset * scale,
            place.y_offset * scale,
        )
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


@cache
def _width(font: uharfbuzz.Font, number: int) -> int:
    return int(font.get_glyph_h_advance(number))


@cache
def _font(file: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))
