"""Balance says which axle reaches its limit first, by one definition, predicted and measured."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.tuning.measurement import Balance
from game.units import G_MPS2

AT_LIMIT: Final = 0.6  # of the slip of peak grip: there a tyre gives 91..93 % of its grip
_MAX_COUNTED: Final = 0.7  # of it: all the slip beyond that adds only 3 % of force
_CORNERING_MPS2: Final = 0.5 * G_MPS2  # from which a car counts as cornering ...
_STEADY_MPS2: Final = 0.2 * G_MPS2  # ... in the middle of the corner


class AxleSlip(NamedTuple):
    """Holds the slip of an axle's tyres at each place, the mean of both; each of shape (n,)."""

    tangent: Array  # positive pushes left
    normalised: Array  # 1 at the slip of peak grip


def balance(
    duration_s: Array,
    forward_mps2: Array,
    lateral_mps2: Array,
    front: AxleSlip,
    rear: AxleSlip,
    peak_slip_tangent: float,
) -> Balance:
    """Return the balance over pieces of a lap; shapes (n,), positive to the left.

    The understeer gradient is the slope, through the origin, of front less rear slip angle over
    lateral acceleration in the middle of corners, between brakes and drive. Like ISO 4138's it is
    that of tyres that are not saturated: slips count up to `_MAX_COUNTED` of the peak's. What lies
    beyond shows in the shares of the lap that an axle limits.
    """
    middle = (np.abs(lateral_mps2) > _CORNERING_MPS2) & (np.abs(forward_mps2) < _STEADY_MPS2)
    lateral_g = lateral_mps2 / G_MPS2
    max_tangent = _MAX_COUNTED * peak_slip_tangent
    front_rad = np.arctan(np.clip(front.tangent, -max_tangent, max_tangent))
    more_deg = np.degrees(front_rad - np.arctan(np.clip(rear.tangent, -max_tangent, max_tangent)))
    weight = np.where(middle, duration_s, 0.0)
    square = float((weight * lateral_g**2).sum())
    slope = float((weight * lateral_g * more_deg).sum()) / square if square > 0.0 else 0.0
    lap_s = math.fsum(duration_s)
    front_first = front.normalised >= rear.normalised
    return Balance(
        understeer_deg_per_g=slope,
        front_limited=float(duration_s[front_first & (front.normalised > AT_LIMIT)].sum()) / lap_s,
        rear_limited=float(duration_s[~front_first & (rear.normalised > AT_LIMIT)].sum()) / lap_s,
    )
