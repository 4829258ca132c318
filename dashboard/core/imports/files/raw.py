"""A file as it was read: headings, cells as texts, geometries and what was assumed; nothing is understood yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from dashboard.language import _, listing, ngettext, number

# What ``RawTable.lines`` count.
LINE, ROW, FEATURE, RECORD, PLACEMARK = "line", "row", "feature", "record", "placemark"
MOST_NAMED = 3  # places of a file that a message names


@dataclass(frozen=True, eq=False)
class RawTable:
    """Rows of text under headings.

    header
        The headings as they stand there; a column without one has an empty text.
    rows
        A cell for each heading. Days and times of a spreadsheet are written as ISO 8601 has them.
    lines
        Where each row stands in its file, from 1.
    counted
        What ``lines`` count: lines, rows, features, records or placemarks; see :func:`places_in_words`.
    shapes
        The geometry of each row in EPSG:4326, longitude first, or None; empty for a file that has none at all.
    """

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    lines: Sequence[int]
    counted: str = LINE
    shapes: Sequence[BaseGeometry | None] = ()


@dataclass(frozen=True)
class CodePage:
    """A way in which the letters of a text may be written, with a word of the file as it then reads."""

    name: str
    sample: str


@dataclass(frozen=True, eq=False)
class RawFile:
    """A file that was read.

    kind
        In words: ``CSV``, ``Excel (XLSX)``, ``KML``.
    layers, layer
        The sheets, layers or tables that it has, and the one that was read; none where it has only one table.
    code_page, code_pages
        For a text that is not Unicode: the code page it was read in, and all that are possible, the likeliest first.
    notes, left_out
        What was assumed or left out, in sentences; and the lines of rows that could not be read, which are told there.
    """

    kind: str
    table: RawTable
    layers: tuple[str, ...] = ()
    layer: str = ""
    code_page: str = ""
    code_pages: tuple[CodePage, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[int, ...] = field(default=())


def places_in_words(lines: Sequence[int], counted: str = LINE) -> str:
    """Places in a file by what is counted in it: ``lines 2, 3 and 4, and 17 more``, ``row 5``, ``placemark 3``."""
    count = len(lines)
    words = {
        LINE: ngettext("line {lines}", "lines {lines}", count),
        ROW: ngettext("row {lines}", "rows {lines}", count),
        FEATURE: ngettext("feature {lines}", "features {lines}", count),
        RECORD: ngettext("record {lines}", "records {lines}", count),
        PLACEMARK: ngettext("placemark {lines}", "placemarks {lines}", count),
    }
    text = words[counted].format(lines=listing([str(line) for line in lines[:MOST_NAMED]]))
    rest = count - MOST_NAMED
    return _("{lines}, and {count} more").format(lines=text, count=number(rest)) if rest > 0 else text
