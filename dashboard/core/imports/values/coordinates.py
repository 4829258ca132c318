"""Coordinates as people write them: one angle, or both in a cell, in degrees, MGRS or WKT."""

import re
from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.core.geo.typed_places import read_coordinates
from dashboard.core.imports.values.dates import tidy
from dashboard.core.imports.values.meaning import EMPTY, Understood, one
from dashboard.errors import QueryError
from dashboard.language import _

AXES = ("latitude", "longitude")
MOST_DECIMALS = 7  # of a degree: a centimetre

_NUMBER = r"[-+]?\d{1,3}(?:[.,]\d+)?"
_ONE_NUMBER = re.compile(r"\d+,\d+")
_PLAIN = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]+)?")
_PAIR = re.compile(rf"\(?\[?\s*({_NUMBER})\s*(?:[;/|]\s*|,\s+|\s+|,(?=\s*[-+]?\d))\s*({_NUMBER})\s*\]?\)?")
_TWO_POINTS = re.compile(r"\(?\[?\s*([-+]?\d{1,3}\.\d+)\s*,\s*([-+]?\d{1,3}\.\d+)\s*\]?\)?")
_ANGLE = re.compile(
    r"(?P<before>[NSEW])?\s*(?P<sign>[-+])?\s*(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*(?:[°*d]|deg\.?)?"
    r"(?:(?<=[\s°*d.])\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’`m]|min\.?)?"
    r"(?:(?<=[\s'′’`m.])\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”s]|''|sec\.?)?)?)?\s*(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_PACKED = re.compile(r"(?P<degrees>\d{2,3})(?P<minutes>\d{2})(?P<seconds>\d{2})?(?P<after>[NSEW])", re.IGNORECASE)
_WGS84 = 4326
_HEX = re.compile(r"0[01][0-9A-F]{16,}", re.IGNORECASE)
_WKT = re.compile(r"(?:SRID=4326;)?\s*((?:POINT|MULTIPOINT)\b.*)", re.IGNORECASE)


def read_angle(text: str, axis: str) -> Understood:
    """Read a latitude or a longitude.

    Parameters
    ----------
    axis
        One of AXES. An angle with a letter is that of its letter: a pair may be exchanged.

    Returns
    -------
    One meaning with decimal degrees in WGS 84, as they are written where they are plain.
    """
    if _PLAIN.fullmatch(text):
        return one({axis: text})
    text = tidy(text).strip(" ;")
    if not text:
        return EMPTY
    if _PLAIN.fullmatch(text):
        return one({axis: text})
    found = _PACKED.fullmatch(text) or _ANGLE.fullmatch(text)
    parts = {"before": "", "sign": "", **found.groupdict()} if found else {}
    if letter := (parts.get("before") or parts.get("after") or "").upper():
        axis = AXES[letter in "EW"]
    value = _value(parts) if parts else None
    if value is None:
        return _not_read(axis)
    return one({axis: _degrees(value)})


def _value(found: Mapping[str, str | None]) -> float | None:
    degrees, minutes, seconds = (_number(found[part]) for part in ("degrees", "minutes", "seconds"))
    twice = found["before"] and found["after"]
    letter = (found["before"] or found["after"] or "").upper()
    fraction_above = found["minutes"] and re.search("[.,]", found["degrees"] or "")
    if minutes >= 60 or seconds >= 60 or twice or fraction_above or (found["sign"] and letter):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if found["sign"] == "-" or letter in ("S", "W") else value


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


def _degrees(value: float) -> str:
    return f"{value:.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")


def _not_read(axis: str) -> Understood:
    expected = _("expected a latitude such as 55.05") if axis == "latitude" else _("expected a longitude such as 24.37")
    return Understood((), expected, _("Write decimal degrees"))


def read_point(text: str) -> Understood:
    """Read both coordinates of one cell, the latitude first; of WKT the longitude first.

    Returns
    -------
    One meaning with ``latitude`` and ``longitude``, as they are written where they are plain; ``because`` is set where
    the order of the two is certain from letters, a square or WKT.
    """
    text = tidy(text)
    if not text:
        return EMPTY
    if geometry := _of_geometry(text):
        return geometry
    if (pair := _TWO_POINTS.fullmatch(text)) or (pair := _pair(text)):
        both = [read_angle(part, axis).meanings for part, axis in zip(pair.groups(), AXES, strict=True)]
        if all(both):
            return one({**both[0][0].cells, **both[1][0].cells})
    try:
        place = None if _ONE_NUMBER.fullmatch(text) else read_coordinates(text)
    except QueryError as error:
        return Understood((), str(error).rstrip(".") or "", _("Correct the cell"))
    if place is None:
        return Understood((), _("expected coordinates such as 55.05, 24.37"), _("Write latitude and longitude"))
    cells = {"latitude": _degrees(place.latitude), "longitude": _degrees(place.longitude)}
    lettered = re.search("[A-Z]", text, re.IGNORECASE)
    return one(cells, because=_("written with letters or as a square") if lettered else "")


def _pair(text: str) -> re.Match[str] | None:
    """Two numbers, unless it is open which comma parts them."""
    found = _PAIR.fullmatch(text)
    if not found or any(len(part.split(",")) > 2 for part in found.groups()):
        return None
    return found if re.search(r"[;/|]|,\s|\s", text.strip("()[] ")) else None


def _of_geometry(text: str) -> Understood | None:
    """The point of well-known text or binary; None for any other text."""
    if found := _WKT.fullmatch(text):
        return _of_shape(shapely.from_wkt(found[1], on_invalid="ignore"), _("WKT has the longitude first"))
    if _HEX.fullmatch(text):
        return _of_shape(shapely.from_wkb(text, on_invalid="ignore"), _("written as PostGIS does, longitude first"))
    return None


def _of_shape(shape: BaseGeometry | None, because: str) -> Understood:
    """The one point of a geometry; its system, where it names one, can only be WGS 84."""
    points = list(getattr(shape, "geoms", [shape])) if shape is not None else []
    if len(points) != 1 or points[0].geom_type != "Point" or points[0].is_empty:
        return Understood((), _("expected one point such as POINT (24.37 55.05)"), _("Correct the cell"))
    if shapely.get_srid(shape) not in (0, _WGS84):
        expected = _("expected a point in EPSG:4326, found EPSG:{code}").format(code=shapely.get_srid(shape))
        return Understood((), expected, _("Give the list's coordinates in EPSG:4326"))
    cells = {"latitude": _degrees(points[0].y), "longitude": _degrees(points[0].x)}
    return one(cells, because=because)
