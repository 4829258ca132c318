"""GeoParquet 1.1 in WGS 84 (EPSG:4326), longitude first, for GeoPandas, QGIS, DuckDB and their like; geoparquet.org."""

import io
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from dashboard.core.incidents.columns import Kind
from dashboard.render.export.records import ExportColumn, about, incident_parts
from dashboard.render.text.handout import Handout

GEOMETRY = "geometry"
TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "day": pa.date32(),
    "instant": pa.timestamp("ms", "UTC"),
    "number": pa.float64(),
    "flag": pa.bool_(),
}


def geoparquet_parts(handout: Handout) -> Iterator[bytes]:
    """The incidents with their places, a group of rows at a time; flight tracks are in the other kinds of file.

    What the file says of itself is in its metadata under ``about``, as JSON. Texts that are nothing are empty, as in
    every file of incidents; other values that are none are null.
    """
    outlet = _Outlet()
    tables = map(_table, incident_parts(handout))
    first = next(tables)
    with pq.ParquetWriter(outlet, first.schema.with_metadata(_metadata(handout)), compression="zstd") as writer:
        for table in chain([first], tables):
            writer.write_table(table)
            yield outlet.taken()
    yield outlet.taken()


def _table(columns: list[ExportColumn]) -> pa.Table:
    values = {column.name: column.values for column in columns}
    points = shapely.points(values["longitude"], values["latitude"])
    arrays = {column.name: pa.array(column.values, TYPES[column.kind]) for column in columns}
    return pa.table(arrays | {GEOMETRY: pa.array(shapely.to_wkb(points), pa.binary())})


def _metadata(handout: Handout) -> dict[str, str]:
    """Give what GeoParquet asks of a file, and what the file says of itself."""
    column = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "crs": pyproj.CRS.from_epsg(4326).to_json_dict(),
    }
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    return {"geo": json.dumps(geo), "about": json.dumps(dict(about(handout, tracks=False)), ensure_ascii=False)}


class _Outlet(io.RawIOBase):
    """A file that hands on what is written to it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        part = bytes(content)
        self._parts.append(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        return self._written

    def taken(self) -> bytes:
        """Give what was written since it was last asked."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
