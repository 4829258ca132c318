"""The command line on the data as they were: exports of earlier moments, changes since a day, and the history."""

import re
from pathlib import Path

import pytest

from dashboard.__main__ import main
from tests.settled_data import DATA

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_already")]


LT_JULY = "country=LT&from=2025-07-01&to=2025-07-31"


MOMENTS = {
    "2026-11-25": "as the data were on 25 November 2026",
    "2026-11-25T23:00Z": "as the data were on 25 November 2026, 23:00 UTC",
    "2026-11-25-35b32cd2": "as the data were in the release of 25 November 2026 (35b32cd2)",
}


def without_reference(file: Path) -> str:
    return re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4},", ",", file.read_text("utf-8"))


def test_data_as_they_were_are_exported_as_every_kind_of_file(tmp_path: Path, read_already: None) -> None:
    """A day, an instant and a release that mean the same state give the same incidents, and each says what it means."""
    rows = set()
    for moment, words in MOMENTS.items():
        assert main(["export", "--query", LT_JULY, "--as-of", moment, "-o", str(tmp_path / "lt.csv")]) == 0
        rows.add(without_reference(tmp_path / "lt.csv"))
        assert words in " ".join((tmp_path / "lt-about.txt").read_text("utf-8").split())
    assert len(rows) == 1
    assert main(["export", "--query", LT_JULY, "-o", str(tmp_path / "now.csv")]) == 0
    assert without_reference(tmp_path / "now.csv") not in rows
    for kind in ("xlsx", "geojson", "kml", "gpkg", "html"):
        assert main(["export", "--query", LT_JULY, "--as-of", moment, "-o", str(tmp_path / f"lt.{kind}")]) == 0
    for kind in ("geojson", "kml", "html"):
        assert words in (tmp_path / f"lt.{kind}").read_text("utf-8")


def test_all_data_are_exported_as_the_folder_that_they_were(
    tmp_path: Path, read_already: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte for byte: the data as they are, and a release that was shipped."""
    assert main(["export", "-o", str(tmp_path / "now")]) == 0
    for file in (tmp_path / "now").iterdir():
        assert file.read_bytes() == (DATA / file.name).read_bytes()
    assert {file.name for file in (tmp_path / "now").iterdir()} == {
        "incidents.csv", "tracks.geojson", "events.csv", "about.toml", "publishers.csv", "official_totals.csv",
    }  # fmt: skip
    name = "2026-11-26-fab93a71"
    assert main(["export", "--as-of", name, "-o", str(tmp_path / name)]) == 0
    for file in (DATA / "releases" / name).iterdir():
        assert (tmp_path / name / file.name).read_bytes() == file.read_bytes()
    assert main(["export", "--as-of", name, "-o", str(tmp_path / name)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["export", "--query", LT_JULY, "-o", str(tmp_path / "lt")]) == 2
    assert "takes all the data" in capsys.readouterr().err


def test_changes_since_a_day_are_asked_for_in_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read_already: None
) -> None:
    assert main(["brief", "--since", "2099-01-01", "-o", str(tmp_path / "x.txt")]) == 0
    text = " ".join((tmp_path / "x.txt").read_text("utf-8").split())
    assert "changed since 1 January 2099" in text
    with pytest.raises(SystemExit):
        main(["brief", "--since", "yesterday", "-o", str(tmp_path / "x.txt")])
    assert "'yesterday' is no day such as 2026-10-03" in capsys.readouterr().err


def test_history_of_an_empty_record_says_how_it_begins(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history"]) == 0
    assert capsys.readouterr().out.startswith("The record has no change yet.")
