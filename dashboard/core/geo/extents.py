"""The extents of incidents: the place of each, and the bands in which its flight tracks are known to lie."""

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.core.geo.borders import DEGREE_KM

EXTENT = ("west", "south", "east", "north")


def extents(incidents: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame | None = None) -> pd.DataFrame:
    """The extent of each incident in degrees (WGS 84), in the columns of EXTENT.

    Parameters
    ----------
    tracks
        As :func:`dashboard.core.incidents.tracks.read_tracks` returns them, those of other incidents among them.
    """
    places = incidents[["longitude", "latitude", "longitude", "latitude"]].set_axis(list(EXTENT), axis=1)
    if tracks is None or tracks.empty:
        return pd.DataFrame(places)
    bands = _bands(tracks).groupby(tracks["incident_id"].to_numpy())
    lows, highs = (bands[list(names)].agg(how) for names, how in ((EXTENT[:2], "min"), (EXTENT[2:], "max")))
    flown = incidents["id"].isin(lows.index).to_numpy(bool)
    ids = incidents["id"][flown]
    places.loc[flown, EXTENT[:2]] = np.minimum(places.loc[flown, EXTENT[:2]], lows.loc[ids].to_numpy())
    places.loc[flown, EXTENT[2:]] = np.maximum(places.loc[flown, EXTENT[2:]], highs.loc[ids].to_numpy())
    return pd.DataFrame(places)


def _bands(tracks: gpd.GeoDataFrame) -> pd.DataFrame:
    """The bounds of flight tracks, of each as far around as it is accurate."""
    bounds = tracks.bounds.to_numpy()
    high = tracks["accuracy_km"].to_numpy(float) / DEGREE_KM
    wide = high / np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    return pd.DataFrame(bounds + np.column_stack([-wide, -high, wide, high]), columns=list(EXTENT))
