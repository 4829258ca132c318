"""A table or a query of PostgreSQL, with the geometries of PostGIS."""

import re
from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import URL, Connection, create_engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from dashboard.core.imports.files.geometry import as_wgs84, crs_of
from dashboard.core.imports.files.raw import ROW, RawFile
from dashboard.core.imports.files.records import table_of_records
from dashboard.core.incidents.geo_file import quoted
from dashboard.errors import QueryError, UnreadableFileError
from dashboard.language import _, listing

MOST_NAMED = 20  # tables that a message names
PATIENCE_S = 10  # for which a database is waited for
_HEX = re.compile(r"0[01][0-9A-Fa-f]{16,}")
# Tables that can be read and are neither PostgreSQL's own nor those that PostGIS makes.
_TABLES = """
    SELECT n.nspname = current_schema(), n.nspname, c.relname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND c.relname NOT IN
        ('spatial_ref_sys', 'geometry_columns', 'geography_columns', 'raster_columns', 'raster_overviews')
    AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 1 DESC, 2, 3
"""


def database_name(address: str, table: str = "") -> str:
    """The name of a database, and of a table in it, for people: ``flights.incursions``, without user and password.

    Raises
    ------
    QueryError
        It is not the address of a database of PostgreSQL.
    """
    return ".".join(filter(None, (address_of(address).database or "PostgreSQL", table)))


def address_of(text: str) -> URL:
    """The parts of an address such as ``postgresql://USER@HOST/DATABASE``; raises as ``database_name`` does."""
    expected = _("Expected postgresql://USER@HOST/DATABASE; in a password @ is written as %40, and : as %3A.")
    try:
        address = make_url(text)
    except (ArgumentError, ValueError):  # whose words may hold a part of the password
        raise QueryError(_("This is not the address of a database. {expected}").format(expected=expected)) from None
    if address.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise QueryError(_("Only databases of PostgreSQL are read. {expected}").format(expected=expected))
    if "@" in (address.host or ""):
        raise QueryError(_("There are two @ in the address. {expected}").format(expected=expected))
    return address.set(drivername="postgresql+psycopg")


def read_query(text: str, *, query: str, table: str, seconds: int, most_rows: int) -> RawFile:
    """Read what a query gives, or a table, in a transaction that can write nothing.

    Parameters
    ----------
    text
        The address.
    table
        Where there is no query: its name, with that of its schema before it where the schema is not the usual one;
        empty where there is only one. The tables are the layers of what is read.

    Raises
    ------
    QueryError
        There is no such table, or several and none is named.
    UnreadableFileError
        The database cannot be reached, or does not answer the query.
    """
    address = address_of(text)
    engine = create_engine(address, connect_args={"connect_timeout": PATIENCE_S})
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds) * 1000}")
            tables = {} if query else _tables(connection)
            layer = "" if query else _chosen(tables, table)
            asked = query.strip().rstrip(";") if query else f"TABLE {tables[layer]}"
            # A statement with a parameter is sent alone: none after it can end the transaction and write.
            alone = asked.replace("%", "%%")
            limited = f"SELECT * FROM ({alone}) AS asked LIMIT %s"  # noqa: S608 - its reader's own query
            result = connection.exec_driver_sql(limited, (most_rows + 1,))
            codes = [one[1] for one in result.cursor.description]
            kinds = connection.exec_driver_sql("SELECT oid FROM pg_type WHERE typname IN ('geometry', 'geography')")
            spatial = {row[0] for row in kinds}
            names = list(result.keys())
            rows = result.fetchall()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        reason = reason.replace(address.password, "…") if address.password else reason
        # Without what it comes from, whose words may hold the address.
        raise UnreadableFileError(_("The database does not answer: {error}.").format(error=reason)) from None
    finally:
        engine.dispose()
    notes: list[str] = []
    places = [place for place, code in enumerate(codes) if code in spatial]
    made, plain = _parted(names, list(zip(*rows, strict=True)), places, notes)
    records = [{names[place]: row[place] for place in plain} for row in rows]
    table_ = table_of_records(records, made, counted=ROW, most_rows=most_rows)
    several = tuple(tables) if len(tables) > 1 else ()
    return RawFile("PostgreSQL", table_, several, layer, notes=tuple(notes))


def _tables(connection: Connection) -> dict[str, str]:
    """The tables of a database as SQL has them, by the names that people give them, those of the usual schema first."""
    return {
        name if is_usual else f"{schema}.{name}": f"{quoted(schema)}.{quoted(name)}"
        for is_usual, schema, name in connection.exec_driver_sql(_TABLES)
    }


def _chosen(tables: dict[str, str], asked: str) -> str:
    if asked in tables:
        return asked
    if not tables:
        raise QueryError(_("There is no table in it that may be read."))
    if not asked and len(tables) == 1:
        return next(iter(tables))
    names = listing([*tables][:MOST_NAMED])
    if not asked:
        raise QueryError(_("It has several tables; say which: {names}.").format(names=names))
    message = _("There is no table {table!r} in it; expected one of these: {names}.")
    raise QueryError(message.format(table=asked, names=names))


def _parted(
    names: Sequence[str], columns: Sequence[Sequence[Any]], spatial: Sequence[int], notes: list[str]
) -> tuple[list[BaseGeometry | None], list[int]]:
    """The geometries in EPSG:4326, and the places of the columns that are text; notes what is neither."""
    found = {place: _shapes(columns[place]) for place in spatial if columns}
    for place, column in enumerate(columns):
        if place not in found and _can_be_shapes(column) and (shapes := _shapes(column)):
            found[place] = shapes
    geometry = next(iter(found), None)
    binary = [place for place, column in enumerate(columns) if any(isinstance(cell, bytes) for cell in column)]
    if unread := [names[place] for place in (*found, *binary) if place != geometry]:
        message = _("Columns with further geometries or binary data were left out: {columns}.")
        notes.append(message.format(columns=listing([*dict.fromkeys(unread)])))
    plain = [place for place in range(len(names)) if place not in found and place not in binary]
    return ([] if geometry is None else _placed(found[geometry] or [], notes)), plain


def _can_be_shapes(column: Sequence[Any]) -> bool:
    """Tell whether a column begins as well-known binary does, as bytes or in hexadecimal."""
    first = next((cell for cell in column if cell), None)
    if isinstance(first, bytes):
        return first[:1] in (b"\0", b"\1")
    return isinstance(first, str) and bool(_HEX.fullmatch(first))


def _shapes(column: Sequence[Any]) -> list[BaseGeometry | None] | None:
    """The geometries of well-known binary, also that of PostGIS, which names its system; None for other cells."""
    given = [bytes(cell) if isinstance(cell, memoryview) else cell for cell in column]
    if not all(cell is None or isinstance(cell, str | bytes) for cell in given):
        return None
    found = [shapely.from_wkb(cell, on_invalid="ignore") if cell else None for cell in given]
    return found if any(found) else None


def _placed(found: list[BaseGeometry | None], notes: list[str]) -> list[BaseGeometry | None]:
    systems = {shapely.get_srid(shape) for shape in found if shape is not None} - {0}
    if len(systems) > 1:
        raise UnreadableFileError(_("Its geometries are in several coordinate reference systems; expected one."))
    crs = crs_of(systems.pop()) if systems else None
    return as_wgs84(found, crs, notes, ROW)
