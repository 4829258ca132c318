"""Files that commands make are noted in the log of exports."""

import getpass
import hashlib
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.core.data.export_log import Export, ExportLog
from dashboard.settings import settings

pytestmark = pytest.mark.usefixtures("own_record", "read_already")
VIEWS = "- query: country=LT\n- query: country=PL\n"


def logged() -> list[Export]:
    return ExportLog(settings().record).exports(10)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_each_file_has_its_views_and_the_hash_of_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    data, views, text = tmp_path / "lt.csv", tmp_path / "views.yaml", tmp_path / "both.md"
    views.write_text(VIEWS, "utf-8")
    assert main(["export", "--query", "country=LT&from=2025-07-01", "-o", str(data)]) == 0
    assert main(["brief", "--views", str(views), "-o", str(text)]) == 0
    rows = logged()
    about = tmp_path / "lt-about.txt"
    assert [(row.who, row.file, row.sha256) for row in reversed(rows)] == [
        ("anna", "lt.csv", sha256(data)),
        ("anna", "lt-about.txt", sha256(about)),
        ("anna", "both.md", sha256(text)),
        ("anna", "both.md", sha256(text)),
    ]
    assert [row.query for row in rows[:2]] == ["country=PL", "country=LT"]
    assert rows[3].sheet_id in about.read_text("utf-8")


def test_folder_of_all_the_data_is_noted_with_their_hash(tmp_path: Path) -> None:
    assert main(["export", "-o", str(tmp_path / "all")]) == 0
    files = (tmp_path / "all" / name for name in ("incidents.csv", "tracks.geojson", "events.csv"))
    (row,) = logged()
    assert (row.file, row.query, row.sheet_id) == ("all", "", "")
    assert row.sha256 == hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def test_machine_without_a_name_for_its_user_notes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("uid not found: 1234")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert main(["brief", "--query", "country=LT", "-o", str(tmp_path / "lt.txt")]) == 0
    assert logged()[0].who == ""
