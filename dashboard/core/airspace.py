"""Which airspace an incident was in, how far inside, how far from the border it crossed, and how sure that is."""

from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dashboard.core.borders import HIGH_SEA, Borders, Outline
from dashboard.core.incidents import PLACED
from dashboard.core.problems import Problem
from dashboard.core.reading import Reading
from dashboard.language import _, number, state_name
from dashboard.settings import settings

PLACE = _("latitude and longitude")  # the column of a problem that lies in both
PLACE_COLUMNS = ("latitude", "longitude", PLACE)


@dataclass(frozen=True)
class Approach:
    """From which sides an object can have entered a state's airspace: ``stated`` by the row, or the likely ones."""

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
        The state whose airspace the point is in, or ``XZ`` for none.
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
        return placed.reindex(columns=[*incidents.columns, *PLACED]).astype({"inside": bool, "certain": bool})
    measured = [_measure(state, rows, borders) for state, rows in placed.groupby("country", sort=False)]
    placed = placed.join(pd.concat(measured))
    placed["depth_km"] = placed["border_km"].where(placed["inside"], 0.0)
    placed["certain"] = placed["inside"] & (placed["edge_km"] >= placed["location_accuracy_km"])
    return placed


def _airspace(incidents: gpd.GeoDataFrame, borders: Borders) -> NDArray[np.object_]:
    polygons = borders.airspace.values
    shapely.prepare(polygons)
    state, row = shapely.STRtree(incidents.geometry.values).query(polygons, predicate="intersects")
    found = np.full(len(incidents), HIGH_SEA, dtype=object)
    found[row] = borders.airspace.index.to_numpy()[state]
    return found


def approach(state: str, entered_from: str, neighbours: frozenset[str]) -> Approach:
    """From which sides an object can have entered ``state``, whose airspace borders on ``neighbours``."""
    if entered_from in neighbours:
        return Approach((entered_from,), stated=True)
    likely = neighbours & {*settings().other_side, HIGH_SEA}
    return Approach(tuple(sorted(likely or neighbours)), stated=False)


def _measure(state: str, rows: gpd.GeoDataFrame, borders: Borders) -> pd.DataFrame:
    """The columns ``measured_from`` to ``edge_km`` for rows that name one state."""
    sides = borders.sides(state)
    if sides.empty:
        nowhere = {column: np.full(len(rows), np.nan) for column in PLACED[2:8]}
        return pd.DataFrame(nowhere | {"measured_from": "", "measured_from_stated": False}, index=rows.index)
    points = rows[["longitude", "latitude"]].to_numpy()
    edge = Outline(sides).nearest(points)
    km, at, side = edge.km.copy(), edge.at.copy(), edge.side.copy()
    stated = np.zeros(len(rows), bool)
    entered_from = rows["entered_from"].to_numpy()
    for origin in set(entered_from):
        way = approach(state, origin, frozenset(sides.index))
        stated[entered_from == origin] = way.stated
        # Most often the nearest border of all is the one that was crossed; only the rest is searched again.
        rest = (entered_from == origin) & ~np.isin(edge.side, way.sides)
        if rest.any():
            found = Outline(sides[sides.index.isin(way.sides)]).nearest(points[rest])
            km[rest], at[rest], side[rest] = found.km, found.at, found.side
    return pd.DataFrame(dict(zip(PLACED[2:8], (side, stated, km, *at.T, edge.km), strict=True)), index=rows.index)


def check_places(reading: Reading, borders: Borders, path: Path) -> Reading:
    """Measure a reading's incidents, and report those that lie outside the state they name; not what was withdrawn.

    A point outside by more than its accuracy is a warning. A point that would lie in its state with latitude and
    longitude exchanged is set aside: it would be drawn hundreds of kilometres from where it was.
    """
    placed = place_in_airspace(reading.incidents, borders)
    outside = placed[~placed["inside"] & ~(placed["edge_km"] <= placed["location_accuracy_km"])]
    exchanged = _exchanged(outside, borders)
    problems = [*reading.problems]
    for row in outside.itertuples():
        value = f"{row.latitude}, {row.longitude}"
        if row.Index in exchanged:
            expected = _(
                "latitude and longitude look exchanged: the point lies in {state} only the other way round"
            ).format(state=state_name(row.country))
            problems.append(Problem(path, row.line, PLACE, value, expected, _("Exchange the two")))
            continue
        expected = _("the point is {distance} km outside {state}, more than its accuracy of {accuracy} km").format(
            distance=number(row.edge_km), state=state_name(row.country), accuracy=number(row.location_accuracy_km, 1)
        )
        remedy = _("Check the point, the state and the accuracy")
        problems.append(Problem(path, row.line, PLACE, value, expected, remedy, severe=False))
    return replace(
        reading,
        incidents=placed.drop(index=exchanged).reset_index(drop=True),
        unusable=reading.unusable | set(placed["id"][exchanged]),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _exchanged(outside: gpd.GeoDataFrame, borders: Borders) -> pd.Index:
    """Which rows would lie in the state they name with latitude and longitude exchanged."""
    known = outside[outside["country"].isin(borders.airspace.index)]
    states = borders.airspace.loc[known["country"]].values
    return known.index[shapely.contains_xy(states, known["latitude"], known["longitude"])]
