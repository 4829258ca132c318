"""GeoJSON, and JSON with a list of records, also one record a line."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from dashboard.core.imports.files.geometry import as_wgs84, crs_of
from dashboard.core.imports.files.layers import chosen_layer
from dashboard.core.imports.files.raw import FEATURE, RECORD, RawFile
from dashboard.core.imports.files.records import table_of_records
from dashboard.errors import UnreadableFileError
from dashboard.language import _, number

MOST_PARTS = 1_000_000  # rows that records with lists in them come to


def read_json(content: bytes, *, layer: str, most_rows: int) -> RawFile:
    """Read GeoJSON, or the longest list of records in a JSON text, or the one that ``layer`` names.

    Raises
    ------
    UnreadableFileError
        It is no JSON, or has no records.
    """
    found = _loaded(content)
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = {"type": "FeatureCollection", "features": [found]}
    if isinstance(found, dict) and isinstance(found.get("features"), list):
        return _of_features(found["features"], _crs_of(found), most_rows)
    if isinstance(found, list) and found and all(isinstance(one, dict) and "geometry" in one for one in found):
        return _of_features(found, None, most_rows)
    lists = _lists_in(found)
    if not lists:
        message = _("There is no list of records in it: expected [{{…}}, {{…}}], or GeoJSON with features.")
        raise UnreadableFileError(message.format())
    names = sorted(lists, key=lambda name: -len(lists[name]))
    layer = chosen_layer(names, layer)
    records, lines = [], []
    for place, record in enumerate(lists[layer], start=1):
        for part in _parts(_flat(record)):
            records.append(part)
            lines.append(place)
            if len(records) > MOST_PARTS:
                raise UnreadableFileError(_("Its lists of lists come to more rows than can be read."))
    table = table_of_records(records, counted=RECORD, most_rows=most_rows, lines=lines)
    return RawFile("JSON", table, tuple(names) if len(names) > 1 else (), layer if len(names) > 1 else "")


def _loaded(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            lines = [line for line in text.splitlines() if line.strip()]
            if len(lines) < 2 or error.msg != "Extra data":
                raise
            return [json.loads(line) for line in lines]
    except RecursionError as error:
        raise UnreadableFileError(_("Lists lie in lists too deep to be read.")) from error
    except ValueError as error:
        if not isinstance(error, json.JSONDecodeError | UnicodeDecodeError):  # the only other limit is that of digits
            message = _("A number in it has more than {most} digits; expected a list of incidents. Write it as text.")
            raise UnreadableFileError(message.format(most=number(sys.get_int_max_str_digits()))) from error
        message = _("It begins as JSON does, but cannot be read: {error}. Save it anew from where it comes from.")
        raise UnreadableFileError(message.format(error=error)) from error


def _of_features(features: list[Any], crs: CRS | None, most_rows: int) -> RawFile:
    records, shapes, notes = [], [], list[str]()
    for feature in features:
        parts = feature if isinstance(feature, dict) else {}
        properties = parts.get("properties")
        records.append(_flat(properties if isinstance(properties, dict) else {}))
        if "id" in parts and "id" not in records[-1]:
            records[-1]["id"] = parts["id"]
        shapes.append(_shape_of(parts.get("geometry")))
    found = as_wgs84(shapes, crs, notes)
    table = table_of_records(records, found, counted=FEATURE, most_rows=most_rows)
    return RawFile("GeoJSON", table, notes=tuple(notes))


def _shape_of(geometry: Any) -> BaseGeometry | None:
    if not isinstance(geometry, dict):
        return None
    try:
        return shapely.geometry.shape(geometry)
    except (shapely.errors.ShapelyError, TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError):
        return None


def _crs_of(collection: Mapping[str, Any]) -> CRS | None:
    """The system that GeoJSON of before 2016 names."""
    named = collection.get("crs")
    name = named.get("properties", {}).get("name") if isinstance(named, dict) else None
    return crs_of(name) if isinstance(name, str) else None


def _lists_in(found: Any) -> dict[str, list[dict[str, Any]]]:
    """The lists of records, by the name under which they stand, or an empty one."""
    if isinstance(found, list):
        records = [one for one in found if isinstance(one, dict)]
        return {"": records} if records else {}
    if not isinstance(found, dict):
        return {}
    lists: dict[str, list[dict[str, Any]]] = {}
    for name, value in found.items():
        if isinstance(value, list) and (records := [one for one in value if isinstance(one, dict)]):
            lists[name] = records
        elif isinstance(value, dict) and value and all(isinstance(one, dict) for one in value.values()):
            lists[name] = [{"key": key, **one} for key, one in value.items()]
    return lists or {"": [found]}


def _flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A record whose records within have names such as ``location.lat``."""
    flat: dict[str, Any] = {}
    waiting = [(prefix, record)]
    while waiting:
        before, part = waiting.pop()
        for name, value in part.items():
            if isinstance(value, dict):
                waiting.append((f"{before}{name}.", value))
            else:
                flat[f"{before}{name}"] = value
    return flat


def _parts(record: dict[str, Any]) -> list[dict[str, Any]]:
    """A record with a list of records in it as one for each of these, with names such as ``positions[].lat``."""
    lists = [name for name, value in record.items() if _is_of_records(value)]
    if not lists:
        return [record]
    name = lists[0]
    return [
        {**{other: value for other, value in record.items() if other != name}, **_flat(part, f"{name}[].")}
        for part in record[name]
    ]


def _is_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
