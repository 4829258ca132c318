"""Files of incidents that have geometries."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tests.features import PLACELESS


@pytest.fixture
def geojson(tmp_path: Path) -> Callable[..., Path]:
    """Write a FeatureCollection."""

    def write(*features: object, **more: object) -> Path:
        path = tmp_path / "incidents.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), "utf-8")
        return path

    return write


@pytest.fixture
def geopackage(tmp_path: Path) -> Callable[..., Path]:
    """Write points as a layer of a GeoPackage, as QGIS does it."""

    def write(*changes: dict[str, object], layer: str = "incidents", crs: int = 4326, **options: object) -> Path:
        path = tmp_path / "incidents.gpkg"
        rows = [PLACELESS | change for change in changes]
        points = gpd.GeoSeries([shapely.Point(24.37, 55.05)] * len(rows), crs=4326).to_crs(crs)
        gpd.GeoDataFrame(rows, geometry=points).to_file(path, layer=layer, driver="GPKG", **options)
        return path

    return write
