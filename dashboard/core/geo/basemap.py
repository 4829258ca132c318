"""The light map to draw: areas, lines and water at two levels, made by ``python -m dashboard borders``."""

from functools import partial
from pathlib import Path

import geopandas as gpd

from dashboard.core.geo.map_file import MAKE, read_map_file
from dashboard.errors import UnreadableFileError

LEVELS = ("far", "near")  # for small and for large scales
# In the order of drawing.
KINDS = ("flank_airspace", "land", "flank_land", "limit", "border", "flank_sea", "flank")
WATER = ("lake", "river")  # which lie above the land and below the borders
COLUMNS = ("kind", "rank", "zoom", "name", "geometry")


def read_basemap(path: Path) -> gpd.GeoDataFrame:
    """Read one level, a TopoJSON.

    Returns
    -------
    GeoDataFrame, EPSG:4326, with COLUMNS: one row for each of KINDS, in their order, and after them lakes and rivers.

    - ``rank`` of a river, from 2, the largest, to 12; else 0
    - ``zoom`` from which it is drawn, as on the web map; 0 of the KINDS
    - ``name`` of water that has one on the map, else empty

    Raises
    ------
    MissingFileError, UnreadableFileError
        The file is not there, or it is not such a file.
    """
    shapes = read_map_file(path, partial(gpd.read_file, engine="pyogrio"), "TopoJSON", "The light map is missing")
    if not set(COLUMNS) <= set(shapes) or tuple(shapes["kind"][: len(KINDS)]) != KINDS:
        raise UnreadableFileError(
            f"{path} does not have the kinds {', '.join(KINDS)} with the columns {', '.join(COLUMNS)}. {MAKE}"
        )
    if not shapes["kind"][len(KINDS) :].isin(WATER).all():
        raise UnreadableFileError(f"{path} has kinds other than {', '.join((*KINDS, *WATER))}. {MAKE}")
    return shapes[list(COLUMNS)].set_crs(4326, allow_override=True)
