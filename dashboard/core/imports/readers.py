"""Readers of cells: for each field the function that tells what a cell of it can mean."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from dashboard.core.imports.fields import POINT, TIME
from dashboard.core.imports.mapping import Order
from dashboard.core.imports.values.clock import clock_in
from dashboard.core.imports.values.coordinates import AXES, read_angle, read_point
from dashboard.core.imports.values.dates import read_date, tidy
from dashboard.core.imports.values.impossible_days import impossible_time
from dashboard.core.imports.values.meaning import LONGEST, Understood, one
from dashboard.core.imports.values.numbers import read_number
from dashboard.core.imports.values.sources import read_sources
from dashboard.core.imports.values.states import read_state
from dashboard.core.imports.values.words import read_word
from dashboard.core.incidents.columns import BY_NAME
from dashboard.language import _

Read = Callable[[str], Understood]


def reader_of(field: str, order: Order = "", today: date = date.max) -> Read | None:
    """The reader of a field's cells, None for one that takes any text.

    Parameters
    ----------
    order, today
        As for :func:`dashboard.core.imports.values.dates.read_date`.
    """
    read = _BY_FIELD.get(field) or _by_kind(field, order, today)
    in_words = field == "sources" or (field in BY_NAME and BY_NAME[field].codes and not BY_NAME[field].states)
    return read if read is None or in_words else _of_short_texts(read)


def _of_short_texts(read: Read) -> Read:
    """A reader that does not look at texts that are too long, since a pattern may take very long to fail on them."""
    too_long = Understood((), _("expected at most {limit} characters").format(limit=LONGEST), _("Shorten the cell"))
    return lambda text: too_long if len(text) > LONGEST else read(text)


def _by_kind(field: str, order: Order, today: date) -> Read | None:
    column = BY_NAME.get(field)
    if column is None:
        return None
    if column.kind == "day":
        return lambda text: _of_day(read_date(text, order, today), field)
    if column.kind == "instant":
        return lambda text: _of_instant(read_date(text, order, today), field)
    if column.kind == "number":
        return partial(read_number, field=field)
    read = read_state if column.states else read_word if column.codes else None
    return partial(read, field=field) if read else None


def read_time(text: str) -> Understood:
    """Read a time of day without a day, with a zone or without."""
    text = tidy(text)
    if not text:
        return one({})
    rest, written = clock_in(text)
    if rest or written.at is None:
        if impossible := impossible_time(text):
            return Understood((), impossible, _("Correct it"))
        return Understood((), _("expected a time of day such as 04:40"), _("Write hours and minutes with a colon"))
    return one({TIME: written.text()})


def _of_day(understood: Understood, field: str) -> Understood:
    """The days that a text can mean, as those of a field; midnight in UTC is a day, as programs write one."""
    meanings = []
    for meaning in understood.meanings:
        cells = dict(meaning.cells)
        if cells.get("started_at", "").endswith("T00:00Z"):
            cells = {"date": cells["started_at"][:10]}
        if field != "date":
            names = {"date": field, "started_at": "ended_at"}
            cells = {names[name]: text for name, text in cells.items() if name in names}
        meanings.append(replace(meaning, cells=cells))
    return replace(understood, meanings=tuple(meanings))


def _of_instant(understood: Understood, field: str) -> Understood:
    """The instants that a text can mean; a day alone is none."""
    meanings = [
        replace(meaning, cells={field: meaning.cells["started_at"]} if "started_at" in meaning.cells else {})
        for meaning in understood.meanings
    ]
    return replace(understood, meanings=tuple(meanings))


_BY_FIELD: dict[str, Read] = {
    TIME: read_time,
    POINT: read_point,
    "sources": read_sources,
    **{axis: partial(read_angle, axis=axis) for axis in AXES},
}
