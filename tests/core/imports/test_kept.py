from pathlib import Path

from dashboard.core.geo.borders import Borders
from dashboard.core.imports.accept import accept, accepted
from dashboard.core.imports.applied import LEAVE_EMPTY, LEAVE_OUT, Surroundings
from dashboard.core.imports.apply import apply_mapping
from dashboard.core.imports.kept import find_again, kept_mappings, with_answers
from dashboard.core.imports.mapping import Mapping
from dashboard.core.record.record import INCIDENT, Record
from dashboard.core.record.undo import undo
from tests.core.imports.lists import OWN, TODAY
from tests.core.imports.reports import incident, report, rows_of

POLISH = Mapping(name="Polish desk list", columns={"Lp.": "", "Data": "date", "Miejscowość": "place"})
LIST = Path("list.csv")
HEADER = ["Lp.", "Data", "Miejscowość", "Uwagi"]


def taken_in(record: Record, borders: Borders, mapping: Mapping, day: str = "2025-07-28") -> int:
    made = report(rows_of(incident(f"LT-{day}", date=day)), record.state(INCIDENT), borders)
    number = accept(record, accepted(made), "wykaz", mapping=mapping)
    assert number
    return number


def test_a_mapping_is_kept_with_an_import_and_found_again_by_the_header(record: Record, toy_borders: Borders) -> None:
    assert find_again(record, HEADER) is None
    taken_in(record, toy_borders, POLISH)
    again = find_again(record, HEADER)
    assert again is not None
    assert (again.mapping, again.new) == (POLISH, ("Uwagi",))


def test_a_later_one_of_the_same_name_takes_its_place(record: Record, toy_borders: Borders) -> None:
    taken_in(record, toy_borders, POLISH)
    later = POLISH.model_copy(update={"defaults": {"status": "reported"}})
    taken_in(record, toy_borders, later, "2025-01-01")
    assert kept_mappings(record) == (later,)


def test_it_stays_when_the_import_is_undone(record: Record, toy_borders: Borders) -> None:
    number = taken_in(record, toy_borders, POLISH)
    undo(record, number)
    assert record.state(INCIDENT) == {}
    assert kept_mappings(record) == (POLISH,)


def test_answers_about_words_are_kept_and_those_about_one_cell_are_not() -> None:
    learned = with_answers(
        POLISH,
        {
            "category: wtargnięcie": "incursion", "payload: sernik": LEAVE_EMPTY, "country: Rzeczpospolita": "Polska",
            "object_type: smok": LEAVE_OUT, "order: Data": "day first", "place: Nur, PL": "52.7, 22.3",
            "times": "local",
        },
    )  # fmt: skip
    assert learned.words == {
        "category": {"wtargnięcie": "incursion"}, "payload": {"sernik": ""}, "country": {"Rzeczpospolita": "PL"},
    }  # fmt: skip
    assert (learned.times, learned.order) == ("local", "")


def test_what_was_answered_is_not_asked_again(surroundings: Surroundings) -> None:
    header, rows = list(OWN), [list((OWN | {"category": "wtargnięcie nocne"}).values())]
    mapping = Mapping(name="own", columns={name: name for name in OWN})
    (question,) = apply_mapping(header, rows, [2], mapping, {}, surroundings, file=LIST, today=TODAY).questions
    learned = with_answers(mapping, {question.id: "incursion"})
    found = apply_mapping(header, rows, [2], learned, {}, surroundings, file=LIST, today=TODAY)
    assert [row.cells["category"] for row in found.rows] == ["incursion"]
