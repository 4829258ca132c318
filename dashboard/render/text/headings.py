"""Headings of a view: its title, and the sentence that no incident is known of what it asks for."""

from collections.abc import Collection

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.as_of import changed_since_in_words, data_as_of_in_words
from dashboard.core.query.filter import listing_of_limits
from dashboard.core.query.view import CHARTS, View
from dashboard.language import _, listing, state_name
from dashboard.settings import settings

FEW_STATES = 3  # whose names a title has room for


def title_of(view: View, states: Collection[str] = (), event: str = "") -> str:
    """The heading of a view: its own, or one that names the states.

    Parameters
    ----------
    states
        The states whose airspace the incidents of the view were in, where they are known; without any of the eastern
        flank among them the heading does not speak of it.
    event
        The title of the event that is shown, or empty.
    """
    if view.title:
        return view.title
    if view.chart:
        name = CHARTS[view.chart]
        asked = view.filter.states_in_words() if view.filter.countries else ""
        return _("{chart}: {states}").format(chart=name, states=asked) if asked else name
    if event:
        return event
    if not view.filter.countries and not (len(states) and set(states).isdisjoint(settings().flank)):
        return _("Airspace incursions on the eastern flank")
    named = view.filter.countries or states
    if len(named) > FEW_STATES and not view.filter.countries:
        return _("Airspace incursions")
    return _("Airspace incursions: {states}").format(states=listing(sorted(map(state_name, named))))


def nil_in_words(dataset: Dataset, view: View) -> str:
    """Say that no incident is known of what a view asks for: ``No incident is known in any state, 3 March 2022.``."""
    asked = view.filter
    where = asked.states_in_words() if asked.countries else _("any state")
    days = asked.days_in_words(dataset.known)
    if unknown := asked.unknown_in_words(dataset.known):
        days = _("{days} ({unknown})").format(days=days, unknown=unknown)
    limits = asked.limits_in_words()
    if view.since:
        limits.append(changed_since_in_words(view.since))
    if view.as_of:
        limits.append(data_as_of_in_words(view.as_of))
    if limits:
        message = _("No such incident is known in {states}, {days}: {limits}.")
        return message.format(states=where, days=days, limits=listing_of_limits(limits))
    return _("No incident is known in {states}, {days}.").format(states=where, days=days)
