"""The command line: what it prints, writes and answers."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from dashboard.__main__ import main
from tests.conftest import DATA

COMMANDS = ("serve", "check", "borders", "sheet")


def size_of(file: Path) -> tuple[int, int]:
    with Image.open(io.BytesIO(file.read_bytes())) as picture:
        return picture.size


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(command in text for command in COMMANDS)
    assert "python -m dashboard serve" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_an_example(capsys, command):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"python -m dashboard {command}" in capsys.readouterr().out


def test_check_of_a_good_file(capsys):
    assert main(["check", str(DATA / "incidents.csv")]) == 0
    assert capsys.readouterr().out == ""


def test_check_prints_one_problem_a_line(capsys, incidents_file):
    path = incidents_file({}, {"id": "LT-2", "date": "x", "latitude": "1,5"}, {"id": "LT-1"})
    assert main(["check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[:3] for line in lines] == [
        [str(path), "3", " date"],
        [str(path), "3", " latitude"],
        [str(path), "4", " id"],
    ]


@pytest.mark.parametrize("content", [b"", b"\0\1\2"])
def test_check_of_an_unreadable_file(capsys, incidents_file, content):
    assert main(["check", str(incidents_file(content=content))]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_sheet_is_written(tmp_path):
    out = tmp_path / "lt.png"
    assert (
        main(["sheet", "--query", "country=LT&from=2025-07-01&to=2025-07-31", "-o", str(out), "--size", "1920x1080"])
        == 0
    )
    assert size_of(out) == (1920, 1080)


def test_same_command_gives_the_same_bytes(tmp_path):
    first, second = tmp_path / "1.png", tmp_path / "2.png"
    for out in (first, second):
        assert main(["sheet", "--query", "country=LT", "--produced", "2026-01-31T12:00Z", "-o", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--query", "country=XX"], "country=XX, which is not known"),
        (["--query", "q=zzzz"], "no incident matches the filter"),
        (["--size", "100x100"], "choose one of 1920x1080, 3840x2160"),
    ],
)
def test_sheet_that_cannot_be_made(capsys, tmp_path, arguments, message):
    out = tmp_path / "x.png"
    assert main(["sheet", *arguments, "-o", str(out)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert not out.exists()


def test_sheet_into_a_folder_that_is_not_there(capsys, tmp_path):
    assert main(["sheet", "--query", "country=LT", "-o", str(tmp_path / "none" / "x.png")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_wrong_setting_is_named(capsys, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PORT", "many")
    monkeypatch.setenv("DASHBOARD_FLANK", "PL, Lithuania")
    assert main(["check", str(DATA / "incidents.csv")]) == 2
    error = capsys.readouterr().err
    assert "DASHBOARD_PORT" in error
    assert "'Lithuania' is not an ISO 3166-1 alpha-2 code" in error


def test_data_folder_from_the_environment(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert main(["sheet", "-o", str(tmp_path / "x.png")]) == 2
    assert f"there is no file {tmp_path / 'borders.parquet'}" in capsys.readouterr().err


def test_installed_command_runs(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "sheet", "--query", "country=LT", "-o", "lt.png"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert size_of(tmp_path / "lt.png") == (1920, 1080)
