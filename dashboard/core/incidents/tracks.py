"""Flight tracks: reading ``tracks.geojson`` with a problem for each feature that cannot be used."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from dashboard.core.incidents.csv_file import clean, read_bytes
from dashboard.core.incidents.geo_file import INCIDENT, KIND, features_of, position
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.schema import LONGEST_TEXT, is_link, parts_of
from dashboard.errors import MissingFileError
from dashboard.language import _

COLUMNS = ("incident_id", "basis", "accuracy_km", "sources", "geometry")


def read_tracks(path: Path, incident_ids: set[str], max_file_mb: int = 200) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Read flight tracks; without a file there are none. The incidents of an export are passed over.

    Parameters
    ----------
    incident_ids
        The incidents that are known; a track of any other is set aside.

    Returns
    -------
    GeoDataFrame, EPSG:4326, in the order of flight, with the columns ``incident_id``, ``basis``, ``accuracy_km``,
    ``sources`` (a tuple of http(s) addresses), a row for each unbroken line; and the problems, whose ``line`` is the
    number of the feature.

    Raises
    ------
    UnreadableFileError
        The file is not a GeoJSON FeatureCollection, or it is too large.
    """
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, feature in enumerate(_features(path, max_file_mb), start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        if properties.get(KIND) == INCIDENT:
            continue
        lines = _lines(feature)
        row, found = _row(properties, lines, incident_ids)
        problems += [Problem(path, number, *parts) for parts in found]
        if not found:
            problems += _cleaned(path, number, row)
            rows += [row | {"geometry": line} for line in lines]
    tracks = gpd.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=4326)
    # Of the kind that the ids of incidents are: among text of Arrow's, pandas looks for them thirty times as long.
    return tracks.astype({"incident_id": object}), problems


def faults_of_track(feature: dict[str, Any], incident_ids: set[str]) -> list[tuple[str, str, str, str]]:
    """Find the faults of one track, each as column, value, expectation and remedy."""
    return _row(feature["properties"], _lines(feature), incident_ids)[1]


def _features(path: Path, max_file_mb: int) -> list[Any]:
    try:
        return features_of(path, read_bytes(path, max_file_mb))
    except MissingFileError:
        return []


def _cleaned(path: Path, position: int, row: dict[str, Any]) -> list[Problem]:
    """Take out of a track, in place, the characters that no document can hold, as is done in every cell of a table."""
    message = _("the text holds characters that no document can hold, which are left out")
    before = {"basis": row["basis"], "sources": " ".join(row["sources"])}
    row["basis"], row["sources"] = clean(row["basis"]), tuple(map(clean, row["sources"]))
    return [
        Problem(path, position, column, text, message, _("Remove them"), severe=False)
        for column, text in before.items()
        if clean(text) != text
    ]


def _row(
    properties: dict[str, Any], lines: list[shapely.LineString], incident_ids: set[str]
) -> tuple[dict[str, Any], list[tuple[str, str, str, str]]]:
    """One track without its lines, or what is wrong with it as column, value, expectation and remedy."""
    found: list[tuple[str, str, str, str]] = []
    incident, basis = properties.get("incident_id"), properties.get("basis")
    accuracy, sources = properties.get("accuracy_km"), properties.get("sources")
    if not isinstance(incident, str) or incident not in incident_ids:
        expected = _("expected the id of an incident that could be read")
        found.append(("incident_id", str(incident), expected, _("Correct the id, or the incident's row")))
    if not isinstance(basis, str) or not 0 < len(basis) <= LONGEST_TEXT:
        found.append(("basis", str(basis), _("expected what report describes the route"), _("Say it in a sentence")))
    if not isinstance(accuracy, int | float) or isinstance(accuracy, bool) or not 0 < accuracy <= 1000:
        expected = _("expected a distance in km, above 0 and at most 1000")
        found.append(("accuracy_km", str(accuracy), expected, _("Write a number")))
    listed = parts_of(sources) if isinstance(sources, str) else sources
    links = (
        tuple(link for link in listed if isinstance(link, str) and is_link(link)) if isinstance(listed, list) else ()
    )
    if not links:
        found.append(("sources", str(sources), _("expected a list of http or https addresses"), _("Give at least one")))
    if not lines:
        expected = _("expected a LineString or MultiLineString of two points or more, longitude first, in degrees")
        found.append(("geometry", "", expected, _("Correct the coordinates")))
    return {"incident_id": incident, "basis": basis, "accuracy_km": accuracy, "sources": links}, found


def _lines(feature: Any) -> list[shapely.LineString]:
    """The lines of a feature; none where any part of it cannot be used."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind, coordinates = (
        (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else ("", None)
    )
    parts = {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind) if isinstance(kind, str) else None
    if not isinstance(parts, list):
        return []
    found = [_points(part) for part in parts]
    lines = [shapely.LineString(points) for points in _joined(found)] if all(found) else []
    return lines if all(line.length > 0 for line in lines) else []


def _points(part: Any) -> list[tuple[float, float]]:
    """The points of a line; none where any of them cannot be used, or there is only one."""
    found = [position(one) for one in part] if isinstance(part, list) else []
    points = [point for point in found if point]
    return points if len(points) == len(found) > 1 else []


def _joined(parts: list[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """The parts, those as one that go on where the one before ends."""
    lines: list[list[tuple[float, float]]] = []
    for points in parts:
        if lines and lines[-1][-1] == points[0]:
            lines[-1].extend(points[1:])
        else:
            lines.append(points)
    return lines
