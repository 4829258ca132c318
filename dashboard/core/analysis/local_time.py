"""Local time of a state at an instant.

The zones of a state, and the town that each is named for, come from the file ``zone.tab`` of the IANA time zone
database in the package tzdata.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class Zone(NamedTuple):
    """A time zone with the place of the town that it is named for, in degrees."""

    name: str
    latitude: float
    longitude: float


@cache
def zones() -> dict[str, list[Zone]]:
    """The time zones of each state, by ISO 3166-1 alpha-2."""
    found: dict[str, list[Zone]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            state, place, name = line.split("\t")[:3]
            found.setdefault(state, []).append(Zone(name, *_degrees(place)))
    return found


def _degrees(place: str) -> tuple[float, float]:
    """Latitude and longitude from ``+5441+02519`` or ``+554521+0373704``."""
    parts = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?([+-])(\d{3})(\d\d)(\d\d)?", place)
    if not parts:
        raise ValueError(f"{place!r} is no place as zone.tab writes it")
    north, *latitude, east, d, m, s = parts.groups()
    sides = ((north, *latitude), (east, d, m, s))
    found = [(-1 if sign == "-" else 1) * (int(d) + int(m) / 60 + int(s or 0) / 3600) for sign, d, m, s in sides]
    return found[0], found[1]


def local_hours(incidents: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The hour of day, 0 to 23, at which each incident began.

    Parameters
    ----------
    incidents
        With ``started_at`` in UTC, all of it known, and ``country``, ``latitude`` and ``longitude``.

    Returns
    -------
    The hours, and for each whether it is one of local time; where the state's time zone is not known it is one of UTC.
    In a state with several time zones that of the nearest town holds which a zone is named for.
    """
    times, local = local_times(incidents, "started_at")
    hours: NDArray[np.int64] = times.dt.hour.to_numpy(np.int64, copy=True)
    return hours, local


def local_times(incidents: pd.DataFrame, column: str) -> tuple[pd.Series, NDArray[np.bool_]]:
    """The local time of instants of a column, all of them known, without a zone; see :func:`local_hours`."""
    times = incidents[column].dt.tz_localize(None).reset_index(drop=True)
    local = np.zeros(len(incidents), bool)
    for state, at in incidents.reset_index(drop=True).groupby("country", sort=False).indices.items():
        known = zones().get(str(state))
        if known:
            rows = incidents.iloc[at]
            nearest = _nearest(rows, known)
            for number, zone in enumerate(known):
                here = nearest == number
                here_at = pd.DatetimeIndex(rows[column][here]).tz_convert(zone.name).tz_localize(None)
                times.iloc[at[here]] = here_at.astype(times.dtype)
            local[at] = True
    return times, local


def local_time(row: Any) -> pd.Timestamp | None:
    """The time at which an incident began in local time; None where its state's time zone is not known."""
    columns = ("country", "latitude", "longitude", "started_at")
    times, local = local_times(pd.DataFrame({name: [getattr(row, name)] for name in columns}), "started_at")
    return times.iloc[0] if local[0] else None


def zone_of(state: str, latitude: float, longitude: float) -> Zone | None:
    """The time zone of a place in a state; None where none is known."""
    known = zones().get(state)
    if not known:
        return None
    place = pd.DataFrame({"latitude": [latitude], "longitude": [longitude]})
    return known[int(_nearest(place, known)[0])]


def _nearest(rows: pd.DataFrame, known: list[Zone]) -> NDArray[np.int64]:
    """The nearest of the towns for each row."""
    latitude, longitude = (np.radians(rows[name].to_numpy(float))[:, None] for name in ("latitude", "longitude"))
    towns = np.radians([[zone.latitude, zone.longitude] for zone in known])
    cosine = np.sin(latitude) * np.sin(towns[:, 0]) + np.cos(latitude) * np.cos(towns[:, 0]) * np.cos(
        longitude - towns[:, 1]
    )
    nearest: NDArray[np.int64] = np.argmax(cosine, axis=1)
    return nearest
