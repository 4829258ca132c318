from datetime import date, datetime

import pytest
import shapely

from dashboard.core.imports.applied import LEAVE_EMPTY, LEAVE_OUT, Applied, Surroundings
from tests.core.imports.lists import OWN, applied

DEFAULTS = {"location_accuracy_km": "5", "category": "crash", "object_type": "uav", "status": "reported"}


def cells_of(found: Applied) -> list[dict[str, str]]:
    assert not found.refused
    assert not found.questions
    return [dict(row.cells) for row in found.rows]


def test_a_list_in_our_columns_comes_through_as_it_is(surroundings: Surroundings) -> None:
    found = applied(surroundings, [OWN])
    assert cells_of(found) == [OWN]
    assert found.rows[0].assumed == frozenset()


def test_every_cell_is_understood_however_it_is_written(surroundings: Surroundings) -> None:
    row = {
        "Nr": "7", "Data": "28.07.2025", "Państwo": "Litwa", "Miejscowość": "Gaižiūnai", "Szer. geogr.": "55,05",
        "Dł. geogr.": "24,37", "Dokładność": "5 km", "Zdarzenie": "upadek", "Obiekt": "Shahed-136",
        "Status": "potwierdzone", "Źródło": "PAP",
    }  # fmt: skip
    assert cells_of(applied(surroundings, [row], source="wykaz")) == [
        OWN | {"id": "wykaz-7", "model": "Shahed-136", "sources": "[PAP]"}
    ]


def test_cells_of_a_spreadsheet_need_not_be_text(surroundings: Surroundings) -> None:
    row = OWN | {"date": datetime(2025, 7, 28), "latitude": 55.05, "longitude": 24.37, "location_accuracy_km": 5.0}
    assert cells_of(applied(surroundings, [row])) == [OWN]
    assert cells_of(applied(surroundings, [row | {"date": date(2025, 7, 28)}])) == [OWN]


def test_a_date_that_could_be_two_is_asked_once_a_column(surroundings: Surroundings) -> None:
    rows = [OWN | {"date": "03/04/2025"}, OWN | {"id": "LT-2", "date": "05/06/2025"}]
    found = applied(surroundings, rows)
    assert (found.rows, found.refused, found.waiting) == ((), (), (2, 3))
    (question,) = found.questions
    assert question.text == "Is 03/04/2025 3 April 2025 or 4 March 2025?"
    assert (question.column, question.field, question.cell, question.lines) == ("date", "date", "03/04/2025", (2, 3))
    assert question.row["place"] == "Gaižiūnai"
    assert [answer.label for answer in question.answers] == ["3 April 2025", "4 March 2025", "Leave the row out"]
    assert found == applied(surroundings, rows)  # asked again, it is the same question
    day_first = applied(surroundings, rows, answers={question.id: question.answers[0].key})
    assert [row["date"] for row in cells_of(day_first)] == ["2025-04-03", "2025-06-05"]
    month_first = applied(surroundings, rows, answers={question.id: question.answers[1].key})
    assert [row["date"] for row in cells_of(month_first)] == ["2025-03-04", "2025-05-06"]
    assert applied(surroundings, rows, answers={question.id: LEAVE_OUT}).left_out == (2, 3)


def test_other_cells_of_the_column_settle_the_order_of_day_and_month_and_that_is_said(
    surroundings: Surroundings,
) -> None:
    found = applied(surroundings, [OWN | {"date": "03/04/2025"}, OWN | {"id": "LT-2", "date": "28/07/2025"}])
    assert [row["date"] for row in cells_of(found)] == ["2025-04-03", "2025-07-28"]
    assert found.notes == (
        "date: dates such as 03/04/2025 are read with the day first, since 28/07/2025 can only be so.",
    )


def test_where_cells_contradict_each_other_each_is_asked(surroundings: Surroundings) -> None:
    days = ["03/04/2025", "28/07/2025", "7/28/2025"]
    rows = [OWN | {"id": f"LT-{number}", "date": day} for number, day in enumerate(days)]
    found = applied(surroundings, rows)
    assert [row.cells["date"] for row in found.rows] == ["2025-07-28", "2025-07-28"]
    (question,) = found.questions
    chosen = applied(surroundings, rows, answers={question.id: "2025-03-04"})
    assert [row["date"] for row in cells_of(chosen)] == ["2025-03-04", "2025-07-28", "2025-07-28"]


def test_a_word_that_is_not_known_is_asked_once_with_what_it_may_mean(surroundings: Surroundings) -> None:
    rows = [OWN | {"object_type": "smok"}, OWN | {"id": "LT-2", "object_type": "smok"}, OWN | {"id": "LT-3"}]
    found = applied(surroundings, rows)
    assert [row.line for row in found.rows] == [4]
    (question,) = found.questions
    assert (question.text, question.lines) == ("Object: what is smok?", (2, 3))
    assert [answer.label for answer in question.answers][:2] == ["Drone", "Missile"]
    chosen = applied(surroundings, rows, answers={question.id: "balloon"})
    assert [row["object_type"] for row in cells_of(chosen)] == ["balloon", "balloon", "uav"]


def test_the_mapping_knows_words_and_an_optional_cell_can_be_left_empty(surroundings: Surroundings) -> None:
    row = OWN | {"payload": "sernik"}
    known = applied(surroundings, [row], changes={"words": {"payload": {"Sernik": "contraband"}}})
    assert cells_of(known)[0]["payload"] == "contraband"
    (question,) = applied(surroundings, [row]).questions
    assert cells_of(applied(surroundings, [row], answers={question.id: LEAVE_EMPTY})) == [OWN]


def test_a_row_that_cannot_be_read_is_refused_with_line_column_and_remedy(surroundings: Surroundings) -> None:
    found = applied(
        surroundings, [OWN, OWN | {"id": "LT-2", "date": "31.02.2025"}, OWN | {"id": "LT-3", "latitude": "95"}]
    )
    assert [row.line for row in found.rows] == [2]
    assert [str(problem) for problem in found.refused] == [
        "list.csv:3: date: '31.02.2025': February 2025 has no day 31, only 1 to 28. Correct it.",
        "list.csv:4: latitude: '95': expected a latitude from -90 to 90. Correct the cell.",
    ]


def test_what_no_column_says_has_a_value_for_the_whole_list_which_is_an_assumption(surroundings: Surroundings) -> None:
    row = {"entry": "X1", "Date": "28/07/2025", "title": "Something", "lat": "51.77", "lon": "19.46", "link": "PAP"}
    lacking = applied(surroundings, [row])
    assert lacking.rows == ()
    assert lacking.missing == (
        "Nothing in the list says Location uncertainty, What happened, Object and Status. "
        "Choose the column of each, or a value for the whole list."
    )
    found = applied(surroundings, [row], changes={"defaults": DEFAULTS})
    (cells,) = cells_of(found)
    assert (cells["country"], cells["status"]) == ("PL", "reported")
    assert found.rows[0].assumed == {*DEFAULTS, "country"}


def test_latitude_and_longitude_that_were_exchanged_are_told_by_the_state(surroundings: Surroundings) -> None:
    exchanged = OWN | {"latitude": "24.37", "longitude": "55.05"}
    found = applied(surroundings, [exchanged])
    assert cells_of(found) == [OWN]
    assert found.notes == ("1 row had latitude and longitude exchanged, as its state tells.",)
    nobody_says = {name: text for name, text in exchanged.items() if name != "country"}
    (question,) = applied(surroundings, [nobody_says]).questions
    assert question.text == "Is 24.37 the latitude or the longitude?"
    assert cells_of(applied(surroundings, [nobody_says], answers={question.id: "exchanged"})) == [OWN]


def test_a_place_without_coordinates_is_offered_its_town(surroundings: Surroundings) -> None:
    row = {name: text for name, text in OWN.items() if name not in ("latitude", "longitude", "location_accuracy_km")}
    row |= {"place": "Krynki", "country": "PL"}
    found = applied(surroundings, [row], changes={"defaults": DEFAULTS})
    (question,) = found.questions
    assert question.text == "Where is Krynki, Poland?"
    town = question.answers[0]
    assert (town.label, town.because) == ("Krynki, Poland", "the middle of the town, accurate to 3 km")
    chosen = applied(surroundings, [row], changes={"defaults": DEFAULTS}, answers={question.id: town.key})
    (cells,) = cells_of(chosen)
    assert float(cells["latitude"]) == pytest.approx(53.264, abs=0.01)
    assert cells["location_accuracy_km"] == "3"
    assert {"latitude", "longitude", "location_accuracy_km"} <= chosen.rows[0].assumed
    typed = applied(surroundings, [row], changes={"defaults": DEFAULTS}, answers={question.id: "53.3, 23.8"})
    assert cells_of(typed)[0]["latitude"] == "53.3"


def test_times_without_a_zone_are_asked_once_and_days_are_those_of_the_state(surroundings: Surroundings) -> None:
    rows = [OWN | {"date": "2025-07-28 01:30"}, OWN | {"id": "LT-2", "date": "2025-07-27T22:30:00Z"}]
    found = applied(surroundings, rows)
    assert {**found.rows[0].cells, "id": "LT-1"} == OWN | {"started_at": "2025-07-27T22:30Z"}
    (question,) = found.questions
    assert question.text == "Of which zone are times such as 01:30?"
    local = cells_of(applied(surroundings, rows, answers={question.id: "local"}))
    assert [(row["date"], row["started_at"]) for row in local] == [("2025-07-28", "2025-07-27T22:30Z")] * 2
    utc = cells_of(applied(surroundings, rows, answers={question.id: "utc"}))
    assert utc[0]["started_at"] == "2025-07-28T01:30Z"
    without = cells_of(applied(surroundings, rows, answers={question.id: "left out"}))
    assert without[0] == OWN


def test_a_time_of_day_in_a_column_of_its_own_joins_the_day(surroundings: Surroundings) -> None:
    with_zone = applied(surroundings, [OWN | {"time": "04:40 UTC"}])
    assert cells_of(with_zone) == [OWN | {"started_at": "2025-07-28T04:40Z"}]
    local = applied(surroundings, [OWN | {"time": "04:40"}], answers={"times": "local"})
    assert cells_of(local) == [OWN | {"started_at": "2025-07-28T01:40Z"}]


def test_midnights_of_a_whole_column_are_days(surroundings: Surroundings) -> None:
    assert cells_of(applied(surroundings, [OWN | {"date": "2025-07-28T00:00:00Z"}])) == [OWN]


def test_a_row_with_a_recorded_id_gives_only_what_it_says(surroundings: Surroundings) -> None:
    found = applied(
        surroundings, [{"id": "LT-1", "objects": "3", "damage": "", "basis": "summary"}], known={"LT-1": OWN}
    )
    assert cells_of(found) == [{"id": "LT-1", "objects": "3", "facts_basis": "summary"}]
    wrong = applied(surroundings, [{"id": "LT-1", "objects": "-3"}], known={"LT-1": OWN})
    assert [problem.column for problem in wrong.refused] == ["objects"]


def test_a_row_of_no_recorded_incident_must_say_all_of_it(surroundings: Surroundings) -> None:
    rows = [{"id": "LT-1", "objects": "3"}, {"id": "LT-9", "objects": "3"}]
    found = applied(surroundings, rows, known={"LT-1": OWN})
    assert [row.line for row in found.rows] == [2]
    assert str(found.refused[0]).startswith(
        "list.csv:3: row: The row is of no recorded incident, and it does not say date, country, place"
    )


def test_a_list_of_corrections_is_one_row_for_each_incident(surroundings: Surroundings) -> None:
    rows = [
        {"id": "LT-1", "column": "latitude", "old": "55.05", "new": "55.1", "source": "", "reason": "surveyed"},
        {"id": "LT-1", "column": "damage", "old": "a roof", "new": "", "source": "", "reason": ""},
        {"id": "LT-9", "column": "damage", "old": "", "new": "none", "source": "", "reason": ""},
        {"id": "LT-1", "column": "colour", "old": "", "new": "red", "source": "", "reason": ""},
    ]
    found = applied(surroundings, rows, known={"LT-1": OWN | {"damage": "a roof"}})
    (row,) = found.rows
    assert row.cells == {"id": "LT-1", "latitude": "55.1", "damage": ""}
    assert (row.line, row.before, row.reasons) == (
        2,
        {"latitude": "55.05", "damage": "a roof"},
        {"latitude": "surveyed"},
    )
    assert [(problem.line, problem.column) for problem in found.refused] == [(4, "id"), (5, "column")]


def test_withdrawals_need_an_id_and_a_reason(surroundings: Surroundings) -> None:
    found = applied(surroundings, [{"id": "LT-1", "withdrawn": "a bird"}], known={"LT-1": OWN})
    assert cells_of(found) == [{"id": "LT-1", "withdrawn": "a bird"}]


def test_geometries_are_places_and_areas_are_offered_as_points(surroundings: Surroundings) -> None:
    row = {name: text for name, text in OWN.items() if name not in ("latitude", "longitude", "location_accuracy_km")}
    changes = {"defaults": {"location_accuracy_km": "5"}}
    point = shapely.MultiPoint([(24.37, 55.05)])
    assert cells_of(applied(surroundings, [row], shapes=[point], changes=changes)) == [OWN]
    area = shapely.box(24.0, 55.0, 24.2, 55.2)
    (question,) = applied(surroundings, [row], shapes=[area], changes=changes).questions
    (cells,) = cells_of(
        applied(surroundings, [row], shapes=[area], changes=changes, answers={question.id: "as points"})
    )
    # Half the diagonal of 22.2 km by 12.7 km.
    assert float(cells["location_accuracy_km"]) == pytest.approx(12.8, abs=0.1)
    line = applied(surroundings, [row], shapes=[shapely.LineString([(24, 55), (25, 55)])], changes=changes)
    assert line.refused[0].expected == "expected a point or an area, found LineString"


def test_rows_without_an_id_get_one_that_stays_the_same(surroundings: Surroundings) -> None:
    row = {name: text for name, text in OWN.items() if name != "id"}
    found = applied(surroundings, [row, row], source="Ministry list")
    assert [row["id"] for row in cells_of(found)] == [
        "LT-2025-07-28-gaiziunai-ministry-list", "LT-2025-07-28-gaiziunai-ministry-list-2",
    ]  # fmt: skip
    assert "id" in found.rows[0].assumed


@pytest.mark.parametrize("field", ["date", "latitude", "location_accuracy_km"])
@pytest.mark.parametrize("part", ["1-", "1 ", "1", "(", " ("])
def test_a_cell_made_to_take_long_is_refused_at_once(surroundings: Surroundings, field: str, part: str) -> None:
    found = applied(surroundings, [OWN, OWN | {"id": "LT-2", field: part * 20_000 + "x"}])
    assert [row.line for row in found.rows] == [2]
    assert [(problem.line, problem.column) for problem in found.refused] == [(3, field)]
    assert found.refused[0].expected == "expected at most 100 characters"


def test_progress_is_told_and_what_it_raises_ends_the_work(surroundings: Surroundings) -> None:
    parts: list[float] = []
    applied(surroundings, [OWN], progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0

    def cancel(_part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        applied(surroundings, [OWN], progress=cancel)


def test_loose_days_and_counts_are_asked_and_do_not_ask_for_an_order(surroundings: Surroundings) -> None:
    rows = [
        OWN | {"date": "mid-June 2025", "objects": "about 5"},
        OWN | {"id": "LT-2", "date": "28/07/2025", "objects": "3"},
    ]
    day, count = applied(surroundings, rows).questions
    assert day.text == "Is mid-June 2025 11–20 June 2025 or June 2025?"
    assert (count.text, [answer.label for answer in count.answers]) == (
        "Objects, at least: what is about 5?", ["5", "Leave the cell empty", "Leave the row out"],
    )  # fmt: skip
    answers = {day.id: "2025-06-11/2025-06-20", count.id: "5"}
    found = applied(surroundings, rows, answers=answers).rows[0].cells
    assert (found["date"], found["end_date"], found["objects"]) == ("2025-06-11", "2025-06-20", "5")


def test_last_day_is_worked_out_of_an_incident_that_is_new_alone(surroundings: Surroundings) -> None:
    """Our own export, taken in again, gave five incidents that lasted past midnight a last day that nobody had said."""
    night = OWN | {"started_at": "2025-07-28T19:16Z", "ended_at": "2025-07-29T01:50Z"}
    (again,) = applied(surroundings, [night], known={"LT-1": night}).rows
    (new,) = applied(surroundings, [night]).rows
    assert (again.cells.get("end_date", ""), new.cells["end_date"]) == ("", "2025-07-29")
