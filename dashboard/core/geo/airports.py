"""Airports and airfields, read from their file, and those that incidents name. EPSG:4326."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd

from dashboard.core.geo.map_file import read_map_table
from dashboard.core.incidents.problems import Problem
from dashboard.language import _, listing

COLUMNS = ("icao", "iata", "name", "state", "geometry")


def read_airports(path: Path) -> gpd.GeoDataFrame:
    """Read ``airports.parquet``, made by ``python -m dashboard borders``.

    Returns
    -------
    GeoDataFrame, EPSG:4326: ``icao`` and ``iata`` (the two codes; either may be empty, not both), ``name`` (of the
    town and, if it has one, of its own, without the word airport), ``state`` (alpha-2), ``geometry`` (a point). Those
    with an IATA code are airports, the others airfields.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    return read_map_table(path, COLUMNS, "The airports are missing")


def airports_in_words(cells: Sequence[str], airports: gpd.GeoDataFrame) -> list[str]:
    """The airports of each cell of IATA codes, which stand apart by spaces: ``Warsaw Modlin (WMI), Lublin (LUZ)``.

    A code that is not known stands as it is.
    """
    names = dict(zip(airports["iata"], airports["name"], strict=True))
    return [
        _(", ").join(
            _("{name} ({code})").format(name=names[code], code=code) if code in names else code for code in codes
        )
        for codes in map(str.split, cells)
    ]


def unknown_airports(incidents: gpd.GeoDataFrame, airports: gpd.GeoDataFrame, path: Path) -> list[Problem]:
    """A warning for each incident of a file that names an airport by a code that is not one of an airport."""
    known, found = {*airports["iata"]}, []
    for line, cell in zip(incidents["line"], incidents["airport"], strict=True):
        unknown = [code for code in cell.split() if code not in known]
        if unknown:
            expected = _("no airport of the region has the IATA code {codes}").format(codes=listing(unknown))
            remedy = _("Write the codes of three capitals, separated by spaces, such as VNO")
            found.append(Problem(path, int(line), "airport", cell, expected, remedy, severe=False))
    return found
