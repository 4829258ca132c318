"""Which incidents are asked for: a filter, immutable, that applies itself and says itself in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from anyascii import anyascii
from numpy.typing import NDArray
from pandas.tseries.offsets import MonthEnd

from dashboard.core.incidents import CATEGORIES, FIRST_DAY, FREE_TEXT, LAST_DAY, OBJECT_TYPES, STATES, STATUSES
from dashboard.core.periods import Period, days_asked, whole_year
from dashboard.core.vocabulary import PHRASES
from dashboard.language import _, day, day_of_year, listing, ngettext, number, state_name

NO_ORIGIN = "none"  # in a query: incidents without an attribution
LONGEST_SEARCH = 100  # characters
# Column of the incidents that each group of options filters by.
GROUPS = {
    "countries": "country",
    "categories": "category",
    "objects": "object_type",
    "origins": "origin",
    "statuses": "status",
}
ALLOWED = {
    "countries": STATES,
    "categories": CATEGORIES,
    "objects": OBJECT_TYPES,
    "origins": STATES | {NO_ORIGIN},
    "statuses": STATUSES,
}


@dataclass(frozen=True)
class Filter:
    """Which incidents are asked for; an empty group asks for all of it.

    start, end
        First and last day, both included; an incident is in if any of its days is.
    text
        Words that must all occur in the row, whatever their case and accents.
    """

    countries: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    categories: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        for group, allowed in ALLOWED.items():
            values = getattr(self, group)
            unknown = [value for value in values if value not in allowed]
            if unknown:
                raise ValueError(f"{group}: {unknown!r} is not among the allowed values")
            object.__setattr__(self, group, tuple(sorted(set(values))))
        for limit in (self.start, self.end):
            if limit and not FIRST_DAY <= limit <= LAST_DAY:
                raise ValueError(f"{limit} is not a day from {FIRST_DAY} to {LAST_DAY}")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} lies after end {self.end}")
        object.__setattr__(self, "text", " ".join(self.text.split())[:LONGEST_SEARCH])

    def masks(self, incidents: gpd.GeoDataFrame) -> dict[str, NDArray[np.bool_]]:
        """For each part of the filter that asks for something, which incidents it lets pass."""
        masks: dict[str, NDArray[np.bool_]] = {}
        for group, column in GROUPS.items():
            if values := getattr(self, group):
                masks[group] = (
                    incidents[column].isin(["" if value == NO_ORIGIN else value for value in values]).to_numpy()
                )
        if self.start or self.end:
            dates = np.ones(len(incidents), bool)
            if self.start:
                dates &= (incidents["last_day"] >= pd.Timestamp(self.start)).to_numpy()
            if self.end:
                dates &= (incidents["date"] <= pd.Timestamp(self.end)).to_numpy()
            masks["dates"] = dates
        if self.text:
            found = np.ones(len(incidents), bool)
            for word in plain(self.text).split():
                found &= incidents["words"].str.contains(word, regex=False).to_numpy(bool)
            masks["text"] = found
        return masks

    def apply(self, incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """The incidents that are asked for, in their order."""
        masks = self.masks(incidents)
        return incidents[np.logical_and.reduce(list(masks.values()))] if masks else incidents

    def days(self, known: Period) -> Period | None:
        """The days that are asked for, as far as they are known; see :func:`dashboard.core.periods.days_asked`."""
        return days_asked(self.start, self.end, known)

    def days_in_words(self, known: Period) -> str:
        """The days that are asked for, as far as they are known: ``2026, to 3 October``; all of them if none is."""
        days, year = self.days(known), whole_year(self.start, self.end)
        if days is None:
            return dates_in_words(self.start, self.end)
        if year is None:
            words = days_in_words(days.start, days.end)
            cut = self.end is not None and self.end > days.end
            return _("{days}, when the information ends").format(days=words) if cut else words
        first, last = day_of_year(days.start), day_of_year(days.end)
        begun, over = days.start == self.start, days.end == self.end
        words = {
            (True, True): _("{year}"),
            (True, False): _("{year}, to {last}"),
            (False, True): _("{year}, from {first}"),
            (False, False): _("{year}, from {first} to {last}"),
        }[begun, over]
        return words.format(year=year, first=first, last=last)

    def unknown_in_words(self, known: Period) -> str:
        """Why nothing can be known of the days that are asked for, or empty where something can."""
        if self.days(known):
            return ""
        if self.start and self.start > known.end:
            return _("nothing can be known yet, the information ends on {day}").format(day=day(known.end))
        return _("nothing is known, the data begin on {day}").format(day=day(known.start))

    def states_in_words(self) -> str:
        """Which states: ``Lithuania and Poland``, or ``All states``."""
        return listing(sorted(map(state_name, self.countries))) if self.countries else _("All states")

    def limits_in_words(self) -> list[str]:
        """The rest of the filter, besides states and dates, as a list of phrases."""
        words = [
            listing([PHRASES[column][value] for value in getattr(self, group)])
            for group, column in GROUPS.items()
            if column in PHRASES and getattr(self, group)
        ]
        if self.origins:
            origins = [_("no one") if value == NO_ORIGIN else state_name(value) for value in self.origins]
            words.append(_("attributed to {states}").format(states=listing(origins)))
        if self.text:
            words.append(_("with “{text}”").format(text=self.text))
        return words

    def sentence(self, shown: int, total: int, known: Period, more: str = "") -> str:
        """The filter and its result in words.

        Parameters
        ----------
        shown, total
            How many incidents pass, of how many.
        known
            The days of which something is known.
        more
            What else limits what is shown, as a phrase.
        """
        limits = [self.states_in_words(), self.days_in_words(known), *self.limits_in_words(), more]
        where = listing_of_limits([limit for limit in limits if limit])
        if not shown and (unknown := self.unknown_in_words(known)):
            return _("{filter}: {unknown}").format(filter=where, unknown=unknown)
        if shown == total:
            counted = ngettext("{shown} incident", "all {shown} incidents", total)
        else:
            counted = ngettext("{shown} of {total} incident", "{shown} of {total} incidents", total)
        counts = counted.format(shown=number(shown), total=number(total))
        return _("{filter}: {counts}").format(filter=where, counts=counts)


def days_in_words(start: date, end: date) -> str:
    """``28 July 2025``, or ``1 July 2025 to 30 September 2025``."""
    return day(start) if start == end else _("{start} to {end}").format(start=day(start), end=day(end))


def dates_in_words(start: date | None, end: date | None) -> str:
    """Days as they were asked for: ``2026``, ``since 1 July 2026``, ``until 3 October 2026``; empty for all."""
    if year := whole_year(start, end):
        return str(year)
    if start and end:
        return days_in_words(start, end)
    if start:
        return _("since {day}").format(day=day(start))
    return _("until {day}").format(day=day(end)) if end else ""


def listing_of_limits(phrases: Sequence[str]) -> str:
    """Limits that all hold, as one phrase."""
    return _(", ").join(phrases)


def plain(text: str) -> str:
    """A text for searching: ASCII in lower case, so that gaiziunai finds Gaižiūnai."""
    return anyascii(text).casefold()


def searchable(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents with what a filter looks at.

    Returns
    -------
    A copy with ``last_day`` (the last day on which an incident can have been, also where only its month is known) and
    ``words`` (plain text for searching).
    """
    last = incidents["end_date"].fillna(incidents["date"])
    month = (incidents["date_precision"] == "month").to_numpy(bool)
    last = last.where(~month, (last + MonthEnd(0)).astype(last.dtype))
    columns = ["id", *FREE_TEXT]
    words = incidents["country"].map(state_name).str.cat([incidents[column] for column in columns], sep=" ")
    return incidents.assign(last_day=last, words=np.array([plain(text) for text in words], dtype=object))
