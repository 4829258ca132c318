"""The command line: what it prints, writes and answers."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.__main__ import main
from dashboard.commands import progress
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.sheet_ids import sheet_id
from dashboard.core.query.view import parse_query_string
from tests.conftest import csv_text
from tests.settled_data import DATA

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_already")]

COMMANDS = (
    "serve", "check", "import", "release", "history", "undo", "backup", "restore", "borders", "sheet", "deck", "export",
    "brief",
)  # fmt: skip


def size_of(file: Path) -> tuple[int, int]:
    with Image.open(io.BytesIO(file.read_bytes())) as picture:
        return picture.size


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(command in text for command in COMMANDS)
    assert "python -m dashboard serve" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"python -m dashboard {command}" in capsys.readouterr().out


def test_check_of_a_good_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(DATA / "incidents.csv")]) == 0
    assert capsys.readouterr().out == ""


def test_check_prints_one_problem_a_line(
    capsys: pytest.CaptureFixture[str], incidents_file: Callable[..., Any]
) -> None:
    path = incidents_file({}, {"id": "LT-2", "date": "x", "latitude": "1,5"}, {"id": "LT-1"})
    assert main(["check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[:3] for line in lines] == [
        [str(path), "3", " date"],
        [str(path), "3", " latitude"],
        [str(path), "4", " id"],
    ]


def test_check_of_a_list_in_other_columns_says_in_a_line_what_is_missing_and_what_to_rename(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("entry,Date,lat,lon,link\nX1,28/07/2025,51.77,19.46,https://example.org/a\n")
    assert main(["check", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out.count("missing") == 1
    assert told.err.splitlines()[-1] == (
        "Missing: country, place, location_accuracy_km, category, object_type and status. "
        "Rename entry to id, Date to date, lat to latitude, lon to longitude and link to sources."
    )


@pytest.mark.parametrize("content", [b"", b"\0\1\2"])
def test_check_of_an_unreadable_file(
    capsys: pytest.CaptureFixture[str], incidents_file: Callable[..., Any], content: bytes
) -> None:
    assert main(["check", str(incidents_file(content=content))]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_sheet_is_written(tmp_path: Path) -> None:
    out = tmp_path / "lt.png"
    assert (
        main(["sheet", "--query", "country=LT&from=2025-07-01&to=2025-07-31", "-o", str(out), "--size", "1920x1080"])
        == 0
    )
    assert size_of(out) == (1920, 1080)


def test_same_command_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.png", tmp_path / "2.png"
    for out in (first, second):
        assert main(["sheet", "--query", "country=LT", "--produced", "2026-01-31T12:00Z", "-o", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()


LT_JULY = "country=LT&from=2025-07-01&to=2025-07-31"
LV_EIGHT = "country=LV&from=2024-01-01&to=2025-12-31"  # eight incidents, which take a list
VIEWS = """
- query: country=LT&from=2025-07-01&to=2025-07-31
  title: Drones over Lithuania
- query: country=LV&from=2024-01-01&to=2025-12-31
  notes: Eight in two years.
"""


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        *(("sheet", ending) for ending in ("png", "svg", "pdf")),
        ("deck", "pptx"),
        *(("export", ending) for ending in ("csv", "xlsx", "geojson", "kml", "gpkg", "parquet", "html")),
        *(("brief", ending) for ending in ("md", "txt")),
    ],
)
def test_everything_is_made_again_byte_for_byte_from_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shipped: Dataset, command: str, ending: str
) -> None:
    first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
    at = ["--produced", "2026-01-31T12:00Z"]
    words = ["--title", "Two fell", "--finding", "Both from Belarus.", "--marking", "TLP:CLEAR"]
    assert main([command, "--query", LT_JULY, *words, *at, "-o", str(first)]) == 0
    view = replace(parse_query_string(LT_JULY)[0], title="Two fell", finding="Both from Belarus.", marking="TLP:CLEAR")
    assert main([command, "--again", sheet_id(view, shipped.fingerprint), *at, "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert "changed" not in capsys.readouterr().err


def test_several_views_are_one_pdf_and_several_pictures(tmp_path: Path) -> None:
    (tmp_path / "views.yaml").write_text(VIEWS)
    asked = ["--views", str(tmp_path / "views.yaml"), "-o"]
    assert main(["sheet", *asked, str(tmp_path / "all.pdf")]) == 0
    assert len(PdfReader(tmp_path / "all.pdf").pages) == 3
    assert main(["sheet", *asked, str(tmp_path / "all.png")]) == 0
    assert [file.name for file in sorted(tmp_path.glob("*.png"))] == ["all-1.png", "all-2.png"]
    assert main(["brief", *asked, str(tmp_path / "all.txt")]) == 0
    assert "Drones over Lithuania" in (tmp_path / "all.txt").read_text("utf-8")


def test_beside_a_csv_file_stands_what_it_cannot_say(tmp_path: Path) -> None:
    assert main(["export", "--query", LT_JULY, "--marking", "TLP:CLEAR", "-o", str(tmp_path / "lt.csv")]) == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["lt-about.txt", "lt.csv"]
    notes = (tmp_path / "lt-about.txt").read_text("utf-8-sig")
    assert notes.startswith("Marking: TLP:CLEAR\n")
    assert "OpenStreetMap" in notes


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_list_of_a_picture_is_pictures_of_its_own(tmp_path: Path, ending: str) -> None:
    query = "country=PL&from=2025-09-09&to=2025-09-10"
    assert main(["sheet", "--query", query, "--list", "-o", str(tmp_path / f"pl.{ending}")]) == 0
    pages = [tmp_path / f"pl-page-{number}.{ending}" for number in (2, 3, 4)]
    assert sorted(tmp_path.iterdir()) == [*pages, tmp_path / f"pl.{ending}"]
    if ending == "svg":
        assert "Page 1 of 4" in (tmp_path / "pl.svg").read_text("utf-8")
        told = [path.read_text("utf-8") for path in pages]
        assert all(f"Page {number} of 4" in text for number, text in enumerate(told, 2))
        (page,) = [text for text in told if "Oleśno, Poland" in text]
        assert all(part in page for part in ("48 km ± 3 km", "olsztyn.eska.pl"))
    else:
        assert [size_of(path) for path in pages] == [(1920, 1080)] * 3


def test_made_again_after_the_data_have_changed_it_is_as_it_was_and_says_so(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows = (data_folder / "incidents.csv").write_text
    write_rows(csv_text({"id": "LT-1"}, {"id": "LT-2"}), "utf-8")
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    at = ["--produced", "2026-01-31T12:00Z", "-o"]
    assert main(["brief", *at, str(first)]) == 0
    (id_,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", first.read_text("utf-8"))[:1]
    write_rows(csv_text({"id": "LT-1", "damage": "a roof"}, {"id": "LT-2"}, {"id": "LT-3"}), "utf-8")
    assert main(["brief", "--again", id_, *at, str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    told = capsys.readouterr().err
    assert "it showed 2 incidents, the same view now shows 3. The files show the data as they were then." in told


def test_long_work_says_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "QUIET_S", 0.0)
    assert main(["sheet", "--query", LV_EIGHT, "-o", str(tmp_path / "lv.pdf")]) == 0
    assert re.search(r"^Sheet \w{4}-\w{4}, page 2 of \d$", capsys.readouterr().err, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["deck", "-o", "x.pdf"], "its ending must be one of .pptx"),
        (
            ["export", "-o", "x.doc"],
            "its ending must be one of .csv, .xlsx, .geojson, .kml, .json, .gpkg, .parquet, .html",
        ),
        (["brief", "-o", "x"], "its ending must be one of .md, .txt"),
        (["sheet", "-o", "x.png", "--again", "sheet 1"], "'sheet 1' is not the ID of a sheet"),
        (["sheet", "-o", "x.png", "--again", "0000-0000"], "No sheet 0000-0000 was made here"),
        (["sheet", "-o", "x.png", "--again", "0000-0000", "--query", "country=LT"], "Give one of --query, --again"),
        (["sheet", "-o", "x.png", "--title", "x" * 121], "title has 121 characters, more than 120"),
        (["deck", "-o", "x.pptx", "--views", "none.yaml"], "none.yaml"),
        (["deck", "-o", "x.pptx", "--template", "none.pptx"], "none.pptx"),
    ],
)
def test_what_cannot_be_made_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--query", "country=XX"], "country=XX, which is not known"),
        (["--size", "100x100"], "choose one of 1920x1080, 3840x2160"),
    ],
)
def test_sheet_that_cannot_be_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], message: str
) -> None:
    out = tmp_path / "x.png"
    assert main(["sheet", *arguments, "-o", str(out)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert not out.exists()


def test_sheet_into_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["sheet", "--query", "country=LT", "-o", str(tmp_path / "none" / "x.png")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_wrong_setting_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_PORT", "many")
    monkeypatch.setenv("DASHBOARD_FLANK", "PL, Lithuania")
    assert main(["check", str(DATA / "incidents.csv")]) == 2
    error = capsys.readouterr().err
    assert "DASHBOARD_PORT" in error
    assert "'Lithuania' is not an ISO 3166-1 alpha-2 code" in error


def test_data_folder_from_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{tmp_path / 'record.sqlite'}")
    assert main(["sheet", "-o", str(tmp_path / "x.png")]) == 2
    assert f"there is no file {tmp_path / 'borders.parquet'}" in capsys.readouterr().err


@pytest.mark.server
def test_installed_command_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "sheet", "--query", LT_JULY, "-o", "lt.png"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert size_of(tmp_path / "lt.png") == (1920, 1080)
