"""Differences between two moments of the data as CSV: a row for each value that was changed."""

from collections.abc import Iterator
from typing import Any

from dashboard.core.data.differences import Differences
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, state_name
from dashboard.render.export.tables import csv_of
from dashboard.render.text.changes import correction_in_words, reason_in_words

HEADER = (
    "incident",
    "date",
    "state",
    "place",
    "category",
    "difference",
    "field",
    "before",
    "after",
    "change",
    "marking",
)


def make_differences(found: Differences, marking: str) -> bytes:
    """Write a row for each incident that was added or withdrawn, and for each field that was corrected."""
    return csv_of([HEADER, *((*row, marking) for row in _rows(found))])


def _rows(found: Differences) -> Iterator[tuple[str, ...]]:
    changes = found.changes
    were = {row.id: row for row in changes.before.itertuples()}
    are = {row.id: row for row in changes.after.itertuples()}
    for words, ids in ((_("added"), changes.added), (_("reinstated"), changes.reinstated)):
        for id_ in ids:
            yield (*_named(are[id_]), words, "", "", "", str(found.number(id_)))
    for id_, fields in changes.corrected.items():
        months = (were[id_].date_precision == "month", are[id_].date_precision == "month")
        for field in fields:
            label, before, after = correction_in_words(field, months=months)
            yield (*_named(are[id_]), _("corrected"), label, before, after, str(found.number(id_, field.column)))
    for id_, reason in changes.withdrawn.items():
        told = reason_in_words(reason, changes.nameless)
        yield (*_named(were[id_]), _("withdrawn"), "", "", told, str(found.number(id_)))
    for id_ in changes.unusable:
        yield (*_named(were[id_]), _("set aside"), "", "", "", str(found.number(id_)))


def _named(row: Any) -> tuple[str, ...]:
    return row.id, row.date.date().isoformat(), state_name(row.country), row.place, word("category", row.category)
