"""Numbers as people write them: with a decimal comma, in groups of three, with a unit."""

import re

from dashboard.core.imports.values.dates import tidy
from dashboard.core.imports.values.meaning import EMPTY, Meaning, Understood, one
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
_NUMBER = re.compile(r"([-+]?[\d .,'\u00a0]*\d)\s*\.?\s*([^\W\d_]*)\.?")
_GROUPS = re.compile(r"[-+]?\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


def read_number(text: str, field: str) -> Understood:
    """Read a number, and change its unit to that of our column.

    Returns
    -------
    One meaning; two where 1,234 could be a thousand or one and a part; none for any other text.
    """
    text = tidy(text)
    if not text:
        return EMPTY
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
