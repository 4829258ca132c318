"""Records: mappings of names to values, as JSON, features and placemarks have them, made into a table."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from dashboard.core.imports.files.grid import check_rows
from dashboard.core.imports.files.raw import RawTable
from dashboard.core.incidents.csv_file import LONGEST_FIELD, clean
from dashboard.errors import UnreadableFileError
from dashboard.language import _, number

MOST_CELLS = 50_000_000  # a record can name columns that no other has


def table_of_records(
    records: Sequence[Mapping[str, Any]],
    shapes: Sequence[BaseGeometry | None] = (),
    *,
    counted: str,
    most_rows: int,
    lines: Sequence[int] = (),
) -> RawTable:
    """Make a table with a column for each name that a record has, in the order in which they first stand there.

    Raises
    ------
    UnreadableFileError
        There are no records, more than are allowed, or too many names.
    """
    if not records:
        raise UnreadableFileError(_("There are no rows in it."))
    check_rows(len(records), most_rows)
    names = list(dict.fromkeys(name for record in records for name in record))
    if len(names) * len(records) > MOST_CELLS:
        message = _("It has {columns} columns of {rows} rows, more than can be read.")
        raise UnreadableFileError(message.format(columns=number(len(names)), rows=number(len(records))))
    rows = [tuple(text_of(record.get(name)) for name in names) for record in records]
    places = [place for place in range(len(names)) if names[place].strip() or any(row[place] for row in rows)]
    header = tuple(names[place].strip() for place in places)
    kept = [tuple(row[place] for place in places) for row in rows]
    return RawTable(header, kept, lines or range(1, len(rows) + 1), counted, shapes if any(shapes) else ())


def text_of(value: Any) -> str:
    """A value as text; what is nested is written as JSON."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value != value:  # noqa: PLR0124 - a number that is none is not itself
        return ""
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        value = " ".join(value)
    if isinstance(value, str):
        return clean(value.strip()[:LONGEST_FIELD])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value).removesuffix(".0")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _nested(value) if isinstance(value, bool | dict | list | tuple) else str(value)[:LONGEST_FIELD]


def _nested(value: Any) -> str:
    """Write what is nested, or true or false, as JSON has it."""
    try:
        return json.dumps(value, ensure_ascii=False, default=str)[:LONGEST_FIELD]
    except RecursionError:
        return ""
