"""Completion of incidents: all that is worked out of rows that were placed in airspace."""

from collections.abc import Mapping

import geopandas as gpd

from dashboard.core.data.releases import Contents
from dashboard.core.geo.borders import Borders
from dashboard.core.geo.coordinates import with_coordinates
from dashboard.core.geo.nearest import measure
from dashboard.core.incidents.event_objects import with_event_objects
from dashboard.core.incidents.events import Event, with_events
from dashboard.core.incidents.publishers import Publishers, with_sources
from dashboard.core.query.search import publishers_searchable


def completed(
    rows: gpd.GeoDataFrame,
    contents: Contents,
    borders: Borders,
    places: gpd.GeoDataFrame,
    airports: gpd.GeoDataFrame,
    publishers: Publishers,
    events: Mapping[str, Event],
) -> gpd.GeoDataFrame:
    """Rows of some contents, or that are to be among them, with their measures, sources and events."""
    measured = with_coordinates(measure(rows, contents.tracks, borders, places, airports))
    return with_event_objects(findable(measured, publishers, events), contents.objects, events)


def findable(rows: gpd.GeoDataFrame, publishers: Publishers, events: Mapping[str, Event]) -> gpd.GeoDataFrame:
    """Rows with all that a filter asks of them: evidence, the days on which they count, and words to be searched."""
    return with_events(publishers_searchable(with_sources(rows, publishers)), events)
