"""Reading flight tracks: a good one is kept as it is, a bad one set aside with its reasons."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.incidents.tracks import read_tracks
from dashboard.errors import UnreadableFileError

GOOD: dict[str, Any] = {
    "type": "Feature",
    "geometry": {"type": "LineString", "coordinates": [[25.28, 54.69], [24.37, 55.05]]},
    "properties": {
        "incident_id": "LT-1",
        "basis": "Seen over Vilnius.",
        "accuracy_km": 25,
        "sources": ["https://example.org"],
    },
}


def write(folder: Path, *features: object) -> Path:
    path = folder / "tracks.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def test_good_track_is_kept_in_the_order_of_flight(tmp_path: Path) -> None:
    tracks, problems = read_tracks(write(tmp_path, GOOD), {"LT-1"})
    assert problems == []
    assert list(tracks.geometry[0].coords) == [(25.28, 54.69), (24.37, 55.05)]
    assert tracks.loc[0, ["incident_id", "accuracy_km", "sources"]].tolist() == ["LT-1", 25, ("https://example.org",)]


def changed(part: str, **change: object) -> dict[str, Any]:
    return GOOD | {part: GOOD[part] | change}


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        (changed("properties", incident_id="LT-2"), "incident_id"),
        (changed("properties", basis=""), "basis"),
        (changed("properties", accuracy_km="far"), "accuracy_km"),
        (changed("properties", accuracy_km=-1), "accuracy_km"),
        (changed("properties", accuracy_km=True), "accuracy_km"),
        (changed("properties", sources=["javascript:alert(1)"]), "sources"),
        (changed("properties", sources="example.org"), "sources"),
        (changed("properties", sources=[5]), "sources"),
        (changed("properties", accuracy_km=10**400), "accuracy_km"),
        (changed("geometry", coordinates=[[25, 54]]), "geometry"),
        (changed("geometry", coordinates=[[25, 54], [25, 154]]), "geometry"),
        (changed("geometry", type="Point", coordinates=[25, 54]), "geometry"),
        (GOOD | {"geometry": None}, "geometry"),
        (changed("geometry", coordinates="x"), "geometry"),
        (changed("geometry", coordinates=[[10**400, 54], [25, 54]]), "geometry"),
        (changed("geometry", coordinates=[[True, 54], [25, 54]]), "geometry"),
        (changed("geometry", coordinates=[[[[[25, 54]], [25, 54]]]]), "geometry"),
        (changed("geometry", type=["LineString"]), "geometry"),
        (changed("geometry", type="MultiLineString", coordinates=[]), "geometry"),
        (changed("geometry", type="MultiLineString", coordinates=[[[25, 54], [26, 54]], [[26, 54]]]), "geometry"),
    ],
)
def test_bad_track_is_set_aside(tmp_path: Path, feature: dict[str, object], column: str) -> None:
    tracks, problems = read_tracks(write(tmp_path, GOOD, feature), {"LT-1"})
    assert len(tracks) == 1
    assert [(problem.line, problem.column) for problem in problems] == [(2, column)]


@pytest.mark.parametrize("feature", [None, [], "x", {}])
def test_feature_of_no_form_at_all(tmp_path: Path, feature: dict[object, object] | list[object] | str | None) -> None:
    tracks, problems = read_tracks(write(tmp_path, feature), {"LT-1"})
    assert len(tracks) == 0
    assert {problem.line for problem in problems} == {1}


def test_no_file_means_no_tracks(tmp_path: Path) -> None:
    tracks, problems = read_tracks(tmp_path / "none.geojson", {"LT-1"})
    assert (len(tracks), problems) == (0, [])
    assert tracks.crs.to_epsg() == 4326


def test_line_of_several_parts_is_a_track_for_each_that_does_not_go_on(tmp_path: Path) -> None:
    parts = [[[25, 54], [26, 54, 300]], [[26, 54], [27, 55]], [[28, 55], [29, 55]]]
    path = write(tmp_path, changed("geometry", type="MultiLineString", coordinates=parts), GOOD)
    tracks, problems = read_tracks(path, {"LT-1"})
    assert problems == []
    assert [list(line.coords) for line in tracks.geometry][:2] == [[(25, 54), (26, 54), (27, 55)], [(28, 55), (29, 55)]]
    assert list(tracks["accuracy_km"]) == [25, 25, 25]


def test_sources_of_a_track_may_be_one_text(tmp_path: Path) -> None:
    tracks, problems = read_tracks(
        write(tmp_path, changed("properties", sources="https://a.example; https://b.example")), {"LT-1"}
    )
    assert problems == []
    assert tracks["sources"][0] == ("https://a.example", "https://b.example")


def test_lists_that_lie_too_deep_are_one_problem(tmp_path: Path) -> None:
    deep = "[" * 300 + "]" * 300
    text = json.dumps({"type": "FeatureCollection", "features": [GOOD]}).replace("[25.28, 54.69]", deep)
    path = tmp_path / "tracks.geojson"
    path.write_text(text, "utf-8")
    tracks, problems = read_tracks(path, {"LT-1"})
    assert (len(tracks), [problem.column for problem in problems]) == (0, ["geometry"])


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff"])
def test_byte_order_marks_do_no_harm(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path, GOOD)
    path.write_text(mark + path.read_text("utf-8"), "utf-8")
    assert len(read_tracks(path, {"LT-1"})[0]) == 1


def test_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tracks.geojson"
    path.touch()
    with pytest.raises(UnreadableFileError, match="is empty"):
        read_tracks(path, set())


@pytest.mark.parametrize("text", ["[" * 10 + "1" * 5000, "{", "[]", '{"features": 1}', "[" * 100_000])
def test_file_of_another_form(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tracks.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError, match="not a GeoJSON FeatureCollection"):
        read_tracks(path, set())
