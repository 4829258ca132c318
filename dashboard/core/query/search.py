"""The search: its terms, and the words of incidents that it looks at."""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.tseries.offsets import MonthEnd

from dashboard.core.incidents.columns import COLUMNS, FREE_TEXT, OF_STATES
from dashboard.core.incidents.events import Event
from dashboard.core.incidents.vocabulary import PHRASES, SIDE_PHRASES, STATUS_PHRASES, WORDS, host_of
from dashboard.language import plain, state_name

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


def terms_of(text: str) -> list[str]:
    """The terms of a search, in plain letters: each word, and each phrase in quotes as a whole."""
    words, phrases = words_and_phrases(text)
    return list(filter(None, [*plain(words).split(), *map(plain, phrases)]))


def words_and_phrases(text: str) -> tuple[str, list[str]]:
    """The words of a search, and its phrases in quotes; one whose quote is still open reaches to the end."""
    parts = [" ".join(part.split()) for part in text.translate(_QUOTES).split('"')]
    return " ".join(filter(None, parts[::2])), list(filter(None, parts[1::2]))


MOST_EVENTS = 3  # that are offered; words that name more name none


def events_named(text: str, events: Iterable[Event]) -> list[Event]:
    """The events whose ID or title holds all terms of a search; none where these are too many to be meant."""
    terms = terms_of(text)
    if not terms:
        return []
    named = [event for event in events if all(term in plain(f"{event.id} {event.title}") for term in terms)]
    return named if len(named) <= MOST_EVENTS else []


def searchable(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents with what a filter looks at.

    Returns
    -------
    A copy with ``counted_on`` (the day on which an incident counts) and ``last_day`` (the last day on which it can have
    been, also where only its month is known), and with ``words`` (plain text for searching).
    """
    last = incidents["end_date"].fillna(incidents["date"])
    month = (incidents["date_precision"] == "month").to_numpy(bool)
    last = last.where(~month, (last + MonthEnd(0)).astype(last.dtype))
    return incidents.assign(counted_on=incidents["date"], last_day=last, words=_words(incidents))


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
    cells += [_spoken(incidents[column]) for column in WORDS if column in COLUMNS]
    cells.append(incidents["sources"].map(lambda sources: "\n".join(map(host_of, sources))))
    lines = zip(*(cell.to_numpy(object) for cell in cells), strict=True)
    return np.array(["\n".join(filter(None, line)) for line in lines], dtype=object)


def _spoken(cells: pd.Series) -> pd.Series:
    """Every way of saying the codes of a column, plain, a line each; an empty cell says nothing."""
    column = str(cells.name)
    ways = [WORDS[column], PHRASES[column], *({"status": [STATUS_PHRASES], "side": [SIDE_PHRASES]}.get(column, []))]
    said = {code: "\n".join(plain(way[code]) for way in ways) for code in WORDS[column] if code}
    return cells.map({cell: "\n".join(said[code] for code in cell.split()) for cell in cells.unique()})
