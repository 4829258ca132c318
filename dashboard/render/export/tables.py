"""CSV and XLSX, made so that no spreadsheet runs a cell of them."""

import io
import re
from collections.abc import Callable, Iterable
from datetime import UTC
from functools import partial
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.core.incidents.csv_file import guarded
from dashboard.core.query.view import one_line
from dashboard.errors import SheetError
from dashboard.language import _, listing, number
from dashboard.render.export.records import ExportColumn, about, as_text, incident_columns, track_columns
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
FORMATS = {"day": "yyyy-mm-dd", "instant": 'yyyy-mm-dd hh:mm:ss"Z"', "number": "General"}


def make_csv(handout: Handout) -> bytes:
    """The incidents as CSV after RFC 4180, in UTF-8 with a byte-order mark, below comments of two cells each.

    The mark is what tells Excel the encoding. A comment is a row, so that what is in it can neither spill into other
    cells nor swallow the lines below.
    """
    columns = incident_columns(handout)
    lines = [_csv_line([f"# {label}:", text]) for label, text in about(handout, tracks=False)]
    lines.append(_csv_line(column.name for column in columns))
    cells = [
        map(_csv_cell, column.values) if column.kind == "text" else map(as_text, column.values) for column in columns
    ]
    lines += [",".join(row) for row in zip(*cells, strict=True)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _csv_line(texts: Iterable[str]) -> str:
    return ",".join(map(_csv_cell, texts))


def _csv_cell(text: str) -> str:
    text = guarded(text.replace("\r\n", "\n").replace("\r", "\n"))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def make_xlsx(handout: Handout) -> bytes:
    """Incidents, tracks and what is to say of them, on three worksheets.

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
        book.write_table(_("Incidents"), incident_columns(handout), named=2)
        book.write_table(_("Tracks"), track_columns(handout))
        book.write_about(_("About"))
    return content.getvalue()


class _Book:
    """A workbook in the making, and which cells had to be cut."""

    def __init__(self, workbook: xlsxwriter.Workbook, handout: Handout) -> None:
        self.workbook = workbook
        self.handout = handout
        self.cut: list[str] = []
        self.head = workbook.add_format({"bold": True, "bottom": 1, "quote_prefix": True})
        self.prefixed = workbook.add_format({"quote_prefix": True})
        self.wrapped = workbook.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        self.formats = {kind: workbook.add_format({"num_format": form}) for kind, form in FORMATS.items()}

    def write_table(self, name: str, columns: list[ExportColumn], named: int = 1) -> None:
        """A worksheet with filters, whose header and first columns, those that name a row, stay in sight."""
        rows = len(columns[0].values)
        if rows >= MOST_ROWS or len(columns) > MOST_COLUMNS:
            message = _(
                "A worksheet cannot hold {rows} rows of {columns} columns. Take CSV, or ask for fewer incidents."
            )
            raise SheetError(message.format(rows=number(rows), columns=number(len(columns))))
        sheet = self._worksheet(name)
        for position, column in enumerate(columns):
            sheet.set_column(position, position, WIDE.get(column.name, max(WIDTHS[column.kind], len(column.name) + 3)))
            sheet.write_string(0, position, self._fitting(column.name, name, 1), self.head)
        writers = [self._writer(sheet, name, column) for column in columns]
        # Row by row, as constant memory demands.
        for row, cells in enumerate(zip(*(column.values for column in columns), strict=True), start=1):
            for position, (write, value) in enumerate(zip(writers, cells, strict=True)):
                if value is not None and value != "":
                    write(row, position, value)
        sheet.freeze_panes(1, named)
        sheet.autofilter(0, 0, rows, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, named - 1)
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

    def _writer(self, sheet: Worksheet, name: str, column: ExportColumn) -> Callable[[int, int, Any], object]:
        """The method that writes a value of a column to row and column."""

        def write_text(row: int, position: int, text: str) -> None:
            fitting = self._fitting(text, f"{name}!{column.name}", row + 1)
            sheet.write_string(row, position, fitting, self.prefixed if guarded(text) != text else None)

        if column.kind == "text":
            return write_text
        if column.kind == "flag":
            return partial(sheet.write_boolean, cell_format=None)
        write = sheet.write_number if column.kind == "number" else sheet.write_datetime
        return partial(write, cell_format=self.formats[column.kind])

    def _fitting(self, text: str, column: str, row: int) -> str:
        """A text that fits a cell; what is cut off is said there, and noted."""
        short = _short(text)
        if short != text:
            self.cut.append(_("{column} in row {row}").format(column=column, row=row))
        return short


def _short(text: str) -> str:
    if len(text) <= LONGEST_CELL // 2 or len(units := text.encode("utf-16-le")) <= 2 * LONGEST_CELL:
        return text
    end = _(" … [cut short: {length} characters in all]").format(length=number(len(text)))
    return units[: 2 * (LONGEST_CELL - len(end))].decode("utf-16-le", "ignore") + end
