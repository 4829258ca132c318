"""The doctor: a set-up that is well, and each kind of what can be wrong with one."""

import json
import socket
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.core.record.record import Record
from dashboard.operations import machine_checks
from dashboard.operations.doctor import examine
from dashboard.operations.findings import Finding, State
from dashboard.settings import settings

pytestmark = pytest.mark.usefixtures("own_record", "read_already")


@pytest.fixture(autouse=True)
def free_place() -> Iterator[None]:
    yield
    settings.cache_clear()


def faults(monkeypatch: pytest.MonkeyPatch, **changed: str) -> list[Finding]:
    """The findings of a set-up with some settings that are not well, apart from the age of the data."""
    for name, value in changed.items():
        monkeypatch.setenv(f"DASHBOARD_{name.upper()}", value)
    settings.cache_clear()
    return [one for one in examine() if one.state != State.OK and one.part not in ("Age of the data", "Port")]


def test_set_up_of_the_tests_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch) == []


@pytest.mark.parametrize(
    ("changed", "part", "state", "remedy"),
    [
        ({"port": "http"}, "Settings", State.FAULT, "Correct the variable"),
        ({"adress": "0.0.0.0"}, "Settings", State.WARNING, "DASHBOARD_ADDRESS"),
        ({"address": "0.0.0.0", "hosts": "map.example"}, "Access", State.FAULT, "who may"),
        ({"access": "proxy"}, "Access", State.FAULT, "who may"),
        ({"address": "0.0.0.0", "access": "open"}, "Names", State.WARNING, "DASHBOARD_HOSTS"),
        ({"hosts": "map.example"}, "Access", State.FAULT, "who may"),
        ({"url": "https://map.example/a", "hosts": "x.example", "access": "open"}, "Names", State.WARNING, "_URL"),
        ({"address": "192.0.2.1", "access": "open", "editing": "1"}, "Access", State.WARNING, "DASHBOARD_EDITING"),
        ({"marking": "AMBR"}, "Marking", State.WARNING, "TLP:AMBER"),
        ({"template": "/nowhere/ours.pptx"}, "Template", State.FAULT, "Correct the path"),
        ({"flank": "NO, FI"}, "Borders", State.FAULT, "dashboard borders"),
        ({"flank": "NO, FR"}, "Borders", State.FAULT, "dashboard borders"),
        ({"database": "mysql://there"}, "Database", State.FAULT, "DASHBOARD_DATABASE"),
        ({"database": "sqlite:////dev/null/record.sqlite"}, "Database", State.FAULT, "DASHBOARD_DATABASE"),
    ],
)
def test_fault_is_found_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], part: str, state: State, remedy: str
) -> None:
    found = faults(monkeypatch, **changed)
    assert [(one.part, one.state) for one in found] == [(part, state)]
    assert remedy in found[0].remedy


def test_state_on_both_sides_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    found = faults(monkeypatch, other_side="RU, BY, UA, MD, PL")
    assert [one.words for one in found if one.part == "States"] == [
        "PL stands in DASHBOARD_FLANK and in DASHBOARD_OTHER_SIDE."
    ]


def test_data_that_are_not_there_are_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{tmp_path / 'record.sqlite'}")
    assert [(one.part, one.state) for one in faults(monkeypatch, data=str(tmp_path))] == [("Data", State.FAULT)]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a record with one change, as of now."""
    file = tmp_path / "own.sqlite"
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{file}")
    with Record(f"sqlite:///{file}").edit("form", who="somebody") as draft:
        draft.put("view", "one", {"title": "One"})
    return file


def of_record(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, State, str]]:
    return [(one.part, one.state, one.words) for one in faults(monkeypatch) if one.part in ("Database", "Clock")]


def test_record_of_a_later_version_is_a_fault(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_record(monkeypatch) == []
    with sqlite3.connect(record) as made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
    [(part, state, words)] = of_record(monkeypatch)
    assert (part, state, "newer version" in words) == ("Database", State.FAULT, True)


def test_damaged_record_is_a_fault(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(record.read_bytes())
    content[200:] = b"\0" * (len(content) - 200)
    record.write_bytes(content)
    assert [(part, state) for part, state, _words in of_record(monkeypatch)] == [("Database", State.FAULT)]


def test_clock_that_was_set_back_is_a_fault(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = (datetime.now(UTC) + timedelta(days=2)).replace(tzinfo=None)
    with sqlite3.connect(record) as made:
        made.execute("UPDATE change SET at = ?", (f"{later:%Y-%m-%d %H:%M:%S.%f}",))
    assert [(part, state) for part, state, _words in of_record(monkeypatch)] == [("Clock", State.FAULT)]


def test_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "place"
    place.mkdir()
    assert faults(monkeypatch, database=f"sqlite:///{place / 'folder' / 'record.sqlite'}") == []
    assert list(place.iterdir()) == []


def test_full_disk_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_checks, "FREE_MB", 1e12)
    assert {(one.part, one.state) for one in faults(monkeypatch)} == {
        ("Temporary files", State.WARNING), ("Database", State.WARNING),
    }  # fmt: skip


def test_package_of_another_version_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("# pinned\nstreamlit==0.1\nnot-there-at-all==1.0\n\n-e .\n")
    monkeypatch.setattr(machine_checks, "REQUIREMENTS", pins)
    [found] = faults(monkeypatch)
    assert found.words.startswith("2 packages are not of the versions in requirements.txt, among them streamlit ")
    assert "not-there-at-all missing (1.0)" in found.words


def test_port_that_is_taken_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("DASHBOARD_PORT", str(taken.getsockname()[1]))
        settings.cache_clear()
        [found] = [one for one in examine() if one.part == "Port"]
    assert (found.state, "Address already in use" in found.words) == (State.WARNING, True)


def test_command_prints_findings_and_ends_with_one_after_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_TEMPLATE", "/nowhere/ours.pptx")
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert (
        "fault    Template: DASHBOARD_TEMPLATE names /nowhere/ours.pptx, which is not there.\n         Correct" in out
    )
    assert out.rstrip().rsplit("\n", 1)[-1].startswith("1 fault, ")
    monkeypatch.delenv("DASHBOARD_TEMPLATE")
    settings.cache_clear()
    assert main(["doctor", "--json"]) == 0
    assert {"part", "state", "words", "remedy"} == set(json.loads(capsys.readouterr().out)[0])
