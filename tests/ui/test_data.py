"""The data of the process while their files change under it: never old ones without a word."""

import logging
import os
import shutil
import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.core.data.backup import backup, restore
from dashboard.core.record.record import EDITED, IMPORTED, INCIDENT, Record
from dashboard.errors import DataError
from dashboard.settings import settings
from dashboard.ui import data
from tests.conftest import csv_text
from tests.page import PAGE, html_of

MANY = [{"id": f"LT-{n}"} for n in range(40)]


def write(folder: Path, content: str, name: str = "incidents.csv", age_s: float = 5.0) -> None:
    """Write a file, which seems to have been written so many seconds ago."""
    path = folder / name
    path.write_text(content, "utf-8")
    written = time.time() - age_s
    os.utime(path, (written, written))


@pytest.fixture
def folder(data_folder: Path) -> Path:
    """A data folder with 40 incidents, which have been read."""
    write(data_folder, csv_text(*MANY), age_s=60)
    assert len(data.dataset().incidents) == 40
    return data_folder


def shown() -> int:
    return len(data.dataset().incidents)


def test_changed_file_is_read_again(folder: Path) -> None:
    write(folder, csv_text(*MANY, {"id": "LT-new"}))
    assert (shown(), data.alarm()) == (41, "")


def test_single_file_is_followed_as_a_folder_is(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = data_folder / "mine.csv"
    monkeypatch.setenv("DASHBOARD_DATA", str(file))
    settings.cache_clear()
    for count in (40, 39, 20):
        file.write_text(csv_text(*MANY[:count]))
        written = time.time() - 60 - count
        os.utime(file, (written, written))
        shown()
    assert (shown(), data.is_withheld()) == (39, True)
    file.unlink()
    assert (shown(), data.alarm()) == (
        39,
        "The data could not be read again: There is no file mine.csv. The last readable version is shown.",
    )


def test_file_of_a_clock_that_is_ahead_is_read_too(folder: Path) -> None:
    write(folder, csv_text(*MANY, {"id": "LT-new"}), age_s=-86_400)
    assert shown() == 41


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tracks.geojson", '{"type": "FeatureCollection", "features": [' + "9" * 5000 + "]}"),
        ("about.toml", "cutoff = 0001-01-01T00:00:00+14:00"),
        ("about.toml", "cutoff = "),
        ("incidents.csv", "nothing of it"),
    ],
)
def test_what_cannot_be_read_leaves_the_last_data_and_an_alarm(folder: Path, name: str, content: str) -> None:
    write(folder, content, name)
    assert shown() == 40
    assert data.alarm().startswith("The data could not be read again: ")
    assert shown() == 40  # and still, at the next visit
    assert data.alarm()


def test_fault_that_was_not_foreseen_is_an_alarm_and_in_the_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*_arguments: object) -> None:
        raise ZeroDivisionError("somewhere")

    monkeypatch.setattr(data, "read_folder", fault)
    write(folder, csv_text({}))
    with caplog.at_level(logging.ERROR):
        assert shown() == 40
    assert "an unforeseen fault" in data.alarm()
    assert "ZeroDivisionError" in caplog.text
    assert "somewhere" not in data.alarm()


def test_fault_at_the_first_reading_is_one_of_ours(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "read_folder", lambda *_arguments: 1 / 0)
    with pytest.raises(DataError, match="unforeseen fault"):
        data.dataset()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_be_read_again_is(folder: Path) -> None:
    (folder / "incidents.csv").chmod(0)
    assert (shown(), bool(data.alarm())) == (40, True)
    (folder / "incidents.csv").chmod(0o644)
    assert (shown(), data.alarm()) == (40, "")


def test_half_a_file_waits_for_an_answer(folder: Path) -> None:
    write(folder, csv_text(*MANY[:20]))
    assert shown() == 40
    assert data.alarm() == (
        "The file of incidents has changed, and 20 of 40 incidents are gone from it. "
        "What is shown are the data from before."
    )
    data.take_withheld()
    assert (shown(), data.alarm(), data.is_withheld()) == (20, "", False)


def test_half_a_file_waits_for_an_answer_of_the_next_server_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, csv_text(*MANY[:20]))
    monkeypatch.setattr(data, "_STORE", data._Store())  # it was started again
    assert shown() == 40
    assert "20 of 40 incidents are gone from it" in data.alarm()
    data.take_withheld()
    assert (shown(), data.alarm(), data.is_withheld()) == (20, "", False)


def test_record_that_cannot_be_used_leaves_the_folders_data_and_an_alarm(data_folder: Path) -> None:
    shutil.rmtree(data_folder / "record")
    (data_folder / "record").write_text("in the way")
    write(data_folder, csv_text(*MANY))
    assert shown() == 40
    assert "The record of the data" in data.alarm()
    assert "What is shown are the data of the folder" in data.alarm()


def test_whole_file_after_half_of_it_ends_the_question(folder: Path) -> None:
    write(folder, csv_text(*MANY[:20]))
    assert shown() == 40
    write(folder, csv_text(*MANY, {"id": "LT-new"}), age_s=4)
    assert (shown(), data.alarm()) == (41, "")


def test_few_that_go_are_no_question(folder: Path) -> None:
    write(folder, csv_text(*MANY[:37]))
    assert (shown(), data.alarm()) == (37, "")


def test_rows_that_became_unreadable_are_lost_too(folder: Path) -> None:
    write(folder, csv_text(*MANY[:20], *({**row, "latitude": "x"} for row in MANY[20:])))
    assert (shown(), data.is_withheld()) == (40, True)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["map", "trends", "states", "history"])
def test_alarm_stands_on_every_page_and_can_be_answered(folder: Path, page: str) -> None:
    write(folder, csv_text(*MANY[:20]))
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.query_params["page"] = page
    app.run()
    assert "20 of 40 incidents are gone from it" in html_of(app)
    app.button(key="take").click().run()
    assert "are gone from it" not in html_of(app)
    assert shown() == 20


def test_no_session_can_drop_the_last_data(folder: Path) -> None:
    write(folder, "nothing of it")
    st.cache_resource.clear()  # what the protocol's message clear_cache does
    st.cache_data.clear()
    assert shown() == 40


def test_restored_backup_is_shown_though_its_changes_have_the_same_numbers(folder: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    backup(settings().record, tmp_path / "now.backup")
    restore(other, tmp_path / "now.backup")
    places = []
    for url, place in ((settings().record, "Medininkai"), (other, "Kena")):
        record = Record(url)
        with record.edit(EDITED) as draft:
            draft.put(INCIDENT, "LT-0", draft.state(INCIDENT)["LT-0"] | {"place": place})
        places.append(data.dataset().incidents.set_index("id").loc["LT-0", "place"])
    backup(other, tmp_path / "other.backup")
    restore(settings().record, tmp_path / "other.backup", replace=True)
    places.append(data.dataset().incidents.set_index("id").loc["LT-0", "place"])
    assert places == ["Medininkai", "Medininkai", "Kena"]
    assert data.history().entries()[-1].change == Record(other).changes()[0]


def test_what_was_imported_is_not_missed_in_the_folder(folder: Path) -> None:
    record = Record(settings().record)
    with record.edit(IMPORTED, source="wykaz") as draft:
        one = draft.state(INCIDENT)["LT-0"]
        for number in range(20):
            draft.put(INCIDENT, f"PL-{number}", one | {"id": f"PL-{number}"})
    assert shown() == 60
    write(folder, csv_text(*MANY, {"id": "LT-new"}))
    assert (shown(), data.alarm()) == (61, "")
    write(folder, csv_text(*MANY[:20]), age_s=4)
    assert (shown(), data.is_withheld()) == (61, True)
    assert "21 of 61 incidents are gone from it" in data.alarm()
