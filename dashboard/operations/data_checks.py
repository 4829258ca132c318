"""Checks of the data: that they can be read, how old they are, and that map and settings are of one kind."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.recorded import read_folder
from dashboard.errors import DashboardError
from dashboard.language import _, listing, ngettext, number
from dashboard.operations.findings import Finding, fault, ok, warning
from dashboard.render.text.age import age_in_words, alarm_in_words, days_old
from dashboard.settings import settings


def check_data() -> Iterator[Finding]:
    """Check that the data can be read, their problems, their age, and that the borders are those of the settings."""
    part = _("Data")
    try:
        data = read_folder(settings().data, settings().max_file_mb).dataset
    except DashboardError as error:
        yield fault(part, str(error), _("Bring the file back, or set DASHBOARD_DATA."))
        return
    shown = ngettext("{count} incident can be shown.", "{count} incidents can be shown.", len(data.incidents))
    yield ok(part, shown.format(count=number(len(data.incidents))))
    if data.problems:
        words = ngettext("They have {count} problem.", "They have {count} problems.", len(data.problems))
        remedy = _("Run 'python -m dashboard check FILE', or open the page Data problems.")
        yield warning(part, words.format(count=number(len(data.problems))), remedy)
    yield from _age(data)
    yield from _borders(data)


def _age(data: Dataset) -> Iterator[Finding]:
    part, now = _("Age of the data"), datetime.now(UTC)
    if days_old(data, now) < 0:
        words = _("Their information cut-off lies in the future.")
        yield fault(part, words, _("Correct cutoff in about.toml, or the clock of this machine."))
    elif alarm := alarm_in_words(data, now):
        yield warning(part, alarm, _("Take in newer data, or correct cutoff in about.toml."))
    else:
        yield ok(part, age_in_words(data, now))


def _borders(data: Dataset) -> Iterator[Finding]:
    asked = {*settings().flank, *settings().other_side}
    lacking = sorted(asked - {*data.borders.airspace.index})
    if lacking:
        words = _("The map's files have no border of {states}.").format(states=listing(lacking))
        yield fault(_("Borders"), words, _("Run 'python -m dashboard borders', or correct DASHBOARD_FLANK."))
        return
    drawn = {*data.borders.flank["state"]}
    if drawn != {*settings().flank}:
        words = _("The eastern flank on the map is that of {states}.").format(states=listing(sorted(drawn)))
        yield fault(_("Borders"), words, _("Run 'python -m dashboard borders', or correct DASHBOARD_FLANK."))
        return
    yield ok(_("Borders"), _("The map's files are those of the settings."))
