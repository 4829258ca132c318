"""Objects that several incidents share: the number of a whole event, which its incidents never exceed together."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from dashboard.core.incidents.columns import OF_EVENT
from dashboard.core.incidents.events import Event


def with_event_objects(
    incidents: gpd.GeoDataFrame, all_: pd.DataFrame, events: Mapping[str, Event]
) -> gpd.GeoDataFrame:
    """Incidents with ``event_objects``, the least number of objects of their event where its incidents share objects.

    It is the largest number among the incidents that count objects of others too, or where none of these has a number
    what the state counted. It is NaN where no incident of the event counts objects of others, and where nobody says.

    Parameters
    ----------
    all_
        Incidents and own-side objects of the file, among which those of an event are.
    """
    shared = all_[(all_["objects_of"] == OF_EVENT) & (all_["event"] != "")]
    numbers = shared.groupby("event")["objects"].max()
    counted = {id_: event.official_count for id_, event in events.items()}
    numbers = numbers.fillna(pd.Series(counted, dtype=float))
    return incidents.assign(event_objects=incidents["event"].map(numbers).astype(float))
