"""The story of an incident: the same parts in the same order on a sheet, on a slide and on the page to hand over.

Where room is short a story is cut in a fixed order. Number, place, date, distance with its accuracy, payload and status
always stay.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd

from dashboard.core.analysis.local_time import local_time
from dashboard.core.analysis.numbering import chronological
from dashboard.core.analysis.precedents import precedents
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.columns import BY_NAME, FRIENDLY
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.vocabulary import PHRASES, STATUS_PHRASES, word
from dashboard.core.query.view import one_line
from dashboard.language import _, day, day_of_year, number, short_day, state_name
from dashboard.render.text.distances import (
    border_in_words,
    depth_in_words,
    distance_in_words,
    from_border_in_words,
    reported_in_words,
)
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import (
    OWN_SIDE,
    category_in_words,
    coordinates_in_words,
    traffic_in_words,
    what_in_words,
    when_in_words,
)
from dashboard.render.text.sources import (
    is_only_reported_as_confirmed,
    publisher_in_words,
    safe_address,
    source_in_words,
)
from dashboard.render.text.values import value_in_words

MOST_TOLD = 6  # incidents of a view that are told as stories
MOST_BRIEFLY = 30  # that are told in two lines each
KEPT = ("distance", "payload")  # facts that are never cut
CUTS = 6  # steps in which a story is cut
ABBREVIATIONS = frozenset({"st", "no", "mr", "mrs", "dr", "gen", "col", "lt", "maj", "ca", "approx", "art"})


@dataclass(frozen=True)
class Fact:
    """A fact: the name of its column or part, its label, its text, and the same in short where there is a way."""

    name: str
    label: str
    text: str
    short: str = ""

    @property
    def shorter(self) -> "Fact":
        """The fact in short."""
        return replace(self, text=self.short or self.text)


@dataclass(frozen=True, eq=False)
class Story:
    """An incident as it is told.

    row
        The incident itself.
    number
        Its number in the view, or the sign of an own-side object.
    when, day
        Its days with the time, and its day as short as can be.
    status
        The status, which ends in a colon where the sources that follow are those that report it.
    sources
        Each as its words and its address.
    """

    row: Any
    number: str
    place: str
    what: str
    when: str
    day: str
    facts: tuple[Fact, ...]
    summary: str
    position: str
    status: str
    sources: tuple[tuple[str, str], ...]


def stories_of(handout: Handout) -> list[Story]:
    """The stories of the incidents of a view by their numbers, then those of own-side objects."""
    rows = with_own_side(chronological(handout.incidents), chronological(handout.friendly))
    known = handout.dataset.incidents
    more = {"with_state": rows["country"].nunique() > 1, "with_year": rows["date"].dt.year.nunique() > 1}
    return [story_of(row, known, str(handout.numbers.get(row.id, OWN_SIDE)), **more) for row in rows.itertuples()]


def story_of(
    row: Any, known: gpd.GeoDataFrame, name: str, *, with_state: bool = False, with_year: bool = True
) -> Story:
    """The whole story of an incident.

    Parameters
    ----------
    known
        All incidents, among which its precedents are.
    with_state, with_year
        Whether its place and its day name them, because they are not the same for all.
    """
    place = one_line(row.place)
    if with_state:
        place = _("{place}, {state}").format(place=place, state=state_name(row.country))
    status = STATUS_PHRASES[row.status]
    return Story(
        row=row,
        number=name,
        place=place,
        what=what_happened_in_words(row),
        when=when_with_time_in_words(row),
        day=short_day(row.date, year=with_year),
        facts=tuple(_facts(row, known)),
        summary=one_line(row.summary),
        position=coordinates_in_words(row),
        status=_("{status}, as reported by:").format(status=status) if is_only_reported_as_confirmed(row) else status,
        sources=tuple((source_in_words(source), safe_address(source.address)) for source in row.cited),
    )


def in_brief(story: Story) -> str:
    """The facts of an incident beside its place and day, in a line."""
    row = story.row
    payload = PHRASES["payload"][row.payload] if row.payload != "unknown" else ""
    parts = (story.what, depth_in_words(row), payload, word("status", row.status).lower())
    return _(" · ").join(filter(None, parts))


def in_full(story: Story) -> str:
    """The summary of an incident and the facts that a table has no column for, as a paragraph."""
    facts = [
        _("{label}: {text}.").format(label=fact.label, text=fact.text.rstrip("."))
        for fact in story.facts
        if fact.name != "distance"
    ]
    return " ".join(filter(None, (story.summary, *facts)))


def what_happened_in_words(row: Any) -> str:
    """The category with its object: ``Crash: drone, Gerbera``."""
    what = one_line(what_in_words(row))
    return _("{category}: {what}").format(category=category_in_words(row), what=what[:1].lower() + what[1:])


def when_with_time_in_words(row: Any) -> str:
    """The days of an incident with the day of the week, and its time where that is known, local and UTC."""
    when = when_in_words(row, of_week=True)
    if row.started_at != row.started_at:  # NaT is not equal to itself
        return when
    utc = _("{time} UTC").format(time=f"{row.started_at:%H:%M}")
    if row.started_at.date() != row.date.date():
        utc = _("{time}, {day}").format(time=utc, day=day_of_year(row.started_at))
    local = local_time(row)
    if local is None or local.date() != row.date.date():
        return _("{when}, {utc}").format(when=when, utc=utc)
    return _("{when}, {time} local time ({utc})").format(when=when, time=f"{local:%H:%M}", utc=utc)


def _facts(row: Any, known: gpd.GeoDataFrame) -> list[Fact]:
    """The facts of an incident in the order in which one asks; only what is known, but always the payload."""
    facts = [
        Fact("distance", _("From border"), _distance(row), _distance_in_short(row)),
        _column("payload", row),
        _column("damage", row),
        _column("casualties", row),
        Fact("noticed_by", BY_NAME["noticed_by"].label, _noticed(row)),
        Fact(
            "airport", BY_NAME["airport"].label, _(", ").join(filter(None, (row.airport_names, traffic_in_words(row))))
        ),
        Fact("origin", _("Attributed to"), _origin(row)),
        _column("response", row),
        Fact("precedents", _("Frequency"), precedents_in_words(row, known)),
    ]
    return [fact for fact in facts if fact.text]


def _column(name: str, row: Any) -> Fact:
    column = BY_NAME[name]
    text = one_line(value_in_words(column, getattr(row, name)))
    return Fact(name, column.label, text[:1].upper() + text[1:])


def _noticed(row: Any) -> str:
    """The first to notice it, and the altitude at which it was."""
    who, altitude = (value_in_words(BY_NAME[name], getattr(row, name)) for name in ("noticed_by", "altitude_m"))
    if not who or not altitude:
        return who
    return _("{who}; altitude {altitude}").format(who=who, altitude=altitude)


def _distance(row: Any) -> str:
    """The distance inside, with its accuracy, and from which border."""
    if not _is_inside(row):
        text = from_border_in_words(row)
        return text[:1].upper() + text[1:]
    words = _("{inside}, from the {border}").format(inside=_distance_in_short(row), border=border_in_words(row))
    reported = reported_in_words(row)
    return _("{measured}; {reported}").format(measured=words, reported=reported) if reported else words


def _distance_in_short(row: Any) -> str:
    """The distance with its accuracy alone, or empty where there is none."""
    if not _is_inside(row):
        return ""
    return _("{distance} inside").format(distance=distance_in_words(row.depth_km, row.location_accuracy_km))


def _is_inside(row: Any) -> bool:
    return bool(row.inside and is_established(row.depth_km, row.location_accuracy_km))


def _origin(row: Any) -> str:
    """The state that is said to have sent it, by whom, and from where it entered."""
    if not row.origin and not row.entered_from:
        return ""
    origin = state_name(row.origin) if row.origin else _("No official attribution found")
    if row.attribution_by:
        origin = _("{origin} ({whom})").format(origin=origin, whom=one_line(row.attribution_by))
    if not row.entered_from:
        return origin
    return _("{origin}; entered from {state}").format(origin=origin, state=state_name(row.entered_from))


def precedents_in_words(row: Any, known: gpd.GeoDataFrame) -> str:
    """Its place among those of a month: ``Second drone recorded in Lithuania within a month …``."""
    before = precedents(known, row)
    if before.empty or row.side == FRIENDLY:
        return ""
    last = before.iloc[-1]
    message = (
        _("{which} {object} attributed to {origin} recorded in {state} within a month; the one before: {last}")
        if row.origin
        else _("{which} {object} recorded in {state} within a month; the one before: {last}")
    )
    ordinals = dict(enumerate((_("Second"), _("Third"), _("Fourth"), _("Fifth"), _("Sixth")), start=1))
    which = ordinals.get(len(before), _("No. {number}").format(number=number(len(before) + 1)))
    return message.format(
        which=which,
        object=word("object_type", row.object_type).lower(),
        origin=state_name(row.origin),
        state=state_name(row.country),
        last=day_of_year(last.date) if last.date.year == row.date.year else day(last.date),
    )


def shortened(story: Story, cuts: int) -> Story:
    """A story after so many steps of cutting, at most CUTS."""
    if cuts >= 1:
        story = replace(story, sources=_names_of_sources(story.row))
    if cuts >= 2:
        story = replace(story, summary=first_sentence(story.summary))
    if cuts >= 3:
        story = replace(story, facts=tuple(map(_two_clauses, story.facts)))
    dropped: tuple[str, ...] = ()
    if cuts >= 4:
        dropped = ("noticed_by",)
        story = replace(story, facts=tuple(fact.shorter for fact in story.facts))
    if cuts >= 5:
        dropped = tuple(fact.name for fact in story.facts if fact.name not in KEPT)
    if cuts >= CUTS:
        story = replace(story, summary="")
    return replace(story, facts=tuple(fact for fact in story.facts if fact.name not in dropped))


def _names_of_sources(row: Any) -> tuple[tuple[str, str], ...]:
    """Publishers without their kind, each once, with the address of its first page."""
    names: dict[str, str] = {}
    for source in row.cited:
        names.setdefault(publisher_in_words(source.publisher), safe_address(source.address))
    return tuple(names.items())


def _two_clauses(fact: Fact) -> Fact:
    return replace(fact, text="; ".join(fact.text.split("; ")[:2])) if fact.name == "response" else fact


def first_sentence(text: str) -> str:
    """The first sentence of a text: to a full stop after a word that is no abbreviation, before a capital letter."""
    for end in re.finditer(r"(\w+)[.!?][\"”’)]*\s+(?=(\w))", text):
        word_before, next_ = end.groups()
        if next_.isupper() and len(word_before) > 1 and word_before.casefold() not in ABBREVIATIONS:
            return text[: end.end()].rstrip()
    return text
