"""Reading in a process of its own: what a hostile file does there ends in a reason, and the server feels nothing."""

import io
import json
import os
import resource
import threading
import time
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.core.imports.files.reading import CancelledError, read_file
from dashboard.errors import QueryError, UnreadableFileError
from dashboard.settings import settings

pytestmark = pytest.mark.server

SECRET = "kept from everybody"
TEN_MB = b"0" * 10_000_000


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a hostile file soon meets."""
    for name, value in {"IMPORT_SECONDS": "60", "IMPORT_MEMORY_MB": "400", "IMPORT_ROWS": "5000"}.items():
        monkeypatch.setenv(f"DASHBOARD_{name}", value)
    settings.cache_clear()


def memory_kb() -> int:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def packed(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def sheet_bomb() -> bytes:
    """A workbook whose only sheet unpacks to half a gigabyte."""
    book, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in whole.namelist():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, whole.read(name))
        row = b'<row><c t="inlineStr"><is><t>' + b"x" * 1_000_000 + b"</t></is></c></row>"
        head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        archive.writestr("xl/worksheets/sheet1.xml", head + row * 500 + b"</sheetData></worksheet>")
    return made.getvalue()


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    begin = f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY l0 "ha">{lines}]>'
    return f"{begin}<kml><Document><Placemark><name>&l9;</name></Placemark></Document></kml>".encode()


def pickled_parquet() -> bytes:
    made = io.BytesIO()
    table = pa.table({"place": ["a"]}).replace_schema_metadata({"pandas": "cos\nsystem\n(S'true'\ntR.", "geo": "[1]"})
    pq.write_table(table, made)
    return made.getvalue()


def swollen_parquet() -> bytes:
    """A Parquet file of some kilobytes whose one text, 300,000 characters long, stands in 4,000 rows."""
    made = io.BytesIO()
    texts = pa.array(["x" * 300_000] * 4000, pa.large_string())
    pq.write_table(pa.table({"place": texts}), made)
    return made.getvalue()


def outside(path: Path) -> bytes:
    """KML that asks for a file beside it."""
    begin = f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "{path.as_uri()}">]>'
    return f"{begin}<kml><Document><Placemark><name>&x;</name></Placemark></Document></kml>".encode()


HOSTILE = {
    "entities": (laughs, "entit"),
    "deep JSON": (lambda: b"[" * 2_000_000, "too deep|cannot be read"),
    "deep collections": (
        lambda: (
            b'[{"type":"Feature","geometry":'
            + b'{"type":"GeometryCollection","geometries":[' * 900
            + b"]}" * 900
            + b',"properties":{"a":1}}]'
        ),
        "",
    ),
    "KML of half a gigabyte in a zip": (lambda: packed("doc.kml", TEN_MB * 51), "unpacks to more"),
    "sheet of half a gigabyte": (sheet_bomb, "memory"),
    "Parquet that unpacks to a gigabyte": (swollen_parquet, "more than 400 MB of memory"),
    "broken SQLite": (lambda: b"SQLite format 3\0" + os.urandom(20_000), "no GeoPackage|memory"),
    "endless line": (lambda: b"a,b\n" + b"x" * 30_000_000, "headings|characters"),
    "too many rows": (lambda: b"a\n" + b"1\n" * 6000, "6,000 rows"),
}


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_a_reason_and_the_server_feels_nothing(name: str) -> None:
    make, message = HOSTILE[name]
    content = make()
    before, began = memory_kb(), time.thread_time()
    try:
        read_file(content, "list")
    except UnreadableFileError as error:
        assert "list" in str(error)
        assert any(part in str(error) for part in message.split("|"))
    else:
        assert not message
    assert memory_kb() - before < 100_000
    assert time.thread_time() - began < 2  # seconds, of which a file that the server read itself would take more


@pytest.mark.usefixtures("tight")
def test_no_file_beside_a_list_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    with pytest.raises(UnreadableFileError, match="entities of its own"):
        read_file(outside(tmp_path / "secret"), "list")
    assert read_file(pickled_parquet(), "list").table.rows == [("a",)]


def test_file_too_large_or_absent_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_IMPORT_MB", "1")
    settings.cache_clear()
    with pytest.raises(UnreadableFileError, match="list has 10 MB, more than the 1 MB allowed"):
        read_file(TEN_MB, "list")
    with pytest.raises(UnreadableFileError, match=r"absent\.csv cannot be read"):
        read_file(tmp_path / "absent.csv")


def test_reading_can_be_left() -> None:
    asked = threading.Event()

    def cancelled() -> bool:
        asked.set()
        return True

    with pytest.raises(CancelledError, match="Reading list was stopped"):
        read_file(b"a,b\n1,2\n", "list", cancelled=cancelled)
    assert asked.is_set()


def test_layer_that_is_not_there_is_a_question_gone_wrong() -> None:
    with pytest.raises(QueryError, match="There is no layer 'x'"):
        read_file(json.dumps({"a": [{"n": 1}], "b": [{"n": 1}]}).encode(), "list", layer="x")


@pytest.mark.slow
def test_list_of_a_hundred_thousand_rows_with_full_texts_is_within_the_limits() -> None:
    row = "X1;28.07.2025;LT;Kaunas;54.9;23.9;5;crash;uav;confirmed;" + "a drone fell near the road " * 23 + "\n"
    content = ("No;Date;State;Place;Lat;Lon;Accuracy;Type;Object;Status;Description\n" + row * 100_000).encode()
    assert len(content) > 65_000_000
    file = read_file(content, "list")
    assert (len(file.table.rows), file.table.lines[-1], file.left_out) == (100_000, 100_001, ())
