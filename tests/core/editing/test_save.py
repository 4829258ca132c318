"""Saving by hand: one change of the record each, and nobody's work is lost."""

from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.editing.form import form_of, read_form
from dashboard.core.editing.save import add, correct, withdraw
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.errors import ConflictError, QueryError
from tests.conftest import ROW, csv_text

CELLS = {name: cell for name, cell in ROW.items() if name != "id"}


@pytest.fixture
def record(database: str) -> Record:
    return Record(database)


def changed(
    record: Record,
    id_: str,
    shipped: Dataset,
    base: dict[str, str],
    note: str = "As the border guard says.",
    **fields: str,
) -> None:
    cells = read_form(form_of(base) | fields, shipped, base).cells
    correct(record, id_, base, cells, shipped, who="editor", note=note)


def test_added_incident_gets_an_id_of_its_own(record: Record) -> None:
    ids = [add(record, CELLS, who=" Ona\n", note="") for _turn in range(3)]
    assert ids == ["LT-2025-07-28-gaiziunai", "LT-2025-07-28-gaiziunai-2", "LT-2025-07-28-gaiziunai-3"]
    assert record.state(INCIDENT)[ids[1]] == {"id": ids[1]} | CELLS
    change = record.change(2)
    assert (change.kind, change.who, change.facts["counts"]) == (EDITED, "Ona", {"incident": {"added": 1}})


def test_place_without_letters_of_ours_has_an_id(record: Record) -> None:
    assert add(record, CELLS | {"place": "!"}) == "LT-2025-07-28"
    assert add(record, CELLS | {"place": "Київ, the very long name of a place " * 9}).startswith("LT-2025-07-28-kiiv-")


def test_correction_is_one_change_with_its_reason(record: Record, shipped: Dataset) -> None:
    id_ = add(record, CELLS)
    base = record.state(INCIDENT)[id_]
    changed(record, id_, shipped, base, place="Jonava", model="Gerbera")
    assert record.state(INCIDENT)[id_] == base | {"place": "Jonava", "model": "Gerbera"}
    assert (record.change(2).note, record.change(2).who) == ("As the border guard says.", "editor")


@pytest.mark.parametrize(("note", "fields", "message"), [("", {"place": "x"}, "reason"), ("Why", {}, "Nothing")])
def test_correction_needs_a_change_and_a_reason(
    record: Record, shipped: Dataset, note: str, fields: dict[str, str], message: str
) -> None:
    id_ = add(record, CELLS)
    with pytest.raises(QueryError, match=message):
        changed(record, id_, shipped, record.state(INCIDENT)[id_], note, **fields)
    assert record.newest() == 1


def test_two_who_correct_different_fields_both_keep_theirs(record: Record, shipped: Dataset) -> None:
    id_ = add(record, CELLS)
    base = record.state(INCIDENT)[id_]
    changed(record, id_, shipped, base, place="Jonava")
    changed(record, id_, shipped, base, model="Gerbera")
    assert record.state(INCIDENT)[id_] == base | {"place": "Jonava", "model": "Gerbera"}


def test_same_field_is_a_conflict_that_names_it(record: Record, shipped: Dataset) -> None:
    id_ = add(record, CELLS)
    base = record.state(INCIDENT)[id_]
    changed(record, id_, shipped, base, place="Jonava")
    with pytest.raises(ConflictError, match=r"^Place: changed elsewhere"):
        changed(record, id_, shipped, base, place="Kaunas", model="Gerbera")
    assert record.state(INCIDENT)[id_] == base | {"place": "Jonava"}


def test_two_corrections_that_do_not_fit_together_are_a_conflict(record: Record, shipped: Dataset) -> None:
    id_ = add(record, CELLS)
    base = record.state(INCIDENT)[id_]
    changed(record, id_, shipped, base, date="2025-07-30")
    with pytest.raises(ConflictError, match="cannot be saved"):
        changed(record, id_, shipped, base, end_date="2025-07-29")


def test_withdrawn_incident_is_kept_with_its_reason(record: Record, shipped: Dataset) -> None:
    id_ = add(record, CELLS)
    base = record.state(INCIDENT)[id_]
    withdraw(record, id_, " It was a weather balloon.\n", who="Ona")
    assert record.state(INCIDENT)[id_] == base | {"withdrawn": "It was a weather balloon."}
    with pytest.raises(ConflictError, match="withdrawn or removed"):
        withdraw(record, id_, "Again.")
    with pytest.raises(ConflictError, match="withdrawn or removed"):
        changed(record, id_, shipped, base, place="x")
    with pytest.raises(QueryError, match="reason"):
        withdraw(record, add(record, CELLS), " ")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_edited_here_stays_when_the_folder_changes(
    record: Record, data_folder: Path, shipped: Dataset
) -> None:
    """The folder changes another field of one row, and takes away another row that was corrected here."""

    def taken_in(*rows: dict[str, str]) -> Dataset:
        (data_folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
        return data.take_in(read_folder(data_folder))

    data = RecordedData(record, data_folder)
    taken_in({}, {"id": "LT-2"})
    changed(record, "LT-1", shipped, record.state(INCIDENT)["LT-1"], place="Jonava")
    withdraw(record, "LT-2", "The same as LT-1.")
    added = add(record, CELLS | {"place": "Kaunas"})
    dataset = taken_in({"model": "Gerbera", "place": "Gaižiūnai"}, {"id": "LT-2", "model": "Gerbera"})
    assert set(dataset.incidents["id"]) == {"LT-1", added}
    first = dataset.object("LT-1").iloc[0]
    assert (first.place, first.model) == ("Jonava", "Gerbera")
    assert list(dataset.withdrawn["withdrawn"]) == ["The same as LT-1."]
