"""Exports of cells that were made to harm, and of more than a kind of file can hold."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
from openpyxl.utils.escape import unescape

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.query.view import View
from dashboard.errors import SheetError
from dashboard.render.export import make_export, tables
from dashboard.render.text.handout import Handout
from tests.exports import (
    KML,
    READABLE,
    csv_records,
    csv_rows,
    gpkg_file,
    read_back,
    sheet_records,
    told_in,
    workbook_of,
)

NASTY = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=x", "''=x", "'x", "'", "a;=1+1;b", "a;'=1", "a\t-1", "one\n=1+1\n\n- two",
    "</script>", 'say "so", twice', "]]>", "<b>&amp;</b>", "ł ß я 🛩", "# no comment", "_x0041_", "007", "1/2", "true",
    "x" * 5000,
]  # fmt: skip


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
