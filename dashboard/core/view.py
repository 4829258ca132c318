"""What is asked: a filter and a viewport, immutable, each with a machine face (query) and a human one (sentence)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

import geopandas as gpd
import numpy as np
import pandas as pd
from anyascii import anyascii
from numpy.typing import NDArray

from dashboard.core.incidents import CATEGORIES, OBJECT_TYPES, STATES, STATUSES
from dashboard.core.vocabulary import PHRASES
from dashboard.language import _, day, listing, ngettext, number, state_name

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
_ALLOWED = {
    "countries": STATES,
    "categories": CATEGORIES,
    "objects": OBJECT_TYPES,
    "origins": STATES | {NO_ORIGIN},
    "statuses": STATUSES,
}
_NAMES = {
    "countries": "country",
    "categories": "category",
    "objects": "object",
    "origins": "origin",
    "statuses": "status",
}
NAMES = (*_NAMES.values(), "from", "to", "q", "lat", "lon", "zoom", "id")


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
        for group, allowed in _ALLOWED.items():
            values = getattr(self, group)
            unknown = [value for value in values if value not in allowed]
            if unknown:
                raise ValueError(f"{group}: {unknown!r} is not among the allowed values")
            object.__setattr__(self, group, tuple(sorted(set(values))))
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

    def sentence(self, shown: int, total: int, first: date, last: date) -> str:
        """The filter and its result in words.

        Parameters
        ----------
        shown, total
            How many incidents pass, of how many.
        first, last
            First and last day of the data, for an end that the filter leaves open.
        """
        dates = days_in_words(self.start or first, self.end or last)
        where = listing_of_limits([self.states_in_words(), dates, *self.limits_in_words()])
        if shown == total:
            counted = ngettext("{shown} incident", "all {shown} incidents", total)
        else:
            counted = ngettext("{shown} of {total} incident", "{shown} of {total} incidents", total)
        counts = counted.format(shown=number(shown), total=number(total))
        return _("{filter}: {counts}").format(filter=where, counts=counts)


def days_in_words(start: date, end: date) -> str:
    """``28 July 2025``, or ``1 July 2025 to 30 September 2025``."""
    return day(start) if start == end else _("{start} to {end}").format(start=day(start), end=day(end))


def listing_of_limits(phrases: Sequence[str]) -> str:
    """Limits that all hold, as one phrase."""
    return _(", ").join(phrases)


def plain(text: str) -> str:
    """A text for searching: ASCII in lower case, so that gaiziunai finds Gaižiūnai."""
    return anyascii(text).casefold()


@dataclass(frozen=True)
class Viewport:
    """Centre of the map in degrees (WGS 84) and zoom level of the web map."""

    latitude: float
    longitude: float
    zoom: float

    def __post_init__(self) -> None:
        for name, low, high in (("latitude", -90, 90), ("longitude", -180, 180), ("zoom", 0, 20)):
            value = getattr(self, name)
            if not math.isfinite(value) or not low <= value <= high:
                raise ValueError(f"{name} {value} is not between {low} and {high}")


@dataclass(frozen=True)
class View:
    """All that is asked of the map: a filter, a viewport (none: all of it), and the incident that is looked at."""

    filter: Filter = field(default_factory=Filter)
    viewport: Viewport | None = None
    selected: str = ""

    def query(self) -> dict[str, list[str]]:
        """The view as names and values of a query, only those that ask for something."""
        query = {_NAMES[group]: list(getattr(self.filter, group)) for group in GROUPS}
        query["from"] = [self.filter.start.isoformat()] if self.filter.start else []
        query["to"] = [self.filter.end.isoformat()] if self.filter.end else []
        query["q"] = [self.filter.text] if self.filter.text else []
        if self.viewport:
            query["lat"] = [f"{self.viewport.latitude:.4f}"]
            query["lon"] = [f"{self.viewport.longitude:.4f}"]
            query["zoom"] = [f"{self.viewport.zoom:.2f}".rstrip("0").rstrip(".")]
        query["id"] = [self.selected] if self.selected else []
        return {name: values for name, values in query.items() if values}

    def query_string(self) -> str:
        """The view as it stands in an address."""
        return urlencode(self.query(), doseq=True)


def parse_query_string(text: str) -> tuple[View, list[str]]:
    """Read a query string, with or without its question mark; see :func:`parse_query`."""
    return parse_query(parse_qs(text.removeprefix("?"), keep_blank_values=True))


def parse_query(query: Mapping[str, Sequence[str]]) -> tuple[View, list[str]]:
    """Read a view from the names and values of a query.

    Returns
    -------
    The view, and a sentence for each name or value that is not in it because it is not known.
    """
    notices = [
        _("The address asks for {name}, which is not known.").format(name=repr(name))
        for name in query
        if name not in NAMES
    ]
    groups: dict[str, Any] = {}
    for group, name in _NAMES.items():
        values = list(query.get(name, ()))
        groups[group] = tuple(value for value in values if value in _ALLOWED[group])
        notices += [_unknown(name, value) for value in values if value not in _ALLOWED[group]]
    start, end = (_date(name, query, notices) for name in ("from", "to"))
    if start and end and start > end:
        notices.append(
            _("The address asks for days from {start} to {end}, which is backwards.").format(
                start=day(start), end=day(end)
            )
        )
        start = end = None
    filter_ = Filter(**groups, start=start, end=end, text=" ".join(query.get("q", ())))
    return View(filter_, _viewport(query, notices), _last(query, "id")), notices


def _last(query: Mapping[str, Sequence[str]], name: str) -> str:
    return query[name][-1] if query.get(name) else ""


def _unknown(name: str, value: str) -> str:
    return _("The address asks for {name}={value}, which is not known.").format(name=name, value=value[:60])


def _date(name: str, query: Mapping[str, Sequence[str]], notices: list[str]) -> date | None:
    text = _last(query, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        notices.append(_unknown(name, text))
        return None


def _viewport(query: Mapping[str, Sequence[str]], notices: list[str]) -> Viewport | None:
    texts = {name: _last(query, name) for name in ("lat", "lon", "zoom")}
    if not any(texts.values()):
        return None
    try:
        return Viewport(*(float(text) for text in texts.values()))
    except ValueError:
        asked = ", ".join(f"{name}={text[:20]}" for name, text in texts.items())
        notices.append(_("The address asks for the place {asked}, which is not on the map.").format(asked=asked))
        return None
