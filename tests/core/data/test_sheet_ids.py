"""The register of sheets: an ID brings the sheet back as it was, and says what has changed since."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.core.data.dataset import MAP_FILES, Dataset
from dashboard.core.data.make_release import make_release
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import fingerprint_of
from dashboard.core.data.sheet_ids import Entry, SheetRegister, as_it_was, read_id, sheet_id, what_changed
from dashboard.core.query.view import View, parse_query_string
from dashboard.core.record.files import read_things
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.core.record.take_in import take_in
from dashboard.core.record.undo import undo
from dashboard.errors import QueryError, StorageError
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.text.handout import make_handout
from dashboard.settings import settings
from tests.conftest import csv_text
from tests.counted import count
from tests.settled_data import DATA
from tests.sheets import PRODUCED

VIEW = parse_query_string("country=LT&q=Gai%C5%BEi%C5%ABnai&title=Two+%3Cb%3E+fell&marking=TLP%3ACLEAR")[0]


def test_id_is_eight_letters_and_digits_and_always_the_same() -> None:
    # printf '\nabc' | sha256sum begins with f39d39bfc9: forty bits, here in Crockford's base 32.
    assert sheet_id(View(), "abc") == "YEEK-KFY9"
    assert read_id(sheet_id(VIEW, "abc")) == sheet_id(VIEW, "abc")


def test_other_view_or_data_have_another_id() -> None:
    ids = {sheet_id(view, data) for view in (View(), VIEW, replace(VIEW, title="x")) for data in ("a", "b")}
    assert len(ids) == 6


@pytest.mark.parametrize("typed", ["7F3K-Q2XD", "7f3kq2xd", " 7F3K Q2XD ", "7f3k-q2xd"])
def test_id_as_it_may_be_typed(typed: str) -> None:
    assert read_id(typed) == "7F3K-Q2XD"


def test_letters_that_are_read_as_digits() -> None:
    assert read_id("OIL0-0000") == "0110-0000"


@pytest.mark.parametrize("typed", ["", "7F3K", "7F3K-Q2XDZ", "../../etc", "7F3K-Q2X!", "UUUU-UUUU"])
def test_what_is_no_id_is_refused(typed: str) -> None:
    with pytest.raises(QueryError, match="is not the ID of a sheet"):
        read_id(typed)


@pytest.fixture
def data(database: str, tmp_path: Path) -> RecordedData:
    """A folder with two rows, and its record on each database."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in MAP_FILES:
        (folder / name).symlink_to(DATA / name)
    write(folder, {"id": "LT-1"}, {"id": "LT-2"})
    return RecordedData(Record(database), folder)


def write(folder: Path, *rows: dict[str, str]) -> None:
    (folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")


def read_again(data: RecordedData) -> Dataset:
    return data.take_in(read_folder(data.folder))


def test_id_brings_the_view_back_and_a_note_is_never_changed(database: str, data: RecordedData) -> None:
    now, register = data.now(), SheetRegister(database)
    register.note(VIEW, now)
    write(data.folder, {"id": "LT-1", "damage": "a roof"}, {"id": "LT-2"})
    read_again(data)
    write(data.folder, {"id": "LT-1"}, {"id": "LT-2"})
    register.note(VIEW, read_again(data))  # the same data again, two changes later
    id_ = sheet_id(VIEW, now.fingerprint)
    entry = register.recall(id_.lower())
    assert entry == Entry(id_, VIEW, now.moment, now.fingerprint, len(now.select(VIEW)))


def test_unknown_id_is_told(database: str) -> None:
    with pytest.raises(QueryError, match="No sheet 7F3K-Q2XD was made here"):
        SheetRegister(database).recall("7F3K-Q2XD")


@pytest.mark.slow
def test_sheet_has_its_bytes_again_after_the_data_have_changed(database: str, data: RecordedData) -> None:
    view = parse_query_string("country=LT&title=Two")[0]
    made = make_handout(data.now(), view, PRODUCED)
    SheetRegister(database).note(made.view, made.dataset)
    before = make_sheet(made, Format("svg"))
    for damage in ("a roof", "two roofs"):
        write(data.folder, {"id": "LT-1", "damage": damage}, {"id": "LT-2"}, {"id": "LT-3"})
        take_in(data.record, read_things(data.folder))
    make_release(data, datetime.now(UTC), "Made after the sheet.")
    now = read_again(data)
    entry = SheetRegister(database).recall(made.sheet_id)
    then = replace(as_it_was(entry, now), as_of="")
    assert len(now.incidents) == 3
    assert make_sheet(make_handout(now, entry.view, PRODUCED), Format("svg")) != before
    assert make_sheet(make_handout(then, entry.view, PRODUCED), Format("svg")) == before
    assert what_changed(entry, now) == (
        "The data have changed since this sheet was made: it showed 2 incidents, the same view now shows 3."
    )


def test_what_the_keeper_states_is_as_it_was_and_faults_name_the_folders_file(data: RecordedData) -> None:
    """Publishers and totals are on sheets, too; and no message names a file of a moment."""
    said = data.folder / "publishers.csv"
    row = "address,publisher,kind,state,language,note\nexample.org,{},press,LT,lt,\n"
    said.write_text(row.format("Old name"), "utf-8")
    (data.folder / "about.toml").write_text('credits = "Ona"\n', "utf-8")
    before = read_again(data)
    said.write_text(row.format("New name"), "utf-8")
    now = read_again(data)
    then = data.after(before.moment)
    assert [state.publishers.of("https://example.org/1").name for state in (then, now)] == ["Old name", "New name"]
    assert then.problems
    assert {problem.file.parent for problem in then.problems} == {data.folder}


def test_sheet_of_what_was_edited_here_is_not_one_of_the_folder(database: str, data: RecordedData) -> None:
    """What is edited here, then a new folder that leaves it: the data are not those of the folder's files."""
    folder_alone = read_folder(data.folder).fingerprint
    assert data.now().fingerprint == folder_alone
    with data.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", {**draft.state(INCIDENT)["LT-1"], "damage": "a roof"})
    edited = data.now()
    register = SheetRegister(database)
    register.note(VIEW, edited)
    write(data.folder, {"id": "LT-1"}, {"id": "LT-2", "damage": "a barn"})
    both = read_again(data)
    assert sorted(both.incidents["damage"]) == ["a barn", "a roof"]
    assert len({folder_alone, edited.fingerprint, both.fingerprint, fingerprint_of(data.folder)}) == 4
    entry = register.recall(sheet_id(VIEW, edited.fingerprint))
    assert as_it_was(entry, both).fingerprint == edited.fingerprint


def test_sheet_made_after_an_undo_is_that_of_the_data_before(database: str, data: RecordedData) -> None:
    first = data.now()
    with data.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", {**draft.state(INCIDENT)["LT-1"], "damage": "a roof"})
    assert draft.number
    undo(data.record, draft.number)
    assert data.now().fingerprint == first.fingerprint
    fresh = RecordedData(data.record, data.folder)  # as another process sees them after another change
    write(data.folder, {"id": "LT-1"})
    fresh.take_in(read_folder(data.folder))
    assert fresh.after(draft.number + 1).fingerprint == first.fingerprint


def test_notes_of_an_earlier_version_are_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Dataset
) -> None:
    notes = tmp_path / "sheets"
    notes.mkdir()
    monkeypatch.setenv("DASHBOARD_SHEETS", str(notes))
    settings.cache_clear()
    view = parse_query_string("country=LT")[0]
    fingerprints = (shipped.fingerprint, "of yesterday")
    ids = [sheet_id(view, fingerprint) for fingerprint in fingerprints]
    for id_, fingerprint in zip(ids, fingerprints, strict=True):
        note = {"query": "country=LT", "data": fingerprint, "incidents": 34}
        (notes / f"{id_}.json").write_text(json.dumps(note))
    counts = ("1e999", '"x"', "null", "[" * 100_000)
    for place, broken in enumerate(
        ("", "[]", "\0", *(f'{{"query": "", "data": "x", "incidents": {c}}}' for c in counts))
    ):
        (notes / f"7F3K-Q2X{place}.json").write_text(broken)
    register = SheetRegister(f"sqlite:///{tmp_path / 'record.sqlite'}")
    data = RecordedData(Record(f"sqlite:///{tmp_path / 'record.sqlite'}"), DATA)
    now = data.take_in(read_folder(DATA))
    assert what_changed(register.recall(ids[0]), now) == ""
    assert what_changed(register.recall(ids[1]), now) == (
        "The data have changed since this sheet was made: it showed 34 incidents, "
        f"the same view now shows {count(country='LT')}."
    )
    with pytest.raises(QueryError, match="No sheet 7F3K-Q2X0 was made here"):
        register.recall("7F3K-Q2X0")


def test_database_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="DASHBOARD_DATABASE names it"):
        SheetRegister(f"sqlite:///{tmp_path / 'file' / 'record.sqlite'}")
