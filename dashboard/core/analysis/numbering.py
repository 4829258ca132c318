"""The numbers by which the incidents of a view are called.

They count the whole selection by date, so that neither a frame, a layout nor a kind of file changes them: No. 25 is the
same incident on every map, in every list and in every table.
"""

import geopandas as gpd
import numpy as np


def chronological(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents by date, those of a day by their ID."""
    return incidents.sort_values(["date", "id"], kind="stable")


def numbers_of(selection: gpd.GeoDataFrame) -> dict[str, int]:
    """The number of each incident of a selection by its ID, from 1, in the order of :func:`chronological`."""
    days = selection["date"].to_numpy("datetime64[s]").astype(np.int64).tolist()
    ordered = sorted(zip(days, selection["id"].tolist(), strict=True))
    return {id_: number for number, (_day, id_) in enumerate(ordered, start=1)}
