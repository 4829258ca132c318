"""Shared places in words: how many incidents are placed at one point, and how far from it each may have been."""

import geopandas as gpd

from dashboard.core.analysis.shared_places import SharedPlace, shared_places
from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number
from dashboard.render.text.distances import accuracy_in_words

MOST_NAMED = 3  # points of which something is said, and places that are named of one


def shared_in_words(place: SharedPlace) -> str:
    """A shared place on a map: ``8 at one point, within 30 km``."""
    return _("{count} at one point, within {distance}").format(
        count=number(len(place.ids)), distance=accuracy_in_words(place.accuracy_km)
    )


def shared_places_as_sentences(incidents: gpd.GeoDataFrame) -> list[str]:
    """Sentences on the fullest of the shared places, and on how many more there are; none for none."""
    found = shared_places(incidents)
    words = _("{count} incidents ({places}) are placed at one point: each was somewhere within {distance} of it.")
    sentences = [
        words.format(count=number(len(place.ids)), places=_names(place), distance=accuracy_in_words(place.accuracy_km))
        for place in found[:MOST_NAMED]
    ]
    more = len(found) - MOST_NAMED
    if more > 0:
        sentence = ngettext(
            "{count} more point holds several incidents in this way.",
            "{count} more points hold several incidents in this way.",
            more,
        )
        sentences.append(sentence.format(count=number(more)))
    return sentences


def _names(place: SharedPlace) -> str:
    names = [one_line(name) for name in place.names]
    if len(names) <= MOST_NAMED:
        return listing(names)
    more = len(names) - MOST_NAMED + 1
    others = ngettext("{count} more place", "{count} more places", more).format(count=number(more))
    return listing([*names[: MOST_NAMED - 1], others])
