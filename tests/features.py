"""Features of GeoJSON and GeoPackage with an incident."""

from tests.conftest import ROW

POINT = {"type": "Point", "coordinates": [24.37, 55.05]}
LINE = {"type": "LineString", "coordinates": [[25.28, 54.69], [24.37, 55.05]]}
TRACK = {"incident_id": "LT-1", "basis": "Seen.", "accuracy_km": 25, "sources": ["https://example.org"]}
PLACELESS = {name: value for name, value in ROW.items() if name not in ("latitude", "longitude")}


def feature(geometry: object = POINT, **change: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": PLACELESS | change}
