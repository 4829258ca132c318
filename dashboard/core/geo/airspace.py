"""The airspace an incident was in: how far inside, how far from the border it crossed, and how sure that is."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dashboard.core.geo.borders import ELSEWHERE, HIGH_SEA, Borders
from dashboard.core.incidents.problems import Problem, Reading
from dashboard.language import _, number, state_name
from dashboard.settings import settings

PLACE = _("latitude and longitude")  # the column of a problem that lies in both
PLACE_COLUMNS = ("latitude", "longitude", PLACE)
# The columns that are added here, in their order.
PLACED = (
    "airspace", "inside", "charted", "measured_from", "measured_from_stated", "border_km", "border_longitude",
    "border_latitude", "edge_km", "depth_km", "certain",
)  # fmt: skip
FROM_BORDERS = [
    "border_km",
    "border_longitude",
    "border_latitude",
    "edge_km",
]  # those that are NaN where none is charted


@dataclass(frozen=True)
class Approach:
    """The sides from which an object can have entered a state's airspace: ``stated`` by the row, or the likely ones."""

    sides: tuple[str, ...]
    stated: bool


def place_in_airspace(incidents: gpd.GeoDataFrame, borders: Borders) -> gpd.GeoDataFrame:
    """Measure where each incident lies against the airspace of the state it names.

    Parameters
    ----------
    incidents
        EPSG:4326, with the columns ``country``, ``entered_from`` and ``location_accuracy_km``.

    Returns
    -------
    A copy with these columns more; distances are geodesic on WGS 84, in km:

    airspace
        The state whose airspace the point is in, ``XZ`` for none, or empty where no state is charted by itself.
    charted
        Whether anything could be measured: the place and the borders of its state are on the map, and none beyond the
        map's edge can be nearer. Where not, distances are NaN.
    inside
        Whether that is the state the row names.
    measured_from, measured_from_stated
        The neighbour (or ``XZ``, the high sea) whose border is measured; ``measured_from_stated`` where the row
        names it in ``entered_from`` and the two do touch. Otherwise it is the nearest border towards the states beyond
        the eastern flank and the high sea, or, where a state has none of them, the nearest of all.
    border_km, border_longitude, border_latitude
        Distance to the nearest point of that border, and the point.
    depth_km
        How far inside: ``border_km`` if inside, else 0.
    edge_km
        Distance to the nearest border of any kind, or to the airspace from outside.
    certain
        Inside, and by more than the accuracy of the place.

    Time grows linearly with the rows.
    """
    placed = incidents.copy()
    placed["airspace"] = _airspace(incidents, borders)
    placed["inside"] = placed["airspace"] == placed["country"]
    if placed.empty:
        return placed.reindex(columns=[*incidents.columns, *PLACED]).astype(
            {"charted": bool, "inside": bool, "certain": bool}
        )
    measured = [_measure(state, rows, borders) for state, rows in placed.groupby("country", sort=False)]
    placed = placed.join(pd.concat(measured))
    placed["depth_km"] = placed["border_km"].where(placed["inside"] | ~placed["charted"], 0.0)
    placed["certain"] = placed["inside"] & (placed["edge_km"] >= placed["location_accuracy_km"])
    return placed


def airspace_at(latitude: float, longitude: float, borders: Borders) -> str:
    """The state whose airspace a point is in, ``XZ`` for none, or empty where no state is charted by itself."""
    point = gpd.GeoDataFrame(
        {"latitude": [latitude], "longitude": [longitude]}, geometry=gpd.points_from_xy([longitude], [latitude])
    )
    return str(_airspace(point, borders)[0])


def _airspace(incidents: gpd.GeoDataFrame, borders: Borders) -> NDArray[np.object_]:
    polygons = borders.airspace.values
    shapely.prepare(polygons)
    state, row = shapely.STRtree(incidents.geometry.values).query(polygons, predicate="intersects")
    points = incidents[["longitude", "latitude"]].to_numpy(float)
    found = np.where(borders.to_edge_km(points) < 0, "", HIGH_SEA).astype(object)
    found[row] = borders.airspace.index.to_numpy()[state]
    found[found == ELSEWHERE] = ""
    return found


def approach(state: str, entered_from: str, neighbours: frozenset[str]) -> Approach:
    """The sides from which an object can have entered ``state``, whose airspace borders on ``neighbours``."""
    if entered_from in neighbours:
        return Approach((entered_from,), stated=True)
    likely = neighbours & {*settings().other_side, HIGH_SEA}
    return Approach(tuple(sorted(likely or neighbours)), stated=False)


def _measure(state: str, rows: gpd.GeoDataFrame, borders: Borders) -> pd.DataFrame:
    """The columns from ``charted`` to ``edge_km`` for rows that name one state."""
    sides = borders.sides(state)
    points = rows[["longitude", "latitude"]].to_numpy(float)
    reach_km = borders.to_edge_km(points)
    if sides.empty:
        nothing = {"charted": False, "measured_from": "", "measured_from_stated": False}
        return pd.DataFrame(nothing | dict.fromkeys(FROM_BORDERS, np.nan), index=rows.index)
    neighbours = tuple(sorted(set(sides.index)))
    edge = borders.outline(state, neighbours).nearest(points)
    km, at, side = edge.km.copy(), edge.at.copy(), edge.side.copy()
    stated = np.zeros(len(rows), bool)
    entered_from = rows["entered_from"].to_numpy()
    for origin in set(entered_from):
        way = approach(state, origin, frozenset(neighbours))
        stated[entered_from == origin] = way.stated
        # Most often the nearest border of all is the one that was crossed; only the rest is searched again.
        rest = (entered_from == origin) & ~np.isin(edge.side, way.sides)
        if rest.any():
            likely = borders.outline(state, way.sides).nearest(points[rest])
            km[rest], at[rest], side[rest] = likely.km, likely.at, likely.side
    charted = reach_km >= 0
    if borders.is_cut(state):  # a border beyond the edge of the map could be nearer
        charted &= km <= reach_km
    unknown = ~charted
    side[unknown], stated[unknown] = "", False
    longitude, latitude = at.T
    measured = {
        "charted": charted,
        "measured_from": side,
        "measured_from_stated": stated,
        "border_km": km,
        "border_longitude": longitude,
        "border_latitude": latitude,
        "edge_km": edge.km,
    }
    found = pd.DataFrame(measured, index=rows.index)
    found.loc[unknown, FROM_BORDERS] = np.nan
    return found


def check_places(reading: Reading, borders: Borders, path: Path) -> Reading:
    """Measure a reading's incidents, and report those that lie outside the state they name; not what was withdrawn.

    A point outside by more than its accuracy, or where nothing could be measured, is a warning. A point that would lie
    in its state with latitude and longitude exchanged is set aside: it would be drawn hundreds of kilometres from
    where it was. Where only a part of the state is charted, a point beyond the map is not tested for that.
    """
    placed = place_in_airspace(reading.incidents, borders)
    outside = placed[~placed["inside"] & ~(placed["edge_km"] <= placed["location_accuracy_km"])]
    exchanged = _exchanged(outside, borders)
    problems = [*reading.problems]
    for row in outside.itertuples():
        if row.Index in exchanged:
            expected = _(
                "latitude and longitude look exchanged: the point lies in {state} only the other way round"
            ).format(state=state_name(row.country))
            remedy = _("Exchange the two")
        else:
            expected, remedy = _outside_in_words(row), _("Check the point, the state and the accuracy")
        value, severe = f"{row.latitude}, {row.longitude}", row.Index in exchanged
        problems.append(Problem(path, row.line, PLACE, value, expected, remedy, severe=severe))
    return replace(
        reading,
        incidents=placed.drop(index=exchanged).reset_index(drop=True),
        unusable=reading.unusable | set(placed["id"][exchanged]),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _outside_in_words(row: Any) -> str:
    state = state_name(row.country)
    if row.charted:
        expected = _("the point is {distance} km outside {state}, more than its accuracy of {accuracy} km")
        return expected.format(distance=number(row.edge_km), state=state, accuracy=number(row.location_accuracy_km, 1))
    if row.airspace:
        airspace = _("the point is in {airspace}, not in {state}, whose borders are not on the map")
        return airspace.format(airspace=state_name(row.airspace), state=state)
    return _("the point, or the borders of {state}, are beyond the map: nothing is measured of it").format(state=state)


def _exchanged(outside: gpd.GeoDataFrame, borders: Borders) -> pd.Index:
    """Find rows that would lie in the state they name with latitude and longitude exchanged."""
    known = outside[outside["country"].isin(borders.airspace.index)]
    beyond = borders.to_edge_km(known[["longitude", "latitude"]].to_numpy(float)) < 0
    cut = known["country"].map(borders.is_cut).to_numpy(bool)
    known = known[~(beyond & cut)]
    states = borders.airspace.loc[known["country"]].values
    return known.index[shapely.contains_xy(states, known["latitude"], known["longitude"])]
