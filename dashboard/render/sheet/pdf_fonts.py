"""Fonts inside a PDF: the glyphs that its written pages use, under their own numbers; ISO 32000-1, section 9.7."""

import io
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from dashboard.render.typesetting.fonts import LAYOUT_TABLES
from dashboard.render.typesetting.shaping import EM, Run

MOST_PAIRS = 100  # of a block of a character map
SYMBOLIC = 4  # a flag: it has signs beyond those of Adobe's Latin set
STEM = 80  # thickness of stems, which no font file tells; only used where a reader replaces the font


@dataclass
class Typeface:
    """A font of a PDF: its name on the pages, and the glyphs that are used, each with the signs it stands for."""

    name: str
    file: Path
    used: dict[int, str] = field(default_factory=dict)


class Typefaces:
    """The fonts of a PDF in the order in which they were first used."""

    def __init__(self) -> None:
        self._by_file: dict[Path, Typeface] = {}

    def use(self, run: Run) -> str:
        """Remember the glyphs that are written; gives the name of their font."""
        if run.file not in self._by_file:
            self._by_file[run.file] = Typeface(f"T{len(self._by_file)}", run.file)
        typeface = self._by_file[run.file]
        for glyph in run.glyphs:
            typeface.used.setdefault(glyph.number, glyph.text)
        return typeface.name

    def embed(self, writer: PdfWriter) -> PdfObject:
        """Put the fonts into a PDF; gives them as a page refers to them."""
        return pdf_dictionary({f"/{font.name}": _embedded(writer, font) for font in self._by_file.values()})


def pdf_dictionary(values: dict[str, Any]) -> DictionaryObject:
    """Plain values as a dictionary of a PDF; a text that begins with a slash is a name."""
    return DictionaryObject({NameObject(name): _pdf_object(value) for name, value in values.items()})


def _pdf_object(value: Any) -> PdfObject:
    if isinstance(value, dict):
        return pdf_dictionary(value)
    if isinstance(value, list):
        return ArrayObject(map(_pdf_object, value))
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    if isinstance(value, float):
        return FloatObject(round(value, 3))
    return NumberObject(value) if isinstance(value, int) else cast(PdfObject, value)


def add_stream(writer: PdfWriter, content: bytes) -> IndirectObject:
    """Put content into a PDF, compressed."""
    stream = DecodedStreamObject()
    stream.set_data(content)
    packed = stream.flate_encode()
    packed[NameObject("/Length1")] = NumberObject(len(content))  # of a font; elsewhere it is passed over
    return writer._add_object(packed)


def _embedded(writer: PdfWriter, typeface: Typeface) -> IndirectObject:
    """A font of composite kind, whose codes are the numbers of glyphs."""
    with TTFont(typeface.file, lazy=True) as font:
        scale, name = EM / font["head"].unitsPerEm, font["name"].getDebugName(6)
        order, metrics = font.getGlyphOrder(), font["hmtx"].metrics
        widths = [[number, [metrics[order[number]][0] * scale]] for number in sorted(typeface.used)]
        box = [round(getattr(font["head"], side) * scale) for side in ("xMin", "yMin", "xMax", "yMax")]
        ascent, descent = round(font["hhea"].ascent * scale), round(font["hhea"].descent * scale)
    content = _part(typeface)
    base = f"/{_tag(content)}+{name}"
    descriptor = {
        "/Type": "/FontDescriptor",
        "/FontName": base,
        "/Flags": SYMBOLIC,
        "/FontBBox": box,
        "/ItalicAngle": 0,
        "/Ascent": ascent,
        "/Descent": descent,
        "/CapHeight": ascent,
        "/StemV": STEM,
        "/FontFile2": add_stream(writer, content),
    }
    descendant = {
        "/Type": "/Font",
        "/Subtype": "/CIDFontType2",
        "/BaseFont": base,
        "/CIDSystemInfo": {"/Registry": "Adobe", "/Ordering": "Identity", "/Supplement": 0},
        "/FontDescriptor": writer._add_object(pdf_dictionary(descriptor)),
        "/W": [part for pair in widths for part in pair],
        "/CIDToGIDMap": "/Identity",
    }
    whole = {
        "/Type": "/Font",
        "/Subtype": "/Type0",
        "/BaseFont": base,
        "/Encoding": "/Identity-H",
        "/DescendantFonts": [writer._add_object(pdf_dictionary(descendant))],
        "/ToUnicode": add_stream(writer, _to_unicode(typeface)),
    }
    return writer._add_object(pdf_dictionary(whole))


def _part(typeface: Typeface) -> bytes:
    """The font with the used glyphs alone, which keep their numbers."""
    options = subset.Options(retain_gids=True, notdef_outline=True, layout_features=[], name_IDs=[])
    options.drop_tables += ["FFTM", *LAYOUT_TABLES, "cmap", "post", "OS/2"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=sorted(typeface.used))
    content = io.BytesIO()
    with subset.load_font(typeface.file, options) as font:
        subsetter.subset(font)
        subset.save_font(font, content, options)
    return content.getvalue()


def _tag(content: bytes) -> str:
    """Six letters that tell parts of one font apart."""
    return "".join(chr(ord("A") + byte % 26) for byte in sha256(content).digest()[:6])


def _to_unicode(typeface: Typeface) -> bytes:
    """The table by which a reader finds and copies the text of glyphs."""
    pairs = [
        f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for number, text in sorted(typeface.used.items())
        if text
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), MOST_PAIRS):
        block = pairs[start : start + MOST_PAIRS]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
