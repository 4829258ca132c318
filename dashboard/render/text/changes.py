"""Changes between two states of the data, in words."""

from datetime import date
from typing import Any

from dashboard.core.data.changes import TRACKS, Changes, Correction, Flight, Value
from dashboard.core.incidents.columns import BY_NAME, DAYS, GIVEN
from dashboard.language import _, month, ngettext, number
from dashboard.render.text.values import value_in_words

LABELS = {column.name: column.label for column in GIVEN} | {TRACKS: _("Flight track")}
NONE = "–"


def result_in_words(changes: Changes) -> str:
    """The counts of changes: ``4 incidents added, 2 corrected, 1 withdrawn``; only what there is."""
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
    some = [each for each in counts if each[0]]
    if not some:
        return _("no incident was added, corrected or withdrawn")
    # The first says what is counted.
    return _(", ").join(
        (short if place else long).format(count=number(count)) for place, (count, long, short) in enumerate(some)
    )


def correction_in_words(correction: Correction, *, months: tuple[bool, bool] = (False, False)) -> tuple[str, str, str]:
    """A correction as the name of its field, what it was, and what it is; sources and flight tracks a line each.

    Of sources, only those that differ are named.

    Parameters
    ----------
    months
        Whether of the incident's date only the month was known, and is.
    """
    column = correction.column
    old: Value = correction.before
    new: Value = correction.after
    label, same = LABELS[column], _("{value} (changed in detail)")
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
    """The reason why an incident was withdrawn; ``nameless`` is the number of rows without a usable id."""
    if reason or not nameless:
        return reason or _("Removed from the file without a reason.")
    return ngettext(
        "No longer found in the file, which has {count} row that cannot be read.",
        "No longer found in the file, which has {count} rows that cannot be read.",
        nameless,
    ).format(count=number(nameless))


def _value_in_words(column: str, value: Value, *, only_month: bool) -> str:
    if column == TRACKS and isinstance(value, tuple):
        words = "\n".join(_flight_in_words(part) for part in value if isinstance(part, Flight))
    elif only_month and isinstance(value, date) and column in DAYS:
        words = month(value)
    else:
        words = value_in_words(BY_NAME[column], value)
    return words or NONE


def _flight_in_words(flight: Flight) -> str:
    words = ngettext(
        "{points} point, within {accuracy} km: {basis}",
        "{points} points, within {accuracy} km: {basis}",
        len(flight.points),
    )
    return words.format(points=number(len(flight.points)), accuracy=f"{flight.accuracy_km:g}", basis=flight.basis)
