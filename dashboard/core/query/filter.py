"""The filter: which incidents are asked for; it applies itself and says itself in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.tseries.offsets import MonthEnd

from dashboard.core.incidents.columns import (
    CATEGORIES,
    COLUMNS,
    FREE_TEXT,
    FRIENDLY,
    OBJECT_TYPES,
    OF_STATES,
    PAYLOADS,
    SIDES,
    STATES,
    STATUSES,
)
from dashboard.core.incidents.publishers import WITH_OFFICIAL, WITHOUT_OFFICIAL
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.core.incidents.vocabulary import PHRASES, SIDE_PHRASES, STATUS_PHRASES, WORDS, host_of
from dashboard.core.query.periods import Period, days_asked, whole_year
from dashboard.language import _, alternatives, day, day_of_year, listing, ngettext, number, plain, state_name

CONTRABAND = "contraband"  # the payload that can be left out
NO_ORIGIN = "none"  # in a query: incidents without an attribution
LONGEST_SEARCH = 100  # characters
# Column of the incidents that each group of options filters by.
GROUPS = {
    "countries": "country",
    "categories": "category",
    "objects": "object_type",
    "origins": "origin",
    "statuses": "status",
    "payloads": "payload",
    "sides": "side",
    "evidence": "evidence",
}
ALLOWED = {
    "countries": STATES,
    "categories": CATEGORIES,
    "objects": OBJECT_TYPES,
    "origins": STATES | {NO_ORIGIN},
    "statuses": STATUSES,
    "payloads": PAYLOADS,
    "sides": tuple(side for side in SIDES if side != FRIENDLY),
    "evidence": (WITH_OFFICIAL, WITHOUT_OFFICIAL),
}


@dataclass(frozen=True)
class Filter:
    """The incidents that are asked for; an empty group asks for all of it.

    start, end
        First and last day, both included; an incident is in if any of its days is.
    without_contraband
        Whether incidents that carried contraband are left out.
    text
        Words, and phrases in quotes, that must all occur in the row, whatever their case and accents.
    """

    countries: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    categories: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    payloads: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    without_contraband: bool = False
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
        """Masks of the incidents that pass, for each part of the filter that asks for something."""
        masks: dict[str, NDArray[np.bool_]] = {}
        for group, column in GROUPS.items():
            if values := getattr(self, group):
                masks[group] = incidents[column].isin([code_of(group, value) for value in values]).to_numpy()
        if self.without_contraband:
            masks["without_contraband"] = (incidents["payload"] != CONTRABAND).to_numpy(bool)
        if self.start or self.end:
            dates = np.ones(len(incidents), bool)
            if self.start:
                dates &= (incidents["last_day"] >= pd.Timestamp(self.start)).to_numpy()
            if self.end:
                dates &= (incidents["date"] <= pd.Timestamp(self.end)).to_numpy()
            masks["dates"] = dates
        if self.text:
            found = np.ones(len(incidents), bool)
            for term in terms_of(self.text):
                found &= incidents["words"].str.contains(term, regex=False).to_numpy(bool)
            masks["text"] = found
        return masks

    def apply(self, incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """The incidents that are asked for, in their order."""
        masks = self.masks(incidents)
        return incidents[np.logical_and.reduce(list(masks.values()))] if masks else incidents

    def days(self, known: Period) -> Period | None:
        """The days that are asked for, as far as they are known; see :func:`.periods.days_asked`."""
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
        """The reason why nothing can be known of the days asked for, or empty."""
        if self.days(known):
            return ""
        if self.start and self.start > known.end:
            return _("nothing can be known yet, the information ends on {day}").format(day=day(known.end))
        return _("nothing is known, the data begin on {day}").format(day=day(known.start))

    def states_in_words(self) -> str:
        """The states that are asked for: ``Lithuania and Poland``, or ``All states``."""
        return listing(sorted(map(state_name, self.countries))) if self.countries else _("All states")

    def limits_in_words(self) -> list[str]:
        """The rest of the filter, besides states and dates, as a list of phrases."""
        words = [
            listing([PHRASES[GROUPS[group]][value] for value in getattr(self, group)])
            for group in ("categories", "objects", "statuses", "sides", "evidence")
            if getattr(self, group)
        ]
        if self.payloads:
            payloads = [PHRASES["payload"][value] for value in self.payloads]
            words.append(_("carrying {payloads}").format(payloads=alternatives(payloads)))
        if self.without_contraband:
            words.append(_("without contraband"))
        if self.origins:
            origins = [_("no one") if value == NO_ORIGIN else state_name(value) for value in self.origins]
            words.append(_("attributed to {states}").format(states=listing(origins)))
        if self.text:
            asked, phrases = _parts_of(self.text)
            texts = [_("“{text}”").format(text=part) for part in (asked, *phrases) if part]
            words += [_("with {texts}").format(texts=listing(texts))] if texts else []
        return words

    def in_words(self, known: Period, more: str = "") -> str:
        """The filter as a phrase, and what else limits what is shown: ``Poland, 2025, drones``."""
        limits = [self.states_in_words(), self.days_in_words(known), *self.limits_in_words(), more]
        return listing_of_limits([limit for limit in limits if limit])

    def sentence(self, shown: int, total: int, known: Period, more: str = "") -> str:
        """The filter and its result in words.

        Parameters
        ----------
        shown, total
            The number of incidents that pass, and the number of all.
        known
            The days of which something is known.
        more
            Any other limit of what is shown, as a phrase.
        """
        where = self.in_words(known, more)
        if not shown and (unknown := self.unknown_in_words(known)):
            return _("{filter}: {unknown}").format(filter=where, unknown=unknown)
        if shown == total:
            counted = ngettext("{shown} incident", "all {shown} incidents", total)
        else:
            counted = ngettext("{shown} of {total} incident", "{shown} of {total} incidents", total)
        counts = counted.format(shown=number(shown), total=number(total))
        return _("{filter}: {counts}").format(filter=where, counts=counts)


def days_in_words(start: date, end: date) -> str:
    """Days in words: ``28 July 2025``, or ``1 July 2025 to 30 September 2025``."""
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


def code_of(group: str, value: str) -> str:
    """The code of the data that a value of a group stands for."""
    return "" if group == "origins" and value == NO_ORIGIN else value


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


def terms_of(text: str) -> list[str]:
    """The terms of a search, in plain letters: each word, and each phrase in quotes as a whole."""
    words, phrases = _parts_of(text)
    return list(filter(None, [*plain(words).split(), *map(plain, phrases)]))


def _parts_of(text: str) -> tuple[str, list[str]]:
    """The words of a search, and its phrases in quotes; one whose quote is still open reaches to the end."""
    parts = [" ".join(part.split()) for part in text.translate(_QUOTES).split('"')]
    return " ".join(filter(None, parts[::2])), list(filter(None, parts[1::2]))


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
    return incidents.assign(last_day=last, words=_words(incidents))


def publishers_searchable(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents whose ``words`` hold the names of their publishers as well."""
    names = ["\n".join(plain(source.publisher.name) for source in sources) for sources in incidents["cited"]]
    words = [f"{before}\n{name}" for before, name in zip(incidents["words"], names, strict=True)]
    return incidents.assign(words=np.array(words, dtype=object))


def _words(incidents: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """All that a search looks at, plain: what the card says of a row but for days, numbers and what is measured.

    Each cell is a line of its own, so that no phrase is found that begins in one cell and ends in the next.
    """
    cells = [incidents[column].map(plain) for column in ("id", "event", *FREE_TEXT)]
    cells += [incidents[column].map(lambda code: plain(state_name(code)) if code else "") for column in OF_STATES]
    cells += [incidents[column].map(_spoken(column)) for column in WORDS if column in COLUMNS]
    cells.append(incidents["sources"].map(lambda sources: "\n".join(map(host_of, sources))))
    lines = zip(*(cell.to_numpy(object) for cell in cells), strict=True)
    return np.array(["\n".join(filter(None, line)) for line in lines], dtype=object)


def _spoken(column: str) -> dict[str, str]:
    """Every way of saying a code of a column, plain, a line each."""
    ways = [WORDS[column], PHRASES[column], *({"status": [STATUS_PHRASES], "side": [SIDE_PHRASES]}.get(column, []))]
    return {code: "\n".join(plain(way[code]) for way in ways) for code in WORDS[column]}
