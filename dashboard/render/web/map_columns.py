"""Marks, cells, tracks and names of the map as named columns, which ``columns.js`` reads.

A name for each cell would cost bytes with every click: hundreds of marks share the names of their columns.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypedDict

import geopandas as gpd
import pandas as pd
from shapely import LineString

from dashboard.core.analysis.shared_places import shared_places
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _
from dashboard.render.symbols.clustering import MOST_MARKS, Cell
from dashboard.render.symbols.land_signs import AIRFIELD, AIRPORT
from dashboard.render.symbols.mark_style import Kind, kinds_of, symbol_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import accuracy_in_words
from dashboard.render.text.incident import category_in_words, place_in_words, when_in_words


class _Told(NamedTuple):
    """The cells that the words of a tooltip are made of; going through all columns takes three times as long."""

    date: pd.Timestamp
    end_date: pd.Timestamp
    date_precision: str
    place: str
    country: str
    category: str
    object_type: str
    status: str
    side: str


class MarkKind(TypedDict):
    """A kind of marks: the codes that it shows, and its symbol as SVG."""

    category: str
    status: str
    identity: str
    object_type: str
    symbol: str


class MarkColumns(TypedDict):
    """The marks of a map.

    kind
        Of each, as its place in the list of kinds.
    when, where, what
        The words of the tooltip.
    first, last, month_only
        Days since 1970, and 1 where only the month is known.
    """

    id: list[str]
    latitude: list[float]
    longitude: list[float]
    kind: list[int]
    when: list[str]
    where: list[str]
    what: list[str]
    first: list[int]
    last: list[int]
    month_only: list[int]


class CellColumns(TypedDict):
    """Incidents that are counted together: their mean place, and how many of each category."""

    latitude: list[float]
    longitude: list[float]
    by_category: dict[str, list[int]]


class Track(TypedDict):
    """A flight track: its incident, its accuracy, and its points, latitude first as Leaflet wants them."""

    incident: str
    category: str
    accuracy_m: int
    points: list[tuple[float, float]]


class Shared(TypedDict):
    """A point at which several incidents are placed, and how far from it each may have been."""

    latitude: float
    longitude: float
    accuracy_m: float
    within: str


class NameColumns(TypedDict):
    """The names on the map; ``weight`` says which come first, ``state`` whose name it is or in which it lies.

    Of an airport the name is its IATA code, of an airfield its ICAO code.
    """

    kind: list[str]
    name: list[str]
    latitude: list[float]
    longitude: list[float]
    weight: list[int]
    state: list[str]


def mark_kinds(kinds: Sequence[Kind], palette: Palette) -> list[MarkKind]:
    """Each kind with its symbol."""
    return [
        {
            "category": kind.category,
            "status": kind.status,
            "identity": kind.identity,
            "object_type": kind.object_type,
            "symbol": symbol_of(kind, palette, kind.side),
        }
        for kind in kinds
    ]


def mark_columns(parts: Sequence[gpd.GeoDataFrame], of_each: Sequence[Kind], kinds: Sequence[Kind]) -> MarkColumns:
    """The marks of incidents and own-side objects.

    Parameters
    ----------
    parts
        Frames whose rows are marks; to put them together in one takes longer than all else.
    of_each
        The kind of each mark.
    kinds
        Every kind once, in the order of the list of kinds.
    """
    places = {kind: place for place, kind in enumerate(kinds)}

    def cells(name: str) -> list[Any]:
        return [cell for part in parts for cell in part[name].tolist()]

    told = [_words(_Told(*row)) for row in zip(*map(cells, _Told._fields), strict=True)]
    return {
        "id": cells("id"),
        "latitude": [round(degrees, 5) for degrees in cells("latitude")],
        "longitude": [round(degrees, 5) for degrees in cells("longitude")],
        "kind": [places[kind] for kind in of_each],
        "when": [when for when, _where, _what in told],
        "where": [where for _when, where, _what in told],
        "what": [what for _when, _where, what in told],
        "first": [day for part in parts for day in _days(part["counted_on"])],
        "last": [day for part in parts for day in _days(part["last_day"])],
        "month_only": [int(precision == "month") for precision in cells("date_precision")],
    }


def _days(dates: pd.Series) -> list[int]:
    """Days since 1 January 1970; no date may be missing."""
    days: list[int] = dates.to_numpy("datetime64[D]").astype(int).tolist()
    return days


@lru_cache(maxsize=4 * MOST_MARKS)
def _words(row: _Told) -> tuple[str, str, str]:
    """The words of a tooltip: when, where and what."""
    what = _("{category}, {object}").format(
        category=category_in_words(row), object=word("object_type", row.object_type)
    )
    if row.status != "confirmed":
        what = _("{what} ({status})").format(what=what, status=word("status", row.status).lower())
    return when_in_words(row), place_in_words(row), what


def cell_columns(cells: Sequence[Cell]) -> CellColumns:
    """Cells of many incidents."""
    return {
        "latitude": [round(cell.latitude, 5) for cell in cells],
        "longitude": [round(cell.longitude, 5) for cell in cells],
        "by_category": {
            category: [cell.by_category[place] for cell in cells] for place, category in enumerate(CATEGORIES)
        },
    }


def track_list(tracks: gpd.GeoDataFrame, kinds: Mapping[str, Kind]) -> list[Track]:
    """The tracks of a selection, of which ``kinds`` has the kind of each incident by its ID."""
    columns = (tracks[name].tolist() for name in ("incident_id", "accuracy_km", "geometry"))
    return [
        {
            "incident": incident,
            "category": kinds[incident].category,
            "accuracy_m": round(accuracy_km * 1000),
            "points": _points(line),
        }
        for incident, accuracy_km, line in zip(*columns, strict=True)
        if incident in kinds
    ]


@lru_cache(maxsize=1_000)
def _points(line: LineString) -> list[tuple[float, float]]:
    return [(round(y, 5), round(x, 5)) for x, y in line.coords]


def shared_list(selection: gpd.GeoDataFrame) -> list[Shared]:
    """The shared places of a selection."""
    return [
        {
            "latitude": place.latitude,
            "longitude": place.longitude,
            "accuracy_m": place.accuracy_km * 1000,
            "within": accuracy_in_words(place.accuracy_km),
        }
        for place in shared_places(selection)
    ]


def categories_of(tracks: gpd.GeoDataFrame, selection: gpd.GeoDataFrame) -> list[str]:
    """The category of the incident of each track, or that of own-side objects."""
    kinds = dict(zip(selection["id"], kinds_of(selection, ""), strict=True))
    return [kinds[id_].category for id_ in tracks["incident_id"]]


def name_columns(places: gpd.GeoDataFrame, airports: gpd.GeoDataFrame) -> NameColumns:
    """The names of places, and after them the codes of airports."""
    public = airports["iata"] != ""
    codes = airports["iata"].where(public, airports["icao"])
    kinds = public.map({True: AIRPORT, False: AIRFIELD})
    points = [*places.geometry, *airports.geometry]
    return {
        "kind": [*places["kind"], *kinds],
        "name": [*places["name"], *codes],
        "latitude": [round(point.y, 4) for point in points],
        "longitude": [round(point.x, 4) for point in points],
        "weight": [*map(round, places["weight"]), *[0] * len(airports)],
        "state": [*places["state"], *[""] * len(airports)],
    }
