"""Own-side objects: what of the data is no incident and in no figure."""

import geopandas as gpd
import pandas as pd

from dashboard.core.incidents.columns import FRIENDLY
from dashboard.core.incidents.vocabulary import PHRASES, word
from dashboard.language import listing, ngettext, number


def counted(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rows that are incidents and make figures: all but own-side objects."""
    friendly = (rows["side"] == FRIENDLY).to_numpy(bool)
    return rows[~friendly].reset_index(drop=True) if friendly.any() else rows


def with_own_side(incidents: gpd.GeoDataFrame, friendly: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The incidents, and after them the own-side objects."""
    return incidents if friendly.empty else pd.concat([incidents, friendly], ignore_index=True)


def own_side_in_words(friendly: gpd.GeoDataFrame) -> str:
    """The number and kinds of own-side objects: ``1 own-side object (missile)``; empty for none."""
    if friendly.empty:
        return ""
    count, codes = len(friendly), sorted(friendly["object_type"].unique())
    kinds = [PHRASES["object_type"][code] for code in codes] if count > 1 else [word("object_type", codes[0]).lower()]
    message = ngettext("{count} own-side object ({kinds})", "{count} own-side objects ({kinds})", count)
    return message.format(count=number(count), kinds=listing(kinds))
