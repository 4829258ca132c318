"""The log of exports: who took away what, when, and by which bytes it is known again. Rows are only ever added."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select

from dashboard.core.query.view import View, one_line
from dashboard.core.record.database import engine, reading, writing
from dashboard.core.record.tables import EXPORT

LONGEST_WHO, LONGEST_FILE = 200, 300  # characters


class Sheet(NamedTuple):
    """A view in a file, and the ID of its sheet."""

    view: View
    sheet_id: str


@dataclass(frozen=True)
class Export:
    """A row of the log: one view in a file that was taken away.

    number
        Counted from 1; a file of several views has a row for each.
    at
        When it was taken away, in UTC.
    who
        The name of who did, or empty where nobody signs in.
    file, sha256
        The name of the file, and the SHA-256 of its bytes in hexadecimal; of a folder that of its data.
    query, sheet_id
        The view as in an address, and the ID of its sheet; empty where all the data were taken.
    """

    number: int
    at: datetime
    who: str
    file: str
    sha256: str
    query: str
    sheet_id: str


class ExportLog:
    """The log in the database of a record. Every method raises StorageError where it cannot be used."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def add(self, who: str, file: str, sha256: str, sheets: Sequence[Sheet] = ()) -> None:
        """Add a file with the views that are in it, or without any one of all the data."""
        views = [(sheet.view.query_string(), sheet.sheet_id) for sheet in sheets] or [("", "")]
        at = datetime.now(UTC).replace(tzinfo=None)
        names = {"who": one_line(who)[:LONGEST_WHO], "file": one_line(file)[-LONGEST_FILE:], "sha256": sha256}
        with writing(self._engine) as connection:
            last = int(connection.execute(select(func.max(EXPORT.c.number))).scalar() or 0)
            rows = [
                {"number": number, "at": at, **names, "query": query, "sheet": sheet_id}
                for number, (query, sheet_id) in enumerate(views, start=last + 1)
            ]
            connection.execute(insert(EXPORT), rows)

    def count(self) -> int:
        """The number of rows."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.count()).select_from(EXPORT)).scalar_one())

    def exports(self, most: int, skipped: int = 0) -> list[Export]:
        """Rows of the log, the newest first: at most so many, after so many that are skipped."""
        query = select(EXPORT).order_by(EXPORT.c.number.desc()).limit(most).offset(skipped)
        with reading(self._engine) as connection:
            found = connection.execute(query).all()
        return [
            Export(row.number, row.at.replace(tzinfo=UTC), row.who, row.file, row.sha256, row.query, row.sheet)
            for row in found
        ]


class Hashing:
    """Parts of a file on their way, whose SHA-256 is known at the end."""

    def __init__(self, content: bytes | Iterable[bytes]) -> None:
        self._parts = [content] if isinstance(content, bytes) else content
        self._hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._hash.update(part)
            yield part

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has gone by, in hexadecimal."""
        return self._hash.hexdigest()
