"""Flight tracks: reading ``tracks.geojson`` with a problem for each feature that cannot be used."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from dashboard.core.geofile import INCIDENT, KIND
from dashboard.core.incidents import LONGEST_TEXT, is_link
from dashboard.core.problems import Problem
from dashboard.core.table import clean
from dashboard.errors import UnreadableFileError
from dashboard.language import _

COLUMNS = ("incident_id", "basis", "accuracy_km", "sources", "geometry")


def read_tracks(path: Path, incident_ids: set[str]) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Read flight tracks; without a file there are none. The incidents of an export are passed over.

    Parameters
    ----------
    incident_ids
        The incidents that are known; a track of any other is set aside.

    Returns
    -------
    GeoDataFrame, EPSG:4326, in the order of flight, with the columns ``incident_id``, ``basis``, ``accuracy_km``,
    ``sources`` (a tuple of http(s) addresses); and the problems, whose ``line`` is the number of the feature.

    Raises
    ------
    UnreadableFileError
        The file is not a GeoJSON FeatureCollection.
    """
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for position, feature in enumerate(_features(path), start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        if properties.get(KIND) == INCIDENT:
            continue
        row, found = _row(properties, _line(feature), incident_ids)
        problems += [Problem(path, position, *parts) for parts in found]
        if not found:
            rows.append(row)
            problems += _cleaned(path, position, row)
    return gpd.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=4326), problems


def _features(path: Path) -> list[Any]:
    if not path.is_file():
        return []
    try:
        features = json.loads(path.read_text("utf-8-sig"))["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFileError(
            _("{path} is not a GeoJSON FeatureCollection: {error}.").format(path=path, error=error)
        ) from error
    if not isinstance(features, list):
        raise UnreadableFileError(
            _("{path} is not a GeoJSON FeatureCollection: features is no list.").format(path=path)
        )
    return features


def _cleaned(path: Path, position: int, row: dict[str, Any]) -> list[Problem]:
    """Take out of a track, in place, the characters that no document can hold, as is done in every cell of a table."""
    told = _("the text holds characters that no document can hold, which are left out")
    before = {"basis": row["basis"], "sources": " ".join(row["sources"])}
    row["basis"], row["sources"] = clean(row["basis"]), tuple(map(clean, row["sources"]))
    return [
        Problem(path, position, column, text, told, _("Remove them"), severe=False)
        for column, text in before.items()
        if clean(text) != text
    ]


def _row(
    properties: dict[str, Any], line: shapely.LineString | None, incident_ids: set[str]
) -> tuple[dict[str, Any], list[tuple[str, str, str, str]]]:
    """One track, or what is wrong with it as column, value, expectation and remedy."""
    found: list[tuple[str, str, str, str]] = []
    incident, basis, accuracy, sources = (properties.get(name) for name in COLUMNS[:4])
    if not isinstance(incident, str) or incident not in incident_ids:
        expected = _("expected the id of an incident that could be read")
        found.append(("incident_id", str(incident), expected, _("Correct the id, or the incident's row")))
    if not isinstance(basis, str) or not 0 < len(basis) <= LONGEST_TEXT:
        found.append(("basis", str(basis), _("expected what report describes the route"), _("Say it in a sentence")))
    if not isinstance(accuracy, int | float) or isinstance(accuracy, bool) or not 0 < accuracy <= 1000:
        expected = _("expected a distance in km, above 0 and at most 1000")
        found.append(("accuracy_km", str(accuracy), expected, _("Write a number")))
    links = (
        tuple(link for link in sources if isinstance(link, str) and is_link(link)) if isinstance(sources, list) else ()
    )
    if not links:
        found.append(("sources", str(sources), _("expected a list of http or https addresses"), _("Give at least one")))
    if line is None:
        expected = _("expected a LineString of two points or more, longitude first, in degrees")
        found.append(("geometry", "", expected, _("Correct the coordinates")))
    return dict(zip(COLUMNS, (incident, basis, accuracy, links, line), strict=True)), found


def _line(feature: Any) -> shapely.LineString | None:
    try:
        with np.errstate(invalid="ignore"):  # a coordinate that is no number is found below
            line = shapely.geometry.shape(feature["geometry"])
        west, south, east, north = line.bounds
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError):
        return None
    inside = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return shapely.force_2d(line) if line.geom_type == "LineString" and line.length > 0 and inside else None
