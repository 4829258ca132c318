"""The area that the map is asked to show, and a place that it marks there."""

from dataclasses import dataclass
from typing import TypedDict

from dashboard.core.query.area import Bounds

Point = tuple[float, float]  # latitude and longitude, as Leaflet wants them
Corners = tuple[Point, Point]  # south-west and north-east


@dataclass(frozen=True)
class MarkedPlace:
    """A place that somebody went to: its name, and latitude and longitude in degrees."""

    label: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Focus:
    """The area that the map is to show.

    turn
        Grows with each wish; the map moves only when it differs from the last one.
    bounds
        What it is to show, all of it.
    clear
        Whether that is to lie clear of the panels, too, with some room around.
    fly
        Whether it is to be seen how the map gets there.
    place
        A place to mark there, or None.
    """

    turn: int
    bounds: Bounds
    clear: bool = True
    fly: bool = False
    place: MarkedPlace | None = None


class PlaceMark(TypedDict):
    """The mark of a place that somebody went to."""

    label: str
    at: Point


class Wish(TypedDict):
    """A wish for where the map looks; see :class:`Focus`."""

    turn: int
    fly: bool
    clear: bool
    bounds: Corners
    place: PlaceMark | None


def wish_of(focus: Focus) -> Wish:
    """A focus as ``map.js`` takes it."""
    place = focus.place
    return {
        "turn": focus.turn,
        "fly": focus.fly,
        "clear": focus.clear,
        "bounds": corners_of(focus.bounds),
        "place": {"label": place.label, "at": (place.latitude, place.longitude)} if place else None,
    }


def corners_of(bounds: Bounds) -> Corners:
    """South-west and north-east of bounds."""
    west, south, east, north = bounds
    return (south, west), (north, east)
