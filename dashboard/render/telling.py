"""A selection told in sentences: figures, incidents, sources; the same in a briefing and in the notes of a deck."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import geopandas as gpd

from dashboard.core.incidents import INTRUDING, WEAPONS, is_link
from dashboard.core.marking import LABELS
from dashboard.core.measures import LARGE_INHABITANTS
from dashboard.core.precision import is_established
from dashboard.core.summary import Figures, deepest, own_side_in_words
from dashboard.core.view import one_line
from dashboard.core.vocabulary import SIDE_PHRASES, STATUS_PHRASES, word
from dashboard.errors import QueryError
from dashboard.language import _, listing, ngettext, number, state_name
from dashboard.render.distances import (
    border_in_words,
    certainty_in_words,
    depth_in_words,
    from_border_in_words,
    town_in_words,
)
from dashboard.render.handout import Handout
from dashboard.render.wording import what_in_words, when_in_words


def highest_marking(handouts: Sequence[Handout]) -> str:
    """The marking of a document that holds all of these views, or empty.

    Raises
    ------
    QueryError
        They carry markings of which the higher cannot be known.
    """
    markings = sorted({one_line(handout.marking) for handout in handouts} - {""})
    if len(markings) <= 1:
        return "".join(markings)
    if set(markings) <= set(LABELS):
        return min(markings, key=LABELS.index)
    raise QueryError(
        _(
            "The views carry the markings {markings}, and which of them is the highest cannot be known. "
            "Give all views the same marking, or a TLP label each."
        ).format(markings=listing([repr(marking) for marking in markings]))
    )


def incident_in_words(row: Any, name: str = "") -> list[str]:
    """All that is said of an incident, as sentences: when and where, what, how deep and how sure, and its story.

    Parameters
    ----------
    name
        What it is called in the list, such as its number.
    """
    where = _("{when}, {place}, {state}").format(
        when=when_in_words(row), place=one_line(row.place), state=state_name(row.country)
    )
    depth = _("Distance from the border: {depth}.").format(depth=from_border_in_words(row))
    border = _("Measured from the {border}.").format(border=border_in_words(row))
    town = _("Nearest town of more than {inhabitants} people: {town}.").format(
        inhabitants=number(LARGE_INHABITANTS), town=town_in_words(row)
    )
    sentences = [
        _("{number}. {where}.").format(number=name, where=where) if name else _("{where}.").format(where=where),
        _("{category}: {what}.").format(category=word("category", row.category), what=_lower(what_in_words(row))),
        depth if row.inside else "",
        border if is_established(row.depth_km, row.location_accuracy_km) else "",
        town if row.town else "",
        _("{certainty}.").format(certainty=certainty_in_words(row)),
        _("{status}.").format(status=STATUS_PHRASES[row.status]),
        _("{side}.").format(side=SIDE_PHRASES[row.side]) if row.side != INTRUDING else "",
        one_line(row.summary),
    ]
    return [one_line(sentence) for sentence in sentences if sentence]


def addresses(row: Any) -> list[str]:
    """The sources of an incident as full addresses that can stand in any text."""
    return [quote(source, safe="%/:?#[]@!$&()*+,;=~'") for source in row.sources if is_link(source)]


def figures_as_sentences(handout: Handout) -> list[str]:
    """The four figures, each as a sentence that can stand alone; incidents are rows, events are nights or paths.

    Without any incident the one sentence that none is known.
    """
    if handout.nil:
        return [handout.nil, handout.as_of]
    counts, states = handout.figures, sorted(map(state_name, handout.incidents["country"].unique()))
    return [
        _("{incidents}, which belong to {events}; one night or one object's path is one event.").format(
            incidents=incidents_in_words(counts.incidents), events=events_in_words(counts.events)
        ),
        _("Down on the ground: {count} (crash, debris found or landed); shot down is counted apart.").format(
            count=number(counts.on_the_ground)
        ),
        ngettext(
            "The airspace of {count} state: {states}.", "The airspace of {count} states: {states}.", counts.states
        ).format(count=number(counts.states), states=listing(states)),
        deepest_as_sentence(counts, handout.incidents),
        *own_side_as_sentences(handout.friendly),
    ]


def own_side_as_sentences(friendly: gpd.GeoDataFrame) -> list[str]:
    """That there are own-side objects besides what is counted, in a sentence; none for none."""
    told = own_side_in_words(friendly)
    return [_("In no figure: {objects}.").format(objects=told)] if told else []


def incidents_in_words(count: int) -> str:
    """``31 incidents``."""
    return ngettext("{count} incident", "{count} incidents", count).format(count=number(count))


def events_in_words(count: int) -> str:
    """``28 events``."""
    return ngettext("{count} event", "{count} events", count).format(count=number(count))


def deepest_as_sentence(figures: Figures, incidents: gpd.GeoDataFrame) -> str:
    """The deepest entry of a selection as a sentence that names the object and what was measured.

    Where another kind of object came deepest, such as a balloon, the deepest drone or missile is told as well.
    """
    if not figures.deepest:
        return _("No incident was certainly inside.")
    row = next(incidents[incidents["id"] == figures.deepest].itertuples())
    told = _("Deepest entry that is certain: {entry}.").format(entry=_entry_in_words(row))
    if row.object_type in WEAPONS:
        return told
    weapon = deepest(incidents[incidents["object_type"].isin(WEAPONS)])
    if weapon is None:
        return told
    return _("{sentence} Deepest drone or missile: {entry}.").format(sentence=told, entry=_entry_in_words(weapon))


def _entry_in_words(row: Any) -> str:
    """An entry: object, depth, place, days, and the border from which it is measured."""
    return _("{object}, {depth}, at {place}, {state}, {when}, from the {border}").format(
        object=_lower(word("object_type", row.object_type)),
        depth=depth_in_words(row),
        place=one_line(row.place),
        state=state_name(row.country),
        when=when_in_words(row),
        border=border_in_words(row),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
