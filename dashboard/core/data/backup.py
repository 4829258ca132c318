"""Backups: a whole copy of the record in one file, from which a record in either database can be filled again.

The file is a database of SQLite with the same tables, whatever the record itself is kept in. It ends with its checksum.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    StaticPool,
    Table,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from dashboard.core.data.atomic_file import write_output
from dashboard.core.incidents.csv_file import not_readable
from dashboard.core.record.database import HEAD, engine, reading, upgrade, version_in, writing
from dashboard.core.record.tables import CHANGE, DRAFT, EXPORT, METADATA, SHEET, TOKEN
from dashboard.errors import ConflictError, QueryError, UnreadableFileError
from dashboard.language import _, listing, ngettext, number

_FIRST_BYTES = b"SQLite format 3\0"
_JOURNAL = slice(18, 20)  # bytes that say how a database is written to: sqlite.org/fileformat2.html
_WITHOUT_WAL = b"\1\1"
_SEAL = b"\nSHA-256 "  # begins the last line of a file, behind what SQLite reads
_SEAL_BYTES = len(_SEAL) + 64
_AT_ONCE = 1000  # rows that are copied with one statement


def backup(url: str, file: Path) -> int:
    """Write all that is in the record at one moment into a file, and give its number of changes; others can go on.

    Raises
    ------
    QueryError
        The file is the record itself.
    StorageError
        The record cannot be read, or the file not written; what was there is still there.
    """
    made = engine(url)
    if _is_kept_in(url, file):
        raise QueryError(_("{file} is the record itself; give the backup another name.").format(file=file))
    with closing(sqlite3.connect(":memory:")) as copy:
        with reading(made) as source, _in_memory(copy).begin() as target:
            METADATA.create_all(target)
            target.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            target.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
            _copy_all(source, target)
            count = _count(target)
        content = copy.serialize()
    write_output(file, sealed(content))
    return count


def restore(url: str, file: Path, *, replace: bool = False) -> int:
    """Fill the record from a backup, all of it or nothing, and give the number of changes that it has then.

    Parameters
    ----------
    replace
        Whether what the record has and the backup has not may be lost.

    Raises
    ------
    ConflictError
        The record would lose something.
    UnreadableFileError
        The file cannot be read, is not a backup, or is damaged.
    QueryError
        The backup was made by a newer version of the dashboard.
    StorageError
        The record cannot be written.
    """
    made = engine(url)
    with _opened(file) as source, writing(made) as target:
        if not replace and (loss := _would_lose(source, target)):
            message = _(
                "The record has {loss} that the backup does not have. Nothing was restored. Make a backup of the "
                "record first; with --replace it then becomes what is in {file}, and loses the rest."
            )
            raise ConflictError(message.format(loss=loss, file=file))
        for table in reversed(_copied()):
            target.execute(delete(table))
        _copy_all(source, target)
        return _count(target)


def sealed(content: bytes) -> bytes:
    """The bytes of a database with their checksum at the end."""
    return content + _SEAL + hashlib.sha256(content).hexdigest().encode()


def _is_kept_in(url: str, file: Path) -> bool:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return False
    return Path(address.database).resolve() == file.resolve()


def _in_memory(connection: sqlite3.Connection) -> Engine:
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)


def _copy_all(source: Connection, target: Connection) -> None:
    """Copy every row, those first to which others refer."""
    for table in _copied():
        rows = source.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": _AT_ONCE})
        for some in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in some])


def _copied() -> list[Table]:
    """The tables of a backup, those first to which others refer; a token that was revoked must not come back by it."""
    return [table for table in METADATA.sorted_tables if table is not TOKEN]


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(CHANGE)).scalar_one())


def _would_lose(source: Connection, target: Connection) -> str:
    """Phrases on what a record has and a backup has not; empty where there is nothing."""
    kept = (select(CHANGE), select(DRAFT), select(SHEET.c.id), select(EXPORT))
    changes, drafts, sheets, exports = (_missing(rows, source, target) for rows in kept)
    phrases = [
        (changes, ngettext("{count} change", "{count} changes", changes)),
        (drafts, ngettext("{count} draft", "{count} drafts", drafts)),
        (sheets, ngettext("the ID of {count} sheet", "the IDs of {count} sheets", sheets)),
        (exports, ngettext("{count} row of the log of exports", "{count} rows of the log of exports", exports)),
    ]
    return listing([phrase.format(count=number(count)) for count, phrase in phrases if count])


def _missing(rows: Select[Any], source: Connection, target: Connection) -> int:
    there, here = ({tuple(row) for row in connection.execute(rows)} for connection in (source, target))
    return len(here - there)


@contextmanager
def _opened(file: Path) -> Iterator[Connection]:
    """The tables of a backup as this version of the dashboard has them, in memory: the file stays as it is."""
    with closing(sqlite3.connect(":memory:")) as copy:
        _load(copy, file)
        made = _in_memory(copy)
        with made.connect() as connection:
            version = version_in(connection)
        if version.isdigit() and version > HEAD:
            message = _("{file} was made by a newer version of the dashboard. Restore it with that version.")
            raise QueryError(message.format(file=file))
        with suppress(SQLAlchemyError):  # what is missing then, the next lines find
            upgrade(made)
        with made.connect() as connection:
            if not version or {*METADATA.tables} - {*inspect(connection).get_table_names()}:
                raise _no_backup(file)
            yield connection


def _load(copy: sqlite3.Connection, file: Path) -> None:
    """Load the file of a backup, and check that it is one and whole."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise not_readable(file, error) from error
    if not content.startswith(_FIRST_BYTES):
        raise _no_backup(file)
    if content[_JOURNAL] != _WITHOUT_WAL:
        message = _(
            "{file} is a database that an app writes to, not a backup. Name it in DASHBOARD_DATABASE and make a backup "
            "of it. Nothing was restored."
        )
        raise UnreadableFileError(message.format(file=file))
    database = content[:-_SEAL_BYTES]
    if content != sealed(database):
        message = _(
            "{file} is damaged, or only a part of it is there: its checksum is missing or another one. Nothing was "
            "restored."
        )
        raise UnreadableFileError(message.format(file=file))
    try:
        copy.deserialize(database)
    except sqlite3.Error as error:
        raise _no_backup(file) from error


def _no_backup(file: Path) -> UnreadableFileError:
    return UnreadableFileError(_("{file} is not a backup of a record. Nothing was restored.").format(file=file))
