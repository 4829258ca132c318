"""GeoJSON and GeoPackage, in WGS 84 (EPSG:4326), longitude first."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from threading import Lock
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from dashboard.core.incidents.geo_file import INCIDENT, KIND
from dashboard.language import _, listing
from dashboard.render.export.records import (
    ExportColumn,
    about,
    as_json,
    columns_of,
    incident_columns,
    object_parts,
    track_columns,
)
from dashboard.render.text.handout import Handout

TRACK = "track"
ABOUT = "about"
KEYS = ("fid", "geom")  # columns that GDAL adds
DTYPES: dict[str, Any] = {
    "text": object,
    "day": "datetime64[D]",
    "instant": "datetime64[ms]",
    "number": float,
    "flag": bool,
}
_UTC_FOR_GDAL = 100  # its code of the time zone
_gdal = Lock()  # its options hold for the whole process


def geojson_parts(handout: Handout) -> Iterator[bytes]:
    """A FeatureCollection after RFC 7946, a feature on a line: incidents as Points, then tracks as LineStrings.

    The property ``record`` tells them apart; the member ``about`` holds what the file says of itself. Sources are a
    text with spaces for an incident, as in every file of incidents, and a list for a track, as in ``tracks.geojson``.
    """
    tracks = [
        ExportColumn(column.name, column.kind, list(handout.tracks["sources"])) if column.name == "sources" else column
        for column in track_columns(handout)
    ]
    yield f'{{"type":"FeatureCollection","{ABOUT}":{as_json(dict(about(handout)))},"features":[\n'.encode()
    between = ""
    for rows in object_parts(handout):
        yield (between + ",\n".join(features(INCIDENT, columns_of(rows, handout.numbers), rows))).encode()
        between = ",\n"
    flown = features(TRACK, tracks, handout.tracks)
    yield ((between if flown else "") + ",\n".join(flown) + "\n]}\n").encode()


def features(record: str, columns: list[ExportColumn], frame: gpd.GeoDataFrame, *, named: bool = False) -> list[str]:
    """Rows as features, each a JSON object; the property ``record`` tells what they are.

    With ``named`` the ID of an incident is the feature's own as well.
    """
    names = [column.name for column in columns]
    rows = zip(*(column.values for column in columns), strict=True)
    return [
        as_json(
            {
                "type": "Feature",
                **({"id": row[names.index("id")]} if named else {}),
                "geometry": {"type": shape.geom_type, "coordinates": _coordinates(shape)},
                "properties": {KIND: record, **dict(zip(names, row, strict=True))},
            }
        )
        for shape, row in zip(frame.geometry, rows, strict=True)
    ]


def _coordinates(shape: shapely.Geometry) -> list[Any]:
    points: list[Any] = shapely.get_coordinates(shape).tolist()
    return points[0] if shape.geom_type == "Point" else points


def make_gpkg(handout: Handout) -> bytes:
    """A GeoPackage with the layers ``incidents`` and ``tracks`` and the table ``about``.

    What the file says of itself is in the table for people, and in the metadata for programs.
    """
    pairs = about(handout)
    columns = incident_columns(handout)
    named = [replace(column, name=name) for column, name in zip(columns, _names(columns), strict=True)]
    renamed = [f"{old.name!r}: {new.name}" for old, new in zip(columns, named, strict=True) if old != new]
    if renamed:
        pairs.append((_("Columns renamed"), listing(renamed)))
    labels, texts = (list(words) for words in zip(*pairs, strict=True))
    words = [ExportColumn("label", "text", labels), ExportColumn("text", "text", texts)]
    now = handout.produced.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with tempfile.TemporaryDirectory() as folder, _gdal:
        path = Path(folder) / "export.gpkg"
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": now})
        try:
            incidents, tracks = handout.objects.geometry, handout.tracks.geometry
            _write_layer(path, "incidents", named, incidents, "Point", metadata=dict(pairs))
            _write_layer(path, "tracks", track_columns(handout), tracks, "LineString")
            _write_layer(path, ABOUT, words)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
        return path.read_bytes()


def _write_layer(
    path: Path,
    layer: str,
    columns: list[ExportColumn],
    shapes: gpd.GeoSeries | None = None,
    geometry_type: str | None = None,
    metadata: dict[str, str] | None = None,
) -> None:
    names = [column.name for column in columns]
    arrays = [_array(column) for column in columns]
    pyogrio.raw.write(
        path,
        geometry=None if shapes is None else shapely.to_wkb(shapes.to_numpy()),
        field_data=arrays,
        fields=names,
        field_mask=[np.isnat(array) if array.dtype.kind == "M" else None for array in arrays],
        layer=layer,
        driver="GPKG",
        geometry_type=geometry_type,
        crs=None if shapes is None else "EPSG:4326",
        append=path.exists(),
        dataset_metadata=metadata,
        gdal_tz_offsets={
            name: np.full(len(array), _UTC_FOR_GDAL)
            for name, array, column in zip(names, arrays, columns, strict=True)
            if column.kind == "instant"
        },
    )


def _array(column: ExportColumn) -> NDArray[Any]:
    values = column.values
    if column.kind == "instant":  # NumPy has no time zones
        values = [value and value.replace(tzinfo=None) for value in values]
    array: NDArray[Any] = np.array(values, dtype=DTYPES[column.kind])
    return array


def _names(columns: list[ExportColumn]) -> list[str]:
    """The names of columns as SQL can have them: none empty, and no two the same but for case."""
    known, given = set(KEYS), []
    for column in columns:
        base = new = column.name or "column"
        count = 1
        while new.casefold() in known:
            count += 1
            new = f"{base}_{count}"
        known.add(new.casefold())
        given.append(new)
    return given
