"""Dates as people write them: days, runs of days, months, Excel's day numbers, and instants in any zone."""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from dashboard.core.imports.mapping import Order
from dashboard.core.imports.values.clock import Clock, clock_in
from dashboard.core.imports.values.impossible_days import impossible_day, impossible_days
from dashboard.core.imports.values.meaning import EMPTY, Meaning, Understood
from dashboard.core.imports.values.months import month_of, says_nothing
from dashboard.core.imports.values.vague_days import (
    Days,
    days_of_season,
    days_of_third,
    third_of_month,
    without_about,
)
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.language import _, day, days_in_words, month

_YEAR_FIRST = re.compile(r"(\d{4})\s?([-./ ])\s?(\d{1,2})\s?\2\s?(\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?")
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-./](?P<year>\d{4})|(?P<year_>\d{4})[-./](?P<month_>\d{1,2})\.?")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_TO = r"\s*(?:[-/&]|\b(?:to|and|und|bis|kuni|līdz|iki|do|til|i|ir|un|ja|și|a|и|та|і|до|по)\b)\s*"
_FIRST_OF_RUN = re.compile(rf"(\d{{1,2}})\.?{_TO}(\d{{1,2}}\D.*)", re.IGNORECASE)
_MONTH_AND_RUN = re.compile(rf"(\D+?)\s*(\d{{1,2}}){_TO}(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)
_YEAR_AND_RUN = re.compile(rf"(\d{{4}}[-./ ]\s?\d{{1,2}}[-./ ]\s?)(\d{{1,2}})\.?{_TO}(\d{{1,2}})\.?", re.IGNORECASE)
_BETWEEN_RUN = re.compile(
    r"\s+(?:-|to|and|und|bis|kuni|līdz|iki|do|til|до|по)\s+"
    r"|(?<=[^\W\d_])\s?[-/]\s?(?=[^\W\d_])"
    r"|(?<=\d[-./ ]\d\d)\s?/\s?(?=\d{4}-)|(?<=\d{4})-(?=\d{1,2}\.)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_EXCELS_ZERO = date(1899, 12, 30)
_EARLIEST_SERIAL = 20_000  # in 1954; smaller numbers are rather something else
_MOST_MONTHS = 12


def read_date(text: str, order: Order = "", today: date = LAST_DAY) -> Understood:
    """Read a date.

    Parameters
    ----------
    order
        Of day and month in numbers parted by strokes or hyphens; without it those that could be either have two
        meanings.
    today
        A year of two digits is the last such that is not after the next one.

    Returns
    -------
    Meanings with ``date`` and, where they are said, ``end_date`` or ``date_precision`` (month); of a day with a time
    ``started_at`` alone, an instant in UTC, or without Z where no zone is said: its day depends on the state. Midnight
    without a zone is a day.
    """
    text = tidy(text)
    if not text:
        return EMPTY
    if instant := _instant_in_number(text):
        at_midnight = instant.timestamp() % 86_400 == 0  # a day, as geographic programs write it
        clock = Clock() if at_midnight else Clock("", instant)
        return Understood((_meaning((instant.date(), instant.date(), False), clock),))
    spoken, written = clock_in(text)
    found = _days(spoken, order, today) or _loosely(spoken, order, today)
    meanings = [_meaning(days, written.on(days[0])) for days in found if FIRST_DAY <= days[0] <= days[1] <= LAST_DAY]
    if meanings:
        return Understood(tuple(meanings))
    if impossible := impossible_days(found) or impossible_day(text, order):
        return Understood((), impossible, _("Correct it"))
    return Understood((), _("expected a day such as 2025-07-28"), _("Write year, month and day with hyphens"))


def _loosely(text: str, order: Order, today: date) -> list[Days]:
    """The days that a loose text can mean, to be asked: those that are the likeliest, or the whole month."""
    if about := without_about(text):
        exact = _days(about, order, today)
        months = [(days[0].replace(day=1), days[0].replace(day=1), True) for days in exact]
        return [*dict.fromkeys([*exact, *months])]
    third, rest = third_of_month(text)
    if third and len(months := _days(rest, order, today)) == 1 and months[0][2]:
        return [days_of_third(third, months[0][0]), months[0]]
    return days_of_season(text)


def depends_on_order(text: str, today: date = LAST_DAY) -> bool:
    """Tell whether a text means another day where the month is written first."""
    return read_date(text, "day first", today) != read_date(text, "month first", today)


def tidy(text: str) -> str:
    """A text with plain hyphens, single spaces, and no white space at its ends."""
    text = unicodedata.normalize("NFKC", text.replace("º", "°"))
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", text).split())


def orders_of(texts: Iterable[str]) -> dict[Order, str]:
    """The orders of day and month that dates of one column have, each with the first date that tells it."""
    told: dict[Order, str] = {}
    for text in texts:
        found = _YEAR_LAST.fullmatch(clock_in(tidy(text))[0])
        if not found or found[2] == ".":
            continue
        one, other = int(found[1]), int(found[3])
        if one > _MOST_MONTHS >= other:
            told.setdefault("day first", text)
        elif other > _MOST_MONTHS >= one:
            told.setdefault("month first", text)
    return told


def _meaning(days: Days, clock: Clock) -> Meaning:
    first, last, only_month = days
    cells = {"date": first.isoformat()}
    if only_month:
        return Meaning(cells | {"date_precision": "month"}, month(first))
    if last > first:
        cells["end_date"] = last.isoformat()
    elif clock.instant:
        cells = {"started_at": text_of_instant(clock.instant)}
    elif clock.time:
        cells = {"started_at": f"{first}T{clock.time}"}
    return Meaning(cells, days_in_words(first, last) if last > first else day(first))


def text_of_instant(instant: datetime) -> str:
    """An instant as our files have it: ``2025-07-28T04:40Z``, with seconds where it has some."""
    utc = instant.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M}Z" if not utc.second else f"{utc:%Y-%m-%dT%H:%M:%S}Z"


def _instant_in_number(text: str) -> datetime | None:
    """The instant of a number of seconds, or thousandths, since 1970, as databases and scripts write it."""
    found = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _days(text: str, order: Order, today: date) -> list[Days]:
    text = text.strip(" ,;")
    for reader in (_of_serial, _of_year_first, _of_month):
        if (found := reader(text)) is not None:
            return [found]
    if (several := _of_year_last(text, order, today)) is not None:
        return several
    if (run := _of_run(text, order, today)) is not None:
        return run
    in_words = _of_words(text, today)
    return [in_words] if in_words else []


def _days_of(year: int, month_: int, day_: int) -> Days | None:
    try:
        found = date(year, month_, day_)
    except ValueError:
        return None
    return found, found, False


def _whole_month(year: int, month_: int) -> Days | None:
    found = _days_of(year, month_, 1)
    return (found[0], found[1], True) if found else None


def _of_serial(text: str) -> Days | None:
    """Excel's number of a day, or eight digits."""
    if re.fullmatch(r"(19|20)\d{6}", text):
        return _days_of(int(text[:4]), int(text[4:6]), int(text[6:]))
    found = _SERIAL.fullmatch(text)
    if not found or int(found[1]) < _EARLIEST_SERIAL:
        return None
    day_ = _EXCELS_ZERO + timedelta(days=int(found[1]))
    return day_, day_, False


def _of_year_first(text: str) -> Days | None:
    found = _YEAR_FIRST.fullmatch(text)
    return _days_of(int(found[1]), int(found[3]), int(found[4])) if found else None


def _of_month(text: str) -> Days | None:
    found = _MONTH_FIRST.fullmatch(text)
    if not found:
        return None
    return _whole_month(int(found["year"] or found["year_"]), int(found["month"] or found["month_"]))


def _of_year_last(text: str, order: Order, today: date) -> list[Days] | None:
    """The days that 28.07.2025, 28/07/2025 or 7-28-25 can be; with full stops the day comes first."""
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return None
    year, one, other = _year(found[4], today), int(found[1]), int(found[3])
    day_first, month_first = _days_of(year, other, one), _days_of(year, one, other)
    if found[2] == "." or order == "day first":
        return [day_first] if day_first else []
    if order == "month first":
        return [month_first] if month_first else []
    return [days for days in dict.fromkeys((day_first, month_first)) if days]


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    year = 2000 + int(text)
    return year if year <= today.year + 1 else year - 100


def _of_run(text: str, order: Order, today: date) -> list[Days] | None:
    """The days from one to another: 9-10 Sept 2025, Sept 9-10, 2025, 30 Aug - 2 Sept 2025, 2025-09-09 / 2025-09-10."""
    if found := _YEAR_AND_RUN.fullmatch(text):
        return _run(_days(found[1] + found[2], order, today), _days(found[1] + found[3], order, today))
    if found := _MONTH_AND_RUN.fullmatch(text):
        beginning, year = found[1], found[4]
        ends = (f"{found[2]} {beginning} {year}", f"{found[3]} {beginning} {year}")
        return _run(*(_days(end, order, today) for end in ends))
    parts = _BETWEEN_RUN.split(text)
    if len(parts) == 2:
        lasts = _days(parts[1], order, today)
        firsts = _days(parts[0], order, today)
        if not firsts and lasts:  # the year is said once, at the end
            firsts = _days(f"{parts[0].rstrip('.')} {lasts[0][1].year}", order, today)
        if firsts and lasts:
            return _run(firsts, lasts)
    if found := _FIRST_OF_RUN.fullmatch(text):
        lasts = [days for days in _days(found[2], order, today) if not days[2]]
        runs = [_run_to(int(found[1]), last[1]) for last in lasts]
        return [run for run in runs if run] or None
    return None


def _run_to(first_day: int, last: date) -> Days | None:
    """The days from one of a month to a later one of it."""
    first = _days_of(last.year, last.month, first_day)
    return (first[0], last, False) if first else None


def _run(firsts: list[Days], lasts: list[Days]) -> list[Days] | None:
    """The runs from a first to a last day that both can be, in the same order of day and month."""
    pairs = zip(firsts, lasts, strict=True) if len(firsts) == len(lasts) else ((firsts[0], lasts[0]),)
    found: list[Days] = []
    for first, last in pairs:
        end = last[1]
        if last[2]:  # from a month to a month
            end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
        found.append((first[0], end, False))
    return found or None


def _of_words(text: str, today: date) -> Days | None:
    """A day or a month with the month's name, in any language of the flank."""
    words = _WORDS.findall(text)
    numbers = [word for word in words if word.isdigit()]
    named = [word for word in words if not word.isdigit() and month_of(word)]
    if len(named) > 1:  # a short name of a day of the week may be that of a month
        named = named[1:] if words[0] == named[0] else named[:1]
    rest = [word for word in words if not word.isdigit() and word not in named]
    if len(named) != 1 or not all(says_nothing(word) for word in rest):
        return None
    (month_,) = month_of(named[0])
    years = [word for word in numbers if len(word) == 4]
    if len(years) == 1 and len(numbers) == 1:
        return _whole_month(int(years[0]), month_)
    if len(numbers) != 2 or len(years) > 1 or any(len(word) == 3 for word in numbers):
        return None
    year = years[0] if years else numbers[1]
    day_ = numbers[0] if numbers[1] == year else numbers[1]
    return _days_of(_year(year.zfill(2), today), month_, int(day_)) if len(day_) <= 2 else None
