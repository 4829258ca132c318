"""Names on the map, read from their file: towns, states and seas. EPSG:4326."""

from pathlib import Path

import geopandas as gpd

from dashboard.core.geo.map_file import MAKE, read_map_file
from dashboard.errors import UnreadableFileError

COLUMNS = ("kind", "name", "state", "weight", "geometry")


def read_places(path: Path) -> gpd.GeoDataFrame:
    """Read ``places.parquet``, made by ``python -m dashboard borders``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    places = read_map_file(path, gpd.read_parquet, "GeoParquet", "The places are missing")
    if tuple(places.columns) != COLUMNS:
        raise UnreadableFileError(f"{path} has not the columns {', '.join(COLUMNS)}. {MAKE}")
    return places
