"""An area of the map, and the one that a view shows when it names none and asks for nothing."""

import math
from dataclasses import dataclass

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
WHOLE_FLANK: Bounds = (9.0, 40.0, 37.5, 70.5)  # from Denmark to the Black Sea, from Türkiye to the north of Norway
USUAL_MAP = (1200, 800)  # pixels of the web map in a window of 1920 by 1080, about


@dataclass(frozen=True)
class Viewport:
    """An area of the map, in degrees (WGS 84) with four decimals.

    A map shows at least all of it, whatever the size of its window.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        for name, limit in (("west", 180), ("south", 90), ("east", 180), ("north", 90)):
            degrees = getattr(self, name)
            if not math.isfinite(degrees) or not -limit <= degrees <= limit:
                raise ValueError(f"{name} {degrees} is not between -{limit} and {limit}")
            object.__setattr__(self, name, round(degrees, 4))
        for low, high in (("west", "east"), ("south", "north")):
            if getattr(self, low) >= getattr(self, high):
                raise ValueError(f"{low} {getattr(self, low)} is not less than {high} {getattr(self, high)}")

    @classmethod
    def around(cls, latitude: float, longitude: float, zoom: float) -> "Viewport":
        """The area that a map of 1200 by 800 pixels shows at a zoom level of the web map.

        Such is the map in a window of 1920 by 1080 pixels, about. Links and saved views of before, which have a centre
        and a zoom level, are read as this area.
        """
        for name, value, low, high in (
            ("latitude", latitude, -90, 90),
            ("longitude", longitude, -180, 180),
            ("zoom", zoom, 0, 20),
        ):
            if not math.isfinite(value) or not low <= value <= high:
                raise ValueError(f"{name} {value} is not between {low} and {high}")
        world = 256 * 2**zoom  # its width in pixels
        half_width, half_height = (pixels / 2 / world * 360 for pixels in USUAL_MAP)
        north, south = (_unstretched(_stretched(latitude) + half) for half in (half_height, -half_height))
        return cls(max(-180, longitude - half_width), south, min(180, longitude + half_width), north)

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north."""
        return self.west, self.south, self.east, self.north


def _stretched(latitude: float) -> float:
    """A latitude on the web map (EPSG:3857), whose world ends at 85 degrees, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(max(-85.05, min(85.05, latitude))))))


def _unstretched(degrees: float) -> float:
    """The latitude that is so many degrees of longitude from the equator on the web map."""
    return math.degrees(math.atan(math.sinh(math.radians(degrees))))
