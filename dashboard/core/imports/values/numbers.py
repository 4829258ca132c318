"""Numbers as people write them: with a decimal comma, in groups of three, with a unit."""

import re
from dataclasses import replace

from dashboard.core.imports.values.dates import tidy
from dashboard.core.imports.values.meaning import EMPTY, Meaning, Understood, one
from dashboard.core.imports.values.vague_days import without_about
from dashboard.core.incidents.columns import BY_NAME
from dashboard.language import _

# What a unit is of that of our column, by the unit of the column.
_UNITS = {
    "km": {"km": 1.0, "км": 1.0, "m": 0.001, "м": 0.001, "nm": 1.852, "mi": 1.609344},
    "m": {"m": 1.0, "м": 1.0, "metres": 1.0, "meters": 1.0, "km": 1000.0, "км": 1000.0, "ft": 0.3048, "feet": 0.3048},
    "min": {
        "min": 1.0, "minutes": 1.0, "minute": 1.0, "мин": 1.0, "хв": 1.0, "h": 60.0, "hours": 60.0, "hour": 60.0,
        "год": 60.0, "ч": 60.0, "s": 1 / 60, "sec": 1 / 60, "seconds": 1 / 60,
    },
}  # fmt: skip
AT_LEAST = "objects"  # our column that says how many there were at least
_NUMBER = re.compile(r"([-+]?[\d .,'\u00a0]*\d)\s*\.?\s*([^\W\d_]*)\.?")
_GROUPS = re.compile(r"[-+]?\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*")
_TO = r"(?:-|to|or|and|do|iki|līdz|kuni|bis|до)"
_RANGE = re.compile(rf"(\d[\d.,]*)\s*{_TO}\s*(\d[\d.,]*)\s*([^\W\d_]*)\.?", re.IGNORECASE)
_LEAST = "at least|minimum|min\\.|co najmniej|mažiausiai|vismaz|vähemalt|mindestens|не менее|не менш[еі]?|щонайменше"
_AT_LEAST = re.compile(rf"(?:>=|≥|{_LEAST})\s*(\d.*)|(\d+)\s*(?:\+|or more|and more|lub więcej)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


def read_number(text: str, field: str) -> Understood:
    """Read a number, and change its unit to that of our column.

    Returns
    -------
    One meaning; two where 1,234 could be a thousand or one and a part, or of 3-5 the least and the most; none for any
    other text. What is said loosely (about 5) is doubtful, and so is "at least 5" where the column does not mean that.
    """
    text = tidy(text)
    if not text:
        return EMPTY
    if loosely := _loosely(text, field):
        return loosely
    column = BY_NAME[field]
    if column.unit == "min" and (clock := _CLOCK.fullmatch(text)):
        return one({field: str(int(clock[1]) * 60 + int(clock[2]))})
    found = _NUMBER.fullmatch(text)
    units = _UNITS.get(column.unit, {})
    factor = (units.get(found[2].lower()) if found[2] else 1.0) if found else None
    if not found or factor is None:
        return Understood((), column.expected or _("expected a number"), _("Write digits with a decimal point"))
    values = _values(found[1], whole=column.whole)
    if not values:
        return Understood((), _("expected a number such as 54.6341"), _("Write digits with a decimal point"))
    texts = dict.fromkeys(_scaled(value, factor) for value in values)
    return Understood(tuple(Meaning({field: each}, each) for each in texts))


def _loosely(text: str, field: str) -> Understood | None:
    """The number of "about 5" or "5+", or both of "3-5"; None for a text that is none of these."""
    if found := _AT_LEAST.fullmatch(text):
        number = read_number(found[1] or found[2], field)
        return number if field == AT_LEAST else replace(number, is_doubtful=True)
    if found := _RANGE.fullmatch(text):
        least = read_number(f"{found[1]} {found[3]}", field).meanings
        most = read_number(f"{found[2]} {found[3]}", field).meanings
        if len(least) == len(most) == 1 and float(least[0].label) < float(most[0].label):
            return Understood((*least, *most))
    about = without_about(text)
    return replace(read_number(about, field), is_doubtful=True) if about[:1].isdigit() else None


def _scaled(value: str, factor: float) -> str:
    """A number in our unit: as it is written where that is its own, and without the zeros that a spreadsheet adds."""
    if factor == 1.0:
        return value.removesuffix(".0").removeprefix("+")
    return f"{float(value) * factor:.6g}"


def _values(text: str, *, whole: bool) -> list[str]:
    text = text.replace("\u00a0", " ").replace("'", " ")
    groups = _GROUPS.fullmatch(text)
    joined = re.sub(r"[ .,]", "", text)
    if groups:
        sign = groups[1]
        if sign == " " or text.count(sign) > 1 or whole:
            return [joined]
        return [text] if sign == "." else [text.replace(",", "."), joined]
    pointed = text.replace(" ", "").replace(",", ".")
    if re.fullmatch(r"[-+]?\d+(\.\d+)?", pointed) and not re.search(r"\d \d", text):
        return [pointed]
    if grouped := re.fullmatch(r"([-+]?\d{1,3}(?:[ .,]\d{3})+)[.,](\d+)", text):
        return [f"{re.sub('[ .,]', '', grouped[1])}.{grouped[2]}"]
    return []
