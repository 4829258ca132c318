"""The contents of every data file: incidents and tracks as columns of plain values, and its words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import geopandas as gpd
import pandas as pd

from dashboard.core.geo.nearest import CLOSED, LARGE_INHABITANTS
from dashboard.core.geo.precision import established_km
from dashboard.core.incidents.columns import ADDED, BY_NAME, COLUMNS, MEASURED, ORIGIN, TAKEN, VIEW_NUMBER, Column, Kind
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number, state_name
from dashboard.render.text.handout import Handout, metadata

PART = 20_000  # rows of a part
TRACK_COLUMNS: dict[str, Kind] = {"incident_id": "text", "basis": "text", "accuracy_km": "number", "sources": "text"}


@dataclass(frozen=True)
class ExportColumn:
    """A column of a file with its values.

    values
        ``str`` for text, ``date`` for a day, ``datetime`` in UTC for an instant, ``int`` or ``float`` for a number,
        ``bool`` for a flag; None for none. Text is empty rather than None.
    """

    name: str
    kind: Kind
    values: list[Any]


def incident_columns(handout: Handout) -> list[ExportColumn]:
    """The incidents: their numbers, the columns of a file of incidents, what else theirs had, and what is measured.

    After them come the own-side objects, which have no number.
    """
    return columns_of(handout.objects, handout.numbers)


def incident_parts(handout: Handout) -> Iterator[list[ExportColumn]]:
    """The columns of :func:`incident_columns` for some rows at a time, since those of a million fill gigabytes.

    There is at least one part, which has no rows where nothing is known.
    """
    empty = True
    for rows in object_parts(handout):
        empty = False
        yield columns_of(rows, handout.numbers)
    if empty:
        yield columns_of(handout.incidents.iloc[:0], handout.numbers)


def object_parts(handout: Handout) -> Iterator[gpd.GeoDataFrame]:
    """The incidents and after them the own-side objects that a file holds, some rows at a time; none of no rows."""
    every = range(len(handout.incidents) + len(handout.friendly))
    held = every if handout.part is None else handout.part
    before = 0
    for objects in (handout.incidents, handout.friendly):
        first, end = max(held.start - before, 0), min(held.stop - before, len(objects))
        for start in range(first, end, PART):
            yield objects.iloc[start : min(start + PART, end)]
        before += len(objects)


def part_of(handout: Handout, part: range) -> Handout:
    """A handout whose files of data hold these rows of its ``objects`` alone, with their tracks.

    Their numbers, and the counts that a file gives, stay those of the whole.
    """
    part = range(part.start, min(part.stop, len(handout.incidents) + len(handout.friendly)))
    if not part:
        return replace(handout, part=range(0), tracks=handout.tracks.iloc[:0])
    some = replace(handout, part=part)
    ids = [id_ for rows in object_parts(some) for id_ in rows["id"]]
    return replace(some, tracks=handout.tracks[handout.tracks["incident_id"].isin(ids)])


def columns_of(incidents: pd.DataFrame, numbers: Mapping[str, int]) -> list[ExportColumn]:
    """The columns of some rows; ``numbers`` has the number of each in its view by its ID."""
    others = [name for name in incidents if name not in (*COLUMNS, *ADDED, *TAKEN)]
    return [
        ExportColumn(VIEW_NUMBER, "number", [numbers.get(id_) for id_ in incidents["id"]]),
        *(_column(name, BY_NAME[name].kind, incidents[name]) for name in COLUMNS),
        *(_column(name, "text", incidents[name]) for name in others),
        *(_measure(incidents, column) for column in MEASURED if column.exported),
    ]


def origin_columns(handout: Handout, rows: int) -> list[ExportColumn]:
    """The sheet that rows were taken from, its data and its marking; for files that hold nothing but rows."""
    words = dict(zip(ORIGIN, (handout.sheet_id, handout.fingerprint, handout.marking), strict=True))
    return [ExportColumn(name, "text", [text] * rows) for name, text in words.items()]


def _measure(incidents: pd.DataFrame, column: Column) -> ExportColumn:
    """A column that is measured, distances with the digits that their accuracy allows."""
    values = incidents[column.name]
    if column.accuracy:
        values = pd.Series(established_km(values, incidents[column.accuracy]))
    elif column.kind == "number":
        values = values.round()
    return _column(column.name, column.kind, values)


def track_columns(handout: Handout) -> list[ExportColumn]:
    """The flight tracks, without their lines."""
    return [_column(name, kind, handout.tracks[name]) for name, kind in TRACK_COLUMNS.items()]


def about(handout: Handout, *, tracks: bool = True) -> list[tuple[str, str]]:
    """The metadata of a data file as label and text, each on one line; ``tracks`` tells whether they are in it."""
    count, flown = len(handout.incidents), len(handout.tracks)
    incidents = incidents_in_words(count)
    lines = ngettext("{count} flight track", "{count} flight tracks", flown).format(count=number(flown))
    parts = [incidents, *filter(None, [own_side_in_words(handout.friendly)])]
    incidents = listing(parts)
    if tracks:
        contents = listing([*parts, lines])
    elif not flown:
        contents = incidents
    else:
        contents = _("{incidents}, but not {tracks}, which Excel, GeoJSON, KML and GeoPackage hold")
        contents = contents.format(incidents=incidents, tracks=lines)
    measured = _(
        "counted_on: the day on which it counts in figures by day, that of the flight where its event tells it, and "
        "counted_by: what that day is; "
        "event_objects: the least number of objects of the event, where its incidents share objects and their numbers "
        "must not be added; "
        "coordinates, mgrs: the place in degrees and in MGRS, on WGS 84, with the digits that its uncertainty allows; "
        "airspace: the state whose airspace the place is in (XZ: none); charted: whether anything could be measured; "
        "measured_from: the neighbour whose border is measured, measured_from_stated where the row names it in "
        "entered_from; border_km: distance to that border; depth_km: how far inside; edge_km: distance to the nearest "
        "border of any kind; certain: inside by more than the location uncertainty; crossing_town, crossing_state, "
        "crossing_town_km: the town nearest to where a flight track crosses that border (crossing_by_track) or else to "
        "the point of it that is nearest to the place, its state and how far it is; track_inside_km: length of the "
        "flight tracks inside the airspace of the state, and track_accuracy_km, how good they are; track_from, "
        "track_from_state: the town near which the known part of the track begins, if that is not at the border; town, "
        "town_state, town_km: the nearest town of more than {inhabitants} people, its state and how far it is; "
        "airport_names: the airports of the column airport; near_airport, near_airport_code, near_airport_state, "
        "near_airport_km: the nearest airport with an IATA code outside of {closed}, and how far it is; "
        "distances are geodesic, in km, to the precision that their uncertainty allows, and empty where they "
        "do not exceed that"
    ).format(inhabitants=number(LARGE_INHABITANTS), closed=listing([state_name(code) for code in CLOSED]))
    numbered = _(
        "view_number: the number of the incident on the maps and in the lists of this view, by date; it is another in "
        "another view"
    )
    given = _(
        "minutes_inside: how long it was inside, and reported_km: how far from the border, as the report gives them; "
        "objects: the lowest certain number, of this incident or, where objects_of is event, of the whole event; "
        "facts_basis: what this and the other facts rest on"
    )
    pairs = [
        *metadata(handout),
        (_("Contents"), contents),
        *_part_in_words(handout),
        (_("Measured by the map"), measured),
        (_("As reported"), given),
        (_("Numbers"), numbered),
    ]
    return [(one_line(label), one_line(text)) for label, text in pairs]


def as_json(value: Any) -> str:
    """Values of columns as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=as_text)


def _part_in_words(handout: Handout) -> list[tuple[str, str]]:
    if handout.part is None:
        return []
    words = _("{count} of {all} rows, after the first {before}; figures and counts are those of all")
    count, before = len(handout.part), handout.part.start
    every = len(handout.incidents) + len(handout.friendly)
    return [(_("This part"), words.format(count=number(count), all=number(every), before=number(before)))]


def as_text(value: Any) -> str:
    """A value of a column as text; :func:`dashboard.core.incidents.schema.read_incidents` reads it back as it was."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value.second else f"{value:%Y-%m-%dT%H:%MZ}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _column(name: str, kind: Kind, series: pd.Series) -> ExportColumn:
    codes, different = pd.factorize(series, use_na_sentinel=False)  # most columns say the same in many rows
    values = list(_values(kind, different))
    return ExportColumn(name, kind, [values[code] for code in codes.tolist()])


def _values(kind: Kind, series: Iterable[Any]) -> Iterable[Any]:
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
