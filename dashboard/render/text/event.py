"""An event in words: what a state counted beside what is recorded, and by which day incidents count."""

from typing import Any

import pandas as pd

from dashboard.core.analysis.event_parts import NO_SITE_KM, EventParts, event_parts, is_later
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import ANNOUNCEMENT, FIND, FLIGHT
from dashboard.core.incidents.events import Event
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.language import _, day, ngettext, number
from dashboard.render.text.distances import accuracy_in_words


def event_as_sentences(dataset: Dataset, id_: str) -> list[str]:
    """Sentences on an event: counted officially, recorded here, and told in words alone; none without an ID."""
    if not id_:
        return []
    event, parts = dataset.events.get(id_), event_parts(dataset.of_event(id_))
    official = [officially_as_sentence(event)] if event else []
    told = [event.told] if event and event.told else []
    return [*official, recorded_as_sentence(parts), *told]


def officially_as_sentence(event: Event) -> str:
    """The official count: ``Officially counted: 19, later 21 violations; 3 shot down (by …).``."""
    counts = []
    if count := count_in_words(event):
        counts.append(_("{count} {what}").format(count=count, what=event.counted_what))
    if event.official_shot_down is not None:
        counts.append(_("{count} shot down").format(count=number(event.official_shot_down)))
    if not counts:
        return _("Officially counted: no number was published.")
    words = _("Officially counted: {counts}.")
    if event.official_by:
        words = _("Officially counted: {counts}. By: {by}.")
    return words.format(counts=_("; ").join(counts), by=event.official_by)


def count_in_words(event: Event) -> str:
    """The number that the state gave, or both: ``19, later 21`` or ``80 to 90``; empty for none."""
    if event.official_count is None:
        return ""
    first = number(event.official_count)
    if event.official_count_max is None:
        return first
    second = number(event.official_count_max)
    if event.max_is:
        return _("{first}, {which} {second}").format(first=first, which=event.max_is, second=second)
    return _("{first} to {second}").format(first=first, second=second)


def recorded_as_sentence(parts: EventParts) -> str:
    """The incidents of an event by part: ``Recorded here: 16 at the time (2 of them shot down), 6 found later, …``."""
    words = [_("{count} at the time").format(count=number(parts.on_its_days))]
    if shot := len(parts.shot_down):
        words = [
            _("{count} at the time ({shot} of them shot down)").format(
                count=number(parts.on_its_days), shot=number(shot)
            )
        ]
    if later := len(parts.found_later):
        words.append(_("{count} found later").format(count=number(later)))
    return _("Recorded here: {parts}.").format(parts=_(", ").join([*words, *apart_in_words(parts)]))


def apart_in_words(parts: EventParts) -> list[str]:
    """The incidents without a site of their own, and the own-side objects; each as a phrase, none for none."""
    words = []
    if vague := len(parts.without_site):
        words.append(_("{count} without a site of its own ({accuracy})").format(count=number(vague), accuracy=NO_SITE))
    if aside := own_side_in_words(parts.own_side):
        words.append(_("{objects}, not counted").format(objects=aside))
    return words


NO_SITE = _("± {accuracy}").format(accuracy=accuracy_in_words(NO_SITE_KM))
NO_SHARE = _("The two count different things, so neither is a share of the other.")


def counted_on_in_words(row: Any) -> str:
    """The day on which an incident counts, where that is not its own date: ``9 September 2025, the flight``."""
    if row.counted_on == row.date:
        return ""
    return _("{day}, the first day of its event; found or announced later").format(day=day(row.counted_on))


def counted_by_in_words(incidents: pd.DataFrame) -> str:
    """A sentence on the day by which incidents are counted: that of the flight, or else that of the find."""
    flown = int((incidents["counted_by"] == FLIGHT).sum())
    found = int(incidents["counted_by"].isin([FIND, ANNOUNCEMENT]).sum())
    if not flown and not found:
        return ""
    if not found:
        return _("Counted by the day of the flight.")
    words = ngettext(
        "Counted by the day of the flight; {count}, of which that is not known, by the day of the recovery.",
        "Counted by the day of the flight; {count}, of which that is not known, by the day of the recovery.",
        found,
    ).format(count=number(found))
    later = int(is_later(incidents).sum())
    if later:
        more = ngettext(
            "{count} found later counts with its event.", "{count} found later count with their events.", later
        )
        words = _("{words} {more}").format(words=words, more=more.format(count=number(later)))
    return words
