"""The precision of a distance: as many digits as the place is accurate, and none where it is not."""

from typing import Any

import numpy as np

# From this accuracy in km on, distances are rounded to this step in km: no digit is finer than the place allows.
STEPS_KM = ((50.0, 10.0), (30.0, 5.0), (1.0, 1.0), (0.0, 0.1))


def is_established(distance_km: Any, accuracy_km: Any) -> Any:
    """Tell whether a distance is more than its accuracy, for numbers or arrays in km; not for NaN.

    Anything else says no more than that the place lies near.
    """
    return np.greater(distance_km, accuracy_km)


def step_km(accuracy_km: Any) -> Any:
    """Step in km to which a distance of this accuracy in km is rounded, for a number or an array."""
    accuracy_km = np.asarray(accuracy_km, float)
    return np.select([accuracy_km >= least for least, _step in STEPS_KM], [step for _least, step in STEPS_KM], 1.0)


def rounded_km(distance_km: Any, accuracy_km: Any) -> Any:
    """A distance in km with the digits that its accuracy in km allows, for numbers or arrays; NaN stays."""
    step = step_km(accuracy_km)
    # A second rounding takes off what multiplying by 0.1 leaves behind.
    return np.round(np.round(np.asarray(distance_km, float) / step) * step, 1)


def established_km(distance_km: Any, accuracy_km: Any) -> Any:
    """Distances in km as :func:`rounded_km` gives them, and NaN where they are not established."""
    return np.where(is_established(distance_km, accuracy_km), rounded_km(distance_km, accuracy_km), np.nan)
