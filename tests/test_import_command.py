"""The command ``import``: its report, answers, exit codes and JSON, and what it writes."""

import csv
import getpass
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.__main__ import main
from dashboard.core.record.record import ABOUT, EVENT, IMPORTED, INCIDENT, TRACK, Record
from dashboard.settings import settings
from tests.conftest import csv_text

pytestmark = pytest.mark.slow

HERE = [{"id": "LT-1"}, {"id": "LT-2", "date": "2025-01-01", "place": "Vilnius"}]
LIST = [
    {"id": "LT-1"},
    {"id": "LT-2", "date": "2025-01-01", "place": "Kaunas"},
    {"id": "LT-3", "date": "2025-03-01"},
    {"id": "LT-4", "summary": "The same again?"},
    {"id": "LT-5", "date": "2025-13-01"},
]


@pytest.fixture
def folder(data_folder: Path) -> Path:
    """A data folder with two incidents."""
    (data_folder / "incidents.csv").write_text(csv_text(*HERE), "utf-8")
    return data_folder


@pytest.fixture
def list_file(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list with a row of each kind."""
    return written(tmp_path_factory.mktemp("list") / "wykaz.csv", csv_text(*LIST))


def written(file: Path, content: str) -> Path:
    file.write_text(content, "utf-8")
    return file


def record() -> Record:
    return Record(settings().record)


def test_report_tells_each_row_and_writes_nothing_unasked(list_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(list_file)]) == 1
    text = capsys.readouterr().out
    assert "5 rows: 1 new, 1 changed, 1 unchanged, 1 refused and 1 probable duplicate." in text
    assert "LT-2, Place: Vilnius → Kaunas" in text
    assert f"{list_file}:6: " in text
    assert "Answer 'duplicate LT-4' with: same (Same)" in text
    assert "Nothing was written; --yes accepts it." in text
    assert record().newest() == 1


def test_json_has_figures_and_open_questions_and_answers_come_from_a_file(
    list_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*options: str) -> tuple[int, dict[str, Any]]:
        code = main(["import", str(list_file), "--source", "wykaz", "--json", *options])
        return code, json.loads(capsys.readouterr().out)

    code, found = told("--dry-run", "--yes")
    assert (code, found["change"], record().newest()) == (1, None, 1)
    figures = {name: found[name] for name in ("new", "changed", "unchanged", "refused", "duplicates", "gone")}
    assert figures == {"new": 1, "changed": 1, "unchanged": 1, "refused": 1, "duplicates": 1, "gone": 0}
    (question,) = found["questions"]
    assert (question["id"], [*question["answers"]]) == ("duplicate LT-4", ["same", "different", "merge"])
    answers = written(list_file.with_name("answers.yaml"), '"duplicate LT-4": different\n')
    code, found = told("--answers", str(answers), "--yes", "--leave-out", "LT-3")
    assert (code, found["questions"], found["new"], found["change"]) == (1, [], 2, 2)
    assert {*record().state(INCIDENT)} == {"LT-1", "LT-2", "LT-4"}


def test_list_that_is_accepted_whole_ends_with_zero_and_is_one_change(
    list_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    written(list_file, csv_text(*LIST[:3]))
    assert main(["import", str(list_file), "--yes", "--note", "from the ministry"]) == 0
    assert "Import of wykaz: 1 incident added and 1 incident corrected; from the ministry" in capsys.readouterr().out
    assert (record().change(2).kind, record().change(2).source) == (IMPORTED, "wykaz")
    assert main(["undo", "2"]) == 0
    assert {*record().state(INCIDENT)} == {"LT-1", "LT-2"}
    assert [change.who for change in record().changes()] == ["anna", "anna", ""]  # the first took in the folder


@pytest.mark.parametrize(("answer", "newest"), [("y", 2), ("", 1)])
def test_at_a_terminal_it_asks(list_file: Path, monkeypatch: pytest.MonkeyPatch, answer: str, newest: int) -> None:
    asked: list[str] = []

    def asks(words: str) -> str:
        asked.append(words)
        return answer

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", asks)
    assert main(["import", str(list_file)]) == 1
    assert (asked, record().newest()) == (["Accept 2 rows? [y/N] "], newest)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken.xlsx", b"PK\x03\x04", "broken.xlsx"),
        ("other.csv", b"colour,size\nred,3\n", "Nothing in the list says"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_two(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, reason: str
) -> None:
    (folder / name).write_bytes(content)
    assert main(["import", str(folder / name)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert reason in captured.err.splitlines()[-1]  # progress may come before it on a slow machine


@pytest.mark.parametrize("content", ["- a\n- b\n", "a: [b]\n", "a: *b\n"])
def test_answers_that_are_none_are_refused(list_file: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    answers = written(list_file.with_name("answers.yaml"), content)
    assert main(["import", str(list_file), "--answers", str(answers)]) == 2
    assert "answers.yaml" in capsys.readouterr().err


def test_tracks_come_in_the_same_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = {"type": "LineString", "coordinates": [[25, 54.5], [24.5, 55]]}
    properties = {"incident_id": "LT-1", "basis": "seen", "accuracy_km": 30, "sources": ["https://example.org/a"]}
    feature = {"type": "Feature", "properties": properties, "geometry": line}
    file = folder / "flights.geojson"
    written(file, json.dumps({"type": "FeatureCollection", "features": [feature]}))
    for figures in ({"new": 1, "unchanged": 0}, {"new": 0, "unchanged": 1}):
        assert main(["import", str(file), "--yes", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert {name: found[name] for name in figures} == figures
    assert record().state(TRACK) == {"LT-1/1": feature}


def test_values_for_all_rows_stand_in_for_missing_columns(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "entry,Date,title,lat,lon,link\nX1,28/07/2025,Šiauliai,55.93,23.31,https://example.org/a\n"
    file = written(tmp_path / "other.csv", rows)
    assert main(["import", str(file)]) == 2
    told = capsys.readouterr().err
    assert "Location uncertainty, What happened, Object and Status" in told
    assert "--default location_accuracy_km=5" in told
    given = ("location_accuracy_km=5", "category=crash", "object_type=uav", "status=reported")
    options = [part for text in given for part in ("--default", text)]
    assert main(["import", str(file), *options, "--yes"]) == 0
    added = record().state(INCIDENT)["X1"]
    assert (added["location_accuracy_km"], added["category"], added["date"]) == ("5", "crash", "2025-07-28")
    assert main(["import", str(file), "--default", "5"]) == 2
    assert "'5' is no default" in capsys.readouterr().err


def test_sources_by_number_come_from_a_file_beside_the_list(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path_factory.mktemp("lists")
    place = {"lat": 55.93, "lng": 23.31, "precision": "locality"}
    event = {
        "id": "E1", "countries": "Lithuania", "title": "Šiauliai", "startDate": "2026-03-31", "vehicle": "UAV",
        "category": "crash", "circumstances": "Found.", "sources": ["S1"], "positions": [place],
    }  # fmt: skip
    events = written(there / "events.json", json.dumps([event]))
    sources = written(there / "sources.json", json.dumps([{"id": "S1", "url": "https://example.org/1"}]))
    assert main(["import", str(events), "--yes"]) == 1
    assert "--beside FILE" in capsys.readouterr().out
    assert main(["import", str(events), "--beside", str(sources), "--yes"]) == 0
    assert record().state(INCIDENT)["eude-E1"]["sources"] == "https://example.org/1"


def test_list_without_ids_has_the_same_ids_from_another_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = csv_text({"id": "", "date": "2025-03-01"})
    for new in (1, 0):
        file = written(tmp_path_factory.mktemp("lists") / f"wykaz-{new}.csv", rows)
        assert main(["import", str(file), "--source", "wykaz", "--yes", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["new"] == new
    assert "LT-2025-03-01-gaiziunai-wykaz" in record().state(INCIDENT)


def test_refused_row_of_a_workbook_is_told_with_its_sheet(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "About"
    sheet = book.create_sheet("Incidents")
    for row in csv.reader(csv_text({"id": "LT-9", "date": "31.02.2026"}).splitlines()):
        sheet.append(row)
    file = tmp_path_factory.mktemp("lists") / "wykaz.xlsx"
    book.save(file)
    assert main(["import", str(file)]) == 1
    assert f"{file} (Incidents):2: date: '31.02.2026': February 2026 has no day 31" in capsys.readouterr().out


def test_folder_in_our_own_form_comes_in_whole_as_one_change(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*options: str) -> tuple[int, dict[str, Any]]:
        code = main(["import", str(update), "--json", *options])
        return code, json.loads(capsys.readouterr().out)

    update = tmp_path_factory.mktemp("lists") / "update"
    update.mkdir()
    written(update / "incidents.csv", csv_text({"id": "LT-3", "date": "2025-03-01", "event": "LT-2025-03"}))
    written(
        update / "events.csv", "event,title,first_day,last_day\nLT-2025-03,Night of 1 March,2025-03-01,2025-03-01\n"
    )
    written(update / "about.toml", 'cutoff = 2026-10-07T07:17:00Z\ncompleteness = "Thin."\n')
    line = {"type": "LineString", "coordinates": [[25, 54.5], [24.5, 55]]}
    properties = {"incident_id": "LT-3", "basis": "seen", "accuracy_km": 30, "sources": ["https://example.org/a"]}
    feature = {"type": "Feature", "properties": properties, "geometry": line}
    written(update / "tracks.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    code, found = told("--yes")
    assert (code, found["new"], found["events"]["new"], found["statements"]) == (0, 2, 1, ["about.toml"])
    there = record()
    assert (there.newest(), there.change(2).source) == (2, "update")
    assert there.state(EVENT)["LT-2025-03"]["title"] == "Night of 1 March"
    assert there.state(TRACK) == {"LT-3/1": feature}
    code, found = told("--yes")
    assert (code, found["new"], found["events"]["unchanged"], found["statements"]) == (0, 0, 1, [])
    assert main(["undo", "2"]) == 0
    assert (there.state(EVENT), there.state(ABOUT)) == ({}, {})


def test_folder_that_would_lose_what_is_recorded_leaves_it_and_says_so(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder / "about.toml", 'cutoff = 2026-10-07T07:17:00Z\ncompleteness = "Thin."\n')
    update = tmp_path_factory.mktemp("lists")
    written(update / "incidents.csv", csv_text(HERE[0]))
    written(update / "about.toml", "cutoff = 2026-11-01T00:00:00Z\n")
    written(update / "events.csv", "event,title,first_day,last_day\nE1,One,2025-03-01,31.02.2025\n")
    assert main(["import", str(update), "--yes"]) == 1
    out = capsys.readouterr().out
    assert "about.toml was left out: it lacks 1 of what is recorded, such as completeness. Add it." in out
    assert "events.csv:2: last_day" in out
    assert "Thin." in record().state(ABOUT)["about.toml"]["text"]
    assert record().state(EVENT) == {}
