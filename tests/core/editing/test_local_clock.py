"""Local days and times of a place as instants."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from dashboard.core.editing.local_clock import LocalClock, clock_of
from dashboard.errors import QueryError

VILNIUS = LocalClock("Europe/Vilnius")
AUTUMN, SPRING = date(2026, 10, 25), date(2026, 3, 29)


@pytest.mark.parametrize(
    ("state", "place", "name"),
    [
        ("LT", (54.6, 25.72), "Europe/Vilnius"),
        ("RU", (54.7, 20.5), "Europe/Kaliningrad"),
        ("RU", (55.7, 37.6), "Europe/Moscow"),
        ("XZ", (57.4, 19.2), ""),
    ],
)
def test_clock_is_that_of_the_nearest_zone_of_the_state(state: str, place: tuple[float, float], name: str) -> None:
    assert clock_of(state, *place) == LocalClock(name)


@pytest.mark.parametrize(
    ("day", "at", "second", "instant"),
    [
        (date(2026, 11, 14), time(4, 40), False, datetime(2026, 11, 14, 2, 40, tzinfo=UTC)),
        (date(2026, 7, 14), time(1, 40), False, datetime(2026, 7, 13, 22, 40, tzinfo=UTC)),
        (AUTUMN, time(3, 30), False, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (AUTUMN, time(3, 30), True, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_instant_and_back(day: date, at: time, second: bool, instant: datetime) -> None:
    assert VILNIUS.instant(day, at, second=second) == instant
    local = VILNIUS.local(instant)
    assert (local.date(), local.time().replace(fold=0), bool(local.fold)) == (day, at, second)


def test_hour_that_comes_twice_and_the_one_that_never_comes() -> None:
    assert VILNIUS.comes_twice(AUTUMN, time(3, 30))
    assert not VILNIUS.comes_twice(AUTUMN, time(4, 30))
    assert not VILNIUS.comes_twice(SPRING, time(3, 30))
    with pytest.raises(QueryError, match="put forward"):
        VILNIUS.instant(SPRING, time(3, 30))


def test_summer_time_is_told_from_winter_time() -> None:
    summer, winter = (datetime(2026, month, 14, tzinfo=UTC) for month in (7, 11))
    assert (VILNIUS.is_summer_time(summer), VILNIUS.is_summer_time(winter)) == (True, False)
    assert (VILNIUS.offset(summer), VILNIUS.offset(winter)) == (timedelta(hours=3), timedelta(hours=2))
    assert VILNIUS.town == "Vilnius"
    assert LocalClock().town == "UTC"
