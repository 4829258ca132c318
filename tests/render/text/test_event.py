"""An event in words: counted officially beside recorded, the day that counts, and the event in what is handed out."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.events import Event
from dashboard.core.query.search import events_named
from dashboard.core.query.view import parse_query_string
from dashboard.render.text.brief import make_brief
from dashboard.render.text.event import count_in_words, counted_by_in_words, officially_as_sentence
from dashboard.render.text.handout import make_handout

NIGHT = "PL-2025-09-10-night"


def event(**values: Any) -> Event:
    return Event("A", "A night", date(2025, 7, 28), date(2025, 7, 29), **values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"official_count": 1200}, "1,200"),
        ({"official_count": 80, "official_count_max": 90}, "80 to 90"),
        ({"official_count": 19, "official_count_max": 21, "max_is": "later"}, "19, later 21"),
    ],
)
def test_two_official_numbers_are_a_range_or_have_their_own_word(values: dict[str, int | str], words: str) -> None:
    assert count_in_words(event(**values)) == words


def test_without_a_number_it_is_said_that_none_was_published() -> None:
    assert officially_as_sentence(event(official_by="Ministry")) == "Officially counted: no number was published."


def test_day_by_which_incidents_are_counted_is_said() -> None:
    days = pd.to_datetime(["2025-07-28"] * 3)
    rows = pd.DataFrame({"date": days, "counted_on": days, "counted_by": ["flight", "flight", ""]})
    assert counted_by_in_words(rows) == "Counted by the day of the flight."
    rows = rows.assign(
        counted_by=["flight", "flight", "find"], counted_on=[days[0], pd.Timestamp("2025-07-01"), days[2]]
    )
    assert counted_by_in_words(rows) == (
        "Counted by the day of the flight; 1, of which that is not known, by the day of the recovery. "
        "1 found later counts with its event."
    )


def test_night_over_poland_is_handed_out_with_both_counts(shipped: Dataset) -> None:
    handout = make_handout(shipped, parse_query_string(f"event={NIGHT}")[0], datetime(2026, 11, 27, tzinfo=UTC))
    assert handout.title == "Night of 9 to 10 September 2025 over Poland"
    assert handout.sentence == f"{handout.title}: 23 of 336 incidents, and 1 own-side object (missile)"
    official, recorded, told = handout.event
    assert official.startswith("Officially counted: 19, later 21 violations; 3 shot down. By: Prime Minister")
    assert recorded == (
        "Recorded here: 16 at the time (2 of them shot down), 6 found later, "
        "1 without a site of its own (± 100 km), 1 own-side object (missile), not counted."
    )
    assert "19 of 92" in told
    for kind in ("md", "txt"):
        words = " ".join(make_brief([handout], kind).decode().split())
        assert "19, later 21 violations" in words
        assert "6 found later" in words


@pytest.mark.parametrize(
    ("text", "named"),
    [(NIGHT, [NIGHT]), ("september 2025 over poland", [NIGHT]), ("Moldova", []), ("", []), ("Gaižiūnai", [])],
)
def test_search_names_an_event_by_its_id_or_title(shipped: Dataset, text: str, named: list[str]) -> None:
    assert [found.id for found in events_named(text, shipped.events.values())] == named
