"""A state in words: its figures, and its profile as label and text."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd

from dashboard.core.analysis.state_profiles import StateProfile
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, days_in_words, listing, ngettext, number, state_name
from dashboard.render.text.distances import border_in_words, depth_in_words, kilometres
from dashboard.render.text.incident import when_in_words
from dashboard.render.text.objects import objects_figure

NONE = "–"


@dataclass(frozen=True)
class Fact:
    """A fact on a state.

    incident
        The incident that it is about, or empty.
    """

    label: str
    text: str
    incident: str = ""


def figures_of_state(profile: StateProfile) -> list[list[str]]:
    """The figures of a state, each as its value and its label, which says what is counted."""
    counts = profile.figures
    deepest = kilometres(counts.deepest_km, counts.deepest_accuracy_km) if counts.deepest else NONE
    return [
        [number(counts.incidents), ngettext("incident", "incidents", counts.incidents)],
        [number(counts.events), ngettext("event", "events", counts.events)],
        objects_figure(counts)[:2],
        [
            number(counts.on_the_ground),
            ngettext("crash, landing or debris site", "crash, landing and debris sites", counts.on_the_ground),
        ],
        [deepest, _("deepest certain penetration")],
    ]


def facts(profile: StateProfile, incidents: gpd.GeoDataFrame) -> list[Fact]:
    """Facts on a state: last incident, deepest entry, quiet time, and its border.

    Parameters
    ----------
    incidents
        Incidents among which those of the profile are.
    """
    rows = {
        row.id: row for row in incidents[incidents["id"].isin([profile.last, profile.figures.deepest])].itertuples()
    }
    return [
        Fact(_("Last incident"), _where(rows[profile.last]), profile.last),
        _deepest(profile, rows),
        Fact(_("Longest gap between recorded incidents"), _quiet(profile)),
        Fact(_("Since the last incident"), _since(profile)),
        Fact(_("Flank border"), border_of_state(profile)),
        Fact(_("Per 100 km of it"), _per_100_km(profile)),
    ]


def _where(row: Any) -> str:
    return _("{when}, {place}").format(when=when_in_words(row), place=row.place)


def _deepest(profile: StateProfile, rows: dict[str, Any]) -> Fact:
    label = _("Deepest penetration")
    if not profile.figures.deepest:
        return Fact(label, _("No incident was certainly inside."))
    row = rows[profile.figures.deepest]
    text = _("{object}, {depth}, {where}, from the {border}").format(
        object=word("object_type", row.object_type),
        depth=depth_in_words(row),
        where=_where(row),
        border=border_in_words(row),
    )
    return Fact(label, text, profile.figures.deepest)


def _quiet(profile: StateProfile) -> str:
    if not profile.quiet:
        return _("No day between two incidents was certainly without one.") if profile.figures.incidents > 1 else NONE
    count = profile.quiet.days
    return ngettext("{count} day, {days}", "{count} days, {days}", count).format(
        count=number(count), days=days_in_words(profile.quiet.start, profile.quiet.end)
    )


def _since(profile: StateProfile) -> str:
    count = profile.since_days
    return ngettext("{count} day, up to {end}", "{count} days, up to {end}", count).format(
        count=number(count), end=days_in_words(profile.until, profile.until)
    )


def border_of_state(profile: StateProfile) -> str:
    """The length of a state's stretch of the flank border by neighbour, and of its limit at sea."""
    sea = _("limit of territorial sea: {length} km").format(length=number(profile.sea_km))
    if not profile.flank_km:
        none = _("No stretch of the eastern-flank border is its own")
        return _("{border}; {sea}").format(border=none, sea=sea) if profile.sea_km else none
    parts = [
        _("{length} km with {state}").format(length=number(km), state=state_name(neighbour))
        for neighbour, km in profile.border_km.items()
    ]
    border = listing(parts)
    if len(parts) > 1:
        border = _("{length} km: {parts}").format(length=number(profile.flank_km), parts=border)
    return _("{border}; {sea}").format(border=border, sea=sea) if profile.sea_km else border


def _per_100_km(profile: StateProfile) -> str:
    if profile.incidents_per_100_km is None:
        return NONE
    return _("{count} incidents, whatever border they crossed").format(count=number(profile.incidents_per_100_km, 1))
