"""The numbers by which the incidents of a view are called.

They count the whole selection by date, so that neither a frame, a layout nor a kind of file changes them: No. 25 is the
same incident on every map, in every list and in every table.
"""

from typing import NamedTuple

import geopandas as gpd
import numpy as np

from dashboard.core.engine.engine import POSITION
from dashboard.core.engine.selection import Selection

PAGE = 500  # incidents of a page: all of the shipped data


class Numbered(NamedTuple):
    """An incident by its number, with its position in the data."""

    number: int
    id: str
    event: str
    position: int


def latest(selection: Selection, page: int = 1) -> list[Numbered]:
    """The latest incidents of a selection by their numbers, the latest first: one page of ``PAGE`` of them."""
    question = f"SELECT id, event, {POSITION} FROM {{selection}} ORDER BY date DESC, id DESC LIMIT $most OFFSET $later"
    later = (page - 1) * PAGE
    last = len(selection) - later
    return [Numbered(last - place, *row) for place, row in enumerate(selection.ask(question, most=PAGE, later=later))]


def chronological(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents by date, those of a day by their ID."""
    return incidents.sort_values(["date", "id"], kind="stable")


def numbers_of(selection: gpd.GeoDataFrame) -> dict[str, int]:
    """The number of each incident of a selection by its ID, from 1, in the order of :func:`chronological`."""
    days = selection["date"].to_numpy("datetime64[s]").astype(np.int64).tolist()
    ordered = sorted(zip(days, selection["id"].tolist(), strict=True))
    return {id_: number for number, (_day, id_) in enumerate(ordered, start=1)}
