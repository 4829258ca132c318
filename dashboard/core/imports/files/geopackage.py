"""GeoPackages in any coordinate reference system, and SQLite's own tables with plain columns."""

import sqlite3
from contextlib import closing
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.core.imports.files.geometry import as_wgs84, crs_of
from dashboard.core.imports.files.layers import chosen_layer
from dashboard.core.imports.files.raw import FEATURE, RawFile
from dashboard.core.imports.files.records import table_of_records
from dashboard.core.incidents.csv_file import LONGEST_FIELD
from dashboard.core.incidents.geo_file import quoted, wkb_of
from dashboard.errors import UnreadableFileError
from dashboard.language import _

_LAYERS = """
    SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition
    FROM gpkg_geometry_columns g
    JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
    LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
    ORDER BY lower(g.table_name) <> 'incidents', upper(g.geometry_type_name) <> 'POINT', g.table_name
"""


def read_geopackage(content: bytes, *, layer: str, most_rows: int) -> RawFile:
    """Read a layer of a GeoPackage: the one that is named, or else that of the incidents, or the first of points.

    Raises
    ------
    UnreadableFileError
        It is broken, or has no layer with rows.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(len(content), 1_000_000) + LONGEST_FIELD)
            connection.deserialize(content)
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            connection.execute("PRAGMA trusted_schema = OFF")
            return _read(connection, layer, most_rows)
    except (sqlite3.Error, UnicodeError) as error:
        message = _("It is a database of SQLite, but no GeoPackage that can be read: {error}.")
        raise UnreadableFileError(message.format(error=error)) from error


def _read(connection: sqlite3.Connection, asked: str, most_rows: int) -> RawFile:
    layers = {name: (column, *system) for name, column, *system in connection.execute(_LAYERS)}
    if not layers:
        raise UnreadableFileError(_("There is no layer in it."))
    layer = chosen_layer([*layers], asked)
    geometry, organisation, code, definition = layers[layer]
    described = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (layer,)).fetchall()
    # The key is the number of the feature, unless it bears the name of the incident's own.
    names = [name for name, key in described if name != geometry and (not key or name == "id")]
    columns = ", ".join(map(quoted, [geometry, *names]))
    found = connection.execute(f"SELECT {columns} FROM {quoted(layer)} ORDER BY rowid LIMIT ?", (most_rows + 1,))  # noqa: S608 - all are quoted
    records, shapes = [], []
    for blob, *cells in found:
        if blob is None and all(cell in (None, "") for cell in cells):
            continue
        records.append({name: _readable(cell) for name, cell in zip(names, cells, strict=True)})
        shapes.append(_shape(blob))
    notes: list[str] = []
    crs = crs_of(f"{organisation}:{code}" if organisation and organisation.upper() == "EPSG" else definition)
    made = as_wgs84(shapes, crs, notes)
    table = table_of_records(records, made, counted=FEATURE, most_rows=most_rows)
    return RawFile("GeoPackage", table, tuple(layers), layer, notes=tuple(notes))


def _readable(cell: Any) -> Any:
    return "" if isinstance(cell, bytes) else cell


def _shape(blob: Any) -> BaseGeometry | None:
    binary = wkb_of(blob)
    return shapely.from_wkb(binary, on_invalid="ignore") if binary else None
