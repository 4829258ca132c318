"""Moments of the data that a view asks for: a day or an instant, both in UTC, or a release."""

import re
from datetime import UTC, date, datetime, time

from dashboard.language import _, day

_RELEASE = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


def is_release(text: str) -> bool:
    """Tell whether a text is the name of a release: its day, and the first digits of its data's SHA-256."""
    try:
        return bool(_RELEASE.fullmatch(text) and date.fromisoformat(text[:10]))
    except ValueError:
        return False


def is_day(text: str) -> bool:
    """Tell whether a text is a day, such as ``2026-10-03``."""
    return len(text) == len("2026-10-03")


def read_as_of(text: str) -> datetime:
    """The last instant of what a text such as ``2026-10-03`` or ``2026-10-03T18:20Z`` names.

    Raises
    ------
    ValueError
        It is neither a day nor an instant with its time zone.
    """
    if is_day(text):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return found.astimezone(UTC)


def is_moment(text: str) -> bool:
    """Tell whether a text names a moment."""
    try:
        return is_release(text) or bool(read_as_of(text))
    except (ValueError, OverflowError):
        return False


def as_of_in_words(text: str) -> str:
    """A moment for a sentence: ``3 October 2026``, ``3 October 2026, 18:20 UTC``, or the name of a release in words."""
    if is_release(text):
        return _("the {release}").format(release=release_in_words(text))
    moment = read_as_of(text)
    if moment.time() == time.max:
        return day(moment.date())
    return _("{day}, {time} UTC").format(day=day(moment.date()), time=f"{moment:%H:%M}")


def release_in_words(name: str) -> str:
    """A release by its name, for a sentence: ``release of 3 October 2026 (ab12cd34)``."""
    made, digits = name[:10], name[11:]
    return _("release of {day} ({digits})").format(day=day(date.fromisoformat(made)), digits=digits)


def data_as_of_in_words(text: str) -> str:
    """The limit to the data as they were at a moment, as a phrase; empty without one."""
    if not text:
        return ""
    if is_release(text):
        return _("as the data were in {release}").format(release=as_of_in_words(text))
    return _("as the data were on {moment}").format(moment=as_of_in_words(text))


def changed_since_in_words(text: str) -> str:
    """The limit to changes since a moment as a phrase; empty without one."""
    return _("changed since {moment}").format(moment=as_of_in_words(text)) if text else ""
