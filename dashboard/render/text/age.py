"""The age of the data: how long before now, or before a file was made, its information ends."""

from datetime import datetime

from dashboard.core.data.dataset import Dataset
from dashboard.language import _, day, ngettext, number
from dashboard.settings import settings


def days_old(dataset: Dataset, now: datetime) -> int:
    """Whole days from the information cut-off to an instant; negative where that lies before it."""
    return (now - dataset.about.cutoff).days


def is_old(dataset: Dataset, now: datetime) -> bool:
    """Tell whether the data is so old that readers must be warned."""
    return days_old(dataset, now) > settings().stale_days


def age_in_words(dataset: Dataset, now: datetime) -> str:
    """The age of the data now: ``54 days old``; empty before its cut-off."""
    days = days_old(dataset, now)
    if days < 1:
        return _("less than a day old") if days == 0 else ""
    return ngettext("{days} day old", "{days} days old", days).format(days=number(days))


def age_when_made(dataset: Dataset, produced: datetime) -> str:
    """The age of the data when a file was made: ``53 days before this was made``; empty before its cut-off."""
    days = days_old(dataset, produced)
    if days < 1:
        return _("less than a day before this was made") if days == 0 else ""
    return ngettext("{days} day before this was made", "{days} days before this was made", days).format(
        days=number(days)
    )


def alarm_in_words(dataset: Dataset, now: datetime) -> str:
    """A warning that the data is old, or empty where it is not."""
    if not is_old(dataset, now):
        return ""
    return _("The data are old: they contain nothing after {day}.").format(day=day(dataset.about.cutoff))
