"""Words for people, in their language.

Every string that a person reads goes through ``_`` (or ``ngettext`` where it has a plural), with named
placeholders. Catalogues live in ``dashboard/locale``; without one the English text is shown. Dates, lists and
names of states come from the Unicode CLDR through Babel.
"""

import gettext as _gettext
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii
from babel import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALE = Locale.parse("en_GB")
_catalogue = _gettext.translation("dashboard", Path(__file__).parent / "locale", [str(LOCALE)], fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext


_remembered = lru_cache(maxsize=10_000)  # a page says the same days and counts over and over


@cache
def state_name(code: str) -> str:
    """Short name of the state with this ISO 3166-1 alpha-2 code; ``XZ`` is international waters.

    Names are those of the Unicode CLDR, which are the short forms in daily use ("Moldova", "Russia"), where
    ISO 3166 itself has "Moldova, Republic of". An unknown code is returned as it is.
    """
    if code == "XZ":
        return _("international waters")
    return str(LOCALE.territories.get(code, code))


@_remembered
def day(value: date) -> str:
    """A date in words: 28 July 2025."""
    return str(format_date(value, "d MMMM y", LOCALE))


@_remembered
def day_of_year(value: date) -> str:
    """A day where its year is known: 28 July."""
    return str(format_date(value, "d MMMM", LOCALE))


@_remembered
def weekday(value: date) -> str:
    """A date with its day of the week: Monday 28 July 2025."""
    return str(format_date(value, "EEEE d MMMM y", LOCALE))


@_remembered
def short_day(value: date, *, year: bool) -> str:
    """A date for a narrow column: 28 Jul, or 28 Jul 25."""
    return str(format_date(value, "d MMM yy" if year else "d MMM", LOCALE))


def days_in_words(start: date, end: date) -> str:
    """Days from one to another in words: 28 July 2025, or 1 to 31 July 2025 with a dash for the word."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return _("{first}–{last}").format(first=str(start.day), last=day(end))
    first = day_of_year(start) if start.year == end.year else day(start)
    return _("{first} – {last}").format(first=first, last=day(end))


def short_days(start: date, end: date) -> str:
    """Days for a narrow place: 1 Aug to 30 Sept 2026, with a dash in place of the word."""
    return str(format_interval(start, end, "yMMMd", locale=LOCALE)).replace("\N{THIN SPACE}", " ")


@_remembered
def month(value: date) -> str:
    """A month in words: July 2025."""
    return str(format_date(value, "MMMM y", LOCALE))


@_remembered
def short_month(value: date, *, year: bool = False) -> str:
    """A month for an axis: Jul, or Jul 2025."""
    return str(format_date(value, "LLL y" if year else "LLL", LOCALE))


def listing(words: Sequence[str]) -> str:
    """Words as a list in a sentence: Lithuania, Poland and Latvia."""
    return str(format_list(list(words), locale=LOCALE))


def alternatives(words: Sequence[str]) -> str:
    """Words of which one holds: contraband or no payload."""
    return str(format_list(list(words), style="or", locale=LOCALE))


@_remembered
def number(value: float, digits: int = 0) -> str:
    """A number with the language's own separators."""
    value = round(value, digits) or 0  # never "-0", which is also the same key as 0 to what is remembered
    return str(format_decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", LOCALE))


def plain(text: str) -> str:
    """A text for searching: ASCII in lower case, so that gaiziunai finds Gaižiūnai."""
    return " ".join(anyascii(text).casefold().split())
