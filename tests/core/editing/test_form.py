"""The form of an incident: what is filled in as cells, and cells as a form."""

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import alike, check
from dashboard.core.editing.form import COORDINATES, EXACT, SECOND, TIME, YES, empty_form, form_of, read_form
from dashboard.core.record.files import read_things
from dashboard.core.record.record import INCIDENT
from tests.settled_data import DATA

SUMSKAS = {
    "date": "2026-11-14",
    TIME: "04:40",
    EXACT: "minute",
    "place": "Šumskas",
    COORDINATES: "35UMA173510",
    "location_accuracy_km": "4",
    "category": "landing",
    "object_type": "balloon",
    "payload": "contraband",
    "entered_from": "BY",
    "summary": "A balloon came down in a field.",
    "sources": "https://vsat.lrv.lt/lt/naujienos/1\nhttps://www.lrt.lt/naujienos/2",
    "status": "confirmed",
}


def form(**fields: str) -> dict[str, str]:
    return empty_form() | SUMSKAS | fields


def faults(fields: dict[str, str], dataset: Dataset) -> dict[str, str]:
    return {fault.field: fault.message for fault in check(read_form(fields, dataset), dataset).faults}


def test_form_becomes_the_cells_of_an_incident(shipped: Dataset) -> None:
    filled = read_form(form(), shipped)
    assert filled.cells == {
        "date": "2026-11-14",
        "date_precision": "day",
        "started_at": "2026-11-14T02:40Z",
        "country": "LT",
        "place": "Šumskas",
        "latitude": "54.60015",
        "longitude": "25.72061",
        "location_accuracy_km": "4",
        "category": "landing",
        "object_type": "balloon",
        "payload": "contraband",
        "entered_from": "BY",
        "summary": "A balloon came down in a field.",
        "sources": "https://vsat.lrv.lt/lt/naujienos/1 https://www.lrt.lt/naujienos/2",
        "status": "confirmed",
    }
    assert filled.clock.name == "Europe/Vilnius"
    checked = check(filled, shipped)
    assert (checked.faults, checked.is_sure) == ((), True)
    assert checked.row is not None
    row = checked.row.iloc[0]
    assert (row.airspace, row.measured_from, row.certain) == ("LT", "BY", False)
    assert row.depth_km == pytest.approx(2.3, abs=0.2)


def test_every_incident_of_the_data_goes_through_its_form_unchanged(shipped: Dataset) -> None:
    cells = read_things(DATA).things[INCIDENT]
    some = list(cells)[::9]
    assert len(some) > 30
    for key in some:
        assert read_form(form_of(cells[key]), shipped, cells[key]).cells == cells[key]


def test_only_what_is_touched_changes(shipped: Dataset) -> None:
    cells = read_things(DATA).things[INCIDENT]["HR-2022-03-10-zagreb"]
    fields = form_of(cells)
    assert (fields["date"], fields[TIME], fields["damage"]) == ("2022-03-10", "23:01", "crater; some property damage")
    changed = read_form(fields | {"damage": "", TIME: "23:02"}, shipped, cells).cells
    assert changed == {name: cell for name, cell in cells.items() if name != "damage"} | {
        "started_at": "2022-03-10T22:02Z"
    }


def test_nothing_filled_in_needs_what_an_incident_needs(shipped: Dataset) -> None:
    checked = check(read_form(empty_form(), shipped), shipped)
    assert all(fault.missing for fault in checked.faults)
    assert [fault.field for fault in checked.faults] == [
        "date", "time", "place", "coordinates", "location_accuracy_km", "category", "object_type", "sources",
        "status",
    ]  # fmt: skip
    assert checked.row is None


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"date": "14.11.2026"}, "date", "expected a day"),
        ({TIME: "25:10"}, TIME, "such as 04:40"),
        ({"date": "2026-03-29", TIME: "03:30"}, TIME, "put forward"),
        ({COORDINATES: "by the river"}, COORDINATES, "no coordinates"),
        ({COORDINATES: "54.6 N 190 E"}, COORDINATES, "between 180"),
        ({COORDINATES: "25.72, 54.6"}, COORDINATES, "beyond the map"),
        ({"country": "LT", COORDINATES: "42.7, 23.3"}, None, ""),
        ({"location_accuracy_km": "near"}, "location_accuracy_km", "expected a number"),
        ({"location_accuracy_km": "0"}, "location_accuracy_km", "above 0"),
        ({"category": "attack"}, "category", "one of incursion, crash"),
        ({"noticed_by": "radar neighbours"}, "noticed_by", "separated by spaces"),
        (
            {"sources": "https://www.lrt.lt/1\nLRT radijas, 8 val."},
            "sources",
            "Source 2 is neither the address of a page",
        ),
        ({"summary": "x" * 5001}, "summary", "at most 5000"),
        ({"end_date": "2026-11-13"}, "end_date", "lies before the date"),
        ({"end_time": "04:30"}, "end_time", "lies before the start"),
    ],
)
def test_fault_is_told_of_its_field(shipped: Dataset, fields: dict[str, str], field: str | None, message: str) -> None:
    found = faults(form(**fields), shipped)
    assert list(found) == ([field] if field else [])
    assert message in found.get(field or "", "")


def test_place_far_outside_of_its_state_is_a_doubt(shipped: Dataset) -> None:
    doubts = check(read_form(form(country="LT", coordinates="52.4, 21.0"), shipped), shipped).doubts
    assert [doubt.field for doubt in doubts] == [COORDINATES]
    assert "outside Lithuania" in doubts[0].message


def test_place_is_measured_before_the_rest_is_filled_in(shipped: Dataset) -> None:
    checked = check(read_form(empty_form() | {COORDINATES: "54.6 N 25.72 E"}, shipped), shipped)
    assert not checked.is_sure
    assert checked.row is not None
    assert checked.row.iloc[0].country == "LT"


def test_second_of_two_equal_hours(shipped: Dataset) -> None:
    night = {"date": "2026-10-25", TIME: "03:30"}
    first, second = (read_form(form(**night, second=which), shipped).cells["started_at"] for which in ("", YES))
    assert (first, second) == ("2026-10-25T00:30Z", "2026-10-25T01:30Z")
    assert form_of({**read_form(form(**night, second=YES), shipped).cells})[SECOND] == YES


def test_day_and_month_alone_have_no_time(shipped: Dataset) -> None:
    for exact in ("day", "month"):
        cells = read_form(form(exact=exact), shipped).cells
        assert (cells["date_precision"], cells.get("started_at")) == (exact, None)
        assert form_of(cells)[EXACT] == exact


def test_several_addresses_in_one_line_are_several_sources(shipped: Dataset) -> None:
    cells = read_form(form(sources="https://a.example/1; https://b.example/2\n\n https://c.example/3 "), shipped).cells
    assert cells["sources"] == "https://a.example/1 https://b.example/2 https://c.example/3"


def test_characters_that_no_document_can_hold_are_left_out(shipped: Dataset) -> None:
    assert read_form(form(place=" Šum\x00skas\x1b "), shipped).cells["place"] == "Šumskas"


def test_incidents_like_it_are_of_the_same_state_days_and_place(shipped: Dataset) -> None:
    known = shipped.incidents[shipped.incidents["id"] == "LT-2025-07-28-gaiziunai"].iloc[0]
    here = {COORDINATES: f"{known.latitude}, {known.longitude}", "date": "2025-07-29"}
    found = alike(check(read_form(form(**here), shipped), shipped).row, shipped)
    assert list(found["id"]) == [known.id]
    row = check(read_form(form(**here), shipped), shipped).row
    assert alike(row, shipped, besides=known.id).empty
    for far in ({"date": "2025-07-30"}, {COORDINATES: "55.05, 24.6"}):
        assert alike(check(read_form(form(**here | far), shipped), shipped).row, shipped).empty
