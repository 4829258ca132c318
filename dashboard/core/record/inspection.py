"""Inspection of the record's database, which changes nothing in it."""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from dashboard.core.record.database import HEAD, address_of, as_it_is, newer_version, storage_errors, version_in
from dashboard.core.record.tables import CHANGE
from dashboard.errors import StorageError
from dashboard.language import _


@dataclass(frozen=True)
class Inspection:
    """A database that can be used, or that can be made.

    place
        The file of SQLite, or the address of PostgreSQL without its password.
    version
        The number of its last migration; empty where it has no tables yet.
    changes, last_change
        The number of its changes, and the instant of the newest; None where there is none.
    """

    place: str
    version: str = ""
    changes: int = 0
    last_change: datetime | None = None


def inspect_database(url: str) -> Inspection:
    """Look at a database: whether it can be read and written and is whole.

    Raises
    ------
    QueryError
        The address is none of a database that is known.
    StorageError
        It cannot be used as it is.
    """
    file = file_of(url)
    if file:
        _check_folder(file)
    if file and not file.exists():
        return Inspection(str(file))
    made = as_it_is(url)
    try:
        with storage_errors(url), made.connect() as connection:
            _check_database(connection)
            return _inspect(connection, str(file or made.url.render_as_string(hide_password=True)))
    finally:
        made.dispose()


def file_of(url: str) -> Path | None:
    """The file of a database of SQLite; None for any other."""
    address = address_of(url)
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None


def folder_of(file: Path) -> Path:
    """The folder of a file, or the nearest one above it in which that can be made."""
    return next(folder for folder in file.absolute().parents if folder.exists())


def _check_folder(file: Path) -> None:
    """Check by a trial that SQLite can write its file and the logs beside it."""
    folder = folder_of(file)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = _("The folder {folder} of the record cannot be written to: {reason}.")
        raise StorageError(message.format(folder=folder, reason=error.strerror)) from error
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise StorageError(_("The record's file {file} cannot be written to.").format(file=file))


def _check_database(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if found != "ok":
            raise StorageError(_("The record's file is damaged: {reason}.").format(reason=found))
    elif connection.execute(text("SELECT pg_is_in_recovery()")).scalar():
        raise StorageError(_("The record's database is a replica, which can only be read."))


def _inspect(connection: Connection, place: str) -> Inspection:
    version = version_in(connection)
    if not version:
        return Inspection(place)
    if version > HEAD:
        raise StorageError(newer_version())
    count, last = connection.execute(select(func.count(), func.max(CHANGE.c.at))).one()
    return Inspection(place, version, int(count), last and last.replace(tzinfo=UTC))
