"""Names on a sheet's map: states and seas, then towns and airports; none over another, a mark or the frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, minimum_filter

from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.borders import ELSEWHERE
from dashboard.language import state_name
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.page import Box, Page
from dashboard.render.sheet.town_names import Near, dot_of, write_towns
from dashboard.render.symbols.land_signs import AIRFIELD, AIRPORT, CAPITAL
from dashboard.render.symbols.name_ranks import least_at
from dashboard.render.text.handout import Handout
from dashboard.render.typesetting.measure import text_width

GAP = 7.0  # units kept free around a name
OF_A_CAPITAL = (70.0, 22.0)  # units from its dot to each side, up and down, that hold its name wherever it stands
ROOMY = 14.0  # units of clearance that a state's name needs
LARGE = 2500.0  # square units of land, from which a state's name may reach over its borders
SEA_WIDTH = 110.0  # of water that a name needs
SEAS_APART, MOST_ASKED = 250.0, 10  # units between the places of which is asked what sea they lie in, and how many
SEA_FROM_ZOOM = {5: 3.0, 4: 4.0, 3: 5.5, 2: 6.5}  # by weight


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
    west, south, east, north = frame.degrees()
    reach = land.bounds
    near = (reach["minx"] < east) & (reach["maxx"] > west) & (reach["miny"] < north) & (reach["maxy"] > south)
    for state, shape in land[near].items():
        cut = shapely.clip_by_rect(shape, west, south, east, north)
        if not cut.is_empty:
            shapely.prepare(cut)
            yield str(state), shapely.contains_xy(cut, grid.longitude, grid.latitude)


def sea_in(frame: Frame, grid: Grid, dataset: Dataset) -> NDArray[np.bool_]:
    """Find the points of the grid that lie in the sea."""
    bounds = frame.degrees()
    wet = np.ones(grid.x.shape, bool)
    for shape in _dry_land(dataset):
        cut = shapely.clip_by_rect(shape, *bounds)
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


def write_names(page: Page, frame: Frame, handout: Handout, space: LabelRoom, near: Near) -> set[str]:
    """Write the names that find room in ``space``; gives the signs that came to be drawn with them."""
    dataset = handout.dataset
    places = _in_frame(frame, dataset.places)
    zoom = frame.zoom
    grid = grid_of(frame)
    capitals = LabelRoom(frame.box, map(dot_of, places[places["kind"] == CAPITAL].itertuples()))
    room = Room(space, capitals)
    states = _write_states(page, frame, places[places["kind"] == "state"], room)
    _write_more_states(page, frame, grid, dataset, room, states)
    seas = places[(places["kind"] == "sea") & (zoom >= places["weight"].map(SEA_FROM_ZOOM))]
    written = {sea.name for sea in seas.itertuples() if _write_sea(page, sea.x, sea.y, sea.name, space)}
    all_seas = dataset.places[dataset.places["kind"] == "sea"]
    small = set(all_seas["name"][zoom < all_seas["weight"].map(SEA_FROM_ZOOM)])
    _write_more_seas(page, frame, grid, dataset, space, written | small)
    towns = places[places["kind"].isin(["capital", "town"])]
    airports = dataset.airports if handout.view.airports else dataset.airports.iloc[:0]
    public = airports["iata"] != ""
    airports = _in_frame(
        frame,
        airports.assign(
            kind=public.map({True: AIRPORT, False: AIRFIELD}), code=airports["iata"].where(public, airports["icao"])
        ),
    )
    return write_towns(page, towns, airports, near, zoom, frame.unit_m / 1000, space)


def dots_of_large_towns(frame: Frame, dataset: Dataset) -> list[Box]:
    """The dots of the towns that are named for their size: numbers of marks keep clear of them where they can."""
    places = _in_frame(frame, dataset.places)
    large = places["kind"].isin(["capital", "town"]) & (places["weight"] >= least_at(frame.zoom))
    return [*map(dot_of, places[large].itertuples())]


def capitals_with_names(frame: Frame, dataset: Dataset) -> list[Box]:
    """Capitals with room for their names, which a detail does not cover."""
    places = _in_frame(frame, dataset.places)
    capitals = places[places["kind"] == "capital"]
    wide, high = OF_A_CAPITAL
    return [(x - wide, y - high, x + wide, y + high) for x, y in zip(capitals["x"], capitals["y"], strict=True)]


def _in_frame(frame: Frame, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Places in a frame, with where they lie on the page."""
    points = frame.on_page(places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
    inside = frame.contains(points)
    return places[inside].assign(x=points[inside, 0], y=points[inside, 1])


@dataclass(frozen=True, eq=False)
class Room:
    """The room for names of states, which keep clear of capitals, too."""

    space: LabelRoom
    capitals: LabelRoom

    def take(self, box: Box) -> bool:
        """Take a box if it is free; gives whether it was."""
        return self.capitals.free(box) and self.space.take(box)


def _over(x: float, y: float, width: float, height: float = 18.0) -> Box:
    return x - width / 2 - GAP, y - height / 2 - GAP / 2, x + width / 2 + GAP, y + height / 2 + GAP / 2


def _write_states(page: Page, frame: Frame, states: gpd.GeoDataFrame, space: Room) -> set[str]:
    """Write each state's name once, at the first of its usual places that is free; gives the states written."""
    written = set()
    for place in states.itertuples():
        roomy = place.weight * 1000 / frame.unit_m > ROOMY
        if place.state not in written and roomy and _write_state(page, place.x, place.y, _spaced(place.name), space):
            written.add(place.state)
    return written


def _write_state(page: Page, x: float, y: float, name: str, space: Room, size: float = 16) -> bool:
    """Write a state's name if there is room for it; gives whether there was."""
    if not space.take(_over(x, y, text_width(name, size, "bold"))):
        return False
    properties: Any = {
        "weight": "bold",
        "colour": page.palette.muted,
        "align": "center",
        "halo": page.palette.flank_land,
    }
    page.text(x, y + 5, name, size, **properties)
    return True


def _write_sea(page: Page, x: float, y: float, name: str, space: LabelRoom) -> bool:
    """Write a sea's name if there is room for it; gives whether there was."""
    if not space.take(_over(x, y, text_width(name, 16, "regular", "italic"))):
        return False
    page.text(x, y + 5, name, 16, style="italic", colour=page.palette.water_name, align="center", halo=page.palette.sea)
    return True


def _spaced(name: str) -> str:
    """A name in spaced capitals; the font has no thin space."""
    return " ".join(name.upper())


def _write_more_states(page: Page, frame: Frame, grid: Grid, dataset: Dataset, space: Room, written: set[str]) -> None:
    """Write the states none of whose usual places is free where else they lie in the frame.

    First wholly on its own land, in a narrower look if need be; the name of a state that is large enough for one at
    this scale may at last reach over its borders.
    """
    for state, land in states_in(frame, grid, dataset, written):
        name = state_name(state)
        looks = [(_spaced(name), 16.0), (name.upper(), 14.0)]  # the second for a narrow strip of land
        spots = [
            (text, size, spot) for text, size in looks for spot in grid.spots(land, text_width(text, size, "bold"), 18)
        ]
        if land.sum() * STEP**2 > LARGE:
            spots += [(name.upper(), 14.0, spot) for spot in grid.spots(land, 0, 0)]
        any(_write_state(page, grid.x[spot], grid.y[spot], text, space, size) for text, size, spot in spots)


def _write_more_seas(
    page: Page, frame: Frame, grid: Grid, dataset: Dataset, space: LabelRoom, left_out: set[str]
) -> None:
    """Write the seas that have no usual place in the frame where they lie in it, but for some by name."""
    water = sea_in(frame, grid, dataset)
    asked: list[tuple[float, float]] = []
    for spot in grid.spots(water, SEA_WIDTH, 18):
        x, y = grid.x[spot], grid.y[spot]
        if all(abs(x - before) + abs(y - above) > SEAS_APART for before, above in asked):
            asked.append((x, y))
            name = sea_at(grid.longitude[spot], grid.latitude[spot], dataset)
            if name and name not in left_out and _write_sea(page, x, y, name, space):
                left_out = {*left_out, name}
        if len(asked) == MOST_ASKED:
            break


STEP = 16.0  # units between the points at which the frame is asked
