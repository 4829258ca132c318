"""Reading flight tracks: a good one is kept as it is, a bad one set aside with its reasons."""

import json
from pathlib import Path

import pytest

from dashboard.core.tracks import read_tracks
from dashboard.errors import UnreadableFileError

GOOD = {
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


def test_good_track_is_kept_in_the_order_of_flight(tmp_path):
    tracks, problems = read_tracks(write(tmp_path, GOOD), {"LT-1"})
    assert problems == []
    assert list(tracks.geometry[0].coords) == [(25.28, 54.69), (24.37, 55.05)]
    assert tracks.loc[0, ["incident_id", "accuracy_km", "sources"]].tolist() == ["LT-1", 25, ("https://example.org",)]


def changed(part: str, **change: object) -> dict[str, object]:
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
        (changed("properties", sources="https://example.org"), "sources"),
        (changed("geometry", coordinates=[[25, 54]]), "geometry"),
        (changed("geometry", coordinates=[[25, 54], [25, 154]]), "geometry"),
        (changed("geometry", type="Point", coordinates=[25, 54]), "geometry"),
        (GOOD | {"geometry": None}, "geometry"),
        (changed("geometry", coordinates="x"), "geometry"),
    ],
)
def test_bad_track_is_set_aside(tmp_path, feature, column):
    tracks, problems = read_tracks(write(tmp_path, GOOD, feature), {"LT-1"})
    assert len(tracks) == 1
    assert [(problem.line, problem.column) for problem in problems] == [(2, column)]


@pytest.mark.parametrize("feature", [None, [], "x", {}])
def test_feature_of_no_form_at_all(tmp_path, feature):
    tracks, problems = read_tracks(write(tmp_path, feature), {"LT-1"})
    assert len(tracks) == 0
    assert {problem.line for problem in problems} == {1}


def test_no_file_means_no_tracks(tmp_path):
    tracks, problems = read_tracks(tmp_path / "none.geojson", {"LT-1"})
    assert (len(tracks), problems) == (0, [])
    assert tracks.crs.to_epsg() == 4326


@pytest.mark.parametrize("text", ["", "{", "[]", '{"features": 1}', "[" * 100_000])
def test_file_of_another_form(tmp_path, text):
    path = tmp_path / "tracks.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError, match="not a GeoJSON FeatureCollection"):
        read_tracks(path, set())
