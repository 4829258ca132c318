"""Releases and what changed between them: making, comparing, and withdrawn rows."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.data import dataset as datasets
from dashboard.core.data.dataset import MAP_FILES, read_dataset
from dashboard.core.data.make_release import make_release
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import find_release
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.errors import ConflictError, QueryError, UnreadableFileError
from tests.conftest import csv_text
from tests.releases import track, write_tracks
from tests.settled_data import DATA

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
WITH_REASONS = (*COLUMNS, WITHDRAWN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of its own, with the shipped borders and three incidents."""
    place = tmp_path / "data"
    place.mkdir()
    for name in MAP_FILES:
        (place / name).symlink_to(DATA / name)
    write(place, {}, {"id": "LT-2"}, {"id": "LT-3"})
    return place


@pytest.fixture
def recorded(folder: Path, tmp_path: Path) -> Callable[..., Any]:
    """Take in what the folder says now; gives its data and their earlier states."""

    def take_in() -> RecordedData:
        data = RecordedData(Record(f"sqlite:///{tmp_path / 'record.sqlite'}"), folder)
        data.take_in(read_folder(folder))
        return data

    return take_in


def write(folder: Path, *changes: dict[str, str], columns: tuple[str, ...] = WITH_REASONS) -> None:
    (folder / "incidents.csv").write_text(csv_text(*changes, columns=columns), "utf-8")


# Rows that were withdrawn.


def test_withdrawn_row_is_kept_with_its_reason_and_is_no_incident(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(
        incidents_file({}, {"id": "LT-2", "withdrawn": " The same as LT-1. "}, columns=WITH_REASONS)
    )
    assert list(reading.incidents["id"]) == ["LT-1"]
    assert reading.withdrawn[["id", "line", WITHDRAWN]].to_numpy().tolist() == [["LT-2", 3, "The same as LT-1."]]
    assert (reading.problems, reading.rows, reading.set_aside) == ((), 2, 0)
    assert list(reading.incidents) == ["line", *COLUMNS, "geometry"]


def test_withdrawn_row_is_checked_as_any_other(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(
        incidents_file(
            {},
            {"id": "LT-2", "withdrawn": "Wrong.", "date": "x"},
            {"id": "LT-1", "withdrawn": "Twice."},
            {"id": "LT-3", "withdrawn": "x" * 5001},
            {"id": "LT-4", "withdrawn": "<b>no</b>"},
            columns=WITH_REASONS,
        )
    )
    assert [(problem.line, problem.column, problem.severe) for problem in reading.problems] == [
        (3, "date", True),
        (4, "id", True),
        (5, "withdrawn", True),
        (6, "withdrawn", False),
    ]
    assert (len(reading.incidents), list(reading.withdrawn["id"]), reading.set_aside) == (1, ["LT-4"], 3)
    assert reading.unusable == {"LT-2", "LT-3"}  # LT-1 is there, in the row above


def test_rows_are_incidents_withdrawn_and_set_aside(folder: Path) -> None:
    write(folder, {}, {"id": "LT-2", "withdrawn": "A bird."}, {"id": "LT-3", "latitude": "24", "longitude": "55"})
    data = read_dataset(folder)
    assert (data.rows, len(data.incidents), len(data.withdrawn), data.set_aside, data.not_located) == (3, 1, 1, 1, 1)
    assert data.unusable == {"LT-3"}


def test_column_may_be_missing(folder: Path) -> None:
    write(folder, {}, columns=COLUMNS)
    assert read_dataset(folder).withdrawn.empty


def test_withdrawn_feature_of_a_geofile(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": dict(csv.DictReader(io.StringIO(csv_text({"id": id_}))).__next__()) | more,
            "geometry": {"type": "Point", "coordinates": [24.37, 55.05]},
        }
        for id_, more in (("LT-1", {}), ("LT-2", {"withdrawn": "A double."}), ("LT-3", {"withdrawn": None}))
    ]
    path = tmp_path / "incidents.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    reading = read_incidents(path)
    assert list(reading.incidents["id"]) == ["LT-1", "LT-3"]
    assert dict(zip(reading.withdrawn["id"], reading.withdrawn[WITHDRAWN], strict=True)) == {"LT-2": "A double."}


def test_track_of_a_withdrawn_row_goes_with_it_and_is_no_fault(folder: Path) -> None:
    write(folder, {}, {"id": "LT-2", "withdrawn": "A bird."})
    write_tracks(folder, track("LT-1"), track("LT-2"))
    data = read_dataset(folder)
    assert (list(data.tracks["incident_id"]), data.problems) == (["LT-1"], ())


# Making and listing.


def test_release_names_the_data_as_they_are(folder: Path, recorded: Callable[..., Any]) -> None:
    write(folder, {}, {"id": "LT-2", "withdrawn": "A bird."}, {"id": "LT-3", "date": "x"})
    write_tracks(folder, track("LT-1"))
    data = recorded()
    made = make_release(data, NOON, 'First "state",\n\tby Ona \\ Ž')
    content = (folder / "incidents.csv").read_bytes() + (folder / "tracks.geojson").read_bytes()
    assert made.fingerprint == hashlib.sha256(content).hexdigest()
    assert made.name == f"2026-10-03-{made.fingerprint[:8]}"
    assert (made.rows, made.incidents, made.withdrawn, made.set_aside) == (3, 1, 1, 1)
    assert (made.created, made.cutoff) == (NOON, datetime(2025, 7, 28, 23, 59, tzinfo=UTC))
    assert made.note == 'First "state", by Ona \\ Ž'
    assert (data.now().releases, data.now().release) == ((made,), made)
    assert not (folder / "releases").exists()
    assert recorded().now().releases == (made,)


def test_same_data_are_a_release_once(recorded: Callable[..., Any]) -> None:
    data = recorded()
    made = make_release(data, NOON)
    with pytest.raises(QueryError, match=f"a release already: {made.name}"):
        make_release(data, NOON)
    assert data.now().releases == (made,)


def test_data_without_an_incident_are_no_release(folder: Path, recorded: Callable[..., Any]) -> None:
    (folder / "incidents.csv").write_text("id\nx\n")
    with pytest.raises(UnreadableFileError, match="no incident that could be used"):
        make_release(recorded(), NOON)


def test_long_note_is_refused(recorded: Callable[..., Any]) -> None:
    with pytest.raises(QueryError, match="201 characters, more than 200"):
        make_release(recorded(), NOON, "x" * 201)


def test_data_that_somebody_edits_meanwhile_are_no_release(
    recorded: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = recorded()
    then = data.now()
    with data.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-3", None)
    monkeypatch.setattr(data, "now", lambda: then)
    with pytest.raises(ConflictError, match="changed in the meantime"):
        make_release(data, NOON)
    monkeypatch.undo()
    assert data.now().releases == ()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "2026-10-03-00000000", "", "/", "x" * 999])
def test_unknown_release_is_told(recorded: Callable[..., Any], name: str) -> None:
    made = make_release(recorded(), NOON)
    with pytest.raises(QueryError, match=r"There is no release '.{0,60}'\."):
        find_release((made,), name)


# The data and their releases.


def test_data_know_their_release(folder: Path, recorded: Callable[..., Any]) -> None:
    data = recorded()
    assert data.now().release is None
    made = make_release(data, NOON)
    assert data.now().release == made
    write(folder, {})
    data.take_in(read_folder(folder))
    assert (data.now().release, data.now().releases) == (None, (made,))


def test_view_since_a_release_shows_what_was_added_or_corrected(folder: Path, recorded: Callable[..., Any]) -> None:
    made = make_release(recorded(), NOON)
    write(folder, {}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3", "withdrawn": "x"}, {"id": "LT-4"})
    data = recorded().now()
    assert list(data.select(View(since=made.name)).rows["id"]) == ["LT-2", "LT-4"]
    assert list(data.select(View(Filter(text="roof"), since=made.name)).rows["id"]) == ["LT-2"]
    assert data.sentence(View(since=made.name), 2) == (
        f"All states, 28 July 2025, changed since the release of 3 October 2026 ({made.fingerprint[:8]}): "
        "2 of 3 incidents"
    )
    with pytest.raises(QueryError, match="There is no release '2020-01-01-00000000'"):
        data.select(View(since="2020-01-01-00000000"))


def test_any_two_releases_are_compared_and_each_pair_once(
    folder: Path, recorded: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_release(recorded(), NOON).name
    write(folder, {})
    states = recorded()
    second = make_release(states, NOON).name
    data = states.now()
    assert (data.changes(first, second).withdrawn, data.changes(second, first).added) == (
        {"LT-2": "", "LT-3": ""},
        ("LT-2", "LT-3"),
    )
    assert data.changes(second).count == 0
    monkeypatch.setattr(datasets, "compare", None)
    assert data.changes(first, second).count == 2


def test_another_dataset_does_not_remember_the_comparisons_of_the_first(recorded: Callable[..., Any]) -> None:
    states = recorded()
    made = make_release(states, NOON)
    data = states.now()
    assert data.changes(made.name).count == 0
    assert replace(data, incidents=data.incidents.iloc[:1]).changes(made.name).count == 2
