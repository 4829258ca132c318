"""Where in a frame a state or a sea lies, for names whose usual place is outside of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, minimum_filter

from dashboard.core.borders import ELSEWHERE
from dashboard.core.dataset import Dataset
from dashboard.render.sheet.frame import Frame

STEP = 16.0  # units between the points at which the frame is asked


@dataclass(frozen=True, eq=False)
class Grid:
    """Points of the page in rows, with their places in degrees; all of shape (rows, columns)."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]

    def spots(self, inside: NDArray[np.bool_], width: float, height: float) -> Iterator[tuple[int, int]]:
        """Row and column of the points at which a box of this size lies inside, the roomiest first."""
        size = (2 * int(np.ceil(height / 2 / STEP)) + 1, 2 * int(np.ceil(width / 2 / STEP)) + 1)
        fits = minimum_filter(inside, size=size, mode="nearest")
        clearance = distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1]
        order = np.argsort(-clearance[fits], kind="stable")
        for row, column in np.argwhere(fits)[order]:
            yield int(row), int(column)


def grid_of(frame: Frame) -> Grid:
    """Points all over a frame."""
    left, top, right, bottom = frame.box
    x, y = np.meshgrid(np.arange(left + STEP, right, STEP), np.arange(top + STEP, bottom, STEP))
    longitude, latitude = frame.in_degrees(np.column_stack([x.ravel(), y.ravel()])).T
    return Grid(x, y, longitude.reshape(x.shape), latitude.reshape(x.shape))


def states_in(frame: Frame, grid: Grid, dataset: Dataset, but: set[str]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each state, but for some, whose land comes into the frame, with the points of the grid that lie on it."""
    land = dataset.borders.land.drop(index=[ELSEWHERE, *but], errors="ignore")
    box = frame.degrees()
    bounds = land.bounds
    near = (bounds["minx"] < box[2]) & (bounds["maxx"] > box[0]) & (bounds["miny"] < box[3]) & (bounds["maxy"] > box[1])
    for state, shape in land[near].items():
        cut = shapely.clip_by_rect(shape, *box)
        if not cut.is_empty:
            shapely.prepare(cut)
            yield str(state), shapely.contains_xy(cut, grid.longitude, grid.latitude)


def sea_in(frame: Frame, grid: Grid, dataset: Dataset) -> NDArray[np.bool_]:
    """Which points of the grid lie in the sea."""
    box = frame.degrees()
    wet = np.ones(grid.x.shape, bool)
    for shape in _dry_land(dataset):
        cut = shapely.clip_by_rect(shape, *box)
        shapely.prepare(cut)
        wet &= ~shapely.contains_xy(cut, grid.longitude, grid.latitude)
    return wet


def sea_at(longitude: float, latitude: float, dataset: Dataset) -> str:
    """The sea that a point in the sea belongs to: the nearest that one sees from there over water, or empty."""
    seas = dataset.places[dataset.places["kind"] == "sea"]
    here = shapely.Point(longitude, latitude)
    shrink = float(np.cos(np.radians(latitude)))
    across, down = seas.geometry.x.to_numpy() - longitude, seas.geometry.y.to_numpy() - latitude
    for position in np.argsort(np.hypot(across * shrink, down), kind="stable"):
        sight = shapely.LineString([here, seas.geometry.iloc[position]])
        if not any(shapely.intersects(shape, sight) for shape in _dry_land(dataset)):
            return str(seas["name"].iloc[position])
    return ""


def _dry_land(dataset: Dataset) -> list[shapely.Geometry]:
    far = dataset.basemap["far"]
    return list(far.geometry[far["kind"].isin(["land", "flank_land"])])
