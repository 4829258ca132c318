"""Exports: each is read by another program, says what it is, runs nothing, and comes back as it was."""

import csv
import io
import json
import re
import sqlite3
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from fastkml.validator import validate
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.files.sniffing import Asked, read_content
from dashboard.core.incidents.columns import COLUMNS, MEASURED
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.incidents.tracks import read_tracks
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import QueryError, SheetError
from dashboard.render.export import EXPORTS, export_parts, make_export, make_notes, records, tables
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import Handout, make_handout, metadata
from tests.counted import OBJECTS
from tests.settled_data import DATA

PRODUCED = datetime(2026, 1, 31, 12, 0, 30, tzinfo=UTC)
READABLE = ("csv", "geojson", "gpkg")
KML = "{http://www.opengis.net/kml/2.2}"
NASTY = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=x", "''=x", "'x", "'", "a;=1+1;b", "a;'=1", "a\t-1", "one\n=1+1\n\n- two",
    "</script>", 'say "so", twice', "]]>", "<b>&amp;</b>", "ł ß я 🛩", "# no comment", "_x0041_", "007", "1/2", "true",
    "x" * 5000,
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(shipped: Dataset) -> Handout:
    return make_handout(shipped, View(), PRODUCED)


@pytest.fixture(scope="module")
def lithuania(shipped: Dataset) -> Handout:
    view = replace(
        parse_query_string("country=LT&from=2025-07-01&to=2025-09-30")[0],
        title='=1+1, "quoted"; and more',
        finding="=2+2",
        marking="TLP:AMBER",
    )
    return make_handout(shipped, view, PRODUCED)


@pytest.fixture
def selection(shipped: Dataset) -> Callable[..., Handout]:
    """A handout of the first incidents with some columns changed, as many as there are values."""

    def select(**columns: list[object]) -> Handout:
        count = len(next(iter(columns.values())))
        incidents = shipped.incidents.head(count).assign(**columns)
        no_others = shipped.friendly.head(0)
        return make_handout(replace(shipped, incidents=incidents, friendly=no_others), View(), PRODUCED)

    return select


def read_back(handout: Handout, kind: str, folder: Path) -> gpd.GeoDataFrame:
    path = folder / f"export.{kind}"
    path.write_bytes(make_export(handout, kind))
    return read_incidents(path).incidents


def csv_rows(content: bytes, delimiter: str = ",") -> list[list[str]]:
    """Every row of a CSV file as Python's reader has it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def csv_records(content: bytes) -> list[dict[str, str]]:
    rows = csv_rows(content)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def workbook_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_records(sheet: Worksheet) -> list[dict[str, Any]]:
    rows = list(sheet.values)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def gpkg_file(content: bytes, folder: Path) -> Path:
    path = folder / "export.gpkg"
    path.write_bytes(content)
    return path


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


def flown_over_lithuania() -> set[str]:
    """The tracks of the selection, by the files themselves."""
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = {row["id"] for row in rows if row["country"] == "LT" and "2025-07-01" <= row["date"] <= "2025-09-30"}
    tracks = json.loads((DATA / "tracks.geojson").read_text("utf-8"))["features"]
    return chosen & {track["properties"]["incident_id"] for track in tracks}


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


def told_in(handout: Handout, kind: str, folder: Path) -> dict[str, str]:
    """What a file says of itself, as another program reads it."""
    content = make_export(handout, kind)
    match kind:
        case "csv":
            lines = make_notes(handout).decode("utf-8-sig").split("\r\n")[:-1]
            return dict(line.split(": ", 1) for line in lines)
        case "xlsx":
            return dict(workbook_of(content)["About"].values)
        case "geojson":
            return dict(json.loads(content)["about"])
        case "gpkg":
            path = gpkg_file(content, folder)
            table = pyogrio.read_dataframe(path, layer="about")
            told = dict(zip(table["label"], table["text"], strict=True))
            assert told.items() <= pyogrio.read_info(path, layer="incidents")["dataset_metadata"].items()
            return told
        case "parquet":
            return dict(json.loads(pq.read_metadata(io.BytesIO(content)).metadata[b"about"]))
        case _:
            data = ET.fromstring(content).findall(f"{KML}Document/{KML}ExtendedData/{KML}Data")
            return {item.attrib["name"]: item.findtext(f"{KML}value", "") for item in data}


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


@pytest.mark.parametrize("kind", ["csv", "parquet"])
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


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_file_in_parts_has_every_row_once(whole: Handout, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = rows_of(make_export(whole, kind), kind)
    monkeypatch.setattr(records, "PART", 7)
    parts = list(export_parts(whole, kind))
    assert len(parts) > len(whole.incidents) // 7
    assert rows_of(b"".join(parts), kind) == at_once
    assert len(at_once) == len(whole.objects)


def rows_of(content: bytes, kind: str) -> list[dict[str, Any]]:
    return [*csv_records(content)] if kind == "csv" else pq.read_table(io.BytesIO(content)).to_pylist()


def test_csv_is_what_excel_reads_rightly(whole: Handout) -> None:
    content = make_export(whole, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    assert lines[0].startswith(",".join(["view_number", *names]))
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


def test_kml_keeps_to_its_schema(whole: Handout, tmp_path: Path) -> None:
    path = tmp_path / "export.kml"
    path.write_bytes(make_export(whole, "kml"))
    assert validate(file_to_validate=path)


def test_kml_has_a_folder_a_category_in_its_colour(whole: Handout, shipped: Dataset) -> None:
    root = ET.fromstring(make_export(whole, "kml"))
    folders = {folder.findtext(f"{KML}name"): folder for folder in root.iter(f"{KML}Folder")}
    counts = {name: len(folder.findall(f"{KML}Placemark")) for name, folder in folders.items()}
    by_category = shipped.incidents["category"].value_counts()
    assert counts["Crash"] == by_category["crash"]
    assert counts["Shot down"] == by_category["shootdown"]
    assert sum(counts.values()) == OBJECTS + 33
    assert {url.text for url in folders["Crash"].iter(f"{KML}styleUrl")} == {"#crash"}
    colours = LIGHT.categories | {"friendly": LIGHT.muted}
    for style in root.iter(f"{KML}Style"):
        red, green, blue = re.findall("..", colours[style.attrib["id"]][1:].lower())
        assert {colour.text for colour in style.iter(f"{KML}color")} == {f"ff{blue}{green}{red}"}


def test_kml_says_when_as_exactly_as_it_is_known(selection: Callable[..., Any]) -> None:
    handout = selection(
        date=pd.to_datetime(["2025-07-28", "2025-07-28", "2025-07-01", "2025-07-28"]).astype("datetime64[s]"),
        end_date=pd.to_datetime([None, "2025-07-30", None, None]).astype("datetime64[s]"),
        date_precision=["day", "day", "month", "day"],
        started_at=pd.to_datetime([None, None, None, "2025-07-28T01:40Z"], utc=True).astype("datetime64[s, UTC]"),
        category=["crash"] * 4,
    )
    marks = ET.fromstring(make_export(handout, "kml")).iter(f"{KML}Placemark")
    times = [["".join(part.itertext()) for part in mark if "Time" in part.tag] for mark in marks]
    assert times[:4] == [["2025-07-28"], ["2025-07-282025-07-30"], ["2025-07"], ["2025-07-28T01:40:00Z"]]


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


# What it holds cannot run.


def test_nasty_cells_come_back_unharmed(selection: Callable[..., Any], tmp_path: Path) -> None:
    handout = selection(summary=NASTY, damage=NASTY[::-1], analyst=NASTY)
    for kind in READABLE:
        back = read_back(handout, kind, tmp_path)
        for column in ("summary", "damage", "analyst"):
            assert list(back[column]) == list(handout.incidents[column]), (kind, column)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_csv_runs_in_a_spreadsheet(selection: Callable[..., Any], shipped: Dataset, delimiter: str) -> None:
    handout = selection(summary=NASTY, damage=NASTY, **{"=cmd()": NASTY})
    view = View(title="=1+1", finding='x,"y";=2+2')
    for made in (handout, replace(handout, view=view)):
        rows = csv_rows(make_export(made, "csv"), delimiter=delimiter)
        # A number may be negative; any other cell that begins so would be computed.
        running = [
            cell
            for row in rows
            for cell in row
            if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-?[\d.]+", cell)
        ]
        assert running == []


def test_csv_that_a_spreadsheet_saved_again_is_read_the_same(selection: Callable[..., Any], tmp_path: Path) -> None:
    handout = selection(summary=NASTY)
    rows = csv_rows(make_export(handout, "csv"))
    width = max(map(len, rows))
    path = tmp_path / "again.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerows(row + [""] * (width - len(row)) for row in rows)
    reading = read_incidents(path)
    assert list(reading.incidents["summary"]) == NASTY
    (assumed,) = (problem.expected for problem in reading.problems if not problem.column)
    assert assumed == "the cells are separated by semicolons and were read so"


def test_text_that_looks_like_a_number_is_text_in_csv_too(selection: Callable[..., Any]) -> None:
    rows = csv_records(make_export(selection(summary=["-1", "+1"]), "csv"))
    assert [row["summary"] for row in rows] == ["'-1", "'+1"]


def test_worksheets_hold_no_formula(selection: Callable[..., Any]) -> None:
    handout = selection(summary=NASTY, damage=NASTY, **{"=cmd()": NASTY})
    content = make_export(handout, "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "/sheet" in name]
        assert len(sheets) == 4
        assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    book = workbook_of(content)
    assert not [cell for sheet in book for row in sheet.rows for cell in row if cell.data_type == "f"]
    _line, head, *rows = book["Incidents"].rows
    (column,) = (cell.column - 1 for cell in head if cell.value == "Summary")
    assert all(row[column].quotePrefix for row in rows)
    (head, *rows) = book["Data"].rows
    (column,) = (cell.column - 1 for cell in head if cell.value == "summary")
    assert [unescape(row[column].value) for row in rows] == NASTY  # Excel writes _x0041_ as _x005F_x0041_
    prefixed = {row[column].value for row in rows if row[column].quotePrefix}
    assert {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=x"} <= prefixed
    assert "007" not in prefixed


def test_description_of_kml_is_text_and_not_html(selection: Callable[..., Any]) -> None:
    handout = selection(summary=["<script>alert(1)</script>", "]]> & so on"], category=["crash"] * 2)
    root = ET.fromstring(make_export(handout, "kml"))
    first, second = [mark.findtext(f"{KML}description", "") for mark in root.iter(f"{KML}Placemark")][:2]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in first
    assert "<" not in first
    assert "]]&gt; &amp; so on" in second
    summary = root.findtext(f".//{KML}Placemark/{KML}ExtendedData/{KML}Data[@name='summary']/{KML}value")
    assert summary == "<script>alert(1)</script>"


# What a kind of file cannot hold.


@pytest.mark.parametrize("text", ["x" * 40_000, "🛩" * 20_000], ids=["letters", "pairs of surrogates"])
def test_text_too_long_for_a_worksheet_is_cut_with_a_word(
    selection: Callable[..., Any], text: str, tmp_path: Path
) -> None:
    handout = selection(analyst=["short", text])
    book = workbook_of(make_export(handout, "xlsx"))
    cell = sheet_records(book["Data"])[1]["analyst"]
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert cell.startswith(text[:16_000])
    assert re.search(rf"cut short: {len(text):,} characters in all", cell)
    assert "Data!analyst in row 3" in dict(book["About"].values)["Cut short"]
    assert read_back(handout, "csv", tmp_path)["analyst"][1] == text


def test_nothing_is_called_cut_where_nothing_is(lithuania: Handout) -> None:
    assert "Cut short" not in dict(workbook_of(make_export(lithuania, "xlsx"))["About"].values)


def test_more_rows_than_a_worksheet_has_are_refused(lithuania: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(SheetError, match=r"cannot hold .* rows of \d+ columns"):
        make_export(lithuania, "xlsx")


def test_columns_that_sql_cannot_tell_apart_are_renamed(selection: Callable[..., Any], tmp_path: Path) -> None:
    handout = selection(**{"fid": ["1", "2"], "Analyst": ["a", "b"], "analyst": ["c", "d"], "": ["e", "f"]})
    path = gpkg_file(make_export(handout, "gpkg"), tmp_path)
    layer = gpd.read_file(path, layer="incidents")
    assert layer[["fid_2", "Analyst", "analyst_2", "column"]].to_numpy().tolist() == [
        ["1", "a", "c", "e"],
        ["2", "b", "d", "f"],
    ]
    assert "'analyst': analyst_2" in told_in(handout, "gpkg", tmp_path)["Columns renamed"]
    for kind in ("csv", "geojson"):
        back = read_back(handout, kind, tmp_path)
        assert back[["fid", "Analyst", "analyst", ""]].to_numpy().tolist() == [
            ["1", "a", "c", "e"],
            ["2", "b", "d", "f"],
        ]


def test_unknown_columns_stand_behind_the_known(selection: Callable[..., Any], tmp_path: Path) -> None:
    handout = selection(analyst=["Ona", ""], desk=["7", "8.50"])
    for kind in READABLE:
        back = read_back(handout, kind, tmp_path)
        assert list(back) == ["line", *COLUMNS, "analyst", "desk", "geometry"]
        assert back[["analyst", "desk"]].to_numpy().tolist() == [["Ona", "7"], ["", "8.50"]]


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


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg", "kml", "parquet"])
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
