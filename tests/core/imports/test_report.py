"""The report on a list: each kind of row, field by field, and nothing that an empty or assumed cell would overwrite."""

import pytest

from dashboard.core.geo.borders import Borders
from dashboard.core.imports.accept import accepted
from dashboard.core.imports.applied import Applied, Question, Row
from dashboard.core.imports.outcomes import FieldChange, Said
from dashboard.core.incidents.problems import Problem
from dashboard.core.record.merge import Content
from tests.core.imports.reports import FILE, counted, incident, report, rows_of

HERE = {"LT-1": incident("LT-1")}
NEAR = incident("LT-9", latitude="5.05", model="balloon", sources="https://bns.lt/2")  # 5.5 km away


def test_every_kind_of_row_is_counted_once_and_the_figures_add_up(toy_borders: Borders) -> None:
    rows = rows_of(
        incident("LT-1"),
        incident("LT-2", place="Vilnius", date="2025-01-01"),
        incident("LT-3", payload="contraband", date="2025-02-01"),
        incident("LT-4"),
    ).rows
    problems = (Problem(FILE, 6, "date", "31.02.2026", "no such day", "Correct it"),)
    question = Question("order", "Data", "date", "03/04/2025", (7, 8), {}, "Which day?")
    applied = Applied(rows, problems, waiting=(7, 8), left_out=(9,), questions=(question,))
    recorded = HERE | {"LT-3": incident("LT-3", date="2025-02-01")}
    found = report(applied, recorded, toy_borders)
    assert counted(found) == {
        "new": 1, "changed": 1, "unchanged": 1, "refused": 1, "duplicates": 1, "waiting": 2, "left_out": 1,
    }  # fmt: skip
    assert sum(found.figures.values()) == 8  # lines 2 to 9
    assert [one.key for one in (*found.new, *found.changed, *found.unchanged)] == ["LT-2", "LT-3", "LT-1"]
    assert [question.id for question in found.questions] == ["order", "duplicate LT-4"]
    assert not found.is_clean


def test_change_is_told_field_by_field(toy_borders: Borders) -> None:
    row = incident("LT-1", longitude="9.6", payload="none", summary="")
    found = report(rows_of(row), {"LT-1": incident("LT-1", summary="A balloon.")}, toy_borders)
    assert found.changed[0].changes == (
        FieldChange("longitude", "9.5", "9.6"),
        FieldChange("summary", "A balloon.", ""),
        FieldChange("payload", "", "none"),
    )


def test_what_a_list_does_not_give_and_what_is_assumed_replaces_nothing(toy_borders: Borders) -> None:
    row = incident("LT-1", location_accuracy_km="20", status="reported")
    assumed = frozenset({"location_accuracy_km", "status"})
    found = report(rows_of(row, assumed=assumed), {"LT-1": incident("LT-1", model="balloon")}, toy_borders)
    assert counted(found) == {"unchanged": 1}
    new = report(rows_of(row, assumed=assumed), {}, toy_borders).new[0]
    assert new.becomes == row  # of a new incident it is all that there is


@pytest.mark.parametrize(
    ("column", "recorded", "listed"),
    [
        ("longitude", "9.5", "9.50"),
        ("started_at", "2025-07-28T04:40Z", "2025-07-28T06:40:00+02:00"),
        ("sources", "https://lrt.lt/1 https://bns.lt/2", "https://lrt.lt/1; https://bns.lt/2"),
        ("noticed_by", "radar finder", "finder radar"),
        ("side", "", "intruding"),
        ("payload", "unknown", ""),
    ],
)
def test_the_same_value_in_another_form_is_no_change(
    toy_borders: Borders, column: str, recorded: str, listed: str
) -> None:
    here = {name: text for name, text in incident("LT-1", **{column: recorded}).items() if text}
    found = report(rows_of(incident("LT-1", **{column: listed})), {"LT-1": here}, toy_borders)
    assert counted(found) == {"unchanged": 1}


def test_correction_changes_one_field_and_keeps_its_reason(toy_borders: Borders) -> None:
    row = Row(2, {"id": "LT-1", "place": "Medininkai"}, before={"place": "Šumskas"}, reasons={"place": "misread"})
    found = report(Applied((row,)), HERE, toy_borders)
    assert found.changed[0].changes == (FieldChange("place", "Šumskas", "Medininkai", "misread"),)
    assert found.changed[0].becomes == incident("LT-1", place="Medininkai")


def test_correction_of_what_is_not_there_any_more_is_asked(toy_borders: Borders) -> None:
    row = Row(2, {"id": "LT-1", "place": "Medininkai"}, before={"place": "Vilnius"})
    found = report(Applied((row,)), HERE, toy_borders)
    assert counted(found) == {"waiting": 1}
    (question,) = found.questions
    assert [(answer.key, answer.label) for answer in question.answers] == [
        ("ours", "Šumskas"),
        ("theirs", "Medininkai"),
    ]
    for answer, kind in (("ours", "unchanged"), ("theirs", "changed")):
        assert counted(report(Applied((row,)), HERE, toy_borders, answers={question.id: answer})) == {kind: 1}


def test_merging_that_no_incident_can_bear_is_refused_with_its_line(toy_borders: Borders) -> None:
    later = {"LT-1": incident("LT-1", date="2025-07-29")}
    found = report(rows_of(NEAR | {"end_date": "2025-07-28"}), later, toy_borders, answers={"duplicate LT-9": "merge"})
    assert counted(found) == {"refused": 1}
    assert (found.refused[0].line, found.refused[0].column) == (2, "end_date")
    assert "the end lies before the date" in found.refused[0].message


def test_fault_that_is_recorded_already_does_not_keep_a_merging_out(toy_borders: Borders) -> None:
    here = {"LT-1": incident("LT-1", date="2025-07-29", end_date="2025-07-28")}
    found = report(rows_of(NEAR), here, toy_borders, answers={"duplicate LT-9": "merge"})
    assert counted(found) == {"changed": 1}


@pytest.mark.parametrize(
    ("change", "is_probable"),
    [
        ({}, True),
        ({"date": "2025-07-29"}, True),
        ({"date": "2025-07-30"}, False),
        ({"latitude": "5.09"}, True),  # 9.95 km
        ({"latitude": "5.091"}, False),  # 10.06 km
        ({"country": "BY"}, False),
    ],
)
def test_probable_duplicate_is_in_the_same_state_within_a_day_and_ten_kilometres(
    toy_borders: Borders, change: Content, is_probable: bool
) -> None:
    found = report(rows_of(NEAR | change), HERE, toy_borders)
    assert counted(found) == {"duplicates" if is_probable else "new": 1}


def test_withdrawn_incident_has_no_duplicates(toy_borders: Borders) -> None:
    found = report(rows_of(NEAR), {"LT-1": incident("LT-1", withdrawn="no incident")}, toy_borders)
    assert counted(found) == {"new": 1}


def test_duplicate_stays_out_until_it_is_answered(toy_borders: Borders) -> None:
    found = report(rows_of(NEAR), HERE, toy_borders)
    assert accepted(found) == []
    (question,) = found.questions
    assert (question.id, question.lines) == ("duplicate LT-9", (2,))
    assert "LT-9 may be LT-1, 5.5 km away and 0 days apart" in question.text
    assert found.duplicates[0].gains == (
        FieldChange("sources", "https://lrt.lt/1", "https://lrt.lt/1 https://bns.lt/2"),
        FieldChange("model", "", "balloon"),
    )


def test_answers_to_a_duplicate(toy_borders: Borders) -> None:
    def answered(answer: str) -> tuple[dict[str, int], list[str], list[Content | None]]:
        found = report(rows_of(NEAR), HERE, toy_borders, answers={"duplicate LT-9": answer})
        assert found.is_clean == bool(found.duplicates[0].answer)
        rows = accepted(found)
        return counted(found), [one.key for one in rows], [one.becomes for one in rows]

    assert answered("same") == ({"unchanged": 1}, ["LT-1"], [HERE["LT-1"]])
    assert answered("different") == ({"new": 1}, ["LT-9"], [NEAR])
    merged = HERE["LT-1"] | {"model": "balloon", "sources": "https://lrt.lt/1 https://bns.lt/2"}
    assert answered("merge") == ({"changed": 1}, ["LT-1"], [merged])
    assert answered("perhaps") == ({"duplicates": 1}, [], [])


def test_duplicate_may_be_any_of_those_that_are_near(toy_borders: Borders) -> None:
    here = HERE | {"LT-2": incident("LT-2", latitude="5.01", place="Medininkai")}
    found = report(rows_of(NEAR), here, toy_borders)
    assert [one.key for one in found.duplicates[0].alike] == ["LT-2", "LT-1"]
    assert [answer.key for answer in found.questions[0].answers][3:] == ["same LT-1", "merge LT-1"]
    merged = report(rows_of(NEAR), here, toy_borders, answers={"duplicate LT-9": "merge LT-1"})
    assert [one.key for one in merged.changed] == ["LT-1"]


def test_gone_are_incidents_that_only_a_full_list_leaves_out(toy_borders: Borders) -> None:
    here = HERE | {"LT-2": incident("LT-2"), "LT-3": incident("LT-3", withdrawn="twice")}
    said = {id_: Said(id_, incident(id_)) for id_ in ("LT-1", "LT-2", "LT-3", "LT-4")}
    rows = rows_of(incident("LT-1"))
    assert report(rows, here, toy_borders, said=said).gone == ()
    found = report(rows, here, toy_borders, said=said, is_full=True)
    assert found.gone == ("LT-2",)  # the third is withdrawn, the fourth is not there
    assert [one.key for one in accepted(found)] == ["LT-1"]  # nothing is done about what is gone
