"""Shared places: points at which several incidents are placed because no report says more closely where each was."""

from dataclasses import dataclass

import geopandas as gpd

COARSE_KM = 10.0  # from this accuracy on a point stands for a district or a stretch of sea, not for the place itself
DIGITS = 5  # of degrees, by which two points are the same: a metre


@dataclass(frozen=True)
class SharedPlace:
    """A point with several incidents.

    accuracy_km
        The largest of theirs: each of them lies within it.
    ids, names
        Of the incidents, in the order given; the names of their places, each once.
    """

    longitude: float
    latitude: float
    accuracy_km: float
    ids: tuple[str, ...]
    names: tuple[str, ...]


def shared_places(incidents: gpd.GeoDataFrame) -> list[SharedPlace]:
    """The points at which two incidents or more are placed and none better than COARSE_KM, the fullest first.

    Where one of them is placed better, the point is a place that is known, such as a village that was hit twice.
    """
    points = (incidents[name].round(DIGITS).tolist() for name in ("longitude", "latitude"))
    columns = (incidents[name].tolist() for name in ("location_accuracy_km", "id", "place"))
    placed: dict[tuple[float, float], list[tuple[float, str, str]]] = {}
    for longitude, latitude, *row in zip(*points, *columns, strict=True):
        placed.setdefault((longitude, latitude), []).append(tuple(row))
    found = []
    for (longitude, latitude), rows in placed.items():
        accuracies, ids, names = zip(*rows, strict=True)
        if len(rows) > 1 and min(accuracies) >= COARSE_KM:
            found.append(SharedPlace(longitude, latitude, float(max(accuracies)), ids, tuple(dict.fromkeys(names))))
    return sorted(found, key=lambda place: -len(place.ids))
