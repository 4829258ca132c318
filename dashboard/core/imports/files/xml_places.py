"""KML, also of My Maps, and GPX: places and ways in XML."""

import math
from collections.abc import Iterator
from typing import Any

from lxml import etree
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.core.imports.files.geometry import as_wgs84
from dashboard.core.imports.files.raw import FEATURE, PLACEMARK, RawFile, places_in_words
from dashboard.core.imports.files.records import table_of_records
from dashboard.errors import UnreadableFileError
from dashboard.language import _, ngettext

Pairs = list[tuple[float, float]]
Element = Any  # lxml has no types
_TIMES = {"./{*}TimeStamp/{*}when": "time", "./{*}TimeSpan/{*}begin": "begin", "./{*}TimeSpan/{*}end": "end"}


def read_xml(content: bytes, *, most_rows: int) -> RawFile:
    """Read KML or GPX, told apart by the first element.

    Raises
    ------
    UnreadableFileError
        It is broken, neither of them, or has no places.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        message = _("It begins as XML does, but cannot be read: {error}. Save it anew from where it comes from.")
        raise UnreadableFileError(message.format(error=error)) from error
    if root.getroottree().docinfo.internalDTD is not None and root.getroottree().docinfo.internalDTD.entities():
        raise UnreadableFileError(_("It defines entities of its own, which a list has no need of; it was not read."))
    name = etree.QName(root).localname.lower()
    if name == "kml":
        return _of_kml(root, most_rows)
    if name == "gpx":
        return _of_gpx(root, most_rows)
    if name == "html":
        raise UnreadableFileError(_("This is a web page. Save the list in it as CSV or Excel."))
    raise UnreadableFileError(_("This is XML with <{name}>; expected KML or GPX.").format(name=name[:40]))


def _of_kml(root: Element, most_rows: int) -> RawFile:
    records: list[dict[str, Any]] = []
    shapes: list[BaseGeometry | None] = []
    notes: list[str] = []
    odd: list[int] = []
    mixed: list[int] = []
    # Asked once each: a folder without a name would be searched whole for every placemark in it.
    folders = {folder: _text(folder, "name") for folder in root.iter("{*}Folder")}
    for placemark in root.iter("{*}Placemark"):
        records.append(_placemark(placemark, folders))
        shape, is_whole = _kml_shape(placemark)
        shapes.append(shape)
        if not is_whole:
            mixed.append(len(records))
        if any(_pair(*text.split(",")[:2]) is None for text in _corners(placemark)):
            odd.append(len(records))
    if odd:
        message = _("A corner that is no pair of numbers was left out: {places}.")
        notes.append(message.format(places=places_in_words(odd, PLACEMARK)))
    if mixed:
        message = _(
            "Of a placemark with several kinds of geometry only the points were taken, or else the areas: {places}."
        )
        notes.append(message.format(places=places_in_words(mixed, PLACEMARK)))
    if links := sum(1 for _link in root.iter("{*}NetworkLink")):
        message = ngettext(
            "{count} network link in it was not followed: what lies behind it is not in this file.",
            "{count} network links in it were not followed: what lies behind them is not in this file.",
            links,
        )
        notes.append(message.format(count=links))
    if not records:
        text = _("There are no placemarks in it. {notes}").format(notes=" ".join(notes)).strip()
        raise UnreadableFileError(text)
    found = as_wgs84(shapes, None, notes, PLACEMARK)
    table = table_of_records(records, found, counted=PLACEMARK, most_rows=most_rows)
    return RawFile("KML", table, notes=tuple(notes))


def _placemark(placemark: Element, folders: dict[Element, str]) -> dict[str, Any]:
    """Name, description, time and data of a placemark, and the folder that it lies in."""
    record: dict[str, Any] = {"name": _text(placemark, "name")}
    folder = next((one for one in placemark.iterancestors("{*}Folder")), None)
    if folder is not None and folders[folder]:
        record["folder"] = folders[folder]
    if text := _text(placemark, "description"):
        record["description"] = text
    for path, name in _TIMES.items():
        found = placemark.find(path)
        if found is not None and found.text:
            record[name] = found.text.strip()
    for data in placemark.iterfind("./{*}ExtendedData//{*}Data"):
        record[data.get("name") or ""] = _text(data, "value")
    for data in placemark.iterfind("./{*}ExtendedData//{*}SimpleData"):
        record[data.get("name") or ""] = (data.text or "").strip()
    return record


def _text(element: Element, tag: str) -> str:
    found = element.find(f"./{{*}}{tag}")
    return "" if found is None else "".join(found.itertext()).strip()


def _kml_shape(placemark: Element) -> tuple[BaseGeometry | None, bool]:
    """The geometry of a placemark, of several of one kind all together; and whether it has no other kind."""
    points = [Point(pairs[0]) for element in placemark.iter("{*}Point") if (pairs := _pairs(element))]
    lines = [LineString(pairs) for element in placemark.iter("{*}LineString") if len(pairs := _pairs(element)) > 1]
    lines += [LineString(pairs) for element in placemark.iter("{*}Track") if len(pairs := _track(element)) > 1]
    areas = [area for element in placemark.iter("{*}Polygon") if (area := _area(element))]
    found = [
        parts[0] if len(parts) == 1 else several(parts)
        for parts, several in ((points, MultiPoint), (areas, MultiPolygon), (lines, MultiLineString))
        if parts
    ]
    return (found[0] if found else None), len(found) < 2


def _area(polygon: Element) -> Polygon | None:
    """A polygon with its holes."""
    outer = [pairs for ring in polygon.iterfind("./{*}outerBoundaryIs") if len(pairs := _pairs(ring)) > 3]
    holes = [pairs for ring in polygon.iterfind("./{*}innerBoundaryIs/{*}LinearRing") if len(pairs := _pairs(ring)) > 3]
    return Polygon(outer[0], holes) if outer else None


def _corners(element: Element) -> list[str]:
    """The texts of all corners below an element."""
    return [text for found in element.iter("{*}coordinates") for text in (found.text or "").split()]


def _pairs(element: Element) -> Pairs:
    """The coordinates below an element, longitude first, as far as they are numbers."""
    found = element.find(".//{*}coordinates")
    texts = "" if found is None else found.text or ""
    return [pair for text in texts.split() if (pair := _pair(*text.split(",")[:2]))]


def _track(element: Element) -> Pairs:
    return [pair for one in element.iterfind("./{*}coord") if (pair := _pair(*(one.text or "").split()[:2]))]


def _pair(*texts: str) -> tuple[float, float] | None:
    try:
        longitude, latitude = map(float, texts)
    except ValueError:
        return None
    # A ring with a corner that is no number cannot be closed.
    return (longitude, latitude) if math.isfinite(longitude) and math.isfinite(latitude) else None


def _of_gpx(root: Element, most_rows: int) -> RawFile:
    records: list[dict[str, Any]] = []
    shapes: list[BaseGeometry | None] = []
    for element, pairs in _ways(root):
        tags = (etree.QName(child).localname for child in element if isinstance(child.tag, str) and len(child) == 0)
        records.append({tag: _text(element, tag) for tag in tags})
        times = [time.text for time in element.iterfind(".//{*}time") if time.text]
        if times and len(pairs) > 1:
            records[-1] |= {"begin": times[0].strip(), "end": times[-1].strip()}
        shapes.append(LineString(pairs) if len(pairs) > 1 else Point(pairs[0]) if pairs else None)
    notes: list[str] = []
    found = as_wgs84(shapes, None, notes)
    return RawFile("GPX", table_of_records(records, found, counted=FEATURE, most_rows=most_rows), notes=tuple(notes))


def _ways(root: Element) -> Iterator[tuple[Element, Pairs]]:
    """Waypoints, routes and tracks, with their positions."""
    for point in root.iterfind("./{*}wpt"):
        yield point, _positions([point])
    for route in root.iterfind("./{*}rte"):
        yield route, _positions(route.iterfind("./{*}rtept"))
    for track in root.iterfind("./{*}trk"):
        yield track, _positions(track.iterfind(".//{*}trkpt"))


def _positions(elements: Any) -> Pairs:
    return [pair for one in elements if (pair := _pair(one.get("lon") or "", one.get("lat") or ""))]
