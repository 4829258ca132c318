"""Flight tracks of a list: rows whose geometry is a line; each finds its incident, by its ID or by day and place."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import cos, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from dashboard.core.editing.alike import ALIKE_DAYS, ALIKE_KM
from dashboard.core.geo.borders import geodesic_distance_km
from dashboard.core.imports.applied import LEAVE_OUT, Answer, Question
from dashboard.core.imports.files.raw import RawTable
from dashboard.core.incidents.problems import WITHDRAWN, Problem
from dashboard.core.incidents.schema import parts_of
from dashboard.core.incidents.tracks import faults_of_track
from dashboard.core.record.merge import Content
from dashboard.language import _, number

LINES = ("LineString", "MultiLineString")
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
MOST_OFFERED = 5  # incidents that a track may be of
WIDE_DEGREES = 1.0  # by which incidents around a track are looked through before they are measured
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class TrackOutcome:
    """A track as the list makes it: its line, its key, its feature, and one of NEW, CHANGED and UNCHANGED."""

    line: int
    key: str
    becomes: Content
    kind: str


@dataclass(frozen=True)
class TracksReport:
    """The tracks of a list; each is in one of ``outcomes``, ``refused``, ``waiting`` and ``left_out``."""

    outcomes: tuple[TrackOutcome, ...] = ()
    refused: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    waiting: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


def parted(table: RawTable) -> tuple[RawTable, RawTable]:
    """Part a table into the rows of incidents and those of tracks, whose geometry is a line."""
    are_lines = [shape is not None and shape.geom_type in LINES for shape in table.shapes]
    if not any(are_lines):
        return table, replace(table, rows=(), lines=(), shapes=())
    return _rows(table, [not line for line in are_lines]), _rows(table, are_lines)


def report_on_tracks(
    table: RawTable,
    recorded: Mapping[str, Content],
    incidents: Mapping[str, Content],
    answers: Mapping[str, str],
    defaults: Mapping[str, str],
    file: Path,
) -> TracksReport:
    """Find the incident of each track, and what of the tracks is new.

    Parameters
    ----------
    recorded, incidents
        The tracks that are recorded, by their keys, and the incidents by ID, those that the list adds among them.
    defaults
        Texts for the whole list, by column; ``location_accuracy_km`` and ``sources`` are for its tracks too.
    """
    found: dict[str, list[Any]] = {name: [] for name in TracksReport.__dataclass_fields__}
    tracks = dict(recorded)
    for cells, line, shape in zip(table.rows, table.lines, table.shapes, strict=True):
        row = {name: cell for name, cell in zip(table.header, cells, strict=True) if cell}
        question = None if row.get("incident_id") else _question(row, line, shape, incidents)
        answer = _answer(question, answers)
        if answer == LEAVE_OUT:
            found["left_out"].append(line)
            continue
        if question and not answer and question.answers[:-1]:
            found["questions"].append(question)
            found["waiting"].append(line)
            continue
        feature = _feature(row, answer or row.get("incident_id", ""), shape, defaults, file)
        if faults := faults_of_track(feature, {*incidents}):
            found["refused"] += [Problem(file, line, *fault) for fault in faults]
            continue
        key = _key(feature, tracks)
        kind = NEW if key not in tracks else UNCHANGED if tracks[key] == feature else CHANGED
        tracks[key] = feature
        found["outcomes"].append(TrackOutcome(line, key, feature, kind))
    return TracksReport(**{name: tuple(values) for name, values in found.items()})


def _rows(table: RawTable, wanted: Sequence[bool]) -> RawTable:
    places = [place for place, is_wanted in enumerate(wanted) if is_wanted]
    return replace(
        table,
        rows=[table.rows[place] for place in places],
        lines=[table.lines[place] for place in places],
        shapes=[table.shapes[place] for place in places],
    )


def _feature(
    row: Mapping[str, str], incident: str, shape: Any, defaults: Mapping[str, str], file: Path
) -> dict[str, Any]:
    accuracy = row.get("accuracy_km") or defaults.get("location_accuracy_km", "")
    try:
        km: Any = float(accuracy)
    except ValueError:
        km = accuracy
    properties = {
        "incident_id": incident,
        "basis": row.get("basis") or _("Flight track in {file}").format(file=file.name),
        "accuracy_km": int(km) if isinstance(km, float) and km.is_integer() else km,
        "sources": parts_of(row.get("sources") or defaults.get("sources", "")),
    }
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}


def _key(feature: Content, tracks: Mapping[str, Content]) -> str:
    """The key of a track: of the recorded one of its incident with the same line or basis, or else a new one."""
    incident = feature["properties"]["incident_id"]
    its_own = {key: one for key, one in tracks.items() if one.get("properties", {}).get("incident_id") == incident}
    for key, one in its_own.items():
        if one["geometry"] == feature["geometry"] or one["properties"].get("basis") == feature["properties"]["basis"]:
            return key
    turn = 1
    while f"{incident}/{turn}" in tracks:
        turn += 1
    return f"{incident}/{turn}"


def _answer(question: Question | None, answers: Mapping[str, str]) -> str:
    """The answer that was given; where a single incident of its day is near, it is that one."""
    if question is None:
        return ""
    keys = [answer.key for answer in question.answers]
    if (given := answers.get(question.id, "")) in keys:
        return given
    return keys[0] if len(keys) == 2 and question.cell else ""


def _question(row: Mapping[str, str], line: int, shape: Any, incidents: Mapping[str, Content]) -> Question:
    """The question of which incident a track is; its cell is the day of the track, where it has one."""
    day = next((cell[:10] for cell in row.values() if _DAY.match(cell)), "")
    near = sorted(_near(shape, day, incidents))[:MOST_OFFERED]
    answers = [
        Answer(
            key,
            key,
            _("{place}, {day}; {distance} km away").format(
                place=incidents[key].get("place", ""), day=incidents[key].get("date", ""), distance=number(km, 1)
            ),
        )
        for km, key in near
    ]
    return Question(
        id=f"track {line}",
        column="incident_id",
        field="id",
        cell=day,
        lines=(line,),
        row=row,
        text=_("Which incident is the flight track {line} of?").format(line=number(line)),
        answers=(*answers, Answer(LEAVE_OUT, _("Leave it out"))),
    )


def _near(shape: Any, day: str, incidents: Mapping[str, Content]) -> list[tuple[float, str]]:
    """The incidents within 10 km of a line, or their own accuracy, and within a day of it where its day is known."""
    around = shape.buffer(WIDE_DEGREES).bounds
    found = []
    for key, cells in incidents.items():
        try:
            x, y, reach = (float(cells[name]) for name in ("longitude", "latitude", "location_accuracy_km"))
            apart = abs((date.fromisoformat(cells["date"]) - date.fromisoformat(day)).days) if day else 0
        except (KeyError, ValueError):
            continue
        is_around = around[0] <= x <= around[2] and around[1] <= y <= around[3]
        if is_around and apart <= ALIKE_DAYS and not cells.get(WITHDRAWN):
            km = _distance_km(shape, x, y)
            if km <= max(ALIKE_KM, reach):
                found.append((km, key))
    return found


def _distance_km(shape: Any, x: float, y: float) -> float:
    """The distance of a point from a line, whose nearest place is found where a degree is as wide as high."""
    scale = cos(radians(y))
    flat = shapely.transform(shape, lambda points: points * [scale, 1])
    near = shapely.get_coordinates(shapely.shortest_line(flat, shapely.Point(x * scale, y)))[0]
    return float(geodesic_distance_km(np.array([x]), np.array([y]), np.array([near[0] / scale]), near[1:2])[0])
