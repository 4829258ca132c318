"""The extent of selections: the bounds of their incidents and of the flight tracks of these."""

from collections.abc import Sequence

import numpy as np

from dashboard.core.engine.selection import Selection
from dashboard.core.geo.precision import is_established
from dashboard.core.query.area import WHOLE_FLANK, Bounds


def extent_of(selection: Selection, selected: str = "") -> Bounds:
    """The bounds of all incidents of a selection and of the bands of their flight tracks; of none, those of the flank.

    With them lies the place where the one that is ``selected`` crossed the border, as far as it is drawn.
    """
    if selection.empty:
        return WHOLE_FLANK
    if not selected:
        return selection.bounds
    chosen = selection.with_id(selected).rows
    deep = is_established(chosen["depth_km"], chosen["location_accuracy_km"])
    crossed = chosen.loc[deep, ["border_longitude", "border_latitude"]].to_numpy()
    every = np.vstack([np.reshape(selection.bounds, (2, 2)), crossed])
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    return float(west), float(south), float(east), float(north)


def extent_of_all(selections: Sequence[Selection], selected: str = "") -> Bounds:
    """The bounds of several selections together; of none that has an incident, those of the flank."""
    extents = [extent_of(selection, selected) for selection in selections if len(selection)]
    west, south, east, north = zip(*(extents or [WHOLE_FLANK]), strict=True)
    return min(west), min(south), max(east), max(north)
