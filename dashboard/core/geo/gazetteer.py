"""The gazetteer: towns, airports and airfields, found by the beginning of their names or by their codes."""

import re
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import pandas as pd

from dashboard.language import plain

MOST_FOUND = 8
_CODE = re.compile(r"[A-Za-z]{3,4}")
_AIRPORT_WEIGHT, _AIRFIELD_WEIGHT = 50_000.0, 2_000.0  # inhabitants that make a town as weighty


@dataclass(frozen=True)
class Place:
    """A place that was found; EPSG:4326.

    kind
        ``capital``, ``town``, ``airport`` (with an IATA code) or ``airfield``.
    code
        IATA code of an airport, ICAO code of an airfield; empty for a town.
    state
        Alpha-2.
    """

    kind: str
    name: str
    code: str
    state: str
    longitude: float
    latitude: float


class Gazetteer:
    """The names and codes of towns and airports, ready to be searched."""

    def __init__(self, places: gpd.GeoDataFrame, airports: gpd.GeoDataFrame) -> None:
        """Prepare a search.

        Parameters
        ----------
        places
            As :func:`dashboard.core.geo.places.read_places` returns them.
        airports
            As :func:`dashboard.core.geo.airports.read_airports` returns them.
        """
        self.places, self.airports = places, airports
        towns = places[places["kind"].isin(["capital", "town"])].assign(code="", icao="")
        public = airports["iata"] != ""
        fields = airports.assign(
            kind=public.map({True: "airport", False: "airfield"}),
            code=airports["iata"].where(public, airports["icao"]),
            weight=public.map({True: _AIRPORT_WEIGHT, False: _AIRFIELD_WEIGHT}),
        )
        columns = ["kind", "name", "code", "icao", "state", "weight", "geometry"]
        rows = pd.concat([towns[columns], fields[columns]]).sort_values("weight", ascending=False, kind="stable")
        self._rows = rows.reset_index(drop=True)
        # Each name begins and ends with a space, so that a word's beginning is a space and its first letters.
        self._names = self._rows["name"].map(lambda name: f" {plain(name).replace('-', ' ')} ")

    def find(self, text: str, most: int = MOST_FOUND) -> list[Place]:
        """Find places, the best first.

        Those whose IATA or ICAO code the text is come first, then those whose name it is, then those whose name begins
        with it, then those of which another word does; of equals the weightier first. Letters need no marks: "iasi"
        finds Iași.
        """
        asked = plain(text).replace("-", " ").strip()
        if not asked:
            return []
        rows, names = self._rows, self._names
        ways = [
            names == f" {asked} ",
            names.str.startswith(f" {asked}"),
            names.str.contains(f" {asked}", regex=False),
        ]
        if _CODE.fullmatch(asked):
            ways.insert(0, (rows["code"] == asked.upper()) | (rows["icao"] == asked.upper()))
        found = dict.fromkeys(position for way in ways for position in rows.index[way])
        return [_place(rows.loc[position]) for position in list(found)[:most]]

    def towns_named(self, name: str, state: str = "") -> list[tuple[Place, float]]:
        """The towns of a name, of one state or of all, with their inhabitants; the largest first."""
        positions = self._towns.get(plain(name).replace("-", " ").strip(), ())
        rows = self._rows.loc[list(positions)]
        if state:
            rows = rows[rows["state"] == state]
        return [(_place(row), float(row["weight"])) for _position, row in rows.iterrows()]

    @cached_property
    def _towns(self) -> dict[str, list[int]]:
        """The positions of towns by their name."""
        names = self._names[self._rows["kind"].isin(["capital", "town"])]
        found: dict[str, list[int]] = {}
        for position, name in names.items():
            found.setdefault(name.strip(), []).append(int(position))
        return found


_MADE: list[Gazetteer] = []


def gazetteer_of(places: gpd.GeoDataFrame, airports: gpd.GeoDataFrame) -> Gazetteer:
    """The gazetteer of two tables, made once as long as they are the same: every state of the data has the same map."""
    for made in _MADE:
        if made.places is places and made.airports is airports:
            return made
    found = Gazetteer(places, airports)
    _MADE[:] = [*_MADE[-1:], found]
    return found


def _place(row: pd.Series) -> Place:
    return Place(row["kind"], row["name"], row["code"], row["state"], row["geometry"].x, row["geometry"].y)
