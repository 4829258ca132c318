"""The database of the record: SQLite in a file, or PostgreSQL; the same code and the same tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from dashboard.core.query.view import one_line
from dashboard.errors import QueryError, StorageError
from dashboard.language import _

CONNECT_S = 3  # to a database that does not answer; every page waits for it
PATIENCE_S = 10  # so long one waits for another's change, which takes milliseconds
HEAD = "0005"  # the newest of the migrations; a test holds that it is
MIGRATIONS = Path(__file__).with_name("migrations")


@cache
def engine(url: str) -> Engine:
    """The database at an address, with its tables as this version of the dashboard needs them.

    Raises
    ------
    QueryError
        The address is none of a database that is known.
    StorageError
        The database cannot be opened, or is one of a newer version of the dashboard.
    """
    made = as_it_is(url)
    with storage_errors(url):
        upgrade(made)
    return made


def as_it_is(url: str) -> Engine:
    """The database at an address, with the tables that it has.

    Raises
    ------
    QueryError
        The address is none of a database that is known.
    StorageError
        The folder of its file cannot be made.
    """
    address = address_of(url)
    with storage_errors(url):
        if address.get_backend_name() == "sqlite":
            return _sqlite(url, address.database or "")
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})


def address_of(url: str) -> URL:
    """The parts of the address of a database.

    Raises
    ------
    QueryError
        It is none of a database that is known.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise QueryError(_wrong_address()) from error
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise QueryError(_wrong_address())
    return address


def _wrong_address() -> str:
    return _(
        "DASHBOARD_DATABASE is not the address of a database. Expected sqlite:///FILE or "
        "postgresql+psycopg://USER@HOST/DATABASE."
    )


def _sqlite(url: str, file: str) -> Engine:
    """SQLite with a log of what is being written (WAL), so that whoever reads waits for nobody."""
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, connect_args={"timeout": PATIENCE_S})

    @event.listens_for(made, "connect")
    def set_up(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # a transaction begins where we say so, below
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # what was written is there after a power cut, too
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return made


@contextmanager
def reading(made: Engine) -> Iterator[Connection]:
    """Look at one moment of the database.

    Raises
    ------
    StorageError
        It cannot be read.
    """
    level = {"isolation_level": "REPEATABLE READ"} if made.dialect.name == "postgresql" else {}
    with storage_errors(str(made.url)), made.connect() as plain:
        connection = plain.execution_options(**level)
        with connection.begin():
            yield connection


@contextmanager
def writing(made: Engine) -> Iterator[Connection]:
    """Write alone: nobody else does until the end, when all of it is there, or after an error nothing.

    Raises
    ------
    StorageError
        It cannot be written, or somebody else does not come to an end.
    """
    with storage_errors(str(made.url)), made.connect() as plain:
        connection = plain.execution_options(write=True)
        with connection.begin():
            if made.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
                connection.execute(text("LOCK TABLE change IN EXCLUSIVE MODE"))
            yield connection


@contextmanager
def storage_errors(url: str) -> Iterator[None]:
    """Say what is wrong with the database in a sentence, without its password."""
    try:
        yield
    except NoSuchModuleError as error:
        raise QueryError(_wrong_address()) from error
    except (SQLAlchemyError, OSError) as error:
        reason = error.orig if isinstance(error, DBAPIError) and error.orig else error
        message = _("The record of the data ({database}) cannot be used: {reason}. DASHBOARD_DATABASE names it.")
        database = make_url(url).render_as_string(hide_password=True)
        raise StorageError(message.format(database=database, reason=one_line(str(reason))[:300])) from error


def upgrade(made: Engine) -> None:
    """Bring the tables up to date; Alembic is loaded only where there is something to do."""
    found = _version(made)
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing_tables(made) as connection:
        if version_in(connection) == HEAD:  # another process has done it meanwhile
            return
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StorageError(newer_version()) from error


def newer_version() -> str:
    """Say that the tables are those of a later version."""
    return _("The record was made by a newer version of the dashboard; install that, or restore a backup.")


@contextmanager
def writing_tables(made: Engine) -> Iterator[Connection]:
    """Change the tables alone."""
    with made.connect() as plain:
        connection = plain.execution_options(write=True)
        with connection.begin():
            if made.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20261127)"))
            yield connection


def _version(made: Engine) -> str:
    with made.connect() as connection:
        return version_in(connection)


def version_in(connection: Connection) -> str:
    """The number of the last migration of a database, or empty where it has no tables of a record."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found or "")
