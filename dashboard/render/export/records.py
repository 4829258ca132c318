"""The contents of every data file: incidents and tracks as columns of plain values, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import pandas as pd

from dashboard.core.geo.nearest import LARGE_INHABITANTS
from dashboard.core.geo.precision import established_km
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.incidents.schema import ADDED, COLUMNS, DAYS, NUMBERS, TAKEN, VIEW_NUMBER
from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number
from dashboard.render.text.handout import Handout, metadata

Kind = Literal["text", "day", "instant", "number", "flag"]
# What is measured, with the kind of its values; distances are in km.
MEASURES: dict[str, Kind] = {
    "airspace": "text",
    "charted": "flag",
    "measured_from": "text",
    "measured_from_stated": "flag",
    "border_km": "number",
    "depth_km": "number",
    "edge_km": "number",
    "certain": "flag",
    "crossing_town": "text",
    "crossing_state": "text",
    "crossing_town_km": "number",
    "crossing_by_track": "flag",
    "track_inside_km": "number",
    "track_accuracy_km": "number",
    "track_from": "text",
    "track_from_state": "text",
    "town": "text",
    "town_state": "text",
    "town_km": "number",
}
TRACK_COLUMNS: dict[str, Kind] = {"incident_id": "text", "basis": "text", "accuracy_km": "number", "sources": "text"}
# Each distance that is measured, with the column of its accuracy.
ACCURACIES = dict.fromkeys(("border_km", "depth_km", "edge_km", "town_km"), "location_accuracy_km") | {
    "track_inside_km": "track_accuracy_km"
}


@dataclass(frozen=True)
class Column:
    """A column of a file.

    values
        ``str`` for text, ``date`` for a day, ``datetime`` in UTC for an instant, ``int`` or ``float`` for a number,
        ``bool`` for a flag; None for none. Text is empty rather than None.
    """

    name: str
    kind: Kind
    values: list[Any]


def incident_columns(handout: Handout) -> list[Column]:
    """The incidents: their numbers, the columns of a file of incidents, what else theirs had, and what is measured.

    After them come the own-side objects, which have no number.
    """
    incidents = handout.objects
    others = [name for name in incidents if name not in (*COLUMNS, *ADDED, *TAKEN)]
    return [
        Column(VIEW_NUMBER, "number", [handout.numbers.get(id_) for id_ in incidents["id"]]),
        *(_column(name, _kind(name), incidents[name]) for name in (*COLUMNS, *others)),
        *(
            _column(name, kind, _distance(incidents, name) if kind == "number" else incidents[name])
            for name, kind in MEASURES.items()
        ),
    ]


def _distance(incidents: pd.DataFrame, name: str) -> pd.Series:
    """A distance with the digits that its accuracy allows; NaN where it is not more than that."""
    if name not in ACCURACIES:
        return incidents[name].round()
    return pd.Series(established_km(incidents[name], incidents[ACCURACIES[name]]))


def _kind(name: str) -> Kind:
    if name in DAYS:
        return "day"
    return "number" if name in NUMBERS else "instant" if name == "started_at" else "text"


def track_columns(handout: Handout) -> list[Column]:
    """The flight tracks, without their lines."""
    return [_column(name, kind, handout.tracks[name]) for name, kind in TRACK_COLUMNS.items()]


def about(handout: Handout, *, tracks: bool = True) -> list[tuple[str, str]]:
    """What a file says of itself, as label and text, each on one line; ``tracks`` is whether they are in it."""
    count, flown = len(handout.incidents), len(handout.tracks)
    incidents = ngettext("{count} incident", "{count} incidents", count).format(count=number(count))
    lines = ngettext("{count} flight track", "{count} flight tracks", flown).format(count=number(flown))
    parts = [incidents, *filter(None, [own_side_in_words(handout.friendly)])]
    incidents = listing(parts)
    if tracks:
        contents = listing([*parts, lines])
    elif not flown:
        contents = incidents
    else:
        contents = _("{incidents}, but not {tracks}, which the other kinds of file hold")
        contents = contents.format(incidents=incidents, tracks=lines)
    measured = _(
        "airspace: the state whose airspace the place is in (XZ: none); charted: whether anything could be measured; "
        "measured_from: the neighbour whose border is measured, measured_from_stated where the row names it in "
        "entered_from; border_km: distance to that border; depth_km: how far inside; edge_km: distance to the nearest "
        "border of any kind; certain: inside by more than the accuracy of the place; crossing_town, crossing_state, "
        "crossing_town_km: the town nearest to where a flight track crosses that border (crossing_by_track) or else to "
        "the point of it that is nearest to the place, its state and how far it is; track_inside_km: length of the "
        "flight tracks inside the airspace of the state, and track_accuracy_km, how good they are; track_from, "
        "track_from_state: the town near which the known part of the track begins, if that is not at the border; town, "
        "town_state, town_km: the nearest town of more than {inhabitants} people, its state and how far it is; "
        "distances are geodesic, in km, with the digits that their accuracy allows, and empty where they are not more "
        "than that"
    ).format(inhabitants=number(LARGE_INHABITANTS))
    numbered = _(
        "view_number: the number of the incident on the maps and in the lists of this view, by date; it is another in "
        "another view"
    )
    given = _(
        "minutes_inside: how long it was inside, and reported_km: how far from the border, as the report gives them"
    )
    told = [
        *metadata(handout),
        (_("Contents"), contents),
        (_("Measured by the map"), measured),
        (_("As reported"), given),
        (_("Numbers"), numbered),
    ]
    return [(one_line(label), one_line(text)) for label, text in told]


def as_text(value: Any) -> str:
    """A value of a column as text; :func:`dashboard.core.incidents.schema.read_incidents` reads it back as it was."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value.second else f"{value:%Y-%m-%dT%H:%MZ}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _column(name: str, kind: Kind, series: pd.Series) -> Column:
    return Column(name, kind, list(_values(kind, series)))


def _values(kind: Kind, series: pd.Series) -> Iterable[Any]:
    if kind == "text":
        return (" ".join(value) if isinstance(value, tuple) else str(value) for value in series)
    if kind == "flag":
        return (bool(value) for value in series)
    if kind == "number":
        numbers = (float(value) for value in series)
        return (None if pd.isna(value) else int(value) if value.is_integer() else value for value in numbers)
    instants = (None if pd.isna(value) else value.to_pydatetime() for value in series)
    if kind == "instant":
        return (value and value.astimezone(UTC) for value in instants)
    return (value and value.date() for value in instants)
