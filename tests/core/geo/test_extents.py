"""The extents of incidents, with flight tracks whose bands are known by hand."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString

from dashboard.core.geo.borders import DEGREE_KM
from dashboard.core.geo.extents import EXTENT, extents

INCIDENTS = pd.DataFrame({"id": ["a", "b", "c"], "longitude": [20.0, 24.0, 30.0], "latitude": [50.0, 55.0, 60.0]})


def tracks(*rows: tuple[str, float, list[tuple[float, float]]]) -> gpd.GeoDataFrame:
    ids, accuracies, lines = zip(*rows, strict=True)
    columns = {"incident_id": ids, "accuracy_km": accuracies}
    return gpd.GeoDataFrame(columns, geometry=[LineString(line) for line in lines], crs=4326)


def test_place_alone_is_the_extent_of_an_incident_without_a_track() -> None:
    found = extents(INCIDENTS, tracks(("other", 5.0, [(0, 0), (1, 1)])))
    assert list(found.columns) == list(EXTENT)
    assert found.to_numpy().tolist() == [[20, 50, 20, 50], [24, 55, 24, 55], [30, 60, 30, 60]]


def test_bands_of_all_tracks_of_an_incident_are_in_its_extent() -> None:
    north, east = (20.0, [(24.0, 55.0), (24.0, 60.0)]), (0.0, [(24.0, 55.0), (26.0, 55.0)])
    found = extents(INCIDENTS, tracks(("b", *north), ("b", *east)))
    high = 20 / DEGREE_KM
    # Degrees of longitude are shorter by the cosine of the latitude in the middle, 57.5°: 0.5373.
    assert found.loc[1].tolist() == pytest.approx([24 - high / 0.5373, 55 - high, 26, 60 + high], abs=1e-4)
    assert found.loc[0].tolist() == [20, 50, 20, 50]
