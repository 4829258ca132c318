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
from dashboard.core.data.atomic_file import not_written, write_output
from dashboard.core.geo.basemap import KINDS, LEVELS
from dashboard.settings import settings

GRID = 1_000_000  # steps across the light map to which it rounds, 5 to 16 m each


@dataclass(frozen=True)
class Level:
    """A level of the light map: its tolerances, as in :func:`dashboard.build.partition.simplified`.

    surroundings
        Whether it goes beyond the region.
    """

    tolerance_km: float
    coast_tolerance_km: float
    smallest_island_km2: float
    smallest_lake_km2: float
    surroundings: bool


# A pixel is 600 to 1000 m wide at zoom 7, below which the far level is drawn, and 40 to 60 m at zoom 11, the largest.
SIMPLIFIED = dict(zip(LEVELS, (Level(0.6, 2.0, 60.0, 400.0, True), Level(0.1, 0.5, 4.0, 150.0, False)), strict=True))


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
    drawn = {f"basemap_{name}": _topology(_areas_and_lines(cover, level)) for name, level in SIMPLIFIED.items()}
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
    """One row for each of KINDS, simplified once more: ``kind`` and ``geometry``, EPSG:4326."""
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
            without_small_parts(shapely.get_parts(polygons[kind]), level.smallest_island_km2, level.smallest_lake_km2)
        )
    lines = (
        lines_between(airspace_and_land(light))
        .groupby("kind")["geometry"]
        .agg(lambda group: shapely.union_all(group.to_numpy()))
    )
    drawn = pd.concat([pd.Series(polygons), lines])[list(KINDS)]
    shapes = gpd.GeoDataFrame({"kind": drawn.index}, geometry=drawn.to_numpy(), crs=4326)
    return shapes if level.surroundings else clipped(shapes)


def _topology(drawn: gpd.GeoDataFrame) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(str(Topology(drawn, prequantize=GRID).to_json()))
    return topology
