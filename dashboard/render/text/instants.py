"""Instants in words: for everybody, and as the date-time groups of the military."""

from datetime import UTC, datetime

from dashboard.core.query.view import APP6, View
from dashboard.language import _, day


def instant_in_words(instant: datetime, view: View) -> str:
    """An instant as the readers of a view write it: ``3 October 2026, 23:59 UTC``; with military symbols as a group."""
    if view.symbols == APP6:
        return date_time_group(instant)
    utc = instant.astimezone(UTC)
    return _("{day}, {time} UTC").format(day=day(utc), time=f"{utc:%H:%M}")


def instant_with_group(instant: datetime, view: View) -> str:
    """An instant in words with its date-time group beside it: ``3 October 2026, 23:59 UTC (032359Z OCT 26)``."""
    words, group = instant_in_words(instant, view), date_time_group(instant)
    return words if words == group else _("{words} ({group})").format(words=words, group=group)


def date_time_group(instant: datetime) -> str:
    """A date-time group in UTC as NATO writes it, never translated: ``032359Z OCT 26``."""
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    utc = instant.astimezone(UTC)
    return f"{utc:%d%H%M}Z {months[utc.month - 1]} {utc:%y}"
