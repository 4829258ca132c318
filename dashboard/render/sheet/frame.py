"""The frame of a sheet's map: the part of the earth it shows, its projection, and where a place lies on the page."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from dashboard.core.geo.borders import SURROUNDINGS, WGS84, equal_area
from dashboard.core.geo.precision import is_established
from dashboard.core.query.area import WHOLE_FLANK, Bounds
from dashboard.render.sheet.page import Box
from dashboard.render.text.handout import Handout

BAND = 24.0  # units around the frame, for the degrees of the graticule
EARTH_M = 40_075_016.7  # around the equator, the width of the web map's world
SMALLEST_KM = 120.0  # a frame is never narrower: coasts are good for some 200 m
ROOM = 1.16  # the frame around a selection, against the selection itself
AREA_ROOM = 1.001  # around an area: its place on the plane changes a little when the plane is centred on it
FOOT_OF_NIL = 0.3  # of the map's height, for the words that nothing is known
FEW = 6  # incidents up to which all of their flights is in the frame, with the bands
SMALL_KM = 1500.0  # a frame narrower than this needs an inset that says where it lies


@dataclass(frozen=True, eq=False)
class Frame:
    """A rectangle of an equal-area plane, drawn into a box of the page.

    longitude, latitude
        Its centre in degrees, on which the plane is centred.
    unit_m
        Metres on the ground in a unit of the page.
    """

    longitude: float
    latitude: float
    unit_m: float
    box: Box

    @property
    def plane(self) -> Transformer:
        """The transformation from EPSG:4326, longitude first, to metres of the plane."""
        return equal_area(round(self.longitude, 6), round(self.latitude, 6))

    @property
    def reach_m(self) -> tuple[float, float]:
        """The distances from its centre to the side and to the top, in metres."""
        left, top, right, bottom = self.box
        return (right - left) / 2 * self.unit_m, (bottom - top) / 2 * self.unit_m

    @property
    def small(self) -> bool:
        """Tell whether it shows so little that readers may not know where it lies."""
        return self.reach_m[0] * 2 / 1000 < SMALL_KM

    @property
    def zoom(self) -> float:
        """The zoom at which the web map has the same scale: names and water thin out alike."""
        return float(np.log2(EARTH_M * np.cos(np.radians(self.latitude)) / (256 * self.unit_m)))

    def on_page(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places in units of the page, shape (n, 2)."""
        x, y = self.plane.transform(longitude, latitude)
        left, top, right, bottom = self.box
        return np.column_stack(
            [(left + right) / 2 + np.asarray(x) / self.unit_m, (top + bottom) / 2 - np.asarray(y) / self.unit_m]
        )

    def shapes_on_page(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Shapes in units of the page, as far as they can come into the frame and as finely as can be seen."""
        cut = shapely.clip_by_rect(shapes, *self.degrees())
        # Straight edges of the cut are bent by the projection; points along them keep the cut outside the frame.
        plane = shapely.transform(shapely.segmentize(cut, 0.5), lambda xy: self.on_page(xy[:, 0], xy[:, 1]))
        drawn: NDArray[np.object_] = shapely.simplify(plane, 0.25, preserve_topology=False)
        return drawn

    def in_degrees(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitude and latitude of points of the page, shape (n, 2)."""
        left, top, right, bottom = self.box
        x = (points[:, 0] - (left + right) / 2) * self.unit_m
        y = ((top + bottom) / 2 - points[:, 1]) * self.unit_m
        return np.column_stack(self.plane.transform(x, y, direction="INVERSE"))

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Find the points of the page that lie in the frame."""
        left, top, right, bottom = self.box
        return (points[:, 0] >= left) & (points[:, 0] <= right) & (points[:, 1] >= top) & (points[:, 1] <= bottom)

    def holds(self, incidents: gpd.GeoDataFrame) -> NDArray[np.bool_]:
        """Find the incidents that lie in the frame."""
        return self.contains(self.on_page(incidents["longitude"].to_numpy(), incidents["latitude"].to_numpy()))

    def charted(self) -> shapely.Geometry:
        """The part of the frame that is charted, in units of the page."""
        outline = shapely.segmentize(shapely.box(*SURROUNDINGS), 1.0)
        charted = shapely.transform(outline, lambda xy: self.on_page(xy[:, 0], xy[:, 1]))
        return shapely.clip_by_rect(shapely.make_valid(charted), *self.box)

    def edge(self) -> NDArray[np.float64]:
        """Points along its edge in degrees, longitude first, shape (n, 2)."""
        wide, high = self.reach_m
        edge = shapely.segmentize(shapely.box(-wide, -high, wide, high), max(wide, high) / 20).exterior
        x, y = edge.xy
        return np.column_stack(self.plane.transform(x, y, direction="INVERSE"))

    def degrees(self) -> Bounds:
        """The bounds that hold the frame, within what is charted."""
        longitude, latitude = self.edge().T
        west, south, east, north = SURROUNDINGS
        return (
            max(west, min(longitude)),
            max(south, min(latitude)),
            min(east, max(longitude)),
            min(north, max(latitude)),
        )


def frame_of(handout: Handout, box: Box) -> Frame:
    """The frame that shows at least a viewport, or else all incidents and the chosen one's way to the border.

    Of a few incidents it shows the flights as well, as far as they can have been. Without any it shows the area asked
    for, with room for the sentence that none is known.
    """
    view, incidents = handout.view, handout.incidents
    incidents = incidents[on_the_map(incidents)]
    if view.viewport:
        return _frame_around(_edge(view.viewport.bounds), box, AREA_ROOM)
    if handout.nil:
        return _frame_around(_edge(handout.area), box, ROOM, SMALLEST_KM * 1000, FOOT_OF_NIL)
    if incidents.empty:  # all of them lie beyond the map; the counts say so
        return _frame_around(_edge(WHOLE_FLANK), box, AREA_ROOM)
    places = incidents[["longitude", "latitude"]].to_numpy()
    deep = is_established(incidents["depth_km"], incidents["location_accuracy_km"])
    looked_at = incidents[(incidents["id"] == view.selected) & deep]
    places = np.vstack([places, looked_at[["border_longitude", "border_latitude"]].to_numpy()])
    if len(incidents) <= FEW:
        tracks = handout.tracks[handout.tracks["incident_id"].isin(incidents["id"])]
        places = np.vstack([places, *map(_around, tracks.geometry, tracks["accuracy_km"])])
    return _frame_around(places, box, ROOM, SMALLEST_KM * 1000)


def _around(track: shapely.Geometry, accuracy_km: float) -> NDArray[np.float64]:
    """Points at the distance of its accuracy around a flight track, longitude first."""
    points = np.repeat(shapely.get_coordinates(track), 8, axis=0)
    bearings = np.tile(np.arange(0, 360, 45.0), len(points) // 8)
    east, north = points.T
    longitude, latitude, _back = WGS84.fwd(east, north, bearings, np.full(len(points), accuracy_km * 1000))
    return np.column_stack([longitude, latitude])


def on_the_map(incidents: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Find the incidents that lie within what is charted at all."""
    west, south, east, north = SURROUNDINGS
    within = incidents["longitude"].between(west, east) & incidents["latitude"].between(south, north)
    known: NDArray[np.bool_] = within.to_numpy(bool)
    return known


def _frame_around(
    places: NDArray[np.float64], box: Box, room: float, smallest_m: float = 0.0, foot: float = 0.0
) -> Frame:
    """The frame that holds places, longitude first, in degrees; with a part of its height free below them."""
    left, top, right, bottom = box
    (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
    first = Frame((west + east) / 2, (south + north) / 2, 1.0, box)
    x, y = first.plane.transform(*places.T)
    middle_x, middle_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    width, height = right - left, (1 - foot) * (bottom - top)
    unit_m = room * max(np.ptp(x) / width, np.ptp(y) / height, smallest_m / width)
    down_m = foot * (bottom - top) / 2 * unit_m
    longitude, latitude = first.plane.transform(middle_x, middle_y - down_m, direction="INVERSE")
    return Frame(float(longitude), float(latitude), float(unit_m), box)


def _edge(area: Bounds) -> NDArray[np.float64]:
    """Points along the edge of an area, longitude first, as far as it is charted."""
    west, south, east, north = SURROUNDINGS
    charted = shapely.box(*area).intersection(shapely.box(west, south, east, north))
    shown = charted if charted.area > 0 else shapely.box(*area)
    edge: NDArray[np.float64] = shapely.get_coordinates(shapely.segmentize(shown, (area[2] - area[0]) / 40))
    return edge
