"""The light map to draw: areas and lines at two levels, made by ``python -m dashboard borders``."""

from pathlib import Path

import geopandas as gpd

from dashboard.errors import MissingFileError, UnreadableFileError

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
    make = "Make it with: python -m dashboard borders"
    if not path.is_file():
        raise MissingFileError(f"The light map is missing: there is no file {path}. {make}")
    try:
        shapes = gpd.read_file(path, engine="pyogrio")
    except Exception as error:  # GDAL and GeoPandas raise errors of many kinds for a file that is no TopoJSON
        raise UnreadableFileError(f"{path} is not a TopoJSON file ({error}). {make}") from error
    if "kind" not in shapes or tuple(shapes["kind"]) != KINDS:
        raise UnreadableFileError(f"{path} does not have the kinds {', '.join(KINDS)}. {make}")
    return shapes[["kind", "geometry"]].set_crs(4326, allow_override=True)
