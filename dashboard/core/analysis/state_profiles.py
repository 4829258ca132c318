"""Profiles of states: how many incidents each had, when, how deep, and how long its flank border is."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.core.analysis.figures import Figures, figures
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.borders import HIGH_SEA, Borders
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.query.periods import Period

CRASH = "crash"


@dataclass(frozen=True)
class NearTown:
    """A crash and the town of more than 15,000 people that is nearest to it, with the distance in km."""

    incident: str
    town: str
    state: str
    km: float


@dataclass(frozen=True)
class StateProfile:
    """A state in a selection.

    figures
        Its incidents and events, those down on the ground, and the deepest entry that is certain. An event that touched
        several states is among the events of each.
    by_category
        Incidents by category, those that it has, in the order of CATEGORIES.
    last
        Its latest incident.
    quiet
        The longest run of days between two of its incidents on which there certainly was none, or None.
    since_days, until
        Days after the last day on which any of its incidents can have been, up to and with ``until``, the last day that
        is asked for.
    border_km, sea_km
        Its stretch of the eastern-flank border by neighbour, on land and between territorial seas; and the limit of its
        airspace over the sea towards them.
    crashes, near_towns
        How many of its incidents are crashes; those of them near which a town is known, the nearest first.
    """

    state: str
    figures: Figures
    by_category: dict[str, int]
    last: str
    quiet: Period | None
    since_days: int
    until: date
    border_km: dict[str, float]
    sea_km: float
    crashes: int
    near_towns: tuple[NearTown, ...]

    @property
    def flank_km(self) -> float:
        """Length of its stretch of the eastern-flank border in km, without its limit at sea."""
        return sum(self.border_km.values())

    @property
    def incidents_per_100_km(self) -> float | None:
        """Incidents per 100 km of that stretch; None for a state that has none."""
        return 100 * self.figures.incidents / self.flank_km if self.flank_km else None


def profiles(selection: Selection, borders: Borders, until: date) -> tuple[StateProfile, ...]:
    """The states of a selection, the one with the most incidents first, those with equally many by their code.

    Parameters
    ----------
    until
        The last day that is asked for.
    """
    found = []
    for state, rows in pd.DataFrame(selection.rows.drop(columns="geometry")).groupby("country"):
        counted = figures(selection.limited("state", "country = $state", state=state))
        found.append(_profile(str(state), counted, rows, borders, until))
    return tuple(sorted(found, key=lambda profile: (-profile.figures.incidents, profile.state)))


def _profile(state: str, counted: Figures, rows: pd.DataFrame, borders: Borders, until: date) -> StateProfile:
    """The profile of a state from its incidents, of which there is at least one."""
    categories = rows["category"].value_counts()
    flank = borders.flank[borders.flank["state"] == state]
    land = flank[flank["kind"] == "flank"]
    crashes = rows[rows["category"] == CRASH]
    near = crashes[crashes["town"] != ""].sort_values(["town_km", "id"])
    last_day = rows["last_day"].max().date()
    return StateProfile(
        state=state,
        figures=counted,
        by_category={category: int(categories[category]) for category in CATEGORIES if category in categories},
        last=str(rows.sort_values(["counted_on", "id"])["id"].iloc[-1]),
        quiet=longest_quiet(*possible_days(rows)),
        since_days=max(0, (until - last_day).days),
        until=until,
        border_km=land.groupby("neighbour")["length_km"].sum().sort_values(ascending=False).to_dict(),
        sea_km=float(flank.loc[flank["neighbour"] == HIGH_SEA, "length_km"].sum()),
        crashes=len(crashes),
        near_towns=tuple(
            NearTown(*row) for row in near[["id", "town", "town_state", "town_km"]].itertuples(index=False)
        ),
    )


def possible_days(rows: pd.DataFrame) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """The first and the last day on which each incident can have been; all of a month where only that is known."""
    first = rows["counted_on"].to_numpy("datetime64[D]")
    month = (rows["date_precision"] == "month").to_numpy(bool)
    first = np.where(month, first.astype("datetime64[M]").astype("datetime64[D]"), first)
    return first, rows["last_day"].to_numpy("datetime64[D]")


def longest_quiet(first: NDArray[np.datetime64], last: NDArray[np.datetime64]) -> Period | None:
    """The longest run of days between the first and the last of some spans of days that is in none of them.

    Parameters
    ----------
    first, last
        The first and the last day of each span.

    Returns
    -------
    The earliest of the longest, or None where no day is left.
    """
    order = np.argsort(first, kind="stable")
    begins, ends = first[order][1:], np.maximum.accumulate(last[order])[:-1]
    gaps = (begins - ends).astype(int) - 1  # days between
    if not gaps.size or gaps.max() < 1:
        return None
    longest = int(gaps.argmax())
    start, end = ends[longest] + 1, begins[longest] - 1
    return Period(start.item(), end.item())
