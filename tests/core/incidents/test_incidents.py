"""Reading incidents: every way in which a file can be wrong has a message, and what is good loads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.incidents.columns import COLUMNS, REQUIRED, TAKEN
from dashboard.core.incidents.schema import is_link, read_incidents

NONE_READ = 0


def messages(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in read_incidents(path).problems]


def test_good_row_is_typed(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(incidents_file({"started_at": "2025-07-28T01:40Z", "end_date": "2025-07-29"}))
    row = reading.incidents.iloc[0]
    assert reading.problems == ()
    assert (row["latitude"], row["longitude"], row["location_accuracy_km"]) == (55.05, 24.37, 7.0)
    assert (row.geometry.x, row.geometry.y) == (24.37, 55.05)
    assert (row["date"].isoformat(), row["end_date"].isoformat()) == ("2025-07-28T00:00:00", "2025-07-29T00:00:00")
    assert row["started_at"].isoformat() == "2025-07-28T01:40:00+00:00"
    assert row["sources"] == ("https://example.org/one", "https://example.org/two")
    assert row["line"] == 2
    assert reading.incidents.crs.to_epsg() == 4326


# A bad second row: what is changed, and what the message must say of column, value, expectation.
SEVERE = [
    ({"id": "LT-1"}, "3: id: 'LT-1': the id is there already"),
    ({"id": "LT 2"}, "3: id: 'LT 2': expected 1 to 100 characters without spaces"),
    ({"date": "28.07.2025"}, "3: date: '28.07.2025': expected a day such as 2025-07-28"),
    ({"date": "2025-02-30"}, "3: date: '2025-02-30': expected a day"),
    ({"date": ""}, "3: date: Expected a day"),
    ({"date": "1812-06-24"}, "3: date: '1812-06-24': expected a day from 1945-01-01"),
    ({"end_date": "2025-07-27"}, "3: end_date: '2025-07-27': the end lies before the date"),
    ({"started_at": "2025-07-28 04:40"}, "3: started_at: '2025-07-28 04:40': expected an instant with its time zone"),
    ({"started_at": "9999-12-31T23:59-14:00"}, "3: started_at: '9999-12-31T23:59-14:00': expected an instant"),
    ({"started_at": "0001-01-01T00:00+14:00"}, "3: started_at: '0001-01-01T00:00+14:00': expected an instant"),
    ({"latitude": "NaN"}, "3: latitude: 'NaN': expected a number"),
    ({"latitude": "inf"}, "3: latitude: 'inf': expected a number"),
    ({"longitude": "-Infinity"}, "3: longitude: '-Infinity': expected a number"),
    ({"latitude": "north"}, "3: latitude: 'north': expected a number"),
    ({"latitude": "1e999"}, "3: latitude: '1e999': expected a number"),
    ({"latitude": ""}, "3: latitude: Expected a number"),
    ({"latitude": "95"}, "3: latitude: '95': expected a latitude from -90 to 90"),
    ({"longitude": "200"}, "3: longitude: '200': expected a longitude"),
    ({"location_accuracy_km": "0"}, "3: location_accuracy_km: '0': expected a radius in km"),
    ({"country": "POL"}, "3: country: 'POL': expected an ISO 3166-1 alpha-2 code"),
    ({"country": ""}, "3: country: Expected an ISO 3166-1 alpha-2 code"),
    ({"entered_from": "XX"}, "3: entered_from: 'XX': expected an ISO 3166-1"),
    ({"side": "own"}, "3: side: 'own': expected one of intruding, third, unclear, friendly. Correct the cell"),
    ({"category": "Crash"}, "3: category: 'Crash': expected one of incursion, crash, debris"),
    ({"object_type": "drone"}, "3: object_type: 'drone': expected one of uav"),
    ({"status": ""}, "3: status: Expected one of confirmed, reported, disputed"),
    ({"place": ""}, "3: place: The cell is empty"),
    ({"summary": "x" * 5001}, "expected at most 5000 characters"),
    ({"sources": ""}, "3: sources: The cell is empty"),
    ({"sources": "PAP"}, "none of the sources is an http or https address or a name in square brackets"),
    ({"sources": "[ ]"}, "none of the sources is an http or https address"),
    ({"sources": "javascript:alert(1)"}, "3: sources: 'javascript:alert(1)': none of the sources is an http or https"),
    ({"sources": "ftp://example.org"}, "none of the sources is an http or https address"),
]


@pytest.mark.parametrize(("change", "message"), SEVERE, ids=[message for _, message in SEVERE])
def test_bad_row_is_set_aside_and_the_good_one_loads(
    incidents_file: Callable[..., Any], change: dict[str, str], message: str
) -> None:
    reading = read_incidents(incidents_file({}, {"id": "LT-2"} | change))
    assert list(reading.incidents["line"]) == [2]
    assert (reading.rows, reading.set_aside) == (2, 1)
    assert [problem.severe for problem in reading.problems] == [True]
    assert message in str(reading.problems[0])
    assert reading.problems[0].remedy


WARNINGS = [
    ({"latitude": "55,05"}, "2: latitude: warning: '55,05': the decimal comma was read as a point"),
    (
        {"sources": "https://example.org javascript:alert(1)"},
        "a source that is neither an http or https address nor a name in square brackets is left out",
    ),
    ({"summary": "<script>alert(1)</script>"}, "2: summary: warning: '<script>alert(1)</script>': the text holds HTML"),
    ({"place": "<img src=x onerror=alert(1)>"}, "2: place: warning"),
    (
        {"started_at": "2025-08-01T00:00Z"},
        "2: started_at: warning: '2025-08-01T00:00Z': the instant is not on the date",
    ),
]


@pytest.mark.parametrize(("change", "message"), WARNINGS, ids=[message for _, message in WARNINGS])
def test_doubtful_row_loads_with_a_warning(
    incidents_file: Callable[..., Any], change: dict[str, str], message: str
) -> None:
    reading = read_incidents(incidents_file(change))
    assert len(reading.incidents) == 1
    assert [problem.severe for problem in reading.problems] == [False]
    assert message in str(reading.problems[0])


def test_decimal_comma_means_the_same_place(incidents_file: Callable[..., Any]) -> None:
    assert read_incidents(incidents_file({"latitude": "55,05"})).incidents["latitude"][0] == 55.05


def test_unsafe_link_does_not_reach_the_sources(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(incidents_file({"sources": "https://example.org javascript:alert(1)"}))
    assert reading.incidents["sources"][0] == ("https://example.org",)


def test_all_problems_come_at_once(incidents_file: Callable[..., Any]) -> None:
    found = messages(incidents_file({"date": "x", "latitude": "y", "category": "z"}, {"id": "LT-2", "status": "?"}))
    assert [line.split(":")[:2] for line in found] == [
        ["2", " date"],
        ["2", " latitude"],
        ["2", " category"],
        ["3", " status"],
    ]


def test_missing_column_is_named_and_nothing_loads(incidents_file: Callable[..., Any]) -> None:
    columns = tuple("lat" if name == "latitude" else name for name in COLUMNS)
    reading = read_incidents(incidents_file({}, columns=columns))
    found = [str(problem) for problem in reading.problems]
    assert (len(reading.incidents), reading.set_aside) == (NONE_READ, 1)
    assert any("1: latitude: The column is missing" in line for line in found)
    assert any("1: lat: warning: The column is not known" in line for line in found)


def test_unknown_column_is_kept(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(incidents_file({"analyst": "Ona"}, columns=(*COLUMNS, "analyst")))
    assert reading.incidents["analyst"][0] == "Ona"
    assert "1: analyst: warning: The column is not known and is kept as text" in str(reading.problems[0])


def test_column_that_is_there_twice_is_reported(incidents_file: Callable[..., Any]) -> None:
    assert any(
        "1: place: The column is there twice" in line
        for line in messages(incidents_file({}, columns=(*COLUMNS, "place")))
    )


def test_optional_columns_may_be_missing(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(incidents_file({}, columns=REQUIRED))
    assert reading.problems == ()
    told = reading.incidents.loc[0, ["event", "date_precision", "payload", "side"]].tolist()
    assert told == ["", "day", "unknown", "intruding"]


ADDRESSES = ("https://a.example/x?y=1,2;3|4", "http://b.example/y")


@pytest.mark.parametrize("between", ["; ", ";", ", ", ",", "|", " | ", "\n", ";\n", "\r\n", " ", "\t", ",, "])
@pytest.mark.parametrize("after", ["", ";", ", "])
def test_sources_are_parted_by_what_people_put_between_them(
    incidents_file: Callable[..., Any], between: str, after: str
) -> None:
    reading = read_incidents(incidents_file({"sources": between.join(ADDRESSES) + after}))
    assert reading.incidents["sources"][0] == ADDRESSES
    assert reading.problems == ()


def test_one_fault_in_many_rows_is_one_problem_for_each(incidents_file: Callable[..., Any]) -> None:
    rows = [{"id": f"LT-{number}", "category": "x", "status": "y" if number % 2 else "reported"} for number in range(9)]
    found = read_incidents(incidents_file({}, *rows)).problems
    assert [problem.line for problem in found if problem.column == "category"] == [*range(3, 12)]
    assert [problem.line for problem in found if problem.column == "status"] == [4, 6, 8, 10]


def test_apostrophe_of_a_guarded_cell_is_taken_off(incidents_file: Callable[..., Any]) -> None:
    cells = {
        "'=1+1": "=1+1",
        "''=1+1": "'=1+1",
        "'x": "'x",
        "a;'-1": "a;-1",
        "'": "'",
        "it's =": "it's =",
        " '@a ": "@a",
    }
    rows = ({"id": f"LT-{number}", "summary": cell} for number, cell in enumerate(cells))
    assert list(read_incidents(incidents_file(*rows)).incidents["summary"]) == list(cells.values())


@pytest.mark.parametrize("character", ["\0", "\x08", "\x1f", "\x7f", "\ufffe", "\uffff"])
def test_characters_that_no_document_can_hold_are_left_out(incidents_file: Callable[..., Any], character: str) -> None:
    reading = read_incidents(incidents_file({"place": f"Vil{character}nius\tcity"}, {"id": "LT-2"}))
    assert list(reading.incidents["place"]) == ["Vilnius\tcity", "Gaižiūnai"]
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.severe) == (2, "place", False)
    assert f"no document can hold (U+{ord(character):04X})" in problem.message


def test_measured_columns_are_measured_anew_without_a_word(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(incidents_file({"depth_km": "x", "town": "y"}, columns=(*COLUMNS, "depth_km", "town")))
    assert reading.problems == ()
    assert not {"depth_km", "town"} & set(reading.incidents)


@pytest.mark.parametrize("name", TAKEN)
def test_name_that_is_taken_is_left_out_with_a_warning(incidents_file: Callable[..., Any], name: str) -> None:
    reading = read_incidents(incidents_file({name: "x"}, columns=(*COLUMNS, name)))
    assert reading.incidents["line"][0] == 2
    assert reading.incidents.geometry[0].x == 24.37
    assert [str(problem.expected) for problem in reading.problems] == [
        "the map uses this name for something else, and the column is left out"
    ]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("//example.org", False),
        ("https://example.org/'onmouseover=alert(1)", False),
        ("https://example.org/<b>", False),
        ("https://[broken", False),
    ],
)
def test_only_http_links_with_a_host(text: str, good: bool) -> None:
    assert is_link(text) is good


# Facts of the report.


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("objects", "1.5", "expected a whole number from 1 to 10000"),
        ("objects", "0", "expected a whole number from 1 to 10000"),
        ("objects", "several", "expected a number such as 54.6341"),
        ("objects_of", "night", "expected one of incident, event"),
        ("date_basis", "landing", "expected one of flight, find, announcement"),
        ("noticed_by", "radar, finder", "expected one or more of radar, military, border_guard"),
        ("altitude_m", "-5", "expected metres from 1 to 40000"),
        ("ended_at", "2025-07-28", "expected an instant with its time zone"),
        ("airport_closed_min", "0", "expected minutes from 1 to 100000"),
        ("flights_affected", "2.5", "expected a whole number from 1 to 100000"),
        ("passengers_affected", "-1", "expected a whole number from 1 to 10000000"),
    ],
)
def test_fact_that_cannot_be_is_told_with_line_and_column(
    incidents_file: Callable[..., Any], column: str, cell: str, expected: str
) -> None:
    reading = read_incidents(incidents_file({}, {"id": "LT-2", column: cell}))
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.severe) == (3, column, True)
    assert expected in problem.message
    assert list(reading.incidents["id"]) == ["LT-1"]


def test_facts_are_read_as_they_stand(incidents_file: Callable[..., Any]) -> None:
    facts = {
        "objects": "25",
        "noticed_by": "radar finder",
        "ended_at": "2025-07-28T06:00Z",
        "case_number": "01-2-00345",
    }
    (row,) = read_incidents(incidents_file(facts)).incidents.to_dict("records")
    assert (row["objects"], row["noticed_by"], row["case_number"]) == (25, "radar finder", "01-2-00345")
    assert (row["objects_of"], row["date_basis"]) == ("incident", "")


def test_end_before_the_start_is_told(incidents_file: Callable[..., Any]) -> None:
    times = {"started_at": "2025-07-28T04:40Z", "ended_at": "2025-07-28T04:39Z"}
    (problem,) = read_incidents(incidents_file(times)).problems
    assert (problem.column, problem.severe) == ("ended_at", True)
