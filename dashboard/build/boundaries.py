"""The lines between states: borders, the limits of airspace over the high sea, and the eastern flank.

Coordinates are EPSG:4326, longitude first.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.build.partition import segments_of
from dashboard.core.geo.borders import COLUMNS, ELSEWHERE, HIGH_SEA, REGION, SURROUNDINGS, geodesic_length_km
from dashboard.settings import settings

# Where the limit of a flank state's airspace over the high sea looks towards the other side, as boxes (west, south,
# east, north): the Barents Sea east of the North Cape, the Gulf of Finland, the Baltic and the Black Sea.
SEAWARD = {
    "NO": (25.78, 69.0, 40.0, 73.0),
    "FI": (22.8, 59.0, 30.5, 61.0),
    **dict.fromkeys(("EE", "LV", "LT", "PL"), (14.0, 53.0, 30.5, 61.0)),
    **dict.fromkeys(("RO", "BG"), (27.0, 41.5, 32.0, 46.0)),
}


def trace(cover: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table of ``borders.parquet``.

    Parameters
    ----------
    cover
        What :func:`dashboard.build.partition.delimit` returns.

    Returns
    -------
    GeoDataFrame, EPSG:4326, with the columns ``kind``, ``state``, ``neighbour``, ``length_km`` and ``geometry``:
    ``airspace`` and ``land`` are one polygon row a state; ``border`` is a line row for each pair of neighbours,
    ``limit`` the line where a state's airspace ends over the high sea (neighbour ``XZ``), ``flank`` and
    ``flank_sea`` the eastern-flank border and its seaward limit, by flank state and neighbour.
    """
    polygons = airspace_and_land(cover)
    lines = clipped(lines_between(polygons))
    polygons = clipped(polygons)
    lines["length_km"] = geodesic_length_km(lines.geometry.values)
    return pd.concat([polygons, lines], ignore_index=True)[list(COLUMNS)]


def clipped(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The part of a geometry that lies in REGION."""
    frame = frame.set_geometry(shapely.clip_by_rect(frame.geometry.values, *REGION), crs=frame.crs)
    return frame[~frame.geometry.is_empty].reset_index(drop=True)


def airspace_and_land(cover: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rows of ``airspace`` and ``land``, columns ``kind``, ``state`` and ``geometry``."""
    land = cover[cover["land"]].assign(kind="land")
    airspace = cover.groupby("state")["geometry"].agg(lambda parts: shapely.coverage_union_all(parts.to_numpy()))
    airspace = gpd.GeoDataFrame(
        {"kind": "airspace", "state": airspace.index}, geometry=airspace.to_numpy(), crs=cover.crs
    )
    return pd.concat([airspace, land.drop(columns="land")], ignore_index=True)


def lines_between(polygons: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rows of ``border``, ``limit``, ``flank`` and ``flank_sea``, from the edges that airspaces share."""
    airspace = polygons[polygons["kind"] == "airspace"].set_index("state").geometry
    outlines = {state: segments_of([shapely.boundary(polygon)]) for state, polygon in airspace.items()}
    edges = pd.DataFrame(np.vstack(list(outlines.values())), columns=["x1", "y1", "x2", "y2"])
    edges["state"] = np.repeat(list(outlines), [len(segments) for segments in outlines.values()])
    west, south, east, north = SURROUNDINGS
    cut = ((edges["x1"] == edges["x2"]) & edges["x1"].isin([west, east])) | (
        (edges["y1"] == edges["y2"]) & edges["y1"].isin([south, north])
    )
    sides = edges[~cut].groupby(["x1", "y1", "x2", "y2"], sort=False)["state"].agg(["min", "max"])
    sides["neighbour"] = sides["max"].where(sides["min"] != sides["max"], HIGH_SEA)
    ends = sides.index.to_frame().to_numpy()
    rows = [
        {
            "kind": "limit" if neighbour == HIGH_SEA else "border",
            "state": state,
            "neighbour": neighbour,
            "geometry": shapely.line_merge(shapely.multilinestrings(ends[row].reshape(-1, 2, 2))),
        }
        for (state, neighbour), row in sides.groupby(["min", "neighbour"]).indices.items()
        if state != ELSEWHERE
    ]
    lines = gpd.GeoDataFrame(rows, crs=4326)
    return pd.concat([lines, _flank(lines)], ignore_index=True)


def _flank(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The eastern-flank border and its seaward limit, a row for each flank state and neighbour."""
    flank, other_side = settings().flank, settings().other_side
    rows = []
    for row in lines.itertuples():
        state, neighbour = (row.state, row.neighbour) if row.state in flank else (row.neighbour, row.state)
        line = None
        if state in flank and neighbour in other_side:
            kind, line = "flank", row.geometry
        elif state in SEAWARD and state in flank and neighbour == HIGH_SEA:
            kind, line = "flank_sea", shapely.clip_by_rect(row.geometry, *SEAWARD[state])
        if line is not None:
            rows.append({"kind": kind, "state": state, "neighbour": neighbour, "geometry": line})
    return gpd.GeoDataFrame(rows, crs=4326)
