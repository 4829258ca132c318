"""Sheets of Excel (XLSX, XLSB, XLS) and OpenDocument (ODS)."""

import io
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from dashboard.core.imports.files.grid import MOST_ABOVE, table_of
from dashboard.core.imports.files.layers import chosen_layer
from dashboard.core.imports.files.raw import ROW, RawFile
from dashboard.errors import UnreadableFileError
from dashboard.language import _


def read_spreadsheet(content: bytes, kind: str, *, layer: str, known: Collection[str], most_rows: int) -> RawFile:
    """Read a sheet: the one that is named, or else that with the most known headings, or the first with rows.

    Raises
    ------
    UnreadableFileError
        It is broken or locked by a password, has no such sheet, or none with rows under headings.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        if not layer:
            layer = max(names, key=lambda name: _likelihood(_rows_of(workbook, name), known))
        layer = chosen_layer(names, layer)
        cells = _rows_of(workbook, layer)
    except CalamineError as error:
        message = _("The sheets cannot be read: {error}. Open it, save it again without a password, and try once more.")
        raise UnreadableFileError(message.format(error=str(error) or type(error).__name__)) from error
    notes: list[str] = []
    records = ((row, [_text(cell) for cell in row_cells]) for row, row_cells in enumerate(cells, start=1))
    table, left_out = table_of(records, counted=ROW, known=known, most_rows=most_rows, notes=notes)
    return RawFile(kind, table, tuple(names), layer, notes=tuple(notes), left_out=left_out)


def _rows_of(workbook: CalamineWorkbook, name: str) -> list[list[Any]]:
    """All rows of a sheet from its first on, so that a row keeps its number."""
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows if sum(any(cell != "" for cell in row) for row in rows) > 1 else []


def _likelihood(rows: list[list[Any]], known: Collection[str]) -> tuple[int, bool]:
    """Count the known names near the top of a sheet, and tell whether it has rows: the most is the likeliest."""
    named = [len({str(cell).casefold() for cell in row} & {*known}) for row in rows[:MOST_ABOVE]]
    return max(named, default=0), bool(rows)


def _text(cell: Any) -> str:
    """A cell as text; days and times as ISO 8601 has them."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if not isinstance(cell, timedelta) else _duration(cell)


def _duration(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
