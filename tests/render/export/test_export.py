"""Exports: each is read by another program, says what it is, and comes back as it was."""

import csv
import io
import json
import re
import sqlite3
import time
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.files.sniffing import Asked, read_content
from dashboard.core.incidents.columns import COLUMNS, MEASURED
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.incidents.tracks import read_tracks
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import QueryError
from dashboard.render.export import EXPORTS, make_export, make_notes
from dashboard.render.text.handout import Handout, make_handout, metadata
from tests.counted import OBJECTS
from tests.exports import (
    KML,
    PRODUCED,
    READABLE,
    csv_records,
    flown_over_lithuania,
    gpkg_file,
    sheet_records,
    told_in,
    workbook_of,
)
from tests.settled_data import DATA

# What is in them.


@pytest.mark.parametrize("kind", READABLE)
def test_shipped_data_comes_back_as_it_was(whole: Handout, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"export.{kind}"
    path.write_bytes(make_export(whole, kind))
    reading = read_incidents(path)
    assert reading.problems == ()
    columns = [*COLUMNS, "geometry"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(reading.incidents[columns]), pd.DataFrame(whole.objects[columns].reset_index(drop=True))
    )
    assert list(reading.incidents) == ["line", *columns]


def test_shipped_tracks_come_back_as_they_were(whole: Handout, shipped: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "export.geojson"
    path.write_bytes(make_export(whole, "geojson"))
    tracks, problems = read_tracks(path, set(shipped.incidents["id"]))
    assert problems == []
    pd.testing.assert_frame_equal(pd.DataFrame(tracks), pd.DataFrame(shipped.tracks), check_dtype=False)


def test_there_are_tracks_only_of_the_selection(lithuania: Handout, tmp_path: Path) -> None:
    flown = flown_over_lithuania()
    assert flown
    features = json.loads(make_export(lithuania, "geojson"))["features"]
    tracks = [feature for feature in features if feature["geometry"]["type"] == "LineString"]
    assert {track["properties"]["incident_id"] for track in tracks} == flown
    sheet = workbook_of(make_export(lithuania, "xlsx"))["Tracks"]
    assert {row["incident_id"] for row in sheet_records(sheet)} == flown
    layer = gpd.read_file(gpkg_file(make_export(lithuania, "gpkg"), tmp_path), layer="tracks")
    assert set(layer["incident_id"]) == flown
    root = ET.fromstring(make_export(lithuania, "kml"))
    lines = [mark for mark in root.iter(f"{KML}Placemark") if mark.find(f"{KML}LineString") is not None]
    assert {mark.findtext(f".//{KML}Data[@name='incident_id']/{KML}value") for mark in lines} == flown


@pytest.mark.parametrize("kind", EXPORTS)
def test_file_says_of_itself_what_the_handout_says(lithuania: Handout, kind: str, tmp_path: Path) -> None:
    told = told_in(lithuania, kind, tmp_path)
    assert told["Marking"] == "TLP:AMBER"
    assert told["Title"] == '=1+1, "quoted"; and more'
    assert told["Filter"].startswith("Lithuania, 1 July – 30 September 2025: ")
    assert told["Information as of"] == "3 October 2026, 23:59 UTC (032359Z OCT 26)"
    assert told["Produced"] == "31 January 2026, 12:00 UTC"
    assert "EODI, the European drone observatory" in told["Sources and licences"]
    assert told["Sheet"] == lithuania.sheet_id
    assert dict(metadata(lithuania)).items() <= told.items()


@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_file_of_rows_says_that_it_holds_no_tracks(lithuania: Handout, kind: str, tmp_path: Path) -> None:
    count = len(flown_over_lithuania())
    words = told_in(lithuania, kind, tmp_path)["Contents"]
    assert re.search(rf"but not {count} flight tracks?, which Excel, GeoJSON, KML and GeoPackage hold", words)


def test_geoparquet_is_what_geopandas_reads(whole: Handout) -> None:
    frame = gpd.read_parquet(io.BytesIO(make_export(whole, "parquet")))
    told = whole.objects
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.geom_equals(told.geometry.reset_index(drop=True)).all()
    assert frame["id"].tolist() == told["id"].tolist()
    assert frame["sources"].tolist() == [" ".join(sources) for sources in told["sources"]]
    for name in ("location_accuracy_km", "depth_km"):
        assert frame[name].dtype == float
    assert frame["started_at"].dt.as_unit("s").equals(told["started_at"].reset_index(drop=True))
    assert frame["view_number"].isna().sum() == len(whole.friendly)


def test_csv_is_what_excel_reads_rightly(whole: Handout) -> None:
    content = make_export(whole, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    written = next(csv.reader(lines))
    assert written[: len(COLUMNS) + 1] == ["view_number", *COLUMNS]
    assert [name for name in written if name in names] == [name for name in names if name in COLUMNS]
    assert len(csv_records(content)) == OBJECTS
    # A semicolon separates in many countries, and LibreOffice offers to split by it as well.
    assert b',"crater; some property damage",' in content


def test_pandas_reads_csv_without_being_told_how(whole: Handout, lithuania: Handout) -> None:
    table = pd.read_csv(io.BytesIO(make_export(whole, "csv")))
    assert (len(table), table["latitude"].dtype) == (OBJECTS, float)
    assert pd.read_csv(io.BytesIO(make_export(lithuania, "csv")))["view_number"].dtype == int


def test_each_row_of_csv_names_its_sheet_its_data_and_its_marking(lithuania: Handout) -> None:
    names = ("view_sheet", "view_data", "view_marking")
    said = {tuple(row[name] for name in names) for row in csv_records(make_export(lithuania, "csv"))}
    assert said == {(lithuania.sheet_id, lithuania.fingerprint, "TLP:AMBER")}


def test_workbook_opens_on_words(shipped: Dataset) -> None:
    view = parse_query_string("country=LT&from=2025-07-01&to=2025-07-31&marking=TLP:AMBER")[0]
    sheet = workbook_of(make_export(make_handout(shipped, view, PRODUCED), "xlsx")).worksheets[0]
    line, heads, *rows = sheet.values
    assert line[0].startswith("TLP:AMBER · Lithuania, ")
    assert re.search(r": 2 of \d+ incidents\. Information as of .* Sheet \w{4}-\w{4}, data \w{12}\.$", line[0])
    assert not any(line[1:])
    second = dict(zip(heads, rows[1], strict=True))
    assert (second["No."], second["Date"], second["State"]) == (2, datetime(2025, 7, 28), "Lithuania")
    assert (second["What happened"], second["Object"], second["Model"]) == ("Crash", "Drone", "Gerbera")
    assert second["Distance from border"] == "92 km ± 7 km"
    assert second["Payload"] == "Explosive charge, neutralised"
    assert "Pozirk" in dict(zip(heads, rows[0], strict=True))["Sources"]
    assert "Last day" not in heads  # both are of one day, and of no column all cells are empty
    assert (sheet.freeze_panes, sheet.auto_filter.ref.startswith("A2:")) == ("E3", True)


def test_worksheet_has_dates_numbers_and_yes_and_no(whole: Handout) -> None:
    sheet = workbook_of(make_export(whole, "xlsx"))["Data"]
    row = next(row for row in sheet_records(sheet) if row["id"] == "HR-2022-03-10-zagreb")
    assert row["date"] == datetime(2022, 3, 10)
    assert row["started_at"] == datetime(2022, 3, 10, 22, 1)
    assert (row["latitude"], row["location_accuracy_km"]) == (45.7844, 0.5)
    assert (row["certain"], row["end_date"], row["origin"]) == (True, None, None)
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(sheet.column_dimensions[letter].width >= 8 for letter in ("A", "C", "V"))


def test_worksheets_are_marked_on_every_page(lithuania: Handout) -> None:
    book = workbook_of(make_export(lithuania, "xlsx"))
    assert book.sheetnames == ["Incidents", "Data", "Tracks", "About"]
    for sheet in book:
        for place in (sheet.oddHeader.center, sheet.oddFooter.center):
            assert (place.text.strip(), place.size) == ("TLP:AMBER", 12)
    assert book.properties.created == PRODUCED.replace(tzinfo=None)


def test_marking_with_signs_of_a_page_header_stays_what_it_is(shipped: Dataset) -> None:
    handout = make_handout(shipped, View(marking="5 & 6"), PRODUCED)
    with zipfile.ZipFile(io.BytesIO(make_export(handout, "xlsx"))) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    (header,) = (part.text for part in sheet.iter() if part.tag.endswith("oddHeader"))
    assert header == "&C&12 5 && 6"


def test_geojson_is_read_by_geopandas(whole: Handout, tmp_path: Path) -> None:
    path = tmp_path / "export.geojson"
    path.write_bytes(make_export(whole, "geojson"))
    frame = gpd.read_file(path)
    assert frame.crs.to_epsg() == 4326
    assert frame["record"].value_counts().to_dict() == {"incident": OBJECTS, "track": 33}
    zagreb = frame.set_index("id").loc["HR-2022-03-10-zagreb"]
    assert (zagreb.geometry.x, zagreb.geometry.y) == (15.95, 45.7844)


def test_geopackage_has_two_layers_and_a_table(whole: Handout, tmp_path: Path) -> None:
    path = gpkg_file(make_export(whole, "gpkg"), tmp_path)
    assert dict(pyogrio.list_layers(path).tolist()) == {"incidents": "Point", "tracks": "LineString", "about": None}
    layer = gpd.read_file(path, layer="incidents").set_index("id")
    assert (len(layer), layer.crs.to_epsg()) == (OBJECTS, 4326)
    row = layer.loc["HR-2022-03-10-zagreb"]
    assert (row["date"].date(), row["certain"], row["place"]) == (date(2022, 3, 10), True, "Zagreb (Jarun)")
    assert row["started_at"] == pd.Timestamp("2022-03-10T22:01Z")
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        changed = {instant for (instant,) in connection.execute("SELECT last_change FROM gpkg_contents")}
    assert changed == {"2026-01-31T12:00:30Z"}


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_kind_of_file_has_every_measure(lithuania: Handout, kind: str) -> None:
    content = make_export(lithuania, kind)
    if kind == "xlsx":
        content = b"".join(row_of_names(content))
    for name in (*(column.name for column in MEASURED if column.exported), "minutes_inside"):
        assert name.encode() in content, name


def row_of_names(content: bytes) -> list[bytes]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Data"]
    return [str(cell.value).encode() + b"\n" for cell in sheet[1]]


def test_nearest_town_and_track_are_in_the_rows(lithuania: Handout) -> None:
    (row,) = (row for row in csv_records(make_export(lithuania, "csv")) if row["id"] == "LT-2025-07-28-gaiziunai")
    assert (row["town"], row["town_state"], row["airspace"], row["measured_from"]) == ("Jonava", "LT", "LT", "BY")
    assert row["town_km"] == ""  # 6.9 km, which is not more than the 7 km of the place
    assert (row["track_accuracy_km"], row["minutes_inside"]) == ("30", "")
    (short,) = (row for row in csv_records(make_export(lithuania, "csv")) if row["id"] == "LT-2025-07-10-sumskas")
    assert (short["minutes_inside"], short["track_inside_km"], short["track_accuracy_km"]) == ("3", "", "")


def test_distances_are_those_of_the_map_with_the_digits_of_their_accuracy(whole: Handout) -> None:
    rows = csv_records(make_export(whole, "csv"))
    for row, known in zip(rows, whole.objects.itertuples(), strict=True):
        accuracy = known.location_accuracy_km
        if known.depth_km <= accuracy:
            assert row["depth_km"] == "", known.id
        elif accuracy < 1:
            assert row["depth_km"] == f"{known.depth_km:.1f}", known.id
        elif accuracy < 30:
            assert row["depth_km"] == f"{known.depth_km:.0f}", known.id
        else:
            assert int(row["depth_km"]) % 5 == 0, known.id
            assert float(row["depth_km"]) == pytest.approx(known.depth_km, abs=5), known.id
    assert [row["certain"] == "true" for row in rows] == list(whole.objects["certain"])
    assert not {"line", "words", "last_day", "geometry"} & set(rows[0])


def test_no_other_kind(lithuania: Handout) -> None:
    with pytest.raises(QueryError, match="no export of the kind 'shp'; expected one of csv, xlsx"):
        make_export(lithuania, "shp")


# The same again.


def test_same_handout_gives_the_same_bytes(lithuania: Handout) -> None:
    first = {kind: make_export(lithuania, kind) for kind in EXPORTS}
    time.sleep(1.1)  # a clock that got in would show
    for kind, content in first.items():
        assert make_export(lithuania, kind) == content, kind
    with zipfile.ZipFile(io.BytesIO(first["xlsx"])) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_time_of_making_is_in_every_file_or_beside_it(lithuania: Handout) -> None:
    later = replace(lithuania, produced=PRODUCED.replace(day=30))
    for kind in {*EXPORTS} - {"csv"}:
        assert make_export(later, kind) != make_export(lithuania, kind), kind
    assert "Produced: 30 January 2026, 12:00 UTC" in make_notes(later).decode("utf-8-sig")


def test_gdal_is_left_as_it_was(lithuania: Handout) -> None:
    make_export(lithuania, "gpkg")
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg", "json", "kml", "parquet"])
def test_import_reads_every_incident_of_an_export_in_its_place(lithuania: Handout, kind: str) -> None:
    file = read_content(make_export(lithuania, kind), f"list.{kind}", Asked(known=COLUMNS), 1000)
    text = [" ".join(row) for row in file.table.rows]
    for row in lithuania.incidents.itertuples():
        assert any(row.place in line for line in text), row.place
    if file.table.shapes:
        found = {
            (round(shape.x, 4), round(shape.y, 4))
            for shape in file.table.shapes
            if shape and shape.geom_type == "Point"
        }
        assert {(round(point.x, 4), round(point.y, 4)) for point in lithuania.incidents.geometry} <= found
    else:
        assert any(column.casefold().startswith("latitude") for column in file.table.header)
