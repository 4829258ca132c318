"""Names on the map, read from their file: towns, states and seas. EPSG:4326."""

from pathlib import Path

import geopandas as gpd

from dashboard.errors import MissingFileError, UnreadableFileError

COLUMNS = ("kind", "name", "state", "weight", "geometry")


def read_places(path: Path) -> gpd.GeoDataFrame:
    """Read ``places.parquet``, made by ``python -m dashboard borders``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    if not path.is_file():
        raise MissingFileError(
            f"The places are missing: there is no file {path}. Make it with: python -m dashboard borders"
        )
    try:
        places = gpd.read_parquet(path)
    except Exception as error:  # pyarrow and GeoPandas raise errors of many kinds for a file that is no GeoParquet
        raise UnreadableFileError(
            f"{path} is not a GeoParquet file ({error}). Make it with: python -m dashboard borders"
        ) from error
    if tuple(places.columns) != COLUMNS:
        raise UnreadableFileError(
            f"{path} has not the columns {', '.join(COLUMNS)}. Make it with: python -m dashboard borders"
        )
    return places
