"""The command that makes the map's files: what the dashboard measures with, and the light map of the browser.

``borders.parquet``, ``places.parquet`` and ``airports.parquet`` are for measuring. The browser reads
``basemap_far.json`` (small scales) and ``basemap_near.json`` (large scales), each a TopoJSON of areas and lines.
"""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from topojson.core.topology import Topology

from dashboard.build.airports import make_airports
from dashboard.build.boundaries import airspace_and_land, clipped, lines_between, trace
from dashboard.build.partition import Progress, delimit, simplified, without_small_parts
from dashboard.build.place_names import make_places
from dashboard.build.water import Detail, draw_water, read_lakes, read_rivers, without_lakes
from dashboard.core.data.atomic_file import not_written, write_output
from dashboard.core.geo.basemap import KINDS, LEVELS
from dashboard.settings import settings


@dataclass(frozen=True)
class Level:
    """A level of the light map: its tolerances, as in :func:`dashboard.build.partition.simplified`.

    smallest_hole_km2
        The smallest piece of land that is cut out of another state's.
    surroundings
        Whether it goes beyond the region.
    grid
        Steps across the map to which it rounds, a fourth of a pixel or less.
    """

    tolerance_km: float
    coast_tolerance_km: float
    smallest_island_km2: float
    smallest_hole_km2: float
    surroundings: bool
    grid: int
    water: Detail


# A pixel is 600 to 1000 m wide at zoom 7, below which the far level is drawn, and 40 to 60 m at zoom 11, the largest.
FAR = Level(0.6, 2.0, 60.0, 400.0, surroundings=True, grid=100_000, water=Detail(0.6, 0.0, 40.0, 9, 40.0, 9))
NEAR = Level(0.1, 0.5, 4.0, 150.0, surroundings=False, grid=250_000, water=Detail(0.1, 150.0, 1.5, 12, 10.0, 10))
SIMPLIFIED = dict(zip(LEVELS, (FAR, NEAR), strict=True))


def make_map_data(sources: Path, folder: Path, progress: Progress = lambda _: None) -> None:
    """Make the files in ``folder`` from the npm packages under ``sources``.

    Raises
    ------
    SourceError
        A source is missing or does not have the expected form.
    StorageError
        A file cannot be written.
    """
    cover = delimit(sources, progress)
    progress("Tracing borders")
    borders = trace(cover)
    progress("Naming places")
    flank = borders[borders["kind"].isin(["flank", "flank_sea"])].set_index("state").geometry
    places = make_places(borders[borders["kind"] == "land"], flank)
    airports = make_airports()
    progress("Drawing the light map")
    border = borders.geometry[borders["kind"] == "flank"]
    lakes, rivers, cover = read_lakes(sources), read_rivers(), without_lakes(cover)
    drawn = {}
    for name, level in SIMPLIFIED.items():
        shapes = _areas_and_lines(cover, level)
        water = draw_water(lakes, rivers, shapes.set_index("kind").geometry, border, level.water)
        drawn[f"basemap_{name}"] = _topology(pd.concat([shapes, water], ignore_index=True), level.grid)
    tables = {"borders": borders, "places": places, "airports": airports}
    files = {f"{name}.parquet": _parquet(table) for name, table in tables.items()}
    files |= {
        f"{name}.json": (json.dumps(topology, separators=(",", ":")) + "\n").encode()
        for name, topology in drawn.items()
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    for name, content in files.items():
        write_output(folder / name, content)
    length_km = borders.loc[borders["kind"] == "flank", "length_km"].sum()
    progress(f"Done: the eastern-flank border is {length_km:,.0f} km long")


def _parquet(frame: gpd.GeoDataFrame) -> bytes:
    file = io.BytesIO()
    frame.to_parquet(file, index=False, compression="zstd", compression_level=19)
    return file.getvalue()


def _areas_and_lines(cover: gpd.GeoDataFrame, level: Level) -> gpd.GeoDataFrame:
    """One row for each of KINDS, simplified once more, with COLUMNS; EPSG:4326."""
    light = simplified(cover, level.tolerance_km, lambda _: level.coast_tolerance_km)
    flank = light["state"].isin(settings().flank)
    areas = {
        "flank_airspace": flank,
        "land": ~flank & light["land"],
        "flank_land": flank & light["land"],
    }
    polygons = {kind: shapely.coverage_union_all(light.geometry.values[rows]) for kind, rows in areas.items()}
    for kind in ("land", "flank_land"):
        polygons[kind] = shapely.multipolygons(
            without_small_parts(shapely.get_parts(polygons[kind]), level.smallest_island_km2, level.smallest_hole_km2)
        )
    lines = (
        lines_between(airspace_and_land(light))
        .groupby("kind")["geometry"]
        .agg(lambda group: shapely.union_all(group.to_numpy()))
    )
    drawn = pd.concat([pd.Series(polygons), lines])[list(KINDS)]
    plain = {"kind": drawn.index, "rank": 0, "zoom": 0.0, "name": ""}
    shapes = gpd.GeoDataFrame(plain, geometry=drawn.to_numpy(), crs=4326)
    return shapes if level.surroundings else clipped(shapes)


def _topology(drawn: gpd.GeoDataFrame, grid: int) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(str(Topology(drawn, prequantize=grid).to_json()))
    is_point = [not any(map(any, steps)) for _start, *steps in topology["arcs"]]  # after rounding
    for geometry in topology["objects"]["data"]["geometries"]:
        if geometry["type"] == "MultiLineString":
            geometry["arcs"] = [part for part in geometry["arcs"] if not all(is_point[max(arc, ~arc)] for arc in part)]
    return topology
