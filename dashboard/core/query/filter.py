"""The filter: which incidents are asked for; it says itself in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.core.incidents.columns import (
    BASES,
    CATEGORIES,
    FRIENDLY,
    OBJECT_TYPES,
    OBSERVERS,
    PAYLOADS,
    SIDES,
    STATES,
    STATUSES,
)
from dashboard.core.incidents.publishers import WITH_OFFICIAL, WITHOUT_OFFICIAL
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.core.incidents.vocabulary import PHRASES
from dashboard.core.query.periods import Period, days_asked, whole_year
from dashboard.core.query.search import words_and_phrases
from dashboard.language import _, alternatives, day, day_of_year, days_in_words, listing, ngettext, number, state_name

CONTRABAND = "contraband"  # the payload that can be left out
NOT_STATED = "none"  # in a query: incidents of which the column says nothing
LONGEST_SEARCH = 100  # characters
LONGEST_ID = 100  # characters of an event's
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
    "bases": "date_basis",
    "observers": "noticed_by",
}
MAY_BE_EMPTY = ("origins", "bases", "observers")  # groups of which an option asks for empty cells
ALLOWED = {
    "countries": STATES,
    "categories": CATEGORIES,
    "objects": OBJECT_TYPES,
    "origins": STATES | {NOT_STATED},
    "statuses": STATUSES,
    "payloads": PAYLOADS,
    "sides": tuple(side for side in SIDES if side != FRIENDLY),
    "evidence": (WITH_OFFICIAL, WITHOUT_OFFICIAL),
    "bases": (*BASES, NOT_STATED),
    "observers": (*OBSERVERS, NOT_STATED),
}


@dataclass(frozen=True)
class Filter:
    """The incidents that are asked for; an empty group asks for all of it.

    start, end
        First and last day, both included; an incident is in if any of its days is. What was found later has the days
        on which it flew, where they are known.
    without_contraband
        Whether incidents that carried contraband are left out.
    text
        Words, and phrases in quotes, that must all occur in the row, whatever their case and accents.
    event
        The ID of the one event whose incidents are asked for.
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
    bases: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    without_contraband: bool = False
    text: str = ""
    event: str = ""

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
        object.__setattr__(self, "event", "".join(self.event.split())[:LONGEST_ID])

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
            origins = [_("no one") if value == NOT_STATED else state_name(value) for value in self.origins]
            words.append(_("attributed to {states}").format(states=listing(origins)))
        if self.bases:
            bases = [PHRASES["date_basis"][code_of("bases", value)] for value in self.bases]
            words.append(_("dated by {bases}").format(bases=alternatives(bases)))
        if self.observers:
            observers = [PHRASES["noticed_by"][code_of("observers", value)] for value in self.observers]
            words.append(_("noticed by {observers}").format(observers=alternatives(observers)))
        if self.text:
            asked, phrases = words_and_phrases(self.text)
            texts = [_("“{text}”").format(text=part) for part in (asked, *phrases) if part]
            words += [_("with {texts}").format(texts=listing(texts))] if texts else []
        return words

    def in_words(self, known: Period, more: str = "", event: str = "") -> str:
        """The filter as a phrase: ``Poland, 2025, drones``.

        Parameters
        ----------
        known
            The days of which something is known.
        more
            Any other limit of what is shown, as a phrase.
        event
            The title of the event that is asked for, if it has one.
        """
        of_event = [event or _("Event {id}").format(id=self.event)] if self.event else []
        where = [self.states_in_words()] if self.countries or not self.event else []
        when = [self.days_in_words(known)] if self.start or self.end or not self.event else []
        limits = [*of_event, *where, *when, *self.limits_in_words(), more]
        return listing_of_limits([limit for limit in limits if limit])

    def sentence(self, shown: int, total: int, known: Period, asked: str = "") -> str:
        """The filter and its result in words.

        Parameters
        ----------
        shown, total
            The number of incidents that pass, and the number of all.
        known
            The days of which something is known.
        asked
            The filter as a phrase, where it says more than the filter by itself.
        """
        where = asked or self.in_words(known)
        if not shown and (unknown := self.unknown_in_words(known)):
            return _("{filter}: {unknown}").format(filter=where, unknown=unknown)
        if shown == total:
            counted = ngettext("{shown} incident", "all {shown} incidents", total)
        else:
            counted = ngettext("{shown} of {total} incident", "{shown} of {total} incidents", total)
        counts = counted.format(shown=number(shown), total=number(total))
        return _("{filter}: {counts}").format(filter=where, counts=counts)


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
    return "" if group in MAY_BE_EMPTY and value == NOT_STATED else value
