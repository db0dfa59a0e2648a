"""Say what water on the road, and rubber that lacks there, leave of a tyre's grip.

A film under the tread takes some of it at any speed; and the faster a tyre rolls, the more of it is
carried by water that cannot get out of its way. All of it is carried at Horne's speed, 10.35 mph
times the root of its pressure in psi (W. B. Horne, R. C. Dreher, NASA TN D-2056, 1963), if the
water is deep enough for its tread: the pressure of the water, which grows with the square of the
speed, is then that of the tyre.

Rubber on the road gives grip while it is dry. Under water it is slippery instead.
"""

from __future__ import annotations

from typing import Final

from game.compiled import tick_function
from game.scalars import minimum
from game.vehicle.spec import SharesInWater
from game.vehicle.tyre import Tyre

DEPTH_STEP_M: Final = 0.0004  # from one value of a compound's tables to the next
_STEPS: Final = 10
_WET_M: Final = 0.0002  # estimate: from here on ground counts as wet, not as damp
_MIN_GRIP: Final = 0.03  # estimate: of a tyre that is afloat; water drags at it
# Square of Horne's speed for each pascal: (10.35 mph)**2 over a psi.
_FLOATING_M2PS2PPA: Final = (10.35 * 0.44704) ** 2 / 6894.757


@tick_function
def aquaplaning_square_m2ps2(pressure_pa: float) -> float:
    """Return the square of the speed at which deep water carries a tyre of this pressure."""
    return _FLOATING_M2PS2PPA * pressure_pa


@tick_function
def wetness(water_m: float) -> float:
    """Return how wet the ground is, 0 dry to 1 wet through."""
    return minimum(water_m / _WET_M, 1.0)


@tick_function
def wet_grip(
    tyre: Tyre, water_m: float, rubbered: float, square_m2ps2: float, pressure_pa: float
) -> float:
    """Return the share of its grip on tarmac that water leaves a tyre.

    rubbered: how much rubber lies there, 0..1; square_m2ps2: of the tyre's speed over the road.
    """
    if water_m <= 0.0:
        return 1.0
    wet = tyre.wet
    afloat = between_depths(wet.afloat, water_m) * minimum(
        square_m2ps2 / aquaplaning_square_m2ps2(pressure_pa), 1.0
    )
    grip = between_depths(wet.grip, water_m) * (1.0 - afloat)
    if grip < _MIN_GRIP:
        grip = _MIN_GRIP
    return grip * (1.0 - (1.0 - wet.rubbered_grip) * rubbered * wetness(water_m))


@tick_function
def green_grip(tyre: Tyre, water_m: float, rubbered: float) -> float:
    """Return the share of its grip that a tyre has where rubber is not all that a road can take.

    rubbered: how much rubber lies there, 0..1. In the wet nothing is lost by what lacks.
    """
    lacking = (1.0 - rubbered) * (1.0 - wetness(water_m))
    return 1.0 - (1.0 - tyre.green_grip) * lacking


@tick_function
def between_depths(values: SharesInWater, water_m: float) -> float:
    """Return the value of a compound's table at a depth of water."""
    place = water_m / DEPTH_STEP_M
    index = int(place)
    if index >= _STEPS:
        return values[_STEPS]
    low = values[index]
    return low + (place - index) * (values[index + 1] - low)
