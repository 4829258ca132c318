"""Ranks of towns: which are named, and which first, by size and by nearness to what is shown; ``ranks.js`` is its twin.

Points are pixels of the web map or units of a sheet, zooms those of the web map at the same scale.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

NEAR, NEAR_KM = 90.0, 75.0  # from a mark or from the flank border: neither farther on the picture nor on the ground
# By how much these count for more than their inhabitants.
CAPITAL, NEAR_MARK, NEAR_FLANK = 5.0, 3.0, 1.5
LARGE = 6.0  # times the least inhabitants, from which a name is bold
AIRPORTS_FROM_ZOOM, AIRFIELDS_FROM_ZOOM = 6.5, 8.5


def ranks_of(
    towns: NDArray[np.float64],
    sizes: NDArray[np.float64],
    marks: NDArray[np.float64],
    flank: NDArray[np.float64],
    unit_km: float,
) -> NDArray[np.float64]:
    """Ranks of towns.

    Parameters
    ----------
    towns, marks, flank
        Points on the picture, shape (n, 2): the towns, all marks, and points along the eastern-flank border.
    sizes
        As :func:`sizes_of` gives them.
    unit_km
        Width of a pixel or unit on the ground.
    """
    reach = min(NEAR, NEAR_KM / unit_km)
    near_mark, near_flank = _near(towns, marks, reach), _near(towns, flank, reach)
    return sizes * np.where(near_mark, NEAR_MARK, np.where(near_flank, NEAR_FLANK, 1.0))


def sizes_of(inhabitants: NDArray[np.float64], capitals: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Inhabitants of towns; those of capitals count for more."""
    return inhabitants * np.where(capitals, CAPITAL, 1.0)


def least_at(zoom: float) -> float:
    """The least rank of a town that is named at a zoom."""
    return float(600_000 * 2 ** (-1.55 * (zoom - 5)))


def _near(points: NDArray[np.float64], others: NDArray[np.float64], reach: float) -> NDArray[np.bool_]:
    if not len(others):
        return np.zeros(len(points), bool)
    distance, _position = cKDTree(others).query(points, distance_upper_bound=reach)
    near: NDArray[np.bool_] = np.isfinite(distance)
    return near
