"""Lay levels along the lap: where it crosses itself, one stretch is above, on a bridge.

The stretches that the file lists as bridges are on level 1, everything else is on the ground, level
0. A bridge begins and ends with a ramp, on which a car meets what is on the ground and what is on
the bridge, so that nothing changes for it there. Each sample of the lap has a tier: `GROUND`,
`RAMP` or `BRIDGE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from game.arrays import Array, Mask
from game.track.track_file import BridgeEntry

GROUND: Final = 0
RAMP: Final = 1
BRIDGE: Final = 2

RAMP_M: Final = 30.0  # several times as long as a car
MIN_BRIDGE_M: Final = 3.0 * RAMP_M  # with something between its ramps

Tiers = npt.NDArray[np.int64]


def sample_tiers(bridges: Sequence[BridgeEntry], s_m: Array, length_m: float) -> Tiers:
    """Return the tier at distances of shape (n,)."""
    tiers = np.full(len(s_m), GROUND)
    for bridge in bridges:
        span_m = (bridge.to_m - bridge.from_m) % length_m
        into_m = np.mod(s_m - bridge.from_m, length_m)
        above = (into_m > RAMP_M) & (into_m < span_m - RAMP_M)
        tiers[into_m <= span_m] = RAMP
        tiers[above] = BRIDGE
    return tiers


def in_stretch(bridge: BridgeEntry, s_m: float, length_m: float) -> bool:
    """Return whether a place on the lap lies on a bridge or its ramps."""
    return (s_m - bridge.from_m) % length_m <= (bridge.to_m - bridge.from_m) % length_m


def meet(one: int, other: int) -> bool:
    """Return whether what is on the one tier may touch what is on the other."""
    return abs(one - other) < BRIDGE - GROUND


def all_that_meet(one: Tiers, other: Tiers | int) -> Mask:
    """Return whether they `meet`, for each pair of tiers."""
    near: Mask = np.abs(one - other) < BRIDGE - GROUND
    return near
