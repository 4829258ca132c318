"""A table or a query of PostgreSQL, with the geometries of PostGIS."""

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from dashboard.core.imports.files.geometry import as_wgs84, crs_of
from dashboard.core.imports.files.raw import ROW, RawFile
from dashboard.core.imports.files.records import table_of_records
from dashboard.core.incidents.geo_file import quoted
from dashboard.errors import UnreadableFileError
from dashboard.language import _


def read_query(address: str, asked: str, *, seconds: int, most_rows: int) -> RawFile:
    """Read what a query gives, or a table by its name, in a transaction that can write nothing.

    Raises
    ------
    UnreadableFileError
        The database cannot be reached, or does not answer the query.
    """
    query = asked.strip().rstrip(";")
    if not query.lower().startswith(("select", "with", "table", "values")):
        query = f"SELECT * FROM {'.'.join(map(quoted, query.split('.')))}"  # noqa: S608 - all are quoted
    engine = create_engine(address, connect_args={"connect_timeout": 10})
    try:
        with engine.connect() as connection, connection.begin():
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds) * 1000}"))
            # A statement with a parameter is sent alone: none after it can end the transaction and write.
            alone = query.replace("%", "%%")
            limited = f"SELECT * FROM ({alone}) AS asked LIMIT %s"  # noqa: S608 - its reader's own query
            result = connection.exec_driver_sql(limited, (most_rows + 1,))
            codes = [one[1] for one in result.cursor.description]
            kinds = connection.exec_driver_sql("SELECT oid FROM pg_type WHERE typname IN ('geometry', 'geography')")
            spatial = {row[0] for row in kinds}
            names = list(result.keys())
            rows = result.fetchall()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise UnreadableFileError(_("The database does not answer: {error}.").format(error=reason)) from error
    finally:
        engine.dispose()
    geometry = next((place for place, code in enumerate(codes) if code in spatial), None)
    plain = [place for place, code in enumerate(codes) if code not in spatial]
    records = [{names[place]: row[place] for place in plain} for row in rows]
    notes: list[str] = []
    shapes = [] if geometry is None else _shapes([row[geometry] for row in rows], notes)
    table = table_of_records(records, shapes, counted=ROW, most_rows=most_rows)
    return RawFile("PostgreSQL", table, notes=tuple(notes))


def _shapes(cells: list[Any], notes: list[str]) -> list[BaseGeometry | None]:
    found = [shapely.from_wkb(cell, on_invalid="ignore") if cell else None for cell in cells]
    systems = {shapely.get_srid(shape) for shape in found if shape is not None} - {0}
    if len(systems) > 1:
        raise UnreadableFileError(_("Its geometries are in several coordinate reference systems; expected one."))
    crs = crs_of(systems.pop()) if systems else None
    return as_wgs84(found, crs, range(1, len(found) + 1), notes)
