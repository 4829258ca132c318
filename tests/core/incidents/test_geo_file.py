"""Reading incidents from GeoJSON and GeoPackage: the same rows and problems as from CSV, and never a crash."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.incidents.tracks import read_tracks
from tests.features import LINE, PLACELESS, POINT, TRACK, feature


def told(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in read_incidents(path).problems]


# What is good.


def test_point_gives_the_place_where_no_column_does(
    geojson: Callable[..., Any], geopackage: Callable[..., Any], incidents_file: Callable[..., Any]
) -> None:
    expected = read_incidents(incidents_file({})).incidents[[*COLUMNS, "geometry"]]
    for path in (geojson(feature()), geopackage({})):
        reading = read_incidents(path)
        assert reading.problems == ()
        assert list(reading.incidents["line"]) == [1]
        read = reading.incidents[[*COLUMNS, "geometry"]]
        pd.testing.assert_frame_equal(pd.DataFrame(read), pd.DataFrame(expected), check_dtype=False)


def test_values_of_every_kind_are_read_as_a_csv_file_would_have_them(geojson: Callable[..., Any]) -> None:
    change = {
        "location_accuracy_km": 7.0,
        "end_date": None,
        "model": 136,
        "damage": True,
        "sources": ["https://a.example"],
    }
    row = read_incidents(geojson(feature(**change))).incidents.iloc[0]
    assert (row["location_accuracy_km"], row["model"], row["damage"]) == (7.0, "136", "true")
    assert pd.isna(row["end_date"])
    assert row["sources"] == ("https://a.example",)


def test_dates_and_instants_of_a_geopackage_are_read(geopackage: Callable[..., Any]) -> None:
    path = geopackage({"date": pd.Timestamp("2025-07-28").date(), "started_at": pd.Timestamp("2025-07-28T01:40Z")})
    reading = read_incidents(path)
    assert reading.problems == ()
    assert reading.incidents["started_at"][0] == pd.Timestamp("2025-07-28T01:40Z")


def test_key_of_a_geopackage_is_the_id_where_it_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "incidents.gpkg"
    rows = pd.DataFrame([PLACELESS]).drop(columns="id")
    gpd.GeoDataFrame(rows, geometry=[shapely.Point(24.37, 55.05)], crs=4326).to_file(
        path, layer="incidents", layer_options={"FID": "id"}
    )
    assert list(read_incidents(path).incidents["id"]) == ["1"]


@pytest.mark.parametrize("ending", [".json", ".GeoJSON"])
def test_other_endings_of_geojson(geojson: Callable[..., Any], ending: str) -> None:
    path = geojson(feature())
    assert len(read_incidents(path.rename(path.with_suffix(ending))).incidents) == 1


def test_byte_order_mark_and_utf_16_do_no_harm(geojson: Callable[..., Any]) -> None:
    path = geojson(feature(place="Gaižiūnai"))
    text = path.read_text("utf-8")
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_text(text, encoding)
        assert list(read_incidents(path).incidents["place"]) == ["Gaižiūnai"]


def test_tracks_among_incidents_are_passed_over_and_read_as_tracks(geojson: Callable[..., Any]) -> None:
    path = geojson(
        feature(record="incident"),
        {"type": "Feature", "geometry": LINE, "properties": TRACK | {"record": "track"}},
        {"type": "Feature", "geometry": LINE, "properties": TRACK},
        {"type": "Feature", "geometry": POINT, "properties": {"record": "town"}},
        feature(id="LT-2", record="incident"),
    )
    reading = read_incidents(path)
    assert (reading.problems, reading.rows) == ((), 2)
    assert list(reading.incidents["line"]) == [1, 5]
    assert "record" not in reading.incidents
    tracks, problems = read_tracks(path, {"LT-1"})
    assert len(tracks) == 2
    assert {problem.line for problem in problems} == {4}


def test_layer_called_incidents_is_read_among_others(geopackage: Callable[..., Any]) -> None:
    geopackage({"id": "town"}, layer="a town")
    path = geopackage({}, layer="incidents", mode="a")
    assert list(read_incidents(path).incidents["id"]) == ["LT-1"]
    assert told(path) == []


def test_first_layer_is_read_where_none_is_called_incidents(geopackage: Callable[..., Any]) -> None:
    geopackage({}, layer='a "layer"')
    path = geopackage({"id": "LT-2"}, layer="b", mode="a")
    assert list(read_incidents(path).incidents["id"]) == ["LT-1"]
    assert told(path) == [
        "0: row: warning: Of 2 layers, a \"layer\" was read. Name the layer of the incidents 'incidents'."
    ]


# What is doubtful.


def test_same_checks_and_words_as_for_csv(
    geojson: Callable[..., Any], geopackage: Callable[..., Any], incidents_file: Callable[..., Any]
) -> None:
    changes = [{"date": "28.07.2025"}, {"id": "LT-2", "category": "Crash"}, {"id": "LT-3", "analyst": "Ona"}]

    def without_lines(path: Path) -> list[str]:
        return sorted(message.split(": ", maxsplit=1)[1] for message in told(path))

    expected = without_lines(incidents_file(*changes, columns=(*COLUMNS, "analyst")))
    assert len(expected) == 3
    assert without_lines(geojson(*(feature(**change) for change in changes))) == expected
    assert without_lines(geopackage(*changes)) == expected


def test_line_is_the_number_of_the_feature(geojson: Callable[..., Any]) -> None:
    path = geojson(feature(), feature(id="LT-2", status="?"), feature(geometry=LINE, id="LT-3"))
    assert [message.split(":")[:2] for message in told(path)] == [["2", " status"], ["3", " geometry"]]


def test_missing_column_is_a_problem_of_the_file_as_a_whole(geojson: Callable[..., Any]) -> None:
    path = geojson({"type": "Feature", "geometry": POINT, "properties": {"id": "LT-1", "date": "2025-07-28"}})
    (message,) = [message for message in told(path) if "missing" in message]
    assert message.startswith(
        "0: country, place, location_accuracy_km, category, object_type, status and sources: The col"
    )
    assert "are missing; the file has id, date, lat" in message
    assert len(read_incidents(path).incidents) == 0


def test_point_that_was_moved_is_reported(geojson: Callable[..., Any]) -> None:
    (message,) = told(geojson(feature(latitude=55.05, longitude=24.5)))
    assert message.startswith("1: longitude: warning: '24.5': the point of the feature is at 24.37; the column is what")


@pytest.mark.parametrize("value", [{"a": [1, {"b": None}]}, [1, 2], [["x"]]])
def test_nested_value_is_kept_as_it_is_written(
    geojson: Callable[..., Any], value: dict[str, list[dict[str, None] | int]] | list[int | list[str]]
) -> None:
    path = geojson(feature(analyst=value))
    assert json.loads(read_incidents(path).incidents["analyst"][0]) == value
    assert any("1: analyst: warning" in message and "something nested" in message for message in told(path))


def test_characters_that_no_document_can_hold_are_left_out(geojson: Callable[..., Any]) -> None:
    path = geojson(feature(summary="a\x00b\x1b[0m\ufffe\ud800c\x7f\td\r\ne \x00", **{"ana\x00lyst": "x"}))
    row = read_incidents(path).incidents.iloc[0]
    assert row["summary"] == "ab[0mc\td\ne"
    assert row["analyst"] == "x"
    messages = [message for message in told(path) if "no document can hold" in message]
    assert [message.split(": ")[:2] for message in messages] == [["0", "row"], ["1", "summary"]]
    assert "(U+0000, U+001B, U+007F, U+D800, U+FFFE)" in messages[1]


def test_characters_of_tracks_are_left_out_too(geojson: Callable[..., Any]) -> None:
    properties = TRACK | {"basis": "Se\x00en.", "sources": ["https://example.org/\ud800a"]}
    tracks, problems = read_tracks(geojson({"type": "Feature", "geometry": LINE, "properties": properties}), {"LT-1"})
    assert tracks.loc[0, ["basis", "sources"]].tolist() == ["Seen.", ("https://example.org/a",)]
    assert [(problem.column, problem.severe) for problem in problems] == [("basis", False), ("sources", False)]


@pytest.mark.parametrize("value", [["LT-1"], {}, None, 7])
def test_track_of_no_incident_at_all_is_a_problem_and_no_crash(
    geojson: Callable[..., Any], value: dict[object, object] | int | list[str] | None
) -> None:
    path = geojson({"type": "Feature", "geometry": LINE, "properties": TRACK | {"incident_id": value}})
    tracks, problems = read_tracks(path, {"LT-1"})
    assert (len(tracks), [problem.column for problem in problems]) == (0, ["incident_id"])


# What is bad: the feature is set aside and the good one loads.

GEOMETRIES: list[object] = [
    None, "x", [], {}, LINE, {"type": "Point"}, {"type": "Point", "coordinates": []},
    {"type": "Point", "coordinates": [24.37]}, {"type": "Point", "coordinates": ["24", "55"]},
    {"type": "Point", "coordinates": [True, True]}, {"type": "Point", "coordinates": [2709000, 7370000]},
    {"type": "Point", "coordinates": [float("nan"), 55]}, {"type": "Point", "coordinates": [10**400, 55]},
    {"type": "MultiPoint", "coordinates": [[24.37, 55.05]]}, {"type": "GeometryCollection", "geometries": [POINT]},
]  # fmt: skip


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_feature_without_a_point_loses_only_itself(geojson: Callable[..., Any], geometry: object) -> None:
    reading = read_incidents(geojson(feature(geometry=geometry, id="LT-2"), feature()))
    assert (list(reading.incidents["line"]), reading.rows, reading.set_aside) == ([2], 2, 1)
    assert "1: geometry: Expected a Point, longitude first" in str(reading.problems[0])


@pytest.mark.parametrize(
    "junk", [None, 7, "x", [], {}, {"properties": []}, {"properties": {"id": "x"}, "geometry": []}]
)
def test_feature_of_no_form_at_all(geojson: Callable[..., Any], junk: object) -> None:
    reading = read_incidents(geojson(junk, feature()))
    assert (list(reading.incidents["line"]), reading.rows) == ([2], 2)


@pytest.mark.parametrize("value", [10**400, 1e308, -0.0, float("inf"), float("nan"), [], {}, "", "x" * 200_000])
@pytest.mark.parametrize("column", ["latitude", "location_accuracy_km", "date", "sources", "id"])
def test_value_of_any_size_and_kind_is_a_problem_and_no_crash(
    geojson: Callable[..., Any], column: str, value: dict[object, object] | float | list[object] | str
) -> None:
    reading = read_incidents(geojson(feature(**{column: value}), feature(id="LT-2")))
    assert "LT-2" in set(reading.incidents["id"])
    assert reading.rows == 2


GEOPACKAGE = b"GP\0\1\xe6\x10\0\0"  # the header of a geometry without an envelope, in EPSG:4326


def with_geometries(path: Path, *blobs: bytes | None) -> Path:
    """Put geometries into the rows of a GeoPackage from the second on."""
    with sqlite3.connect(path) as connection:
        # What keeps the index of places calls functions that only GDAL has.
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.executemany(
            "UPDATE incidents SET geom = ? WHERE fid = ?", [(blob, number) for number, blob in enumerate(blobs, 2)]
        )
    connection.close()
    return path


def test_geometry_of_a_geopackage_that_is_none_loses_only_itself(geopackage: Callable[..., Any]) -> None:
    path = geopackage({}, *({"id": f"LT-{number}"} for number in range(2, 8)))
    blobs = [None, b"", b"GP", b"GP\0\x0f" + bytes(4), GEOPACKAGE + b"\1\1\0\0\0", b"GP\0\1" + bytes(60)]
    reading = read_incidents(with_geometries(path, *blobs))
    assert (list(reading.incidents["id"]), reading.rows) == (["LT-1"], 7)
    assert [(problem.line, problem.column) for problem in reading.problems] == [(n, "geometry") for n in range(2, 8)]


def test_collections_in_collections_do_not_end_the_process(geopackage: Callable[..., Any]) -> None:
    nested = GEOPACKAGE + b"\1\7\0\0\0\1\0\0\0" * 20_000 + shapely.to_wkb(shapely.Point(24.37, 55.05))
    reading = read_incidents(with_geometries(geopackage({}, {"id": "LT-2"}), nested))
    assert list(reading.incidents["id"]) == ["LT-1"]
    assert [(problem.line, problem.column) for problem in reading.problems] == [(2, "geometry")]


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("height", [None, 300.0])
def test_point_of_a_geopackage_in_either_order_of_bytes_with_or_without_height(
    geopackage: Callable[..., Any], order: int, height: float | None
) -> None:
    place = (25.0, 56.0) if height is None else (25.0, 56.0, height)
    point = shapely.to_wkb(shapely.Point(*place), byte_order=order, flavor="iso")
    reading = read_incidents(with_geometries(geopackage({}, {"id": "LT-2"}), GEOPACKAGE + point))
    assert reading.problems == ()
    assert reading.incidents.loc[1, ["longitude", "latitude"]].tolist() == [25.0, 56.0]


def test_empty_rows_of_a_geopackage_are_passed_over(geopackage: Callable[..., Any]) -> None:
    path = with_geometries(geopackage({}))
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO incidents DEFAULT VALUES")
    connection.close()
    reading = read_incidents(path)
    assert (reading.rows, reading.problems) == (1, ())
