"""A selection in sentences: figures, incidents, sources; the same in a briefing and in the notes of a deck."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import geopandas as gpd

from dashboard.core.analysis.comparison import Comparison
from dashboard.core.analysis.figures import Figures, deepest, deepest_weapon, figures
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.releases import asked_in_words
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.nearest import LARGE_INHABITANTS
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.columns import INTRUDING, WEAPONS
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.incidents.tlp import LABELS
from dashboard.core.incidents.vocabulary import SIDE_PHRASES, events_in_words, incidents_in_words, word
from dashboard.core.query.view import View, one_line
from dashboard.errors import QueryError
from dashboard.language import _, days_in_words, listing, ngettext, number, state_name
from dashboard.render.text.distances import (
    airport_in_words,
    border_in_words,
    certainty_in_words,
    depth_in_words,
    from_border_in_words,
    town_in_words,
)
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import coordinates_in_words, what_in_words, when_in_words
from dashboard.render.text.objects import objects_as_sentence
from dashboard.render.text.shared_places import shared_places_as_sentences
from dashboard.render.text.sources import status_in_words


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
        Its name in the list, such as its number.
    """
    where = _("{when}, {place}, {state}").format(
        when=when_in_words(row), place=one_line(row.place), state=state_name(row.country)
    )
    depth = _("Distance from the border: {depth}.").format(depth=from_border_in_words(row))
    border = _("Measured from the {border}.").format(border=border_in_words(row))
    town = _("Nearest town of more than {inhabitants} people: {town}.").format(
        inhabitants=number(LARGE_INHABITANTS), town=town_in_words(row)
    )
    airport = _("Nearest airport: {airport}.").format(airport=airport_in_words(row))
    affected = _("Airport affected: {airports}.").format(airports=row.airport_names)
    sentences = [
        _("{number}. {where}.").format(number=name, where=where) if name else _("{where}.").format(where=where),
        _("Coordinates: {coordinates}.").format(coordinates=coordinates_in_words(row)),
        _("{category}: {what}.").format(category=word("category", row.category), what=_lower(what_in_words(row))),
        depth if row.inside else "",
        border if is_established(row.depth_km, row.location_accuracy_km) else "",
        town if row.town else "",
        airport if row.near_airport else "",
        affected if row.airport else "",
        _("{certainty}.").format(certainty=certainty_in_words(row)),
        _("{status}.").format(status=status_in_words(row)),
        _("{side}.").format(side=SIDE_PHRASES[row.side]) if row.side != INTRUDING else "",
        one_line(row.summary),
    ]
    return [one_line(sentence) for sentence in sentences if sentence]


def figures_as_sentences(handout: Handout) -> list[str]:
    """The figures, each as a sentence that can stand alone; incidents are rows, events are nights or paths.

    Without any incident the one sentence that none is known.
    """
    if handout.nil:
        return [handout.nil, handout.as_of]
    counts, states = handout.figures, sorted(map(state_name, handout.selection.states))
    return [
        _("{incidents}, which belong to {events}; one night or one object's path is one event.").format(
            incidents=incidents_in_words(counts.incidents), events=events_in_words(counts.events)
        ),
        objects_as_sentence(counts),
        _("Crash, landing and debris sites: {count}; shot down is counted separately.").format(
            count=number(counts.on_the_ground)
        ),
        ngettext(
            "The airspace of {count} state: {states}.", "The airspace of {count} states: {states}.", counts.states
        ).format(count=number(counts.states), states=listing(states)),
        deepest_as_sentence(counts, handout.selection),
        *handout.event,
        *shared_places_as_sentences(handout.incidents),
        *own_side_as_sentences(handout.friendly),
    ]


def own_side_as_sentences(friendly: gpd.GeoDataFrame) -> list[str]:
    """A sentence on own-side objects, which are not counted; none for none."""
    objects = own_side_in_words(friendly)
    return [_("In no figure: {objects}.").format(objects=objects)] if objects else []


def deepest_as_sentence(figures: Figures, selection: Selection) -> str:
    """The deepest entry of a selection as a sentence that names the object and what was measured.

    Where another kind of object came deepest, such as a balloon, the deepest drone or missile is named as well.
    """
    if not figures.deepest:
        return _("No incident was certainly inside.")
    row = deepest(selection)
    sentence = _("Deepest certain penetration: {entry}.").format(entry=_entry_in_words(row))
    if row.object_type in WEAPONS:
        return sentence
    weapon = deepest_weapon(selection)
    if weapon is None:
        return sentence
    return _("{sentence} Deepest drone or missile: {entry}.").format(sentence=sentence, entry=_entry_in_words(weapon))


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


SMALLEST_FOR_SHARES = 20  # incidents; a change of fewer is given in numbers alone


def summary_in_words(selection: Selection, view: View, dataset: Dataset, comparison: Comparison | None) -> list[str]:
    """Sentences on a selection: how many incidents and events, on the ground, how deep, and more or fewer than before.

    Parameters
    ----------
    selection
        The incidents that the view shows.
    dataset
        The data, with the days of which something is known.
    comparison
        With the days to compare with; None where there are none that the data have.
    """
    counts = figures(selection)
    asked = asked_in_words(view, dataset.known, dataset.events)
    if not counts.incidents:
        unknown = view.filter.unknown_in_words(dataset.known) or _("no incident is known")
        sentences = [_("{filter}: {unknown}.").format(filter=asked, unknown=unknown)]
    else:
        ground = _("Crash, landing and debris sites: {count}.")
        sentences = [
            _("{filter}: {incidents} in {events}.").format(
                filter=asked, incidents=incidents_in_words(counts.incidents), events=events_in_words(counts.events)
            ),
            objects_as_sentence(counts),
            ground.format(count=number(counts.on_the_ground)),
            deepest_as_sentence(counts, selection),
        ]
    return [*sentences, difference_in_words(comparison)] if comparison else sentences


def difference_in_words(comparison: Comparison) -> str:
    """The difference from the earlier days, in a sentence."""
    difference, earlier = comparison.difference, len(comparison.earlier)
    if difference == 0:
        words = _("As many as {when} ({count}).")
    elif difference > 0:
        words = _("{difference} more than {when} ({count}).")
    else:
        words = _("{difference} fewer than {when} ({count}).")
    sentence = words.format(
        difference=number(abs(difference)), when=_earlier_in_words(comparison), count=number(earlier)
    )
    share = share_in_words(earlier, difference)
    return _("{sentence} That is {share}.").format(sentence=sentence, share=share) if share else sentence


def _earlier_in_words(comparison: Comparison) -> str:
    """The earlier days: ``in the preceding 61 days``, or their dates where they do not end just before."""
    days = comparison.earlier_days
    if days.end + timedelta(days=1) == comparison.days.start:
        words = ngettext("on the preceding day", "in the preceding {count} days", days.days)
        return words.format(count=number(days.days))
    words = ngettext("on {dates}", "in the period {dates}", days.days)
    return words.format(dates=days_in_words(days.start, days.end))


def share_in_words(earlier: int, difference: int) -> str:
    """A difference in per cent of what it was, or empty where that was too little to tell."""
    if earlier < SMALLEST_FOR_SHARES:
        return ""
    return _("{percent} %").format(percent=signed(round(100 * difference / earlier)))


def signed(value: int) -> str:
    """A difference with its sign, a true minus included."""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value))}"


def nothing_in_words(dataset: Dataset, view: View) -> str:
    """The reason why a view shows no incident: none could be read, its days are not known, or none matches."""
    if dataset.unreadable:
        return " ".join(dataset.unreadable)
    if unknown := view.filter.unknown_in_words(dataset.known):
        days = view.filter.days_in_words(dataset.known)
        return _("{days}: {unknown}.").format(days=days[:1].upper() + days[1:], unknown=unknown)
    return _("No incident matches the filter.")
