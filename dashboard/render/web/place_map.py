"""A small still map of places to choose among, each with the circle in which it is meant, as SVG."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import geopandas as gpd
import shapely

from dashboard.core.geo.borders import DEGREE_KM
from dashboard.language import _, number
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import SHORT_CREDITS

WIDTH, HEIGHT = 540, 216  # units
LEAST_KM = 25.0  # that are seen on each side of a place
MARGIN = 1.15
NEAR_DEGREES = 3  # of latitude, below which the map is as exact as it can be
MOST_NAMES = 9  # of towns around
DOT, TYPE = 4.5, 13
_FONT = "Source Sans, Noto Sans, sans-serif"


@dataclass(frozen=True)
class Candidate:
    """A place: in degrees (WGS 84), the radius in km within which it is meant, and its label."""

    latitude: float
    longitude: float
    accuracy_km: float
    label: str


class _Frame:
    """The part of the world that a map shows: degrees as units, equally scaled at its middle."""

    def __init__(self, places: Sequence[Candidate]) -> None:
        reach = [max(LEAST_KM, 2 * place.accuracy_km) / DEGREE_KM for place in places]
        south = min(place.latitude - more for place, more in zip(places, reach, strict=True))
        north = max(place.latitude + more for place, more in zip(places, reach, strict=True))
        self.narrow = math.cos(math.radians((south + north) / 2))
        west = min(place.longitude - more / self.narrow for place, more in zip(places, reach, strict=True))
        east = max(place.longitude + more / self.narrow for place, more in zip(places, reach, strict=True))
        high = MARGIN * max(north - south, (east - west) * self.narrow * HEIGHT / WIDTH)
        self.scale = HEIGHT / high  # units per degree of latitude
        wide = WIDTH / self.scale / self.narrow
        middle = (west + east) / 2, (south + north) / 2
        self.bounds = (middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        west, _south, _east, north = self.bounds
        return (longitude - west) * self.narrow * self.scale, (north - latitude) * self.scale

    @property
    def level(self) -> str:
        return "near" if HEIGHT / self.scale < NEAR_DEGREES else "far"

    def units(self, km: float) -> float:
        return km / DEGREE_KM * self.scale


def place_map(
    places: Sequence[Candidate], basemap: Mapping[str, gpd.GeoDataFrame], names: gpd.GeoDataFrame, palette: Palette
) -> str:
    """Draw places on the light map.

    Parameters
    ----------
    basemap
        Each level of the light map, as :func:`dashboard.core.geo.basemap.read_basemap` returns it.
    names
        Towns and states, as :func:`dashboard.core.geo.places.read_places` returns them.
    """
    frame = _Frame(places)
    body = "".join((*_ground(frame, basemap[frame.level], palette), *_names(frame, names, places, palette)))
    marks = "".join(_mark(frame, place, palette) for place in places)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FONT}" '
        f'font-size="{TYPE}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{palette.sea}"/>{body}{marks}'
        f"{_scale_bar(frame, palette)}{_credits(palette)}</svg>"
    )


def _ground(frame: _Frame, basemap: gpd.GeoDataFrame, palette: Palette) -> Iterator[str]:
    west, south, east, north = frame.bounds
    looks = {
        "flank_airspace": f'fill="{palette.flank_sea}"',
        "land": f'fill="{palette.land}"',
        "flank_land": f'fill="{palette.flank_land}"',
        "limit": f'fill="none" stroke="{palette.muted}" stroke-width="0.8" stroke-dasharray="3 3"',
        "border": f'fill="none" stroke="{palette.border}" stroke-width="1"',
        "flank_sea": f'fill="none" stroke="{palette.flank}" stroke-width="1.5" stroke-dasharray="6 4"',
        "flank": f'fill="none" stroke="{palette.flank}" stroke-width="3" stroke-linejoin="round"',
        "lake": f'fill="{palette.lake}"',
        "river": f'fill="none" stroke="{palette.river}" stroke-width="1" stroke-opacity="0.6"',
    }
    near = basemap.cx[west:east, south:north]
    in_order = sorted(zip(near["kind"], near.geometry, strict=True), key=lambda one: one[0] in ("flank", "border"))
    for kind, shape in in_order:
        if path := _path(frame, shapely.clip_by_rect(shape, west, south, east, north)):
            yield f'<path d="{path}" {looks[kind]}/>'


def _path(frame: _Frame, shape: shapely.Geometry) -> str:
    """The lines and rings of a shape as commands of SVG."""
    commands = []
    for part in shapely.get_parts(shape):
        rings = shapely.get_rings(part) if part.geom_type == "Polygon" else [part]
        end = "Z" if part.geom_type == "Polygon" else ""
        for ring in rings:
            points = (frame.point(x, y) for x, y in shapely.get_coordinates(ring))
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            commands.append(f"M{line}{end}" if line else "")
    return "".join(commands)


def _names(frame: _Frame, names: gpd.GeoDataFrame, places: Sequence[Candidate], palette: Palette) -> Iterator[str]:
    """The largest towns and the states around, where they cover no place and no other name."""
    west, south, east, north = frame.bounds
    near = names.cx[west:east, south:north].sort_values("weight", ascending=False)
    taken = [frame.point(place.longitude, place.latitude) for place in places]
    written = 0
    for row in near.itertuples():
        x, y = frame.point(row.geometry.x, row.geometry.y)
        is_clear = all(abs(x - left) > 90 or abs(y - top) > 22 for left, top in taken)
        if written >= MOST_NAMES or not is_clear or not (8 < x < WIDTH - 80 and 16 < y < HEIGHT - 30):
            continue
        written += 1
        taken.append((x, y))
        if row.kind == "state":
            name = escape(str(row.name).upper())
            yield f'<text x="{x:.1f}" y="{y:.1f}" fill="{palette.muted}" letter-spacing="4">{name}</text>'
        elif row.kind in ("town", "capital"):
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{palette.paper}" stroke="{palette.muted}"/>'
                f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" fill="{palette.muted}">{escape(str(row.name))}</text>'
            )


def _mark(frame: _Frame, place: Candidate, palette: Palette) -> str:
    x, y = frame.point(place.longitude, place.latitude)
    reach = frame.units(place.accuracy_km)
    label = (
        f'<text x="{x + max(reach, DOT) + 5:.1f}" y="{y + 4.5:.1f}" fill="{palette.ink}" font-weight="700" '
        f'stroke="{palette.flank_land}" stroke-width="3" paint-order="stroke">{escape(place.label)}</text>'
    )
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{reach:.1f}" fill="{palette.ink}" fill-opacity="0.08" '
        f'stroke="{palette.ink}" stroke-width="1.5" stroke-dasharray="2 4"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{palette.action}" stroke="{palette.rim}"/>{label}'
    )


def _scale_bar(frame: _Frame, palette: Palette) -> str:
    km = next(one for one in (500, 200, 100, 50, 20, 10, 5, 2, 1) if frame.units(one) < WIDTH / 5 or one == 1)
    left, top, length = 14, HEIGHT - 14, frame.units(km)
    words = escape(_("{distance} km").format(distance=number(km)))
    return (
        f'<path d="M{left},{top - 6}V{top}H{left + length:.1f}V{top - 6}" fill="none" stroke="{palette.ink}" '
        f'stroke-width="1.5"/><text x="{left + 6}" y="{top - 5}" fill="{palette.ink}">{words}</text>'
    )


def _credits(palette: Palette) -> str:
    return (
        f'<text x="{WIDTH - 8}" y="{HEIGHT - 8}" text-anchor="end" font-size="11" fill="{palette.muted}" '
        f'stroke="{palette.paper}" stroke-width="3" paint-order="stroke">{escape(SHORT_CREDITS)}</text>'
    )
