"""States' land and airspace and the eastern-flank border; the only place that changes the CRS.

Everything is EPSG:4326 with the longitude first, as in the files; lengths and distances are geodesic on WGS 84.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Geod, Transformer
from scipy.spatial import cKDTree

from dashboard.core.geo.map_file import MAKE, read_map_file
from dashboard.errors import UnreadableFileError

# West, south, east and north. The region is charted in full: Europe with Türkiye and the Caucasus, and a margin; its
# surroundings only roughly, for maps of the whole flank.
REGION = (-32.0, 32.0, 65.0, 83.0)
SURROUNDINGS = (-45.0, 25.0, 96.0, 84.0)
DEGREE_KM = 111.2  # one degree of latitude
WGS84 = Geod(ellps="WGS84")
HIGH_SEA = "XZ"  # international waters, as in the column entered_from
ELSEWHERE = "ZZ"  # the states around the region, as one

KINDS = ("airspace", "land", "border", "limit", "flank", "flank_sea")
COLUMNS = ("kind", "state", "neighbour", "length_km", "geometry")


@dataclass(frozen=True, eq=False)
class Borders:
    """The contents of ``borders.parquet`` by kind; every geometry in EPSG:4326.

    airspace, land
        One polygon a state, by its alpha-2 code: land with territorial sea, and land alone.
    lines
        Rows ``border`` (a pair of neighbours) and ``limit`` (a state and the high sea): ``state``, ``neighbour``,
        ``length_km``.
    flank
        The eastern-flank border by flank state and neighbour (kind ``flank``) and its seaward limit (``flank_sea``).
    region
        West, south, east and north of what is charted in full.
    """

    airspace: gpd.GeoSeries
    land: gpd.GeoSeries
    lines: gpd.GeoDataFrame
    flank: gpd.GeoDataFrame
    region: tuple[float, float, float, float] = REGION
    _outlines: dict[tuple[str, tuple[str, ...]], "Outline"] = field(default_factory=dict, init=False, repr=False)

    def sides(self, state: str) -> gpd.GeoSeries:
        """The outline of a state's airspace, by the neighbour on its other side."""
        own = self.lines[(self.lines["state"] == state) | (self.lines["neighbour"] == state)]
        return own.set_index(own["neighbour"].where(own["state"] == state, own["state"])).geometry

    def outline(self, state: str, neighbours: tuple[str, ...]) -> "Outline":
        """The part of a state's outline towards some neighbours, ready to be asked for distances; made once."""
        if (state, neighbours) not in self._outlines:
            sides = self.sides(state)
            self._outlines[state, neighbours] = Outline(sides[sides.index.isin(neighbours)])
        return self._outlines[state, neighbours]

    def is_cut(self, state: str) -> bool:
        """Tell whether a state is charted only in part, or not by itself."""
        if state not in self.airspace.index:
            return True
        west, south, east, north = self.airspace[state].bounds
        return bool(
            west <= self.region[0] or south <= self.region[1] or east >= self.region[2] or north >= self.region[3]
        )

    def to_edge_km(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Distances from points to the edge of the region in km, to about one in a hundred; negative beyond it.

        Parameters
        ----------
        points
            Longitude and latitude in EPSG:4326, shape (n, 2).
        """
        longitude, latitude = points.T
        west, south, east, north = self.region
        east_west_km = np.minimum(longitude - west, east - longitude) * DEGREE_KM * np.cos(np.radians(latitude))
        north_south_km = np.minimum(latitude - south, north - latitude) * DEGREE_KM
        nearest: NDArray[np.float64] = np.minimum(east_west_km, north_south_km)
        return nearest


def read_borders(path: Path) -> Borders:
    """Read ``borders.parquet``, made by ``python -m dashboard borders``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    frame = read_map_file(path, gpd.read_parquet, "GeoParquet", "The borders are missing")
    if tuple(frame.columns) != COLUMNS or set(frame["kind"]) - set(KINDS):
        raise UnreadableFileError(
            f"{path} does not have the columns {', '.join(COLUMNS)} and the kinds {', '.join(KINDS)}. {MAKE}"
        )
    kind = frame["kind"]
    return Borders(
        airspace=frame[kind == "airspace"].set_index("state").geometry,
        land=frame[kind == "land"].set_index("state").geometry,
        lines=frame[kind.isin(["border", "limit"])].reset_index(drop=True),
        flank=frame[kind.isin(["flank", "flank_sea"])].reset_index(drop=True),
    )


def geodesic_length_km(lines: NDArray[np.object_]) -> NDArray[np.float64]:
    """Geodesic lengths of lines in EPSG:4326, in km."""
    return np.array([WGS84.geometry_length(line) / 1000 for line in lines])


def geodesic_distance_km(
    longitude: ArrayLike, latitude: ArrayLike, to_longitude: ArrayLike, to_latitude: ArrayLike
) -> NDArray[np.float64]:
    """Geodesic distances between pairs of points in EPSG:4326, in km."""
    distance: NDArray[np.float64] = WGS84.inv(longitude, latitude, to_longitude, to_latitude)[2] / 1000
    return distance


@cache
def equal_area(longitude: float, latitude: float) -> Transformer:
    """The transformation from EPSG:4326, longitude first, to an equal-area plane in metres centred on the point."""
    crs = CRS.from_proj4(f"+proj=laea +lon_0={longitude:.6f} +lat_0={latitude:.6f} +datum=WGS84 +units=m")
    return Transformer.from_crs(4326, crs, always_xy=True)


SAMPLE_KM = 0.2  # spacing of the points that stand for a line


@dataclass(frozen=True, eq=False)
class Nearest:
    """Nearest points of an outline: distance in km, longitude and latitude of shape (n, 2), and the side each is on."""

    km: NDArray[np.float64]
    at: NDArray[np.float64]
    side: NDArray[np.object_]


class Outline:
    """Lines in EPSG:4326 that answer how far it is to their nearest point, a million times if need be.

    The lines are cut into points at most ``SAMPLE_KM`` apart, kept in a tree by their place in space (earth-centred
    coordinates, so no projection bends the answer anywhere). The distance returned is the geodesic to the nearest of
    them: too long by at most 100 m on the line itself, and by at most 5 m from 1 km away.
    """

    def __init__(self, lines: gpd.GeoSeries) -> None:
        """``lines`` are named by their index: the side on which each lies."""
        dense = shapely.segmentize(lines.values, SAMPLE_KM / 111.7)  # one degree is nowhere longer than 111.7 km
        self._points, line = shapely.get_coordinates(dense, return_index=True)
        self._side = lines.index.to_numpy()[line]
        # Sorting the points well would cost more than it saves: most outlines are asked about few points.
        self._tree = cKDTree(in_space(*self._points.T), balanced_tree=False, compact_nodes=False)

    def nearest(self, points: NDArray[np.float64]) -> Nearest:
        """The nearest point of the lines for each of ``points``, longitude and latitude, shape (n, 2)."""
        position = self._tree.query(in_space(points[:, 0], points[:, 1]), workers=-1)[1]
        at = self._points[position]
        km = geodesic_distance_km(points[:, 0], points[:, 1], at[:, 0], at[:, 1])
        return Nearest(km, at, self._side[position])


def in_space(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Earth-centred coordinates on WGS 84, in metres, shape (n, 3)."""
    return np.column_stack(_TO_SPACE.transform(longitude, latitude, np.zeros(len(longitude))))


_TO_SPACE = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
