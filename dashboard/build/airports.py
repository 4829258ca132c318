"""Airports and airfields of the region, with names in the spelling of the map."""

import re

import airportsdata
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from dashboard.build.geonames import towns
from dashboard.core.geo.airports import COLUMNS
from dashboard.core.geo.borders import REGION, in_space
from dashboard.language import plain, state_name

NEAR_KM = 60.0  # a town this near may have given an airport its name
_ICAO = re.compile(r"[A-Z]{4}")  # others are identifiers of a state's own
_NO_NAMES = re.compile(r"\b(International|Intrenational|Airport|Airfield|Aerodrome|Glider|Private|Military)\b", re.I)
_BETWEEN_NAMES = re.compile(r"( */ *| *- *|[ ,()])")


def make_airports() -> gpd.GeoDataFrame:
    """The table of ``airports.parquet``, as :func:`dashboard.core.geo.airports.read_airports` gives it.

    Source: the package airportsdata (MIT), in the order of its codes.
    """
    west, south, east, north = REGION
    inside = [
        airport
        for airport in airportsdata.load().values()
        if west <= airport["lon"] <= east and south <= airport["lat"] <= north
    ]
    table = pd.DataFrame(inside).rename(columns={"country": "state"})
    table["icao"] = table["icao"].where(table["icao"].str.fullmatch(_ICAO), "")
    near = _towns_near(table)
    table["name"] = [_name(*one) for one in zip(table["name"], table["city"], table["state"], near, strict=True)]
    table["geometry"] = shapely.points(table["lon"], table["lat"])
    coded = table[(table["icao"] != "") | (table["iata"] != "")].sort_values(["icao", "iata"], ignore_index=True)
    return gpd.GeoDataFrame(coded[[*COLUMNS]], geometry="geometry", crs=4326)


def _name(given: str, city: str, state: str, near: dict[str, str]) -> str:
    """The name of an airport: "Vilnius", "Warsaw Modlin", "Bucharest Henri Coanda", "Kėdainiai Air Base"."""
    words = " ".join(_NO_NAMES.sub(" ", given).split()).removesuffix(f" {state_name(state)}")
    own, city = _respelt(words, near), _respelt(city.split("/", maxsplit=1)[0].strip(), near)
    if not own or not city or plain(city) in plain(own) or plain(city) not in near:
        return own or city
    return f"{city} {own}"


def _towns_near(airports: pd.DataFrame) -> list[dict[str, str]]:
    """Towns of its state near each airport: their spelling by each of their names in plain letters.

    Where two have the same name, it is that of the larger one.
    """
    known = towns()
    tree = cKDTree(in_space(known["longitude"].to_numpy(), known["latitude"].to_numpy()))
    near = tree.query_ball_point(in_space(airports["lon"].to_numpy(), airports["lat"].to_numpy()), NEAR_KM * 1000)
    found = []
    for positions, state in zip(near, airports["state"], strict=True):
        own = known.iloc[np.sort(positions)[::-1]]  # the largest last
        own = own[own["state"] == state]
        others = {plain(other): row.name for row in own.itertuples() for other in row.others}
        found.append(others | {plain(name): name for name in own["name"]})
    return found


def _respelt(name: str, near: dict[str, str]) -> str:
    """A name in which each town is spelt as the map spells it."""
    if plain(name) in near:
        return near[plain(name)]
    parts = _BETWEEN_NAMES.split(name)
    return "".join(near.get(plain(part), part) if len(part) > 3 else part for part in parts)
