"""Events: read from their file, tied to incidents by these, and counted by the day of the flight."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.core.analysis.counting import Tally, span_of
from dashboard.core.analysis.event_parts import event_parts
from dashboard.core.analysis.trends import monthly
from dashboard.core.data.dataset import Dataset, read_dataset
from dashboard.core.data.releases import asked_in_words
from dashboard.core.incidents.events import Event, read_events
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.publishers import Publishers
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View, parse_query_string
from tests.conftest import csv_text

HEADER = (
    "event,title,first_day,last_day,official_count,official_count_max,max_is,counted_what,official_shot_down,source\n"
)
NIGHT = "PL-2025-09-10-night"


Read = Callable[..., tuple[dict[str, Event], list[Problem]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_rows(*rows: str) -> tuple[dict[str, Event], list[Problem]]:
        path = tmp_path / "events.csv"
        path.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
        return read_events(path, Publishers())

    return read_rows


def test_folder_without_the_file_has_no_events(tmp_path: Path) -> None:
    assert read_events(tmp_path / "events.csv", Publishers()) == ({}, [])


def test_row_gives_an_event(read: Read) -> None:
    events, problems = read("A,A night,2025-07-28,2025-07-29,19,21,later,violations,3,https://x.example/1")
    assert problems == []
    found = events["A"]
    assert found == Event(
        "A", "A night", date(2025, 7, 28), date(2025, 7, 29), 19, 21, "later", "violations", 3, "", found.sources
    )
    assert [source.address for source in found.sources] == ["https://x.example/1"]


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (",A night,2025-07-28,2025-07-28,,,,,,", "event", "1 to 100 characters"),
        ("A B,A night,2025-07-28,2025-07-28,,,,,,", "event", "without spaces"),
        ("A,,2025-07-28,2025-07-28,,,,,,", "title", "1 to 120 characters"),
        ("A,A night,28/07/2025,2025-07-28,,,,,,", "first_day", "a day such as 2025-07-28"),
        ("A,A night,2025-07-28,,,,,,,", "last_day", "a day such as 2025-07-28"),
        ("A,A night,2025-07-28,2025-07-27,,,,,,", "last_day", "lies before the first"),
        ("A,A night,2025-07-28,2025-07-28,many,,,drones,,", "official_count", "a whole number"),
        ("A,A night,2025-07-28,2025-07-28,-1,,,drones,,", "official_count", "a whole number"),
        ("A,A night,2025-07-28,2025-07-28,19,18,,drones,,", "official_count_max", "above official_count"),
        ("A,A night,2025-07-28,2025-07-28,19,,,,,", "counted_what", "what was counted"),
        ("A,A night,2025-07-28,2025-07-28,,,,,²,", "official_shot_down", "a whole number"),
    ],
)
def test_wrong_cell_is_named_with_line_expectation_and_remedy(read: Read, row: str, column: str, expected: str) -> None:
    events, [problem] = read(row)
    assert events == {}
    assert (problem.line, problem.column, problem.severe) == (2, column, True)
    assert expected in problem.expected
    assert problem.remedy


def test_second_row_of_an_event_is_left_out_and_a_bad_address_is_told(read: Read) -> None:
    events, problems = read("A,One,2025-07-28,2025-07-28,,,,,,javascript:x", "A,Two,2025-07-28,2025-07-28,,,,,,")
    assert [event.title for event in events.values()] == ["One"]
    assert events["A"].sources == ()
    assert [(problem.line, problem.column) for problem in problems] == [(2, "source"), (3, "event")]


def test_event_and_incidents_that_do_not_fit_together_are_told(data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({"event": "B"}), "utf-8")
    (data_folder / "events.csv").write_text(HEADER + "A,A night,2025-07-28,2025-07-28,,,,,,\n", "utf-8")
    problems = read_dataset(data_folder).problems
    told = [(problem.file.name, problem.line, problem.value, problem.severe) for problem in problems]
    assert told == [("incidents.csv", 2, "B", False), ("events.csv", 0, "A", False)]


def test_what_is_found_later_counts_on_the_first_day_of_its_event(data_folder: Path) -> None:
    rows = [
        {"id": "at-night", "event": "A", "date": "2025-07-29"},
        {"id": "found", "event": "A", "date": "2025-09-02"},
        {"id": "month-only", "event": "A", "date": "2025-08-01", "date_precision": "month"},
        {"id": "alone", "date": "2025-09-02", "date_basis": "find"},
        {"id": "flown-then", "event": "A", "date": "2025-09-02", "date_basis": "flight"},
    ]
    (data_folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
    (data_folder / "events.csv").write_text(HEADER + "A,A night,2025-07-28,2025-07-29,,,,,,\n", "utf-8")
    data = read_dataset(data_folder)
    counted = data.incidents.set_index("id")["counted_on"].dt.date
    assert counted.to_dict() == {
        "at-night": date(2025, 7, 29),
        "found": date(2025, 7, 28),
        "month-only": date(2025, 8, 1),
        "alone": date(2025, 9, 2),
        "flown-then": date(2025, 9, 2),
    }
    by = data.incidents.set_index("id")["counted_by"]
    assert by.to_dict() == {
        "at-night": "flight", "found": "flight", "month-only": "", "alone": "find", "flown-then": "flight",
    }  # fmt: skip
    parts = event_parts(data.of_event("A"))
    assert (parts.on_its_days, list(parts.found_later["id"])) == (3, ["found"])


# The real night over Poland.


def test_night_over_poland_has_its_parts(shipped: Dataset) -> None:
    parts = event_parts(shipped.of_event(NIGHT))
    assert list(parts.shot_down["place"].sort_values()) == ["Cześniki", "Wyhalew"]
    assert (parts.on_its_days, len(parts.found_later)) == (16, 6)
    assert list(parts.without_site["id"]) == ["PL-2025-09-09-wschodnia-polska"]
    assert list(parts.own_side["id"]) == ["PL-2025-09-10-wyryki-wola"]
    event = shipped.events[NIGHT]
    assert (event.official_count, event.max_is, event.official_count_max, event.official_shot_down) == (
        19, "later", 21, 3,
    )  # fmt: skip


def test_six_finds_count_in_the_month_of_the_flight(shipped: Dataset) -> None:
    view, _ignored = parse_query_string("country=PL")
    selection = shipped.select(view).rows
    by_find = selection["date"].dt.to_period("M").value_counts()
    table = monthly(Tally(selection, "incidents", span_of(shipped, view, selection)), "category").all_
    moved = {f"{month:%Y-%m}": int(count) - by_find.get(month.to_period("M"), 0) for month, count in table.items()}
    assert {month: change for month, change in moved.items() if change} == {"2025-12": -1, "2026-03": -1, "2025-09": 2}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (f"event={NIGHT}", True),
        (f"q={NIGHT}", True),
        ('q="10 September 2025 over Poland"', True),
        ("from=2025-09-09&to=2025-09-09", True),
        ("from=2025-12-01&to=2025-12-31", False),
    ],
)
def test_find_of_december_is_shown_with_the_night_on_which_it_flew(shipped: Dataset, query: str, shown: bool) -> None:
    view, ignored = parse_query_string(query)
    assert ignored == []
    assert ("PL-2025-12-14-zelizna" in set(shipped.select(view).rows["id"])) is shown
    assert parse_query_string(view.query_string()) == (view, [])


def test_an_event_is_told_by_its_title_and_one_that_is_not_described_by_its_id(shipped: Dataset) -> None:
    night, _ignored = parse_query_string(f"event={NIGHT}")
    title = "Night of 9 to 10 September 2025 over Poland"
    assert shipped.sentence(night, 23).startswith(f"{title}: 23 of 336 incidents")
    assert asked_in_words(night, shipped.known, shipped.events) == title
    both, _ignored = parse_query_string(f"event={NIGHT}&category=crash")
    assert asked_in_words(both, shipped.known, shipped.events) == f"{title}, crashes"
    other = View(Filter(event="PL-other"))
    assert shipped.sentence(other, 0) == "Event PL-other: 0 of 336 incidents"


def test_every_event_has_incidents_and_every_named_event_is_described(shipped: Dataset) -> None:
    assert set(shipped.objects["event"]) - {""} == set(shipped.events)
    assert shipped.sentence(View(), 0)  # and the file gives no problem
    assert not [problem for problem in shipped.problems if problem.file.name == "events.csv"]
