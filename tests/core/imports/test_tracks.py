"""Flight tracks of a list: each finds its incident, by its ID, or by day and place."""

from pathlib import Path

import pytest
import shapely

from dashboard.core.imports.files.raw import RawTable
from dashboard.core.imports.tracks import CHANGED, NEW, UNCHANGED, TracksReport, parted, report_on_tracks
from dashboard.core.record.merge import Content
from tests.core.imports.reports import incident

HEADER = ("incident_id", "basis", "accuracy_km", "sources")
CELLS = ("LT-1", "seen by residents", "30", "https://lrt.lt/1")
LINE = shapely.LineString([(9.0, 5.0), (9.4, 5.0)])
HERE = {"LT-1": incident("LT-1"), "LT-2": incident("LT-2", date="2025-01-01")}  # both at 5.0 N 9.5 E, 11 km on


def flown(
    *cells: str,
    header: tuple[str, ...] = HEADER,
    shape: shapely.LineString = LINE,
    recorded: dict[str, Content] | None = None,
    answers: dict[str, str] | None = None,
    defaults: dict[str, str] | None = None,
) -> TracksReport:
    table = RawTable(header, [cells], [2], shapes=[shape])
    return report_on_tracks(table, recorded or {}, HERE, answers or {}, defaults or {}, Path("flight.gpx"))


def test_lines_are_parted_from_points() -> None:
    shapes = [shapely.Point(1, 2), LINE, None]
    points, lines = parted(RawTable(("a",), [("1",), ("2",), ("3",)], [2, 3, 4], shapes=shapes))
    assert (points.lines, lines.lines) == ([2, 4], [3])


def test_track_with_an_id_is_new_then_the_same_then_changed() -> None:
    (new,) = flown(*CELLS).outcomes
    assert (new.key, new.kind) == ("LT-1/1", NEW)
    assert new.becomes["properties"] == {
        "incident_id": "LT-1", "basis": "seen by residents", "accuracy_km": 30, "sources": ["https://lrt.lt/1"],
    }  # fmt: skip
    recorded = {new.key: new.becomes}
    assert flown(*CELLS, recorded=recorded).outcomes[0].kind == UNCHANGED
    (changed,) = flown("LT-1", "a new basis", *CELLS[2:], recorded=recorded).outcomes
    assert (changed.key, changed.kind) == ("LT-1/1", CHANGED)
    other = shapely.LineString([(8, 5), (9, 5)])
    (second,) = flown("LT-1", "another part", *CELLS[2:], shape=other, recorded=recorded).outcomes
    assert (second.key, second.kind) == ("LT-1/2", NEW)


def test_track_of_a_day_finds_the_only_incident_near_it() -> None:
    near = shapely.LineString([(9.0, 5.0), (9.45, 5.0)])  # 5.5 km from the incidents
    defaults = {"location_accuracy_km": "2", "sources": "https://lrt.lt/1"}
    (found,) = flown("2025-07-28T04:40Z", header=("begin",), shape=near, defaults=defaults).outcomes
    assert (found.key, found.becomes["properties"]["accuracy_km"]) == ("LT-1/1", 2)
    assert found.becomes["properties"]["basis"] == "Flight track in flight.gpx"


def test_track_without_a_day_is_asked() -> None:
    near = shapely.LineString([(9.0, 5.0), (9.45, 5.0)])
    cells, header = CELLS[1:], HEADER[1:]
    asked = flown(*cells, header=header, shape=near)
    assert (asked.waiting, [answer.key for answer in asked.questions[0].answers]) == (
        (2,), ["LT-1", "LT-2", "leave out"],
    )  # fmt: skip
    assert flown(*cells, header=header, shape=near, answers={"track 2": "LT-2"}).outcomes[0].key == "LT-2/1"
    assert flown(*cells, header=header, shape=near, answers={"track 2": "leave out"}).left_out == (2,)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("LT-9", *CELLS[1:]), "incident_id"),
        (("", *CELLS[1:]), "incident_id"),  # no incident is near
        (("LT-1", "basis", "far", "https://lrt.lt/1"), "accuracy_km"),
        (("LT-1", "basis", "30", ""), "sources"),
    ],
)
def test_track_with_a_fault_is_refused_with_its_line(cells: tuple[str, ...], column: str) -> None:
    found = flown(*cells)
    assert [(problem.line, problem.column) for problem in found.refused] == [(2, column)]
