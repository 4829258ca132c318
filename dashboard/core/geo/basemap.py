"""The light map to draw: areas and lines at two levels, made by ``python -m dashboard borders``."""

from functools import partial
from pathlib import Path

import geopandas as gpd

from dashboard.core.geo.map_file import MAKE, read_map_file
from dashboard.errors import UnreadableFileError

LEVELS = ("far", "near")  # for small and for large scales
# In the order of drawing.
KINDS = ("flank_airspace", "land", "flank_land", "limit", "border", "flank_sea", "flank")


def read_basemap(path: Path) -> gpd.GeoDataFrame:
    """Read one level, a TopoJSON.

    Returns
    -------
    GeoDataFrame, EPSG:4326, one row for each of KINDS, in their order, with the columns ``kind`` and ``geometry``.

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    shapes = read_map_file(path, partial(gpd.read_file, engine="pyogrio"), "TopoJSON", "The light map is missing")
    if "kind" not in shapes or tuple(shapes["kind"]) != KINDS:
        raise UnreadableFileError(f"{path} does not have the kinds {', '.join(KINDS)}. {MAKE}")
    return shapes[["kind", "geometry"]].set_crs(4326, allow_override=True)
