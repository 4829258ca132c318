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
    points = [incidents["longitude"].round(DIGITS), incidents["latitude"].round(DIGITS)]
    found = [
        SharedPlace(
            float(longitude),
            float(latitude),
            float(rows["location_accuracy_km"].max()),
            tuple(rows["id"]),
            tuple(dict.fromkeys(rows["place"])),
        )
        for (longitude, latitude), rows in incidents.groupby(points, sort=False)
        if len(rows) > 1 and rows["location_accuracy_km"].min() >= COARSE_KM
    ]
    return sorted(found, key=lambda place: -len(place.ids))
