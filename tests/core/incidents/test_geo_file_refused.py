"""Files that are no GeoJSON or GeoPackage with incidents: refused in a sentence, and never a crash."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.incidents import geo_file as geofile
from dashboard.core.incidents.schema import read_incidents
from dashboard.errors import MissingFileError, UnreadableFileError
from tests.features import LINE, TRACK, feature

# What cannot be read at all.

BAD_TEXTS = [
    (b"", "is empty"),
    (b"{", "is not a GeoJSON FeatureCollection"),
    (b"[]", "is not a GeoJSON FeatureCollection"),
    (b"7", "is not a GeoJSON FeatureCollection"),
    (b'{"type": "FeatureCollection"}', "is not a GeoJSON FeatureCollection"),
    (b'{"type": "FeatureCollection", "features": {}}', "it has no list of features"),
    (b'{"type": "Topology", "features": []}', "it has no list of features"),
    (b'{"type": "FeatureCollection", "features": []}', "holds no incidents"),
    (b'{"type": "FeatureCollection", "features": [' + b"[" * 100_000, "is not a GeoJSON FeatureCollection"),
    (b'{"type": "FeatureCollection", "features": [' + b"9" * 5000 + b"]}", "is not a GeoJSON FeatureCollection"),
    (b"\x80\x81\x82\x83", "is not a GeoJSON FeatureCollection"),
    (
        json.dumps({"type": "FeatureCollection", "features": [{"geometry": LINE, "properties": TRACK}]}).encode(),
        "no inc",
    ),
]


@pytest.mark.parametrize(("content", "message"), BAD_TEXTS, ids=[str(case[0][:60]) for case in BAD_TEXTS])
def test_file_that_is_no_geojson_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "incidents.geojson"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=message):
        read_incidents(path)


def test_columns_without_end_are_refused(geojson: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geofile, "MOST_CELLS", 1000)
    features = [feature(id=f"LT-{number}", **{f"column {number}": 1}) for number in range(40)]
    with pytest.raises(UnreadableFileError, match="54 columns of 40 features, more than can be read"):
        read_incidents(geojson(*features))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\3\4 no GeoPackage",
        b"<OGRVRTDataSource><OGRVRTLayer name='incidents'/></OGRVRTDataSource>",
        b"SQLite format 3\0",
        b"SQLite format 3\0" + bytes(5000),
    ],
)
def test_file_that_is_no_geopackage_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "incidents.gpkg"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="is not a GeoPackage"):
        read_incidents(path)


def test_geopackage_that_is_cut_off_is_refused(geopackage: Callable[..., Any]) -> None:
    path = geopackage({})
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(UnreadableFileError, match="is not a GeoPackage that can be read"):
        read_incidents(path)


def test_geopackage_in_another_system_is_refused(geopackage: Callable[..., Any]) -> None:
    with pytest.raises(
        UnreadableFileError, match=r"the layer incidents is in EPSG:3857; expected WGS 84 \(EPSG:4326\)"
    ):
        read_incidents(geopackage({}, crs=3857))


def database(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def test_database_without_layers_is_refused(tmp_path: Path) -> None:
    path = database(tmp_path / "incidents.gpkg", "CREATE TABLE incidents (id TEXT)")
    with pytest.raises(UnreadableFileError, match="no such table: gpkg_geometry_columns"):
        read_incidents(path)


LAYERS = "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id)"
SYSTEMS = "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id)"
NAMED = "INSERT INTO gpkg_geometry_columns VALUES ('incidents', 'geom', 'POINT', 4326)"
FOREVER = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'incidents', 'geom', 'POINT', i FROM n"
)


def test_view_is_no_layer(tmp_path: Path) -> None:
    path = database(tmp_path / "incidents.gpkg", LAYERS, SYSTEMS, NAMED, "CREATE VIEW incidents AS SELECT 1 AS geom")
    with pytest.raises(UnreadableFileError, match="holds no layer of points"):
        read_incidents(path)


def test_database_that_counts_for_ever_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geofile, "LONGEST_READ_S", 0.2)
    view = f"CREATE VIEW gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id) AS {FOREVER}"
    path = database(tmp_path / "incidents.gpkg", SYSTEMS, view, "CREATE TABLE incidents (geom BLOB)")
    with pytest.raises(UnreadableFileError, match="interrupted"):
        read_incidents(path)


def test_reading_a_geopackage_leaves_no_trace(geopackage: Callable[..., Any]) -> None:
    path = geopackage({})
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    before = path.read_bytes()
    assert len(read_incidents(path).incidents) == 1
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", geofile.ENDINGS)
def test_missing_file_folder_and_file_too_large(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"incidents{ending}"
    with pytest.raises(MissingFileError, match="There is no file"):
        read_incidents(path)
    path.mkdir()
    with pytest.raises(MissingFileError, match="is a folder"):
        read_incidents(path)
    path.rmdir()
    path.write_bytes(b"x" * 2_000_000)
    with pytest.raises(UnreadableFileError, match="2 MB, more than the 1 MB allowed"):
        read_incidents(path, max_file_mb=1)
