"""The water of the light map: lakes, and rivers, which follow the border where they are the border.

Lakes come from the npm package ``@geo-maps/earth-lakes-100m`` (OpenStreetMap of 2017, ODbL), rivers from
``data/sources/rivers.parquet`` (Natural Earth 4, public domain). Coordinates are EPSG:4326, longitude first.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray

from dashboard.build.partition import LAKES, VERSION, area_km2
from dashboard.build.river_course import along_borders, on_plane
from dashboard.build.river_names import RANKS, RENAMED, RENAMED_IN_PART, UNNAMED
from dashboard.core.geo.basemap import COLUMNS
from dashboard.core.geo.borders import REGION, Outline
from dashboard.errors import SourceError
from dashboard.settings import PROJECT

RIVERS = PROJECT / "data" / "sources" / "rivers.parquet"
RIVER_COLUMNS = {"name", "scalerank", "geometry"}
LARGEST_LAKE_KM2 = 50_000.0  # the Caspian is a sea here
SMALLEST_LAKE_KM2 = 1.5
SMALLEST_LAKE_ISLAND_KM2 = 1.0
# The zoom from which lakes of that area in square km, and rivers of that rank, are drawn.
LAKES_FROM_ZOOM = {2000.0: 3.0, 400.0: 4.0, 100.0: 5.5, 40.0: 6.25, 10.0: 7.5, 4.0: 8.0, SMALLEST_LAKE_KM2: 8.75}
RIVERS_FROM_ZOOM = {2: 3.0, 3: 3.0, 4: 3.0, 5: 4.0, 6: 4.5, 7: 5.0, 8: 5.75, 9: 6.5, 10: 7.0, 11: 7.75, 12: 8.5}
INTO_LAKE_M = 600.0  # rounding its corners draws a shore back
GAP_DEGREES = 0.005  # in the source's rivers, such as in the Danube below Lom
SMALLEST_NAMED_RANK, SHORTEST_NAMED_KM = 10, 50.0

# Larger lakes left out. Kakhovka: its dam was destroyed on 6 June 2023, and the river runs in its old bed again.
GONE = {"Kakhovka Reservoir": (34.57, 47.48)}
# A point in or at each lake that has a name on the map, which is the largest one there.
NAMED_LAKES = {
    "Lake Ladoga": (31.5, 60.9),
    "Lake Onega": (35.4, 61.7),
    "Lake Peipus": (27.5, 58.6),
    "Vänern": (13.3, 58.9),
    "Vättern": (14.55, 58.3),
    "Lake Ilmen": (31.3, 58.27),
    "Lake Beloye": (37.6, 60.18),
    "Rybinsk Reservoir": (38.4, 58.5),
    "Saimaa": (28.2, 61.25),
    "Päijänne": (25.5, 61.6),
    "Oulujärvi": (27.2, 64.33),
    "Pielinen": (29.6, 63.25),
    "Lake Inari": (27.8, 69.0),
    "Imandra": (32.9, 67.6),
    "Vygozero": (34.8, 63.6),
    "Kyiv Reservoir": (30.5, 50.9),
    "Kremenchuk Reservoir": (32.7, 49.25),
    "Võrtsjärv": (26.05, 58.28),
    "Balaton": (17.8, 46.87),
    "Śniardwy": (21.73, 53.75),
    "Narach": (26.75, 54.85),
    "Tsimlyansk Reservoir": (42.7, 47.9),
    "Lake Van": (42.8, 38.6),
    "Sevan": (45.3, 40.4),
}


@dataclass(frozen=True)
class Detail:
    """The water that a level of the light map has, and how finely it is drawn.

    smallest_lake_km2, last_rank
        The smallest lake and the last rank of rivers within ``near_km`` of the eastern-flank border.
    smallest_far_lake_km2, last_far_rank
        The same farther away.
    """

    tolerance_km: float
    near_km: float
    smallest_lake_km2: float
    last_rank: int
    smallest_far_lake_km2: float
    last_far_rank: int


def read_lakes(sources: Path) -> gpd.GeoDataFrame:
    """Lakes in the region, with their area: ``km2``, ``name`` and ``geometry``.

    Raises
    ------
    SourceError
        The package is missing, or a lake is not where it should be.
    """
    path = sources / "node_modules" / LAKES / "map.geo.json"
    if not path.is_file():
        raise SourceError(f"{path} is missing. Run 'python -m dashboard borders' without --sources to fetch it.")
    pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": 0})
    parts = shapely.get_parts(shapely.get_parts(gpd.read_file(path).geometry.values))
    parts = parts[shapely.intersects(parts, shapely.box(*REGION))]
    parts = parts[area_km2(parts) >= SMALLEST_LAKE_KM2]
    # A few outlines of the source cross themselves.
    parts = shapely.get_parts(shapely.make_valid(parts, method="structure", keep_collapsed=False))
    lakes = gpd.GeoDataFrame({"km2": area_km2(parts), "name": ""}, geometry=parts, crs=4326)
    lakes = lakes[lakes["km2"].between(SMALLEST_LAKE_KM2, LARGEST_LAKE_KM2)].reset_index(drop=True)
    for name, place in (NAMED_LAKES | GONE).items():
        lakes.loc[_lake_at(lakes, name, place), "name"] = name
    return lakes[~lakes["name"].isin(GONE)].reset_index(drop=True)


def _lake_at(lakes: gpd.GeoDataFrame, name: str, place: tuple[float, float]) -> int:
    found = lakes.sindex.query(shapely.Point(place), predicate="dwithin", distance=0.1)
    if not len(found):
        raise SourceError(
            f"{LAKES} has no lake at {place}, where {name} is; expected version {VERSION} of the package."
        )
    return int(lakes["km2"].iloc[found].idxmax())


def read_rivers(path: Path = RIVERS) -> gpd.GeoDataFrame:
    """Rivers with their names and ranks corrected: ``name``, ``rank`` and ``geometry``, a row for each line.

    Raises
    ------
    SourceError
        The file is missing or does not have the expected form.
    """
    try:
        source = gpd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read ({error}). It is part of the project's data.") from error
    if not set(source.columns) >= RIVER_COLUMNS:
        raise SourceError(f"{path} has not the columns {', '.join(sorted(RIVER_COLUMNS))}.")
    rivers = source[["name", "geometry"]].assign(
        name=source["name"].fillna("").astype(str),
        # The source ranks two lines through Swedish lakes above all rivers.
        rank=source["scalerank"].astype(int).replace(0, 12),
    )
    rivers = rivers.explode(ignore_index=True)
    for name, place in UNNAMED.items():
        nameless = rivers.index[rivers["name"] == ""]
        away = shapely.distance(rivers.geometry[nameless].values, shapely.Point(place))
        if away.min() > 0.05:
            raise SourceError(f"{path} has no river without a name at {place}, where the {name} is.")
        rivers.loc[nameless[away == away.min()], "name"] = name
    parts = [rivers]
    for (name, other), box in RENAMED_IN_PART.items():
        whole = rivers["name"] == name
        inside = rivers[whole].assign(name=other, geometry=shapely.clip_by_rect(rivers.geometry[whole].values, *box))
        rivers.loc[whole, "geometry"] = rivers.geometry[whole].difference(shapely.box(*box))
        parts.append(inside)
    rivers = pd.concat(parts, ignore_index=True)
    rivers = rivers[~rivers.geometry.is_empty].explode(ignore_index=True)
    rivers["name"] = rivers["name"].replace(RENAMED)
    rivers["rank"] = np.minimum(rivers["rank"], rivers["name"].map(RANKS).fillna(12).astype(int))
    joined = [
        group[["name", "rank"]].head(1).merge(pd.DataFrame({"geometry": _joined(group.geometry.values)}), how="cross")
        for (name, _), group in rivers.groupby(["name", "rank"])
    ]
    return gpd.GeoDataFrame(pd.concat(joined, ignore_index=True), geometry="geometry", crs=4326)


def _joined(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Lines as few longer ones: where their ends lie within GAP_DEGREES, they meet."""
    lines = lines[~shapely.is_closed(lines) & (shapely.length(lines) > GAP_DEGREES)]  # a loop would be a junction
    ends: list[tuple[float, float]] = []
    moved = []
    for line in lines:
        corners = shapely.get_coordinates(line)
        for place in (0, -1):
            met = next((end for end in ends if np.hypot(*(corners[place] - end)) < GAP_DEGREES), None)
            if met is None:
                ends.append(tuple(corners[place]))
            else:
                corners[place] = met
        moved.append(shapely.LineString(corners))
    joined: NDArray[np.object_] = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(moved)))
    return joined


def without_lakes(cover: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A coverage of states whose lakes are land, so that they are drawn once, with their shore; the sea stays water.

    Parameters
    ----------
    cover
        What :func:`dashboard.build.partition.delimit` returns.
    """
    dry = shapely.union_all(cover.geometry.values[cover["land"]])
    holes = shapely.polygons([ring for part in shapely.get_parts(dry) for ring in part.interiors])
    holes = holes[area_km2(holes) < LARGEST_LAKE_KM2]
    parts = cover.explode(ignore_index=True)
    middle = shapely.point_on_surface(parts.geometry.values)
    lakes = np.unique(shapely.STRtree(middle).query(holes, predicate="contains")[1])
    parts.loc[lakes, "land"] = True
    return parts.dissolve(by=["state", "land"], method="coverage", as_index=False)


def draw_water(
    lakes: gpd.GeoDataFrame, rivers: gpd.GeoDataFrame, shapes: gpd.GeoSeries, flank: gpd.GeoSeries, detail: Detail
) -> gpd.GeoDataFrame:
    """The rows of a level of the light map that are water, with its COLUMNS.

    Parameters
    ----------
    shapes
        The areas and lines of the level, by kind.
    flank
        The eastern-flank border.
    """
    land = shapely.union_all(shapes[["land", "flank_land"]].values)
    shapely.prepare(land)
    border = Outline(flank)
    drawn = _lakes(lakes, land, border, detail)
    courses = _rivers(rivers, land, shapes["border"], border, detail)
    return pd.concat([drawn, _named(_outside(courses, drawn))], ignore_index=True)[list(COLUMNS)]


def _lakes(lakes: gpd.GeoDataFrame, land: shapely.Geometry, border: Outline, detail: Detail) -> gpd.GeoDataFrame:
    middle = shapely.point_on_surface(lakes.geometry.values)
    away_km = border.nearest(shapely.get_coordinates(middle)).km
    smallest = np.where(away_km <= detail.near_km, detail.smallest_lake_km2, detail.smallest_far_lake_km2)
    # What the light map has as sea, such as a lagoon, is drawn already.
    drawn = lakes[(lakes["km2"] >= smallest) & shapely.contains(land, middle)]
    outlines = [_without_islets(shape) for shape in _simplified(drawn.geometry.values, detail.tolerance_km)]
    drawn = drawn.set_geometry(gpd.GeoSeries(outlines, drawn.index, crs=4326))
    drawn = drawn[area_km2(drawn.geometry.values) >= SMALLEST_LAKE_KM2]
    zoom = [next(zoom for least, zoom in LAKES_FROM_ZOOM.items() if km2 >= least) for km2 in drawn["km2"]]
    drawn = drawn.assign(kind="lake", rank=0, zoom=zoom)
    return drawn.dissolve(by=["zoom", "name"], as_index=False)


def _without_islets(lake: shapely.Geometry) -> shapely.Geometry:
    islands = shapely.polygons(list(lake.interiors)) if lake.interiors else np.array([])
    return shapely.Polygon(
        lake.exterior,
        [island.exterior for island in islands if area_km2(np.array([island]))[0] >= SMALLEST_LAKE_ISLAND_KM2],
    )


def _rivers(
    rivers: gpd.GeoDataFrame, land: shapely.Geometry, borders: shapely.Geometry, border: Outline, detail: Detail
) -> gpd.GeoDataFrame:
    corners, line = shapely.get_coordinates(rivers.geometry.values, return_index=True)
    away_km = pd.Series(border.nearest(corners).km).groupby(line).min().to_numpy()
    last = np.where(away_km <= detail.near_km, detail.last_rank, detail.last_far_rank)
    drawn = rivers[rivers["rank"] <= last]
    drawn = drawn.set_geometry(_simplified(drawn.geometry.values, detail.tolerance_km), crs=4326)
    drawn = drawn.set_geometry(along_borders(drawn.geometry.values, borders), crs=4326)
    ashore = np.array(drawn.geometry.values)
    wet = ~shapely.contains(land, ashore)
    ashore[wet] = shapely.intersection(ashore[wet], land)
    drawn = drawn.set_geometry(gpd.GeoSeries(ashore, drawn.index, crs=4326)).explode(ignore_index=True)
    return drawn.assign(zoom=drawn["rank"].map(RIVERS_FROM_ZOOM))


def _outside(rivers: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rivers without their way through lakes that are seen whenever they are; they end a little inside."""
    water = lakes.explode(ignore_index=True)
    shrunk = shapely.buffer(on_plane(water.geometry.values), -INTO_LAKE_M)
    lines = on_plane(rivers.geometry.values)
    river, lake = shapely.STRtree(shrunk).query(lines, predicate="intersects")
    seen = water["zoom"].to_numpy()[lake] <= rivers["zoom"].to_numpy()[river]
    for one, lakes_on_it in pd.Series(lake[seen]).groupby(river[seen]):
        lines[one] = shapely.difference(lines[one], shapely.union_all(shrunk[lakes_on_it]))
    rivers = rivers.set_geometry(gpd.GeoSeries(on_plane(lines, back=True), rivers.index, crs=4326))
    return rivers[~rivers.geometry.is_empty].explode(ignore_index=True)


def _named(drawn: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A row for each river and rank, with a name where it is large enough for one."""
    length_km = drawn.assign(km=shapely.length(on_plane(drawn.geometry.values)) / 1000).groupby("name")["km"].sum()
    named = (drawn["rank"] <= SMALLEST_NAMED_RANK) & (drawn["name"].map(length_km) >= SHORTEST_NAMED_KM)
    drawn = drawn.assign(kind="river", name=drawn["name"].where(named, ""))
    lines = drawn.groupby(["kind", "rank", "zoom", "name"])["geometry"].agg(
        lambda parts: shapely.multilinestrings(parts.to_numpy())
    )
    return gpd.GeoDataFrame(lines.reset_index(), crs=4326)


def _simplified(shapes: NDArray[np.object_], tolerance_km: float) -> NDArray[np.object_]:
    plane: NDArray[np.object_] = shapely.simplify(on_plane(shapes), tolerance_km * 1000)
    return on_plane(plane, back=True)
