"""Evidence for each reading of a day that could be two, against columns written by hand."""

from datetime import date

import pytest

from dashboard.core.imports.applied import LEAVE_OUT, Answer, Question
from dashboard.core.imports.date_evidence import evidence_of
from dashboard.core.imports.files.raw import RawTable

TODAY = date(2026, 11, 27)


def asked(cell: str, line: int, keys: tuple[str, str] = ("day first", "month first"), field: str = "date") -> Question:
    answers = (*(Answer(key, key) for key in keys), Answer(LEAVE_OUT, "Leave the row out"))
    return Question("order: Day", "Day", field, cell, (line,), {}, "Is it?", answers)


def table(*days: str) -> RawTable:
    return RawTable(("Place", "Day"), [("Nur", day) for day in days], [*range(2, 2 + len(days))])


@pytest.mark.parametrize(
    ("days", "line", "found"),
    [
        # Nothing speaks for either.
        (("03/04/2026", "05/06/2026"), 2, []),
        (
            ("14/11/2025", "03/04/2026", "30/12/2025", "04/28/2026"),
            3,
            [
                ("day first", "2 other cells of the column can only have the day first"),
                ("month first", "1 other cell of the column can only have the month first"),
            ],
        ),
        (
            ("1.2.2020", "03/04/2026"),
            3,
            [("day first", "1 other cell of the column is written with full stops, day first")],
        ),
        (
            ("2026-04-02", "03/04/2026", "2026-04-05"),
            3,
            [("day first", "the rows beside it are of 2 April 2026 and 5 April 2026")],
        ),
        (("2026-02-10", "03/04/2026"), 3, [("month first", "the row beside it is of 10 February 2026")]),
        # Near both, or far from both, says nothing.
        (("2026-03-20", "03/04/2026"), 3, []),
        (("2020-01-01", "03/04/2026"), 3, []),
        # 2 December is still to come, 12 February is over.
        (("02/12/2026",), 2, [("month first", "the other day is still to come")]),
    ],
)
def test_reasons_are_found(days: tuple[str, ...], line: int, found: list[tuple[str, str]]) -> None:
    assert evidence_of(asked(days[line - 2], line), table(*days), TODAY) == found


def test_reasons_are_given_to_the_answers_of_a_single_cell() -> None:
    question = asked("03/04/2026", 3, ("2026-04-03", "2026-03-04"))
    found = evidence_of(question, table("14/11/2025", "03/04/2026"), TODAY)
    assert found == [("2026-04-03", "1 other cell of the column can only have the day first")]


def test_nothing_is_said_of_other_questions() -> None:
    assert evidence_of(asked("03/04/2026", 3, field="category"), table("14/11/2025", "03/04/2026"), TODAY) == []
