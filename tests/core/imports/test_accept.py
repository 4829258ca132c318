"""Accepting of a report: one change that can be undone, and a source that is said again."""

from pathlib import Path

import pytest

from dashboard.core.geo.borders import Borders
from dashboard.core.imports.accept import accept, accepted, said_by
from dashboard.core.imports.applied import Applied
from dashboard.core.imports.report import Report
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.single_file import INCIDENTS_FILE
from dashboard.core.record.files import files_of, read_things
from dashboard.core.record.merge import Content
from dashboard.core.record.record import EDITED, IMPORTED, INCIDENT, Record
from dashboard.core.record.take_in import take_in
from dashboard.core.record.undo import plan_of, undo
from dashboard.errors import ConflictError, QueryError
from tests.conftest import csv_text
from tests.core.imports.reports import counted, incident, report, rows_of

ONE, TWO = incident("LT-1"), incident("LT-2", date="2025-01-01")
SOURCE = "wykaz"


@pytest.fixture
def say(record: Record, toy_borders: Borders) -> "Say":
    """Say a list again, and accept what it makes."""
    return Say(record, toy_borders)


class Say:
    """A source that says one list after the other."""

    def __init__(self, record: Record, borders: Borders) -> None:
        self.record, self.borders = record, borders

    def report(self, applied: Applied, *, source: str = SOURCE, **answers: str) -> Report:
        """Report on a list as it would be now."""
        return report(
            applied,
            self.record.state(INCIDENT),
            self.borders,
            said=said_by(self.record, source),
            answers={name.replace("_", " ").replace("LT ", "LT-"): answer for name, answer in answers.items()},
        )

    def __call__(self, *contents: Content, source: str = SOURCE, **answers: str) -> Report:
        """Report on a list and accept all of it."""
        found = self.report(rows_of(*contents), source=source, **answers)
        accept(self.record, accepted(found), source)
        return found


def edited(record: Record, key: str, **cells: str) -> None:
    with record.edit(EDITED, who="editor") as draft:
        draft.put(INCIDENT, key, draft.state(INCIDENT)[key] | cells)


def test_accepted_list_is_one_change_with_its_source_and_note(record: Record, say: Say) -> None:
    found = say.report(rows_of(ONE, TWO))
    number = accept(record, accepted(found), " wykaz\n2026 ", who="editor", note="from the ministry")
    assert number == 1
    change = record.change(1)
    assert (change.kind, change.source, change.who) == (IMPORTED, "wykaz 2026", "editor")
    assert (change.note, change.facts["counts"][INCIDENT]) == ("from the ministry", {"added": 2})
    assert record.state(INCIDENT) == {"LT-1": ONE, "LT-2": TWO}


def test_some_are_accepted_and_the_others_are_offered_again(record: Record, say: Say) -> None:
    found = say.report(rows_of(ONE, TWO))
    accept(record, accepted(found, left_out={"LT-2"}), SOURCE)
    assert record.state(INCIDENT) == {"LT-1": ONE}
    assert counted(say.report(rows_of(ONE, TWO))) == {"new": 1, "unchanged": 1}


def test_accepted_list_can_be_undone_and_comes_again(record: Record, say: Say) -> None:
    edited_before = TWO | {"place": "Vilnius"}
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-2", edited_before)
    say(ONE, TWO)
    assert plan_of(record, 2).kept == {}
    undo(record, 2)
    assert record.state(INCIDENT) == {"LT-2": edited_before}
    assert said_by(record, SOURCE) == {}
    assert counted(say.report(rows_of(ONE, TWO))) == {"new": 1, "changed": 1}
    undo(record, 3)  # the undoing
    assert counted(say.report(rows_of(ONE, TWO))) == {"unchanged": 2}


def test_list_whose_incident_was_edited_since_is_undone_but_for_that_field(record: Record, say: Say) -> None:
    say(TWO)
    say(TWO | {"place": "Vilnius", "model": "balloon"})
    edited(record, "LT-2", place="Kaunas")
    with pytest.raises(ConflictError, match="LT-2"):
        undo(record, 2)
    undo(record, 2, partly=True)
    assert record.state(INCIDENT)["LT-2"] == TWO | {"place": "Kaunas"}


def test_source_that_says_the_same_again_changes_nothing(record: Record, say: Say) -> None:
    say(ONE, TWO)
    edited(record, "LT-1", place="Vilnius")
    assert counted(say(ONE, TWO)) == {"unchanged": 2}
    assert (record.newest(), record.state(INCIDENT)["LT-1"]["place"]) == (2, "Vilnius")


def test_only_what_the_source_has_changed_is_applied(record: Record, say: Say) -> None:
    say(ONE)
    edited(record, "LT-1", place="Vilnius")
    assert counted(say(ONE | {"payload": "contraband"})) == {"changed": 1}
    assert record.state(INCIDENT)["LT-1"] == ONE | {"place": "Vilnius", "payload": "contraband"}


def test_what_the_source_does_not_say_any_more_stays(record: Record, say: Say) -> None:
    say(ONE | {"model": "balloon"})
    assert counted(say(ONE)) == {"unchanged": 1}
    assert record.state(INCIDENT)["LT-1"]["model"] == "balloon"


def test_field_that_both_have_changed_stays_and_is_asked_until_it_is_answered(record: Record, say: Say) -> None:
    say(ONE)
    edited(record, "LT-1", place="Vilnius")
    changed = ONE | {"place": "Medininkai", "payload": "contraband"}
    found = say(changed)
    assert (counted(found), [each.id for each in found.questions]) == ({"changed": 1}, ["edited here LT-1 place"])
    assert record.state(INCIDENT)["LT-1"] == ONE | {"place": "Vilnius", "payload": "contraband"}
    assert counted(say(changed)) == {"waiting": 1}
    assert counted(say(changed, edited_here_LT_1_place="ours")) == {"unchanged": 1}
    assert say(changed).is_clean
    assert record.state(INCIDENT)["LT-1"]["place"] == "Vilnius"


def test_field_that_both_have_changed_becomes_theirs_by_answer(record: Record, say: Say) -> None:
    say(ONE)
    edited(record, "LT-1", place="Vilnius")
    assert counted(say(ONE | {"place": "Medininkai"}, edited_here_LT_1_place="theirs")) == {"changed": 1}
    assert record.state(INCIDENT)["LT-1"]["place"] == "Medininkai"


def test_what_was_filled_in_here_is_not_overwritten_when_the_source_has_it_later(record: Record, say: Say) -> None:
    say(ONE)
    edited(record, "LT-1", model="balloon")
    found = say(ONE | {"model": "weather balloon"})
    assert [question.field for question in found.questions] == ["model"]
    assert record.state(INCIDENT)["LT-1"]["model"] == "balloon"


def test_assumed_value_gives_way_when_the_source_knows_better(record: Record, say: Say) -> None:
    found = say.report(rows_of(ONE, assumed=frozenset({"location_accuracy_km"})))
    accept(record, accepted(found), SOURCE)
    assert counted(say(ONE | {"location_accuracy_km": "2"})) == {"changed": 1}
    assert record.state(INCIDENT)["LT-1"]["location_accuracy_km"] == "2"


def test_row_that_was_found_to_be_the_same_is_not_asked_again(record: Record, say: Say) -> None:
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", ONE)
    theirs = incident("LT-9", latitude="5.05")
    say(theirs, duplicate_LT_9="same")
    assert record.state(INCIDENT) == {"LT-1": ONE}
    assert say(theirs).is_clean
    assert counted(say(theirs | {"payload": "contraband"})) == {"changed": 1}
    assert record.state(INCIDENT) == {"LT-1": ONE | {"payload": "contraband"}}


def test_incident_that_was_removed_here_stays_removed_until_the_source_changes_it(record: Record, say: Say) -> None:
    say(ONE)
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", None)
    assert counted(say(ONE)) == {"unchanged": 1}
    changed = ONE | {"place": "Medininkai"}
    assert counted(say(changed)) == {"waiting": 1}
    assert record.state(INCIDENT) == {}
    assert counted(say(changed, **{"edited_here_LT_1_*": "theirs"})) == {"new": 1}
    assert record.state(INCIDENT) == {"LT-1": changed}


def test_another_source_says_its_own(record: Record, say: Say) -> None:
    say(ONE)
    edited(record, "LT-1", place="Vilnius")
    assert counted(say(ONE, source="register")) == {"changed": 1}  # it has never said anything before
    assert {*said_by(record, SOURCE), *said_by(record, "register")} == {"LT-1"}


def test_edit_between_report_and_acceptance_stays_and_is_listed(record: Record, say: Say) -> None:
    say(ONE)
    found = say.report(rows_of(ONE | {"place": "Medininkai", "model": "balloon"}))
    edited(record, "LT-1", place="Vilnius")
    number = accept(record, accepted(found), SOURCE)
    assert number
    assert record.change(number).facts["questions"] == [{"noun": INCIDENT, "key": "LT-1", "field": "place"}]
    assert record.state(INCIDENT)["LT-1"] == ONE | {"place": "Vilnius", "model": "balloon"}


def test_withdrawal_with_its_reason_is_a_change(record: Record, say: Say) -> None:
    say(ONE)
    assert counted(say({"id": "LT-1", WITHDRAWN: "outside the scope"})) == {"changed": 1}
    assert record.change(2).facts["counts"][INCIDENT] == {"removed": 1}


@pytest.mark.parametrize("source", ["", " \n", "x" * 81])
def test_source_needs_a_name_of_bearable_length(record: Record, source: str) -> None:
    with pytest.raises(QueryError):
        accept(record, [], source)


def test_data_folder_undoes_no_import_and_brings_none_back(record: Record, say: Say, tmp_path: Path) -> None:
    def follow(*rows: Content) -> None:
        (tmp_path / INCIDENTS_FILE).write_text(csv_text(*rows), "utf-8")
        take_in(record, read_things(tmp_path))

    follow({"id": "LT-1", "place": "Šumskas"})
    here = record.state(INCIDENT)["LT-1"]
    say(TWO, {"id": "LT-1", "place": "Medininkai"})
    follow({"id": "LT-1", "place": "Šumskas", "payload": "contraband"}, {"id": "LT-3"})
    now = record.state(INCIDENT)
    assert (now["LT-1"], now["LT-2"]) == (here | {"place": "Medininkai", "payload": "contraband"}, TWO)
    exported = files_of({INCIDENT: now}).contents[INCIDENTS_FILE]
    (tmp_path / INCIDENTS_FILE).write_bytes(exported)
    assert take_in(record, read_things(tmp_path)) is None
    follow({"id": "LT-3"})
    assert record.state(INCIDENT).keys() == {"LT-3"}  # now it is the folder that has them, and takes them out
