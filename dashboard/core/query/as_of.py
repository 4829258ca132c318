"""The moment of the data that a view asks for: a day, of which the end counts, or an instant; both in UTC."""

from datetime import UTC, date, datetime, time

from dashboard.language import _, day


def read_as_of(text: str) -> datetime:
    """The last instant of what a text such as ``2026-10-03`` or ``2026-10-03T18:20Z`` names.

    Raises
    ------
    ValueError
        It is neither a day nor an instant with its time zone.
    """
    if len(text) == len("2026-10-03"):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return found.astimezone(UTC)


def is_as_of(text: str) -> bool:
    """Tell whether a text names a moment."""
    try:
        read_as_of(text)
    except (ValueError, OverflowError):
        return False
    return True


def as_of_in_words(text: str) -> str:
    """A moment of the data for a sentence: ``3 October 2026`` or ``3 October 2026, 18:20 UTC``."""
    moment = read_as_of(text)
    if moment.time() == time.max:
        return day(moment.date())
    return _("{day}, {time} UTC").format(day=day(moment.date()), time=f"{moment:%H:%M}")


def data_as_of_in_words(text: str) -> str:
    """The limit to the data as they were at a moment, as a phrase; empty without one."""
    return _("as the data were on {moment}").format(moment=as_of_in_words(text)) if text else ""
