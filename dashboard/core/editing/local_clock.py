"""Local days and times of a place as instants, and back; also in the hour that comes twice or never."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dashboard.core.analysis.local_time import zone_of
from dashboard.errors import QueryError
from dashboard.language import _


@dataclass(frozen=True)
class LocalClock:
    """The clock of a place; without a known zone it is that of UTC.

    name
        Of the zone in the database of the IANA, such as ``Europe/Vilnius``, or empty.
    """

    name: str = ""

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.name or "UTC")

    @property
    def town(self) -> str:
        """The town that the zone is named for."""
        return self.name.rpartition("/")[2].replace("_", " ") or "UTC"

    def instant(self, day: date, at: time, *, second: bool = False) -> datetime:
        """The instant of a local day and time, in UTC; ``second`` is the later one where the hour comes twice.

        Raises
        ------
        QueryError
            The clocks have passed over this time.
        """
        local = datetime.combine(day, at, self._zone).replace(fold=int(second))
        instant = local.astimezone(UTC)
        if instant.astimezone(self._zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise QueryError(_("There was no such time: the clocks were put forward."))
        return instant

    def comes_twice(self, day: date, at: time) -> bool:
        """Tell whether the clocks were put back over a time."""
        try:
            return self.instant(day, at) < self.instant(day, at, second=True)
        except QueryError:
            return False

    def local(self, instant: datetime) -> datetime:
        """The local day and time of an instant, without a zone; ``fold`` tells the second of two from the first."""
        return instant.astimezone(self._zone).replace(tzinfo=None)

    def offset(self, instant: datetime) -> timedelta:
        """The time by which the clock is ahead of UTC."""
        return instant.astimezone(self._zone).utcoffset() or timedelta()

    def is_summer_time(self, instant: datetime) -> bool:
        """Tell whether the clock is put forward then."""
        return bool(instant.astimezone(self._zone).dst())


def clock_of(state: str, latitude: float, longitude: float) -> LocalClock:
    """The clock of a place in a state."""
    zone = zone_of(state, latitude, longitude)
    return LocalClock(zone.name if zone else "")
