"""Periods: runs of days."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """A run of days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"start {self.start} lies after end {self.end}")

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def before(self) -> "Period":
        """The period of equal length that ends on the day before."""
        end = self.start - timedelta(days=1)
        return Period(end - timedelta(days=self.days - 1), end)


def read_period(text: str) -> Period:
    """Read a period from ``2025-07-01..2025-09-30``.

    Raises
    ------
    ValueError
        It is none.
    """
    start, dots, end = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is not two days with .. between them")
    return Period(date.fromisoformat(start), date.fromisoformat(end))
