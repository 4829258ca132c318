"""Makes the atlas that the dashboard reads: ``borders.parquet``, ``places.parquet`` and ``basemap.json``.

``basemap.json`` is the light map for the browser: a TopoJSON of areas and lines, and the names to write on it.
"""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
import topojson

from dashboard.core.delimitation import Progress, delimit, simplified, without_small_parts
from dashboard.core.gazetteer import make_places
from dashboard.core.tracing import airspace_and_land, lines_between, trace
from dashboard.settings import settings

# Of the light map. At its largest scale, zoom 11, a pixel is 40 to 60 m wide in the region.
TOLERANCE_KM = 0.1
COAST_TOLERANCE_KM = 0.5
SMALLEST_ISLAND_KM2 = 4.0
SMALLEST_LAKE_KM2 = 150.0
GRID = 1_000_000  # steps across the region to which the light map rounds, 5 to 11 m each

# In the order of drawing.
KINDS = ("flank_airspace", "land", "flank_land", "limit", "border", "flank_sea", "flank")


def make_atlas(sources: Path, folder: Path, progress: Progress = lambda _: None) -> None:
    """Make the three files in ``folder`` from the npm packages under ``sources``.

    Raises
    ------
    SourceError
        A source is missing or does not have the expected form.
    """
    cover = delimit(sources, progress)
    progress("Tracing borders")
    borders = trace(cover)
    progress("Naming places")
    flank = borders[borders["kind"].isin(["flank", "flank_sea"])].set_index("state").geometry
    places = make_places(borders[borders["kind"] == "land"], flank)
    progress("Drawing the light map")
    basemap = _topology(_areas_and_lines(cover)) | {"names": _names(places)}
    folder.mkdir(parents=True, exist_ok=True)
    for frame, name in ((borders, "borders.parquet"), (places, "places.parquet")):
        frame.to_parquet(folder / name, index=False, compression="zstd", compression_level=19)
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"))
    (folder / "basemap.json").write_text(text + "\n", "utf-8")
    length_km = borders.loc[borders["kind"] == "flank", "length_km"].sum()
    progress(f"Done: the eastern-flank border is {length_km:,.0f} km long")


def _areas_and_lines(cover: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row for each of KINDS, simplified once more: ``kind`` and ``geometry``, EPSG:4326."""
    light = simplified(cover, TOLERANCE_KM, lambda _: COAST_TOLERANCE_KM)
    flank = light["state"].isin(settings().flank)
    areas = {
        "flank_airspace": flank,
        "land": ~flank & light["land"],
        "flank_land": flank & light["land"],
    }
    polygons = {kind: shapely.coverage_union_all(light.geometry.values[rows]) for kind, rows in areas.items()}
    for kind in ("land", "flank_land"):
        polygons[kind] = shapely.multipolygons(
            without_small_parts(shapely.get_parts(polygons[kind]), SMALLEST_ISLAND_KM2, SMALLEST_LAKE_KM2)
        )
    lines = lines_between(airspace_and_land(light)).groupby("kind")["geometry"].agg(lambda group: shapely.union_all(group.to_numpy()))
    drawn = pd.concat([pd.Series(polygons), lines])[list(KINDS)]
    return gpd.GeoDataFrame({"kind": drawn.index}, geometry=drawn.to_numpy(), crs=4326)


def _topology(drawn: gpd.GeoDataFrame) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(topojson.Topology(drawn, prequantize=GRID).to_json())
    return topology


def _names(places: gpd.GeoDataFrame) -> list[list[Any]]:
    """Kind, name, latitude, longitude, weight and state of each place, in the order of the table."""
    return [
        [row.kind, row.name, round(row.geometry.y, 4), round(row.geometry.x, 4), round(row.weight), row.state]
        for row in places.itertuples(index=False)
    ]
