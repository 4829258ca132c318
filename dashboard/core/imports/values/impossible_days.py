"""Days and times that are written as such and do not exist: the reason, in words."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from dashboard.core.imports.mapping import Order
from dashboard.core.imports.values.months import month_of
from dashboard.core.imports.values.vague_days import Days
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.language import _, month

_YEAR_FIRST = re.compile(r"(\d{4})\s?([-./ ])\s?(\d{1,2})\s?\2\s?(\d{1,2})\b(?!\s?[-./:]?\d)")
_YEAR_LAST = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{4})\b")
_CLOCK = re.compile(r"(?<![\d:+-])(\d{1,2}):(\d{2})(?![\d-])")
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def impossible_days(found: Sequence[Days]) -> str:
    """Say why days that were read are none: they end before they begin, or lie too far from today."""
    for first, last, _only_month in found:
        if last < first:
            return _("the last day is before the first")
        return _("expected a day from {first} to {last}").format(first=FIRST_DAY, last=LAST_DAY)
    return ""


def impossible_day(text: str, order: Order) -> str:
    """Say what in a date or a time does not exist, such as 31 February, month 13 or 24:61; nothing where it is none."""
    if (clock := impossible_time(text)) or not (parts := _parts(text, order)):
        return clock
    year, month_, day = parts
    if not 1 <= month_ <= 12:
        return _("there is no month {number}, only 1 to 12").format(number=month_)
    if not 1900 <= year <= LAST_DAY.year:
        return _("expected a day from {first} to {last}").format(first=FIRST_DAY, last=LAST_DAY)
    count = calendar.monthrange(year, month_)[1]
    if 1 <= day <= count:
        return ""
    message = _("{month} has no day {day}, only 1 to {count}")
    return message.format(month=month(date(year, month_, 1)), day=day, count=count)


def impossible_time(text: str) -> str:
    """Say what is wrong with a time such as 24:61; nothing where it can be, or there is none."""
    found = _CLOCK.search(text)
    if not found or (int(found[1]) < 24 and int(found[2]) < 60):
        return ""
    return _("there is no time {time}, only 00:00 to 23:59").format(time=f"{found[1]}:{found[2]}")


def _parts(text: str, order: Order) -> tuple[int, int, int] | None:
    """Year, month and day of a date as they are written; where day and month could be either, that which could be."""
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _YEAR_LAST.search(text):
        year, one, other = int(found[4]), int(found[1]), int(found[3])
        is_day_first = found[2] == "." or order == "day first" or (order != "month first" and not 1 <= one <= 12)
        return (year, other, one) if is_day_first else (year, one, other)
    words = _WORDS.findall(text)
    named = [months for word in words if not word.isdigit() and len(months := month_of(word)) == 1]
    numbers = [word for word in words if word.isdigit()]
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) <= 2]
    if len(named) != 1 or len(years) != 1 or len(days) != 1:
        return None
    return int(years[0]), next(iter(named[0])), int(days[0])
