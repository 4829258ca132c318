"""Files and a database that are damaged, go and come back, under screens that are open."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.settings import settings
from dashboard.ui import data
from tests.conftest import csv_text
from tests.postgres import running_cluster

SCREENS = 10
ROWS = [{"id": f"LT-{number}"} for number in range(40)]
LONGEST_S = 30


@pytest.fixture
def incidents(data_folder: Path) -> Path:
    """A file of 40 incidents, which have been read."""
    file = data_folder / "incidents.csv"
    written(file, csv_text(*ROWS).encode())
    assert len(data.dataset().incidents) == len(ROWS)
    return file


def written(file: Path, content: bytes) -> None:
    """Write a file, which seems to have been written a minute ago."""
    file.write_bytes(content)
    a_minute_ago = time.time() - 60
    os.utime(file, (a_minute_ago, a_minute_ago))


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    pause = threading.Event()
    until = time.monotonic() + LONGEST_S
    while not is_so():
        assert time.monotonic() < until
        pause.wait(0.05)


def cut_off(file: Path) -> None:
    written(file, file.read_bytes()[:900])


def replaced_by_another_kind(file: Path) -> None:
    written(file, b"%PDF-1.7\n" + bytes(5000))


def deleted(file: Path) -> None:
    file.unlink()


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def emptied(file: Path) -> None:
    written(file, b"")


FAULTS = (cut_off, replaced_by_another_kind, deleted, replaced_by_a_folder, emptied)


def test_ten_screens_have_whole_data_whatever_happens_to_the_file(incidents: Path) -> None:
    content, seen, over = incidents.read_bytes(), set[int](), threading.Event()
    faults: list[Exception] = []

    def look() -> None:
        while not over.is_set():
            try:
                seen.add(len(data.dataset().incidents))
            except Exception as error:
                faults.append(error)
                return
            over.wait(0.01)

    screens = [threading.Thread(target=look) for _ in range(SCREENS)]
    for screen in screens:
        screen.start()
    try:
        for damage in FAULTS:
            damage(incidents)
            wait_for(lambda: bool(data.alarm()))
            if incidents.is_dir():
                incidents.rmdir()
            written(incidents, content)
            wait_for(lambda: not data.alarm())
    finally:
        over.set()
        for screen in screens:
            screen.join()
    assert faults == []
    assert seen == {len(ROWS)}


@pytest.mark.server
def test_database_that_goes_and_comes_back(
    data_folder: Path, incidents_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "RETRY_S", 0.0)
    incidents_file(*ROWS)
    with running_cluster() as cluster:
        monkeypatch.setenv("DASHBOARD_DATABASE", cluster.url)
        settings.cache_clear()
        assert (len(data.dataset().incidents), data.alarm()) == (len(ROWS), "")
        cluster.stop()
        assert len(data.dataset().incidents) == len(ROWS)
        assert "What is shown are the data as they were last read." in data.alarm()
        cluster.start()
        assert len(data.dataset().incidents) == len(ROWS)
        assert data.alarm() == ""
