"""Airports and airfields, read from their file. EPSG:4326."""

from pathlib import Path

import geopandas as gpd

from dashboard.core.geo.map_file import MAKE, read_map_file
from dashboard.errors import UnreadableFileError

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
    airports = read_map_file(path, gpd.read_parquet, "GeoParquet", "The airports are missing")
    if tuple(airports.columns) != COLUMNS:
        raise UnreadableFileError(f"{path} does not have the columns {', '.join(COLUMNS)}. {MAKE}")
    return airports
