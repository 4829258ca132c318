"""CSV and XLSX, made so that no spreadsheet runs a cell of them."""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.core.incidents.columns import Kind
from dashboard.core.incidents.csv_file import guarded
from dashboard.core.query.view import one_line
from dashboard.errors import SheetError
from dashboard.language import _, listing, number
from dashboard.render.export.readable import ReadableColumn, readable_columns
from dashboard.render.export.records import (
    ExportColumn,
    about,
    as_text,
    incident_columns,
    incident_parts,
    origin_columns,
    track_columns,
)
from dashboard.render.text.handout import Handout
from dashboard.settings import settings

# A semicolon or a tab needs no quotes by the rule, but spreadsheets of many countries separate by them.
_QUOTED = re.compile(r'[,;"\t\n]|^\s|\s$')

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 1_048_576, 16_384, 32_767  # of a worksheet; characters as UTF-16 counts them
MOST_TOLD = 20  # cells that were cut short
PAGES_WIDE = 3  # of a printed table; on one page its thirty columns could not be read
MARKING_POINTS = 12
WIDTHS = {"text": 16, "day": 11, "instant": 18, "number": 11, "flag": 8}  # in characters
WIDE = {"id": 30, "event": 30, "place": 24, "summary": 60, "sources": 40, "basis": 80, "incident_id": 30}
FORMATS: dict[Kind, str] = {"day": "yyyy-mm-dd", "instant": 'yyyy-mm-dd hh:mm:ss"Z"', "number": "General"}
READING: dict[Kind, str] = {"day": "d mmm yyyy", "number": "General"}
NAMED_IN_WORDS = 4  # columns that say which incident it is: number, date, state, place


def csv_parts(handout: Handout) -> Iterator[bytes]:
    """The incidents as CSV after RFC 4180, in UTF-8 with a byte-order mark: a header, and nothing but rows below it.

    The mark is what tells Excel the encoding. Each row names the sheet, the data and the marking that it was taken
    from; all else that there is to say stands in a text beside the file, ``make_notes``.
    """
    header = ""
    for part in incident_parts(handout):
        columns = [*part, *origin_columns(handout, len(part[0].values))]
        if not header:
            header = _csv_line(column.name for column in columns)
            yield _csv_file([header])
        yield _csv_lines(map(",".join, zip(*map(_csv_cells, columns), strict=True)))


def csv_of(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of texts, the first the header, as CSV of the same form."""
    return _csv_file(map(_csv_line, rows))


def _csv_file(lines: Iterable[str]) -> bytes:
    return codecs.BOM_UTF8 + _csv_lines(lines)


def _csv_lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def _csv_line(texts: Iterable[str]) -> str:
    return ",".join(map(_csv_cell, texts))


def _csv_cells(column: ExportColumn) -> list[str]:
    """The cells of a column; each different value is written once."""
    write = _csv_cell if column.kind == "text" else as_text
    cells = {value: write(value) for value in set(column.values)}
    return [cells[value] for value in column.values]


def _csv_cell(text: str) -> str:
    text = guarded(text.replace("\r\n", "\n").replace("\r", "\n"))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def make_xlsx(handout: Handout) -> bytes:
    """Incidents in words, the same with the codes and names of a data file, tracks, and what is to say of them.

    Text is text, whatever it looks like; days, instants (UTC) and numbers are what they are. A text that is longer
    than a cell can be ends with a word on that, and the last worksheet lists it.

    Raises
    ------
    SheetError
        There are more incidents or columns than a worksheet has rows or columns.
    """
    content = io.BytesIO()
    # Written row by row: the whole of a large selection would take gigabytes.
    with xlsxwriter.Workbook(content, {"constant_memory": True, "remove_timezone": True}) as workbook:
        workbook.set_properties(
            {
                "title": one_line(handout.title),
                "subject": one_line(handout.sentence),
                "author": one_line(settings().producer),
                "keywords": handout.marking,
                "comments": "\n".join(f"{label}: {text}" for label, text in about(handout)),
                "created": handout.produced.astimezone(UTC).replace(tzinfo=None),
            }
        )
        book = _Book(workbook, handout)
        book.write_readable(_("Incidents"), readable_columns(handout))
        book.write_data(_("Data"), incident_columns(handout), named=2)
        book.write_data(_("Tracks"), track_columns(handout))
        book.write_about(_("About"))
    return content.getvalue()


@dataclass(frozen=True)
class _Formats:
    """The formats of a worksheet's cells.

    text, guarded
        Of a text, and of one that a spreadsheet would run if it were typed.
    others
        Of days, instants and numbers.
    """

    text: Format | None
    guarded: Format
    others: Mapping[Kind, Format]


class _Book:
    """A workbook in the making, and which cells had to be cut."""

    def __init__(self, workbook: xlsxwriter.Workbook, handout: Handout) -> None:
        self.workbook = workbook
        self.handout = handout
        self.cut: list[str] = []
        self.head = workbook.add_format({"bold": True, "bottom": 1, "quote_prefix": True, "text_wrap": True})
        self.bold = workbook.add_format({"bold": True, "quote_prefix": True})
        self.wrapped = workbook.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        self.data = _Formats(
            None,
            workbook.add_format({"quote_prefix": True}),
            {kind: workbook.add_format({"num_format": form}) for kind, form in FORMATS.items()},
        )
        self.reading = _Formats(
            self.wrapped,
            self.wrapped,
            {kind: workbook.add_format({"num_format": form, "valign": "top"}) for kind, form in READING.items()},
        )

    def write_readable(self, name: str, columns: list[ReadableColumn]) -> None:
        """A worksheet to read: a line on what it is, then headings, and texts that show all of their lines."""
        sheet = self._worksheet(name)
        sheet.write_string(0, 0, self._fitting(_what_it_is(self.handout), name, 1), self.bold)
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width)
        self._write_table(sheet, name, 1, columns, self.reading)
        sheet.freeze_panes(2, min(NAMED_IN_WORDS, len(columns)))

    def write_data(self, name: str, columns: list[ExportColumn], named: int = 1) -> None:
        """A worksheet with codes, whose header and first columns, those that name a row, stay in sight."""
        sheet = self._worksheet(name)
        for position, column in enumerate(columns):
            sheet.set_column(position, position, WIDE.get(column.name, max(WIDTHS[column.kind], len(column.name) + 3)))
        self._write_table(sheet, name, 0, columns, self.data)
        sheet.freeze_panes(1, named)
        sheet.repeat_columns(0, named - 1)

    def _write_table(
        self, sheet: Worksheet, name: str, top: int, columns: Sequence[ExportColumn], formats: _Formats
    ) -> None:
        """Write a header in the row ``top``, and the values below it, with filters."""
        rows = len(columns[0].values)
        if top + rows >= MOST_ROWS or len(columns) > MOST_COLUMNS:
            message = _("A worksheet cannot hold {rows} rows of {columns} columns. Use CSV, or select fewer incidents.")
            raise SheetError(message.format(rows=number(rows), columns=number(len(columns))))
        for position, column in enumerate(columns):
            sheet.write_string(top, position, self._fitting(column.name, name, top + 1), self.head)
        writers = [self._writer(sheet, name, column, formats) for column in columns]
        # Row by row, as constant memory demands.
        for row, cells in enumerate(zip(*(column.values for column in columns), strict=True), start=top + 1):
            for position, (write, value) in enumerate(zip(writers, cells, strict=True)):
                if value is not None and value != "":
                    write(row, position, value)
        sheet.autofilter(top, 0, top + rows, len(columns) - 1)
        sheet.repeat_rows(0, top)
        sheet.fit_to_pages(PAGES_WIDE, 0)

    def write_about(self, name: str) -> None:
        """A worksheet with what the file says of itself, as label and text."""
        sheet = self._worksheet(name)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 110)
        pairs = about(self.handout)
        if self.cut:
            more = len(self.cut) - MOST_TOLD
            cells = self.cut[:MOST_TOLD] + ([_("{count} more").format(count=number(more))] if more > 0 else [])
            cut = _("{cells}: longer than a cell can be; the other kinds of file hold the whole text")
            pairs.append((_("Cut short"), cut.format(cells=listing(cells))))
        for row, (label, text) in enumerate(pairs):
            sheet.write_string(row, 0, label, self.wrapped)
            sheet.write_string(row, 1, _short(text), self.wrapped)

    def _worksheet(self, name: str) -> Worksheet:
        """An empty worksheet with the marking at top and bottom of each printed page."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        # A space behind the size, as the marking can begin with a digit; an ampersand begins a code.
        marking = f"&C&{MARKING_POINTS} {self.handout.marking.replace('&', '&&')}" if self.handout.marking else ""
        sheet.set_header(marking)
        sheet.set_footer(f"&L{self.handout.sheet_id}{marking}&R&P / &N")
        return sheet

    def _writer(
        self, sheet: Worksheet, name: str, column: ExportColumn, formats: _Formats
    ) -> Callable[[int, int, Any], object]:
        """The method that writes a value of a column to row and column."""

        def write_text(row: int, position: int, text: str) -> None:
            fitting = self._fitting(text, f"{name}!{column.name}", row + 1)
            sheet.write_string(row, position, fitting, formats.guarded if guarded(text) != text else formats.text)

        if column.kind == "text":
            return write_text
        if column.kind == "flag":
            return partial(sheet.write_boolean, cell_format=None)
        write = sheet.write_number if column.kind == "number" else sheet.write_datetime
        return partial(write, cell_format=formats.others[column.kind])

    def _fitting(self, text: str, column: str, row: int) -> str:
        """A text that fits a cell; what is cut off is said there, and noted."""
        short = _short(text)
        if short != text:
            self.cut.append(_("{column} in row {row}").format(column=column, row=row))
        return short


def _what_it_is(handout: Handout) -> str:
    """Marking, filter, count and sheet in a line."""
    sheet = _("Sheet {sheet}, data {fingerprint}.").format(sheet=handout.sheet_id, fingerprint=handout.fingerprint)
    words = " ".join(
        [_("{filter}.").format(filter=handout.sentence), *filter(None, [handout.nil]), handout.as_of, sheet]
    )
    return one_line(" · ".join(filter(None, [handout.marking, words])))


def _short(text: str) -> str:
    if len(text) <= LONGEST_CELL // 2 or len(units := text.encode("utf-16-le")) <= 2 * LONGEST_CELL:
        return text
    end = _(" … [cut short: {length} characters in all]").format(length=number(len(text)))
    return units[: 2 * (LONGEST_CELL - len(end))].decode("utf-16-le", "ignore") + end
