"""What a viewport can show: every incident as a mark while they are few, counted cells when they are many."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.core.incidents import CATEGORIES

MOST_MARKS = 2_000  # incidents drawn one by one
MOST_CELLS = 600
CELL_PIXELS = 56.0  # a cell's side on the screen, the smallest that holds its number

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True)
class Cell:
    """Incidents counted together, drawn at their mean place; ``by_category`` is in the order of CATEGORIES."""

    latitude: float
    longitude: float
    count: int
    by_category: tuple[int, ...]


def cells(selection: gpd.GeoDataFrame, bounds: Bounds, zoom: float) -> list[Cell]:
    """Count the incidents of a viewport by cells of the web map's square grid.

    Cells keep their place when the map is moved, since the grid is fixed to the world; they double in size until
    there are no more than ``MOST_CELLS``.

    Parameters
    ----------
    selection
        Incidents with ``longitude`` and ``latitude`` in degrees and ``category``.
    bounds
        The viewport; incidents outside are not counted.
    zoom
        Zoom level of the web map, whose world is 256 * 2**zoom pixels wide.
    """
    west, south, east, north = bounds
    longitude, latitude = selection["longitude"].to_numpy(), selection["latitude"].to_numpy()
    seen = (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
    if not seen.any():
        return []
    longitude, latitude = longitude[seen], latitude[seen]
    category = pd.Categorical(selection["category"][seen], CATEGORIES).codes
    column, row = _on_the_world(longitude, latitude)
    size = CELL_PIXELS / (256 * 2**zoom)
    while True:
        key, cell = np.unique(
            np.floor(column / size).astype(np.int64) * 2**32 + np.floor(row / size).astype(np.int64), return_inverse=True
        )
        if len(key) <= MOST_CELLS:
            break
        size *= 2
    count = np.bincount(cell)
    by_category = np.bincount(cell * len(CATEGORIES) + category, minlength=len(key) * len(CATEGORIES))
    return [
        Cell(*place, int(number), tuple(int(part) for part in parts))
        for place, number, parts in zip(
            np.column_stack([np.bincount(cell, latitude) / count, np.bincount(cell, longitude) / count]).tolist(),
            count,
            by_category.reshape(len(key), -1),
            strict=True,
        )
    ]


def _on_the_world(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Place on the web map's world (EPSG:3857) as fractions of its width, from the west and from the north."""
    sine = np.sin(np.radians(np.clip(latitude, -85, 85)))
    return longitude / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
