"""Reading of the map's files, which ``python -m dashboard borders`` makes."""

from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd

from dashboard.errors import MissingFileError, UnreadableFileError

MAKE = "Make it with: python -m dashboard borders"


def read_map_file(path: Path, read: Callable[[Path], gpd.GeoDataFrame], form: str, missing: str) -> gpd.GeoDataFrame:
    """Read one of the map's files.

    Parameters
    ----------
    form
        The name of the file's format, for messages.
    missing
        The phrase that says that it is missing: ``The borders are missing``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not of this format.
    """
    if not path.is_file():
        raise MissingFileError(f"{missing}: there is no file {path}. {MAKE}")
    try:
        return read(path)
    except Exception as error:  # GDAL, pyarrow and GeoPandas raise errors of many kinds for a file of another format
        raise UnreadableFileError(f"{path} is not a {form} file ({error}). {MAKE}") from error


def read_map_table(path: Path, columns: Sequence[str], missing: str) -> gpd.GeoDataFrame:
    """Read one of the map's files that is a GeoParquet with exactly these columns; raises as ``read_map_file`` does."""
    table = read_map_file(path, gpd.read_parquet, "GeoParquet", missing)
    if tuple(table.columns) != tuple(columns):
        raise UnreadableFileError(f"{path} does not have the columns {', '.join(columns)}. {MAKE}")
    return table
