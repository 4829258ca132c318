"""GeoParquet and Parquet."""

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from dashboard.core.imports.files.geometry import WGS84, as_wgs84, crs_of
from dashboard.core.imports.files.grid import check_rows
from dashboard.core.imports.files.raw import FEATURE, RawFile
from dashboard.core.imports.files.records import table_of_records
from dashboard.errors import UnreadableFileError
from dashboard.language import _


def read_geoparquet(content: bytes, *, most_rows: int) -> RawFile:
    """Read a Parquet file, its geometries where it has any.

    Raises
    ------
    UnreadableFileError
        It is broken, or has no rows, or more than are allowed.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        check_rows(file.metadata.num_rows, most_rows)
        table = file.read()
        about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    except MemoryError:  # of Arrow, too: the worker says what that means
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        message = _("It begins as Parquet does, but cannot be read: {error}.")
        raise UnreadableFileError(message.format(error=error)) from error
    name, column = _geometry_of(about)
    described = {*about["columns"]} if name else set()
    names = [one for one in table.column_names if one not in described]
    records = table.select(names).to_pylist()
    notes: list[str] = []
    shapes = []
    if name in table.column_names:
        if column.get("encoding", "WKB") != "WKB":
            raise UnreadableFileError(_("Its geometries are written as {name}; expected WKB.").format(**column))
        crs = crs_of(column["crs"]) if column.get("crs") else WGS84
        blobs = table.column(name).to_pylist()
        found = [shapely.from_wkb(blob, on_invalid="ignore") if blob else None for blob in blobs]
        shapes = as_wgs84(found, crs, notes)
    kind = "GeoParquet" if name else "Parquet"
    table_ = table_of_records(records, shapes, counted=FEATURE, most_rows=most_rows)
    return RawFile(kind, table_, notes=tuple(notes))


def _geometry_of(about: Any) -> tuple[str, dict[str, Any]]:
    """Name and description of the column of geometries; empty for a file without one."""
    columns = about.get("columns") if isinstance(about, dict) else None
    name = about.get("primary_column") if columns else None
    if not isinstance(name, str) or not isinstance(columns, dict) or not isinstance(columns.get(name), dict):
        return "", {}
    return name, columns[name]
