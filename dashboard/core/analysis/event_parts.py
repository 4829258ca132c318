"""The parts of an event: shot down, other sites of its days, found later, without a site, and own-side objects."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from dashboard.core.analysis.numbering import chronological
from dashboard.core.incidents.columns import FRIENDLY

NO_SITE_KM = 100  # a place that is no better known than this stands for a region, and not for a site
SHOT_DOWN = "shootdown"


@dataclass(frozen=True, eq=False)
class EventParts:
    """The incidents of one event, each in one part, by date.

    shot_down, at_the_time, found_later
        Incidents with a place of their own: shot down; others on the days of the event; found or announced after them.
    without_site
        Incidents whose place is known to about 100 km only.
    own_side
        Objects that are no incidents and in no figure.
    """

    shot_down: gpd.GeoDataFrame
    at_the_time: gpd.GeoDataFrame
    found_later: gpd.GeoDataFrame
    without_site: gpd.GeoDataFrame
    own_side: gpd.GeoDataFrame

    @property
    def on_its_days(self) -> int:
        """The number of incidents with a place of their own that are not dated later."""
        return len(self.shot_down) + len(self.at_the_time)


def event_parts(objects: gpd.GeoDataFrame) -> EventParts:
    """Part the incidents and own-side objects of an event, as :meth:`.dataset.Dataset.of_event` gives them."""
    rows = chronological(objects)
    friendly = rows["side"] == FRIENDLY
    vague = ~friendly & without_site(rows)
    later = ~friendly & ~vague & is_later(rows)
    shot = ~friendly & ~vague & ~later & (rows["category"] == SHOT_DOWN)
    return EventParts(
        shot_down=rows[shot],
        at_the_time=rows[~(friendly | vague | later | shot)],
        found_later=rows[later],
        without_site=rows[vague],
        own_side=rows[friendly],
    )


def without_site(rows: pd.DataFrame) -> pd.Series:
    """Tell which incidents stand for a region, their place being known to about 100 km only."""
    return rows["location_accuracy_km"] >= NO_SITE_KM


def is_later(rows: pd.DataFrame) -> pd.Series:
    """Tell which incidents are dated after the flight to which they belong."""
    return rows["counted_on"] < rows["date"]
