from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.imports.values.dates import orders_of, read_date

TODAY = date(2026, 11, 27)


def cells_of(text: str) -> list[dict[str, str]]:
    return [dict(meaning.cells) for meaning in read_date(text, today=TODAY).meanings]


DAY = [
    "28.07.2025", "28. 7. 2025", "28.07.25", "2025-07-28", "2025/07/28", "2025. 07. 28.", "2025 07 28", "20250728",
    "28/07/2025", "7/28/2025", "28-07-2025", "28-Jul-25", "28 July 2025", "July 28, 2025", "28th of July 2025",
    "Mon, 28 Jul 2025", "45866", "45866.0", "2025-07-28 00:00:00", "2025-07-28T00:00:00", "1753660800000",
    "28. juuli 2025", "2025. gada 28. jūlijs", "2025 m. liepos 28 d.", "28 lipca 2025 r.", "28 iulie 2025",
    "28 липня 2025 р.", "28 июля 2025 г.", "28. heinäkuuta 2025", "28. juli 2025", "28. júla 2025",
    "2025. július 28.", "28 юли 2025", "28. července 2025", "28. Juli 2025", "poniedziałek, 28 lipca 2025",
]  # fmt: skip


@pytest.mark.parametrize("text", DAY)
def test_a_day_however_it_is_written(text: str) -> None:
    assert cells_of(text) == [{"date": "2025-07-28"}]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("30-Apr-19", {"date": "2019-04-30"}),
        ("9-10 Sept 2025", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("9\N{EN DASH}10 September 2025", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("Sept 9-10, 2025", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("30 Aug - 2 Sep 2025", {"date": "2025-08-30", "end_date": "2025-09-02"}),
        ("9.-10.09.2025", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("2025-09-09/2025-09-10", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("09.09.2025 - 10.09.2025", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("9 i 10 września 2025", {"date": "2025-09-09", "end_date": "2025-09-10"}),
        ("July 2025", {"date": "2025-07-01", "date_precision": "month"}),
        ("2025-07", {"date": "2025-07-01", "date_precision": "month"}),
        ("07.2025", {"date": "2025-07-01", "date_precision": "month"}),
        ("lipiec 2025", {"date": "2025-07-01", "date_precision": "month"}),
    ],
)
def test_several_days_and_months(text: str, cells: dict[str, str]) -> None:
    assert cells_of(text) == [cells]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-07-28T04:40Z", "2025-07-28T04:40Z"),
        ("2025-07-28T04:40:00+03:00", "2025-07-28T01:40Z"),
        ("2025-07-28 04:40 EEST", "2025-07-28T01:40Z"),
        ("28 Jul 2025 9:30 pm UTC", "2025-07-28T21:30Z"),
        ("2025-07-28T04:40[Europe/Vilnius]", "2025-07-28T01:40Z"),
        ("28.07.2025 04:40 CET", "2025-07-28T03:40Z"),
        ("1753677612", "2025-07-28T04:40:12Z"),
        ("2025-07-28 04:40", "2025-07-28T04:40"),
    ],
)
def test_an_instant_in_any_zone_and_a_time_without_one(text: str, instant: str) -> None:
    assert cells_of(text) == [{"started_at": instant}]


def test_what_could_be_two_days_has_two_meanings() -> None:
    assert cells_of("03/04/2025") == [{"date": "2025-04-03"}, {"date": "2025-03-04"}]
    assert cells_of("05/05/2025") == [{"date": "2025-05-05"}]
    assert [meaning.label for meaning in read_date("3-4-25", today=TODAY).meanings] == ["3 April 2025", "4 March 2025"]


def test_other_dates_tell_the_order_unless_they_contradict_each_other() -> None:
    assert orders_of(["03/04/2025", "28/07/2025", "14.11.2025"]) == {"day first": "28/07/2025"}
    assert orders_of(["03/04/2025", "7/28/2025"]) == {"month first": "7/28/2025"}
    assert len(orders_of(["28/07/2025", "7/28/2025"])) == 2
    assert orders_of(["03/04/2025", "28.07.2025"]) == {}


@pytest.mark.parametrize("text", ["tomorrow", "5", "2025", "12:30", "Q3", "about noon", "mid-2025"])
def test_what_is_no_day_is_refused_with_a_remedy(text: str) -> None:
    understood = read_date(text, today=TODAY)
    assert not understood.meanings
    assert understood.expected.startswith("expected a day")
    assert understood.remedy


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.02.2026", "February 2026 has no day 31, only 1 to 28"),
        ("2025-02-29", "February 2025 has no day 29, only 1 to 28"),
        ("31 lutego 2026", "February 2026 has no day 31, only 1 to 28"),
        ("32.01.2026", "January 2026 has no day 32, only 1 to 31"),
        ("31/04/2025", "April 2025 has no day 31, only 1 to 30"),
        ("00.05.2025", "May 2025 has no day 0, only 1 to 31"),
        ("12.13.2026", "there is no month 13, only 1 to 12"),
        ("2026-13-01", "there is no month 13, only 1 to 12"),
        ("32/13/2025", "there is no month 13, only 1 to 12"),
        ("28.07.2025 24:61", "there is no time 24:61, only 00:00 to 23:59"),
        ("1812-09-07", "expected a day from 1945-01-01 to 2099-12-31"),
        ("10-9 Sept 2025", "the last day is before the first"),
    ],
)
def test_day_that_does_not_exist_is_refused_with_what_does_not(text: str, reason: str) -> None:
    understood = read_date(text, today=TODAY)
    assert (understood.meanings, understood.expected) == ((), reason)


def run(first: str, last: str) -> dict[str, str]:
    return {"date": first, "end_date": last}


JULY = {"date": "2025-07-01", "date_precision": "month"}


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("June-July 2025", [run("2025-06-01", "2025-07-31")]),
        ("June/July 2025", [run("2025-06-01", "2025-07-31")]),
        ("summer 2025", [run("2025-06-01", "2025-08-31")]),
        ("lato 2025", [run("2025-06-01", "2025-08-31")]),
        ("2025 m. vasara", [run("2025-06-01", "2025-08-31")]),
        ("весна 2025", [run("2025-03-01", "2025-05-31")]),
        ("winter 2025", [run("2024-12-01", "2025-02-28"), run("2025-12-01", "2026-02-28")]),
        ("early July 2025", [run("2025-07-01", "2025-07-10"), JULY]),
        ("mid-July 2025", [run("2025-07-11", "2025-07-20"), JULY]),
        ("end of July 2025", [run("2025-07-21", "2025-07-31"), JULY]),
        ("połowa lipca 2025", [run("2025-07-11", "2025-07-20"), JULY]),
        ("about 28 July 2025", [{"date": "2025-07-28"}, JULY]),
        ("ok. 28.07.2025", [{"date": "2025-07-28"}, JULY]),
    ],
)
def test_loose_days_have_the_days_that_they_can_mean(text: str, meanings: list[dict[str, str]]) -> None:
    assert cells_of(text) == meanings


WRITERS: list[Callable[[date], str]] = [
    lambda day: day.isoformat(),
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%m/%d/%Y}",
    lambda day: f"{day:%d-%b-%y}",
    lambda day: f"{day:%d %B %Y}",
    lambda day: f"{day:%B %d, %Y}",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: f"{day:%Y%m%d}",
    lambda day: str((day - date(1899, 12, 30)).days),
]


@settings(deadline=None)
@given(day=st.dates(date(2000, 1, 1), TODAY), write=st.sampled_from(WRITERS))
def test_a_day_is_read_back_as_meant_or_asked(day: date, write: Callable[[date], str]) -> None:
    assert {"date": day.isoformat()} in cells_of(write(day))


@settings(deadline=None)
@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 27)),
    minutes=st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_is_read_back_as_the_same_instant(at: datetime, minutes: int) -> None:
    zoned = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    (cells,) = cells_of(zoned.isoformat())
    assert datetime.fromisoformat(cells["started_at"]) == zoned.astimezone(UTC)
