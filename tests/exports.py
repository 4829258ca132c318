"""Exports of the tests, read back by other programs."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pyogrio
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.core.incidents.schema import read_incidents
from dashboard.render.export import make_export, make_notes
from dashboard.render.text.handout import Handout
from tests.settled_data import DATA

PRODUCED = datetime(2026, 1, 31, 12, 0, 30, tzinfo=UTC)
READABLE = ("csv", "geojson", "gpkg")
KML = "{http://www.opengis.net/kml/2.2}"


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


def flown_over_lithuania() -> set[str]:
    """The incidents with flight tracks of the handout ``lithuania``, by the files themselves."""
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = {row["id"] for row in rows if row["country"] == "LT" and "2025-07-01" <= row["date"] <= "2025-09-30"}
    tracks = json.loads((DATA / "tracks.geojson").read_text("utf-8"))["features"]
    return chosen & {track["properties"]["incident_id"] for track in tracks}


def gpkg_file(content: bytes, folder: Path) -> Path:
    path = folder / "export.gpkg"
    path.write_bytes(content)
    return path


def told_in(handout: Handout, kind: str, folder: Path) -> dict[str, str]:
    """What a file says of itself, as another program reads it."""
    content = make_export(handout, kind)
    match kind:
        case "csv":
            lines = make_notes(handout).decode("utf-8-sig").split("\r\n")[:-1]
            return dict(line.split(": ", 1) for line in lines)
        case "xlsx":
            return dict(workbook_of(content)["About"].values)
        case "geojson" | "json":
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
