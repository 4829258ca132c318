"""Times of day as people write them, with a zone or without, apart from the day beside them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Zones that are written by their letters, in hours ahead of UTC.
_LETTERED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3,
}  # fmt: skip
_TIME = re.compile(
    r"(?:^|[T,]|(?<=\d)(?=\s)|\s)\s*(?:at\s+|kl\.?\s*|o\s+|um\s+)?"
    r"(?P<hour>[01]?\d|2[0-4])(?P<sign>[:h])(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr|hrs?|val\.|god\.)?"
    r"\s*(?P<zone>Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|\[?[A-Z][a-z]+/[A-Za-z_/]+\]?)?"
    r"(?:\s*\[(?P<named>[A-Za-z_]+/[A-Za-z_/]+)\])?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clock:
    """A time of day: ``09:30`` without a zone, or an instant; neither where none is said."""

    time: str = ""
    instant: datetime | None = None


@dataclass(frozen=True)
class _Written:
    """A time as it is written, which becomes a Clock on a day."""

    at: time | None = None
    zone: timezone | ZoneInfo | None = None

    def text(self) -> str:
        """The time and, where a zone is said, how far it is ahead of UTC on no day in particular: ``04:40+03:00``."""
        ahead = self.zone.utcoffset(datetime(2000, 1, 1)) if self.zone else None
        if ahead is None:
            return f"{self.at:%H:%M}"
        minutes = round(ahead.total_seconds() / 60)
        return f"{self.at:%H:%M}{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    def on(self, day: date) -> Clock:
        """The time on a day; midnight without a zone is none."""
        if self.at is None or (self.zone is None and self.at == time()):
            return Clock()
        if self.zone is None:
            return Clock(f"{self.at:%H:%M}")
        return Clock("", datetime.combine(day, self.at, self.zone).astimezone(UTC))


def clock_in(text: str) -> tuple[str, _Written]:
    """A text without the time of day at its end, and that time."""
    found = _TIME.search(text)
    if not found:
        return text, _Written()
    hour = int(found["hour"])
    if half := found["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    zone = _zone((found["zone"] or found["named"] or "").strip("[]"))
    if hour == 24 or isinstance(zone, bool):
        return text, _Written()
    at = time(hour, int(found["minute"]), int(found["second"] or 0))
    return text[: found.start()].rstrip(" ,T"), _Written(at, zone)


def _zone(text: str) -> timezone | ZoneInfo | bool | None:
    """The zone that a text names, None for an empty text, False for any other."""
    if not text:
        return None
    if text.upper() in _LETTERED:
        return timezone(timedelta(hours=_LETTERED[text.upper()]))
    if "/" in text:
        try:
            return ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError):
            return False
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", text, re.IGNORECASE)
    if not found or int(found[2]) > 14:
        return False
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-ahead if found[1] == "-" else ahead)
