"""Places as somebody types them: degrees, a square of MGRS, the name of a town, the name or code of an airport."""

import re
from dataclasses import dataclass

from dashboard.core.geo.borders import REGION
from dashboard.core.geo.coordinates import degrees_in_words, mgrs_of, middle_of_square
from dashboard.core.geo.gazetteer import Gazetteer
from dashboard.errors import QueryError
from dashboard.language import _, plain, state_name

MOST_NAMED = 3  # places of a name that are offered
LEAST_LETTERS = 3  # that a name has before it is looked for
TOWN_ZOOM, AIRPORT_ZOOM = 9.0, 10.0  # of the web map on which a place is shown
SQUARE_ZOOMS = (6.5, 8.5, 10.0, 11.0)  # by digits of MGRS; finer ones have the last

_SQUARE = re.compile(r"(\d{1,2}[C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d*)\s*(\d*)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = r"\d+(?:[.,]\d+)?"
_ANGLE = (
    rf"(?P<before{{n}}>[NSEW])?\s*(?P<sign{{n}}>[-+\u2212])?(?P<degrees{{n}}>{_NUMBER})\s*(?P<ring{{n}}>[°º])?"
    rf"(?:\s*(?P<minutes{{n}}>{_NUMBER})\s*['\u2032\u2019]?(?:\s*(?P<seconds{{n}}>{_NUMBER})\s*(?:[\"\u2033\u201d]|'')?)?)?"
    r"\s*(?P<after{n}>[NSEW])?"
)
_DEGREES = re.compile(
    _ANGLE.replace("{n}", "1") + r"(?P<between>\s*[,;/]\s*|\s+|(?<=[NSEW]))" + _ANGLE.replace("{n}", "2"), re.IGNORECASE
)
# As aviation writes them: 5503N02422E, 550300N0242212E.
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{2})?([NS])\s*(\d{3})(\d{2})(\d{2})?([EW])", re.IGNORECASE)


@dataclass(frozen=True)
class TypedPlace:
    """A place that a text names.

    label
        Its name, to be offered.
    zoom
        Of the web map on which to show it.
    whole
        Whether the text names it in full, rather than begins its name.
    """

    label: str
    latitude: float
    longitude: float
    zoom: float
    whole: bool = True


def typed_places(text: str, gazetteer: Gazetteer) -> list[TypedPlace]:
    """The places that a text can mean, the likeliest first; none for words that name no place.

    Raises
    ------
    QueryError
        The text is coordinates, but there is no such place, or it is beyond the map.
    """
    place = read_coordinates(text)
    if place:
        return [place]
    asked = plain(text)
    if len(asked) < LEAST_LETTERS:
        return []
    named = []
    for found in gazetteer.find(text, MOST_NAMED):
        zoom = TOWN_ZOOM if found.kind in ("capital", "town") else AIRPORT_ZOOM
        name = _("{name} ({code})").format(name=found.name, code=found.code) if found.code else found.name
        label = _("{place}, {state}").format(place=name, state=state_name(found.state))
        whole = asked in (plain(found.name), found.code.lower())
        named.append(TypedPlace(label, found.latitude, found.longitude, zoom, whole))
    return named


def read_coordinates(text: str) -> TypedPlace | None:
    """The place of coordinates: MGRS, or degrees, with minutes and seconds or without; None for any other text.

    Degrees without a letter are latitude and longitude, in this order.

    Raises
    ------
    QueryError
        There is no such place, or it is beyond the map.
    """
    text = " ".join(text.split())
    if len(_DECIMAL_COMMA.findall(text)) == 2 and "." not in text:
        text = _DECIMAL_COMMA.sub(".", text)
    if square := _SQUARE.fullmatch(text):
        return _of_square(*square.groups())
    if packed := _PACKED.fullmatch(text):
        one, other = packed.groups()[:4], packed.groups()[4:]
        return _of_angles(
            [(_sum(*angle[:3]), angle[3].upper(), 2 if angle[2] is None else 4) for angle in (one, other)]
        )
    found = _DEGREES.fullmatch(text)
    return _of_degrees(found.groupdict()) if found else None


def _of_square(zone: str, letters: str, easting: str, northing: str) -> TypedPlace | None:
    if (northing and len(easting) != len(northing)) or len(easting + northing) % 2:
        raise QueryError(_("MGRS has as many digits for the easting as for the northing: 35U LB 3 0."))
    figures = easting + northing
    digits = len(figures) // 2
    place = middle_of_square(f"{zone}{letters}{figures}".upper())
    if place and (figures or is_on_the_map(*place)):  # words may look like a square of 100 km, such as 10 UAV
        return _placed(*place, digits + 1, digits)
    if not figures:
        return None
    raise QueryError(_("There is no square {square} in MGRS.").format(square=f"{zone} {letters}".upper()))


def _of_degrees(parts: dict[str, str | None]) -> TypedPlace | None:
    if parts["before1"] and parts["after1"] and not (parts["before2"] or parts["after2"]):
        parts |= {"after1": None, "before2": parts["after1"]}  # N 55.05 E 24.37
    angles = []
    for n in "12":
        degrees, minutes, seconds = (parts[f"{name}{n}"] for name in ("degrees", "minutes", "seconds"))
        letter = parts[f"before{n}"] or parts[f"after{n}"] or ""
        if parts[f"before{n}"] and parts[f"after{n}"]:
            return None
        sign = parts[f"sign{n}"]
        if sign and letter:
            raise QueryError(_("An angle has either a sign or a letter for its hemisphere."))
        value = _sum(degrees, minutes, seconds) * (-1 if sign in ("-", "\u2212") else 1)
        angles.append((value, letter.upper(), _decimals(degrees, minutes, seconds)))
    lettered, told = [bool(angle[1]) for angle in angles], parts["ring1"] or parts["ring2"]
    if any(lettered) and not all(lettered):
        raise QueryError(_("Both angles need a letter for their hemisphere, or none."))
    if not any(lettered):
        if (parts["minutes1"] or parts["minutes2"]) and not told:
            return None  # several numbers, of which nothing says what they are
        pointed = all(re.search("[.,]", parts[f"degrees{n}"] or "") for n in "12")
        if not (told or pointed or (parts["between"] or "").strip()):  # two whole numbers
            return None
        angles = [(*angles[0][:1], "N", angles[0][2]), (*angles[1][:1], "E", angles[1][2])]
    return _of_angles(angles)


def _of_angles(angles: list[tuple[float, str, int]]) -> TypedPlace:
    """The place of two angles, each with its letter and its number of decimals."""
    if angles[0][1] in "EW":
        angles = angles[::-1]
    (north, first, some), (east, second, others) = angles
    if first not in "NS" or second not in "EW":
        raise QueryError(_("Coordinates are a latitude (N or S) and a longitude (E or W)."))
    latitude, longitude = (-north if first == "S" else north), (-east if second == "W" else east)
    if abs(latitude) > 90:
        raise QueryError(_("A latitude lies between 90° S and 90° N."))
    if abs(longitude) > 180:
        raise QueryError(_("A longitude lies between 180° W and 180° E."))
    decimals = min(max(some, others), 5)  # a zero at the end is often left out
    # A degree is about 100 km: as many decimals of it as digits of MGRS.
    return _placed(latitude, longitude, decimals, decimals)


def _placed(latitude: float, longitude: float, decimals: int, digits: int) -> TypedPlace:
    label = degrees_in_words(latitude, longitude, max(decimals, 1))
    if not is_on_the_map(latitude, longitude):
        raise QueryError(_("{place} is beyond the map.").format(place=label))
    label = _("{degrees} · {mgrs}").format(degrees=label, mgrs=mgrs_of(latitude, longitude, digits))
    return TypedPlace(label, latitude, longitude, SQUARE_ZOOMS[min(digits, len(SQUARE_ZOOMS) - 1)])


def is_on_the_map(latitude: float, longitude: float) -> bool:
    """Tell whether the web map can show a place."""
    west, south, east, north = REGION
    return west < longitude < east and south < latitude < north


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


def _sum(degrees: str | None, minutes: str | None, seconds: str | None) -> float:
    if _number(minutes) >= 60 or _number(seconds) >= 60:
        raise QueryError(_("Minutes and seconds of an angle are below 60."))
    return _number(degrees) + _number(minutes) / 60 + _number(seconds) / 3600


def _decimals(degrees: str | None, minutes: str | None, seconds: str | None) -> int:
    """Decimals of a degree that say as much as an angle that was written: a minute is 0.01 degrees, a second 0.0001."""
    last, least = (seconds, 4) if seconds else (minutes, 2) if minutes else (degrees, 0)
    return least + len((last or "").replace(",", ".").partition(".")[2])
