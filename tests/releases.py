"""Releases of data folders of the tests' own."""

import json
from datetime import datetime
from pathlib import Path

from dashboard.core.data.make_release import make_release
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import Release
from dashboard.core.record.record import Record
from dashboard.settings import settings


def released(folder: Path, now: datetime, note: str = "") -> Release:
    """Have the record that the settings name take in a folder, and make a release of that."""
    recorded = RecordedData(Record(settings().record), folder)
    recorded.take_in(read_folder(folder))
    return make_release(recorded, now, note)


def track(incident: str, *points: tuple[float, float], **properties: object) -> dict[str, object]:
    told: dict[str, object] = {
        "incident_id": incident,
        "basis": "A report.",
        "accuracy_km": 20,
        "sources": ["https://example.org/t"],
    }
    line = {"type": "LineString", "coordinates": list(points or ((24.0, 55.0), (24.5, 55.1)))}
    return {"type": "Feature", "properties": told | properties, "geometry": line}


def write_tracks(folder: Path, *tracks: dict[str, object]) -> None:
    (folder / "tracks.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": tracks}), "utf-8")
