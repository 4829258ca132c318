"""Taking in a data folder: what it says becomes a change, and what was edited here stays."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.core.data.releases import fingerprint_of
from dashboard.core.incidents.single_file import INCIDENTS_FILE
from dashboard.core.record.files import FolderContents, files_of, read_things
from dashboard.core.record.record import EDITED, INCIDENT, NOUNS_OF_DATA, TRACK, Record
from dashboard.core.record.take_in import take_in
from dashboard.core.record.undo import undo
from tests.conftest import csv_text
from tests.settled_data import DATA

RELEASES = sorted((DATA / "releases").iterdir())
TWO = ({"id": "LT-1", "place": "Šumskas"}, {"id": "LT-2", "place": "Medininkai", "summary": 'A drone,\n"fell".'})


@pytest.fixture
def record(database: str) -> Record:
    return Record(database)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    place.mkdir()
    return place


def write(folder: Path, *rows: dict[str, str]) -> FolderContents:
    (folder / INCIDENTS_FILE).write_text(csv_text(*rows), "utf-8")
    return read_things(folder)


def edited(record: Record, key: str, **cells: str) -> None:
    with record.edit(EDITED, who="editor") as draft:
        draft.put(INCIDENT, key, draft.state(INCIDENT)[key] | cells)


def test_state_as_of_each_release_is_what_its_files_say(record: Record, tmp_path: Path) -> None:
    moments = [take_in(record, read_things(place), name=place.name) for place in RELEASES]
    moments.append(take_in(record, read_things(DATA)))
    assert moments == list(range(1, len(moments) + 1))
    for moment, place in enumerate((*RELEASES, DATA), 1):
        things = {noun: record.state(noun, moment) for noun in NOUNS_OF_DATA}
        written = files_of(things, record.change(moment).facts["header"])
        assert written.contents[INCIDENTS_FILE] == (place / INCIDENTS_FILE).read_bytes()
        made = tmp_path / str(moment)
        made.mkdir()
        for name, content in written.contents.items():
            (made / name).write_bytes(content)
        assert fingerprint_of(made) == written.fingerprint
        assert read_things(made).things == read_things(place).things


def test_files_that_say_the_same_again_are_no_change(record: Record, folder: Path) -> None:
    assert take_in(record, write(folder, *TWO)) == 1
    assert take_in(record, write(folder, *TWO[::-1])) is None  # the order of rows says nothing
    assert record.state(INCIDENT)["LT-2"]["summary"] == 'A drone,\n"fell".'


def test_what_was_edited_here_stays_and_what_changed_in_the_folder_comes(record: Record, folder: Path) -> None:
    take_in(record, write(folder, *TWO))
    edited(record, "LT-1", place="Vilnius", model="balloon")
    take_in(record, write(folder, TWO[0] | {"payload": "contraband"}, TWO[1]))
    now = record.state(INCIDENT)["LT-1"]
    assert (now["place"], now["model"], now["payload"]) == ("Vilnius", "balloon", "contraband")
    assert record.change(3).facts["questions"] == []


def test_field_that_both_have_changed_stays_and_is_listed_once(record: Record, folder: Path) -> None:
    take_in(record, write(folder, *TWO))
    edited(record, "LT-1", place="Vilnius")
    take_in(record, write(folder, TWO[0] | {"place": "Šumskas village", "payload": "contraband"}, TWO[1]))
    assert record.state(INCIDENT)["LT-1"]["place"] == "Vilnius"
    assert record.change(3).facts["questions"] == [{"noun": INCIDENT, "key": "LT-1", "field": "place"}]
    take_in(record, write(folder, TWO[0] | {"place": "Šumskas village", "payload": "unknown"}, TWO[1]))
    assert record.change(4).facts["questions"] == []  # the folder says nothing new of it
    assert record.state(INCIDENT)["LT-1"]["place"] == "Vilnius"


def test_row_that_was_added_here_is_not_taken_away_by_the_folder(record: Record, folder: Path) -> None:
    take_in(record, write(folder, *TWO))
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-9", {"id": "LT-9"})
    take_in(record, write(folder, TWO[0]))
    assert record.state(INCIDENT).keys() == {"LT-1", "LT-9"}
    undo(record, 3)
    assert record.state(INCIDENT).keys() == {"LT-1", "LT-2", "LT-9"}


def test_rows_without_an_id_of_their_own_are_kept_with_what_they_say(record: Record, folder: Path) -> None:
    twice = ({"id": "LT-1"}, {"id": "LT-1", "place": "elsewhere"}, {"id": ""}, {"id": ""})
    take_in(record, write(folder, *twice))
    assert sorted(cells.get("place", "") for cells in record.state(INCIDENT).values()) == [
        "Gaižiūnai", "Gaižiūnai", "Gaižiūnai", "elsewhere",
    ]  # fmt: skip
    assert take_in(record, write(folder, *twice)) is None


def test_what_could_not_be_read_is_told_with_the_change(record: Record, folder: Path) -> None:
    (folder / INCIDENTS_FILE).write_text(csv_text(*TWO) + 'LT-3,"broken\n', "utf-8")
    take_in(record, read_things(folder))
    facts = record.change(1).facts
    assert facts["unread"] == 1
    assert "quotes of this row are broken" in facts["problems"][0]["expected"]


def test_tracks_of_an_incident_are_told_apart_by_their_order(record: Record, folder: Path) -> None:
    for name in ("tracks.geojson", INCIDENTS_FILE):
        shutil.copyfile(DATA / name, folder / name)
    take_in(record, read_things(folder), at=datetime(2026, 11, 27, tzinfo=UTC))
    keys = record.state(TRACK)
    assert len(keys) == 33
    assert sum(key.endswith("/2") for key in keys) == 2
