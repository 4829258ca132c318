"""GeoJSON and GeoPackage files read as text, so that incidents in them pass the same checks as those of a CSV file.

A row is a point with its properties; other features are passed over where they say that they are no incidents. A
GeoPackage is read with SQLite alone: GDAL would open whatever a file turns out to be, and what that refers to.
"""

import json
import sqlite3
import struct
import time
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.core.incidents.csv_file import LONGEST_FIELD, Table, read_bytes, trimmed
from dashboard.errors import UnreadableFileError
from dashboard.language import _

ENDINGS = (".geojson", ".json", ".gpkg")
KIND = "record"  # the property by which exports tell incidents from tracks
INCIDENT = "incident"
MOST_CELLS = 50_000_000  # a feature can name columns that no other has
SAME_PLACE = 1e-5  # degrees, about a metre
LONGEST_READ_S = 120  # SQLite can be made to count for ever
_MAGIC = b"SQLite format 3\0"
_POINTS = (1, 1001, 2001, 3001)  # codes of a point in well-known binary: plain, with height, with measure, with both
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes, by the code in a GeoPackage geometry's flags


@dataclass(frozen=True)
class Feature:
    """A feature of a file.

    number
        Its position in the file, from 1; in a GeoPackage by the order of the keys.
    point
        Longitude and latitude in degrees; None for any other geometry, or none.
    """

    number: int
    properties: dict[str, Any]
    point: tuple[float, float] | None


def read_geofile(path: Path, max_file_mb: int) -> Table:
    """Read the incidents of a GeoJSON file or a GeoPackage.

    Returns
    -------
    A table with a column for each property, and ``latitude`` and ``longitude`` from the points where these are not
    among them. ``lines`` are the numbers of the features.

    Raises
    ------
    MissingFileError
        There is no such file.
    UnreadableFileError
        It is empty, too large, of another kind, or has no incidents.
    """
    table = Table(path)
    content = read_bytes(path, max_file_mb)
    if path.suffix.lower() == ".gpkg":
        features = list(_of_geopackage(table, content))
    else:
        features = list(_incidents_of(features_of(path, content)))
    if not features:
        raise UnreadableFileError(_("{path} holds no incidents; expected points.").format(path=path))
    names = list(dict.fromkeys(name for feature in features for name in feature.properties if name != KIND))
    if len(names) * len(features) > MOST_CELLS:
        message = _("{path} has {columns} columns of {rows} features, more than can be read.")
        raise UnreadableFileError(message.format(path=path, columns=len(names), rows=len(features)))
    columns = list(dict.fromkeys([*names, "latitude", "longitude"]))
    table.head(0, [name.strip() for name in columns])
    for feature in features:
        _read(table, feature, columns)
    return table


def _read(table: Table, feature: Feature, columns: list[str]) -> None:
    """Take a feature as a row, or give it up."""
    if feature.point is None:
        expected = _("expected a Point, longitude first, in degrees (WGS 84)")
        table.give_up(feature.number, "", expected, _("Correct the geometry"), column="geometry")
        return
    cells = {name: _cell(table, feature, name) for name in columns}
    for name, degrees in zip(("longitude", "latitude"), feature.point, strict=True):
        if not cells[name]:
            cells[name] = _number(degrees)
        elif not _same(cells[name], degrees):
            found = _("the point of the feature is at {degrees}; the column is what counts").format(degrees=degrees)
            table.doubt(feature.number, name, cells[name], found, _("Correct one of the two"))
    longest = max(cells, key=lambda name: len(cells[name]))
    if len(cells[longest]) > LONGEST_FIELD:
        found = _("the text has {length:,} characters, more than the {limit:,} allowed")
        found = found.format(length=len(cells[longest]), limit=LONGEST_FIELD)
        table.give_up(feature.number, cells[longest], found, _("Shorten it"), column=longest.strip())
        return
    table.add(feature.number, list(cells.values()))


def _same(cell: str, degrees: float) -> bool:
    try:
        return abs(float(cell) - degrees) <= SAME_PLACE
    except ValueError:  # whoever checks the column reports it
        return True


def _cell(table: Table, feature: Feature, name: str) -> str:
    """A property as text, as a CSV file would have it."""
    value = feature.properties.get(name)
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = " ".join(value)
    if isinstance(value, str):
        return trimmed(value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    found = _("expected text or a number, found something nested, which is kept as it is written")
    text = _written(value)
    table.doubt(feature.number, name.strip(), text, found, _("Make it one text or one number"))
    return text


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def _written(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=lambda part: part.hex())
    except RecursionError:
        return ""


def features_of(path: Path, content: bytes) -> list[Any]:
    """The features of a GeoJSON FeatureCollection, whatever they are.

    Raises
    ------
    UnreadableFileError
        It is none.
    """
    while content.startswith(BOM_UTF8):
        content = content.removeprefix(BOM_UTF8)
    try:
        collection = json.loads(content)
        features = collection["features"]
        if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
            raise TypeError(_("it has no list of features"))
    except RecursionError as error:
        message = _("{path} is not a GeoJSON FeatureCollection: lists lie in lists too deep to be read.")
        raise UnreadableFileError(message.format(path=path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("{path} is not a GeoJSON FeatureCollection: {error}.")
        raise UnreadableFileError(message.format(path=path, error=error)) from error
    return features


def _incidents_of(features: list[Any]) -> Iterator[Feature]:
    """The features that are incidents, or stand where incidents should."""
    for number, feature in enumerate(features, start=1):
        parts = feature if isinstance(feature, dict) else {}
        properties = parts.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        # Without a word on what it is, only a flight track has this property.
        if properties[KIND] == INCIDENT if KIND in properties else "incident_id" not in properties:
            yield Feature(number, properties, _point_of(parts.get("geometry")))


def _point_of(geometry: Any) -> tuple[float, float] | None:
    """The point of a GeoJSON geometry."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    return position(geometry.get("coordinates"))


def position(coordinates: Any) -> tuple[float, float] | None:
    """Longitude and latitude of a GeoJSON position; None where it is none, or not on Earth."""
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    return _on_earth(*coordinates[:2])


def _on_earth(longitude: Any, latitude: Any) -> tuple[float, float] | None:
    for degrees, limit in ((longitude, 180), (latitude, 90)):
        if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not -limit <= degrees <= limit:
            return None
    return float(longitude), float(latitude)


def _of_geopackage(table: Table, content: bytes) -> Iterator[Feature]:
    """The features of the layer that holds the incidents."""
    if not content.startswith(_MAGIC):
        raise UnreadableFileError(_("{path} is not a GeoPackage.").format(path=table.path))
    deadline = time.monotonic() + LONGEST_READ_S
    # Immutable: no other file beside it is read or made, whatever the header says.
    address = f"{table.path.absolute().as_uri()}?immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, len(content) + LONGEST_FIELD)
            connection.set_progress_handler(lambda: time.monotonic() > deadline, 100_000)
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            connection.execute("PRAGMA trusted_schema = OFF")
            yield from _of_layer(connection, *_layer(table, connection))
    except (sqlite3.Error, UnicodeError) as error:  # SQLite's own message can be no text
        message = _("{path} is not a GeoPackage that can be read: {error}.")
        raise UnreadableFileError(message.format(path=table.path, error=error)) from error


def _layer(table: Table, connection: sqlite3.Connection) -> tuple[str, str]:
    """Table and column of geometry: of ``incidents``, or else of the first layer of points, or else of the first."""
    layers = connection.execute(
        """
        SELECT g.table_name, g.column_name, upper(s.organization) || ':' || s.organization_coordsys_id
        FROM gpkg_geometry_columns g
        JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
        LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
        ORDER BY lower(g.table_name) <> 'incidents', upper(g.geometry_type_name) <> 'POINT', g.table_name
        """
    ).fetchall()
    if not layers:
        raise UnreadableFileError(_("{path} holds no layer of points.").format(path=table.path))
    name, geometry, system = layers[0]
    if system != "EPSG:4326":
        message = _("{path}: the layer {layer} is in {system}; expected WGS 84 (EPSG:4326).")
        raise UnreadableFileError(message.format(path=table.path, layer=name, system=system or _("no known system")))
    if len(layers) > 1 and name.lower() != "incidents":
        assumed = _("of {count} layers, {layer} was read").format(count=len(layers), layer=name)
        table.assume(0, assumed, _("Name the layer of the incidents 'incidents'"))
    return name, geometry


def _of_layer(connection: sqlite3.Connection, layer: str, geometry: str) -> Iterator[Feature]:
    described = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (layer,)).fetchall()
    # The key is the number of the feature, unless it bears the name of the incident's own.
    names = [name for name, key in described if name != geometry and (not key or name == "id")]
    columns = ", ".join(map(quoted, [geometry, *names]))
    rows = connection.execute(f"SELECT {columns} FROM {quoted(layer)} ORDER BY rowid")  # noqa: S608 - all are quoted
    for number, (blob, *cells) in enumerate(rows, start=1):
        if blob is None and all(cell in (None, "") for cell in cells):
            continue  # a row that is wholly empty
        yield Feature(number, dict(zip(names, cells, strict=True)), _point_in(blob))


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def wkb_of(blob: Any) -> bytes:
    """The well-known binary in a GeoPackage geometry, behind a header and an envelope; empty for none."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return b""
    envelope = _ENVELOPES.get(blob[3] >> 1 & 7)
    return b"" if envelope is None else blob[8 + envelope :]


def _point_in(blob: Any) -> tuple[float, float] | None:
    """The point of a GeoPackage geometry.

    Only a point is looked into: GEOS ends the process at collections that lie in each other thousands of times.
    """
    binary = wkb_of(blob)
    order = "<" if binary[:1] == b"\1" else ">"
    try:
        (kind,) = struct.unpack_from(f"{order}I", binary, 1)
        if kind not in _POINTS:
            return None
        return _on_earth(*struct.unpack_from(f"{order}dd", binary, 5))
    except struct.error:  # it ends too soon
        return None
