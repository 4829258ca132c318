"""The summary in words: what a view shows and how that compares with earlier days, to be read aloud.

It is made from the figures that stand on the screen, so that the two always agree.
"""

from datetime import timedelta

import geopandas as gpd

from dashboard.core.comparison import Comparison
from dashboard.core.dataset import Dataset
from dashboard.core.filter import days_in_words, listing_of_limits
from dashboard.core.periods import Period
from dashboard.core.releases import changed_since_in_words
from dashboard.core.summary import figures
from dashboard.core.view import View
from dashboard.language import _, ngettext, number
from dashboard.render.telling import deepest_as_sentence, events_in_words, incidents_in_words

SMALLEST_FOR_SHARES = 20  # incidents; a change of fewer is told in numbers alone


def summary_in_words(
    selection: gpd.GeoDataFrame, view: View, known: Period, comparison: Comparison | None
) -> list[str]:
    """Sentences on a selection: how many incidents and events, on the ground, how deep, and more or fewer than before.

    Parameters
    ----------
    selection
        The incidents that the view shows.
    known
        The days of which something is known.
    comparison
        With the days to compare with; None where there are none that the data have.
    """
    counts = figures(selection)
    limits = [view.filter.days_in_words(known), *view.filter.limits_in_words()]
    if view.since:
        limits.append(changed_since_in_words(view.since))
    asked = listing_of_limits([view.filter.states_in_words(), *limits])
    if not counts.incidents:
        unknown = view.filter.unknown_in_words(known) or _("no incident is known")
        sentences = [_("{filter}: {unknown}.").format(filter=asked, unknown=unknown)]
    else:
        ground = _("Down on the ground: {count} (crash, debris found or landed).")
        sentences = [
            _("{filter}: {incidents} in {events}.").format(
                filter=asked, incidents=incidents_in_words(counts.incidents), events=events_in_words(counts.events)
            ),
            ground.format(count=number(counts.on_the_ground)),
            deepest_as_sentence(counts, selection),
        ]
    return [*sentences, difference_in_words(comparison)] if comparison else sentences


def difference_in_words(comparison: Comparison) -> str:
    """How many more or fewer incidents there are than in the earlier days."""
    whole, before = comparison.lines[0], _earlier_in_words(comparison)
    if whole.difference == 0:
        told = ngettext(
            "As many as in {before}, which had {count} incident.",
            "As many as in {before}, which had {count} incidents.",
            whole.earlier,
        )
    elif whole.difference > 0:
        told = ngettext(
            "{difference} incident more than in {before}, which had {count}.",
            "{difference} incidents more than in {before}, which had {count}.",
            whole.difference,
        )
    else:
        told = ngettext(
            "{difference} incident fewer than in {before}, which had {count}.",
            "{difference} incidents fewer than in {before}, which had {count}.",
            -whole.difference,
        )
    sentence = told.format(difference=number(abs(whole.difference)), before=before, count=number(whole.earlier))
    share = share_in_words(whole.earlier, whole.difference)
    return _("{sentence} That is {share}.").format(sentence=sentence, share=share) if share else sentence


def _earlier_in_words(comparison: Comparison) -> str:
    """``the 61 days before (1 June 2026 to 31 July 2026)``, or for days that do not end just before, without that."""
    days = comparison.earlier_days
    if days.end + timedelta(days=1) == comparison.days.start:
        told = ngettext("the day before ({dates})", "the {count} days before ({dates})", days.days)
    else:
        told = ngettext("the day {dates}", "the {count} days {dates}", days.days)
    return told.format(count=number(days.days), dates=days_in_words(days.start, days.end))


def share_in_words(earlier: int, difference: int) -> str:
    """A difference in per cent of what it was, or empty where that was too little to tell."""
    if earlier < SMALLEST_FOR_SHARES:
        return ""
    return _("{percent} %").format(percent=signed(round(100 * difference / earlier)))


def signed(value: int) -> str:
    """A difference with its sign, a true minus included."""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value))}"


def nothing_in_words(dataset: Dataset, view: View) -> str:
    """Why a view shows no incident: none could be read, nothing can be known of its days, or none matches."""
    if dataset.unreadable:
        return " ".join(dataset.unreadable)
    if unknown := view.filter.unknown_in_words(dataset.known):
        days = view.filter.days_in_words(dataset.known)
        return _("{days}: {unknown}.").format(days=days[:1].upper() + days[1:], unknown=unknown)
    return _("No incident matches the filter.")
