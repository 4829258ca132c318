"""What changed between two states of the data, in words."""

from datetime import date, datetime
from typing import Any

from dashboard.core.data.changes import TRACKS, Changes, Correction, Flight, Value
from dashboard.core.incidents.vocabulary import WORDS, word
from dashboard.language import _, day, month, ngettext, number

COLUMN_WORDS = {
    "id": _("Record"),
    "event": _("Event"),
    "date": _("Date"),
    "end_date": _("Last day"),
    "date_precision": _("Precision of the date"),
    "started_at": _("Time"),
    "country": _("State"),
    "place": _("Place"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "location_accuracy_km": _("Accuracy of the place"),
    "category": _("What happened"),
    "object_type": _("Object"),
    "model": _("Model"),
    "origin": _("Attributed to"),
    "entered_from": _("Came from"),
    "side": _("Side"),
    "minutes_inside": _("Time inside"),
    "reported_km": _("Distance from border, by the report"),
    "payload": _("Payload"),
    "damage": _("Damage"),
    "casualties": _("Casualties"),
    "status": _("Status"),
    "response": _("Response"),
    "summary": _("Summary"),
    "sources": _("Sources"),
    TRACKS: _("Flight track"),
}
PRECISION_WORDS = {"day": _("the day is known"), "month": _("only the month is known")}
STATES_IN = ("country", "origin", "entered_from")
NONE = _("none")


def result_in_words(changes: Changes) -> str:
    """How many incidents changed, and how: ``4 incidents added, 2 corrected, 1 withdrawn``; only what there is."""
    added, corrected, withdrawn = len(changes.added), len(changes.corrected), len(changes.withdrawn)
    reinstated, unusable = len(changes.reinstated), len(changes.unusable)
    counts = [
        (added, ngettext("{count} incident added", "{count} incidents added", added), _("{count} added")),
        (
            corrected,
            ngettext("{count} incident corrected", "{count} incidents corrected", corrected),
            _("{count} corrected"),
        ),
        (
            withdrawn,
            ngettext("{count} incident withdrawn", "{count} incidents withdrawn", withdrawn),
            _("{count} withdrawn"),
        ),
        (
            reinstated,
            ngettext("{count} incident reinstated", "{count} incidents reinstated", reinstated),
            _("{count} reinstated"),
        ),
        (
            unusable,
            ngettext("{count} incident set aside for a fault", "{count} incidents set aside for a fault", unusable),
            _("{count} set aside for a fault"),
        ),
    ]
    told = [each for each in counts if each[0]]
    if not told:
        return _("no incident was added, corrected or withdrawn")
    # The first says what is counted.
    return _(", ").join(
        (short if place else long).format(count=number(count)) for place, (count, long, short) in enumerate(told)
    )


def correction_in_words(correction: Correction, *, months: tuple[bool, bool] = (False, False)) -> tuple[str, str, str]:
    """A correction as the name of its field, what it was, and what it is; sources and flight tracks a line each.

    Of sources only those are told that differ.

    Parameters
    ----------
    months
        Whether of the incident's date only the month was known, and is.
    """
    column = correction.column
    old: Value = correction.before
    new: Value = correction.after
    label, same = COLUMN_WORDS.get(column, column), _("{value} (changed in detail)")
    if column == "sources" and isinstance(old, tuple) and isinstance(new, tuple):
        label, same = _("Sources that differ"), _("the same in another order")
        old, new = _only_in(old, new), _only_in(new, old)
    before, after = (
        _value_in_words(column, value, only_month=only) for value, only in zip((old, new), months, strict=True)
    )
    return label, before, after if before != after else same.format(value=after)


def _only_in(sources: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(source for source in sources if source not in others)


def reason_in_words(reason: str, nameless: int) -> str:
    """Why an incident was withdrawn; ``nameless`` is how many rows cannot be told by their id."""
    if reason or not nameless:
        return reason or _("Removed from the file without a reason.")
    return ngettext(
        "No longer found in the file, which has {count} row that cannot be read.",
        "No longer found in the file, which has {count} rows that cannot be read.",
        nameless,
    ).format(count=number(nameless))


def _value_in_words(column: str, value: Value, *, only_month: bool) -> str:
    if value is None or value in ("", ()):
        words = NONE
    elif isinstance(value, datetime):
        words = _("{time} UTC, {day}").format(time=f"{value:%H:%M}", day=day(value))
    elif isinstance(value, date):
        words = month(value) if only_month else day(value)
    elif isinstance(value, float):
        words = _number_in_words(column, value)
    elif isinstance(value, tuple):
        words = "\n".join(_flight_in_words(part) if isinstance(part, Flight) else part for part in value)
    elif column in WORDS or column in STATES_IN:
        words = word(column, value)
    else:
        words = PRECISION_WORDS.get(value, value) if column == "date_precision" else value
    return words


def _flight_in_words(flight: Flight) -> str:
    words = ngettext(
        "{points} point, within {accuracy} km: {basis}",
        "{points} points, within {accuracy} km: {basis}",
        len(flight.points),
    )
    return words.format(points=number(len(flight.points)), accuracy=f"{flight.accuracy_km:g}", basis=flight.basis)


def _number_in_words(column: str, value: float) -> str:
    if column in ("latitude", "longitude"):
        return _("{degrees}°").format(degrees=f"{value:.10g}")
    words = {
        "location_accuracy_km": _("{number} km"),
        "minutes_inside": _("{number} min"),
        "reported_km": _("{number} km"),
    }
    figure = number(value) if value.is_integer() else f"{value:.10g}"
    return words.get(column, _("{number}")).format(number=figure)
