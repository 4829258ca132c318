"""Conditions of a filter in SQL: one for each part of it that asks for something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.core.incidents.columns import BY_NAME
from dashboard.core.query.filter import CONTRABAND, GROUPS, Filter, code_of
from dashboard.core.query.search import terms_of


@dataclass(frozen=True)
class Condition:
    """A condition on a row, and the values in it by their names, which no other condition of a question has."""

    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)


def conditions_of(filter_: Filter) -> dict[str, Condition]:
    """The conditions that a row must meet, all of them, by the part of the filter they are of.

    An incident is of a period if any of the days on which it can have been is.
    """
    conditions = {}
    for group, column in GROUPS.items():
        if values := getattr(filter_, group):
            codes = tuple(code_of(group, value) for value in values)
            found = f"list_contains(${group}, {column})"
            if BY_NAME[column].several:
                found = f"list_has_any(string_split({column}, ' '), ${group})"
            conditions[group] = Condition(found, {group: codes})
    if filter_.without_contraband:
        conditions["without_contraband"] = Condition("payload <> $contraband", {"contraband": CONTRABAND})
    if filter_.start:
        conditions["start"] = Condition("last_day >= $start", {"start": filter_.start})
    if filter_.end:
        conditions["end"] = Condition("counted_on <= $end", {"end": filter_.end})
    if terms := terms_of(filter_.text):
        names = [f"term_{number}" for number in range(len(terms))]
        found = " AND ".join(f"contains(words, ${name})" for name in names)
        conditions["text"] = Condition(found, dict(zip(names, terms, strict=True)))
    if filter_.event:
        conditions["event"] = Condition("event = $event", {"event": filter_.event})
    return conditions
