"""Periods: their length, the one before, and how they are written."""

from datetime import date

import pytest

from dashboard.core.query.periods import Period, read_period


def test_period_before_is_as_long_and_ends_the_day_before() -> None:
    assert Period(date(2025, 7, 1), date(2025, 9, 30)).days == 92
    assert Period(date(2025, 7, 1), date(2025, 9, 30)).before() == Period(date(2025, 3, 31), date(2025, 6, 30))
    assert Period(date(2024, 3, 1), date(2024, 3, 1)).before() == Period(date(2024, 2, 29), date(2024, 2, 29))


def test_period_is_read_as_it_is_written() -> None:
    period = Period(date(2025, 7, 1), date(2025, 9, 30))
    assert str(period) == "2025-07-01..2025-09-30"
    assert read_period(str(period)) == period


@pytest.mark.parametrize("text", ["", "2025-07-01", "2025-07-01..", "2025-07-01..2025-06-30", "2025-02-30..2025-03-01"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_period(text)
