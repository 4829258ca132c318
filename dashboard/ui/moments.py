"""Moments of the data in words, and as the view asks for them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dashboard.core.data.history import Entry
from dashboard.core.query.as_of import is_release
from dashboard.core.query.view import APP6, View
from dashboard.language import _, short_days
from dashboard.render.text.instants import date_time_group


def instant_in_list(instant: datetime, view: View) -> str:
    """An instant for a narrow column: ``26 Nov 2026, 14:05`` in UTC."""
    if view.symbols == APP6:
        return date_time_group(instant)
    utc = instant.astimezone(UTC)
    return _("{day}, {time}").format(day=short_days(utc.date(), utc.date()), time=f"{utc:%H:%M}")


def moment_in_words(entry: Entry, view: View) -> str:
    """The moment after a change, as a choice of moments has it."""
    instant = instant_in_list(entry.change.at, view)
    words = _("{instant} ({number}, release)") if entry.change.name else _("{instant} ({number})")
    return words.format(instant=instant, number=entry.number)


def moments_of_data(entries: Sequence[Entry]) -> list[Entry]:
    """The changes after which the data are others, or have a name; the last is how they are now."""
    return [entry for entry in entries if entry.is_of_data]


def as_of(entry: Entry, entries: Sequence[Entry]) -> str:
    """The moment after a change as a view asks for it; empty for the newest, which is how the data are now.

    A release is asked for by its name; another moment is as short as it can be without reaching to the next change.
    """
    if is_release(entry.change.name):
        return entry.change.name
    later = [other.change.at for other in moments_of_data(entries[entry.number :])]
    if not later:
        return ""
    for step, form in ((60, "%Y-%m-%dT%H:%MZ"), (1, "%Y-%m-%dT%H:%M:%SZ")):
        whole = datetime.fromtimestamp(-(-entry.change.at.timestamp() // step) * step, UTC)
        if whole < later[0]:
            return whole.strftime(form)
    return (later[0] - timedelta(microseconds=1)).isoformat().replace("+00:00", "Z")
