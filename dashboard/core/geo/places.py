"""Names on the map, read from their file: towns, states and seas. EPSG:4326."""

from pathlib import Path

import geopandas as gpd

from dashboard.core.geo.map_file import read_map_table

COLUMNS = ("kind", "name", "state", "weight", "geometry")


def read_places(path: Path) -> gpd.GeoDataFrame:
    """Read ``places.parquet``, made by ``python -m dashboard borders``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    return read_map_table(path, COLUMNS, "The places are missing")
