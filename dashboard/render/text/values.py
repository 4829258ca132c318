"""A single value of a column in words, as the card has it and the list of what changed."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from dashboard.core.incidents.columns import BY_NAME, Column
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, day, number


def value_in_words(column: Column, value: Any) -> str:
    """Say a value in words, a number with all its digits; empty for none."""
    if isinstance(value, tuple):
        return "\n".join(value)
    if pd.isna(value) or value == "":
        return ""
    if column.kind == "number":
        return _number_in_words(column, float(value))
    if column.kind == "instant":
        return _("{day}, {time} UTC").format(time=f"{value:%H:%M}", day=day(value))
    if column.kind == "day":
        return day(value)
    return word(column.name, value) if column.codes else str(value)


def _number_in_words(column: Column, value: float) -> str:
    if column.unit == "°":
        return _("{degrees}°").format(degrees=f"{value:.10g}")
    figure = number(value) if value.is_integer() else f"{value:.10g}"
    return _("{number} {unit}").format(number=figure, unit=column.unit) if column.unit else figure


def cell_in_words(name: str, text: str) -> str:
    """Say a cell of the record in words; one that is none of its column stands as it is."""
    column = BY_NAME.get(name)
    if column is None or not text:
        return text
    try:
        return value_in_words(column, _value_of(column, text))
    except (KeyError, ValueError):
        return text


def _value_of(column: Column, text: str) -> Any:
    if column.kind == "number":
        return float(text)
    if column.kind == "instant":
        return datetime.fromisoformat(text).astimezone(UTC)
    return date.fromisoformat(text) if column.kind == "day" else text
