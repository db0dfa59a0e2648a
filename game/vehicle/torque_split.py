"""Share drive and regeneration between the axles: the rule of `front_torque_share`.

The *mode* says which share the front axle has, the *law* what becomes of what one motor cannot
give. The real car has no mechanical distribution: a share is made by limiting one motor.
"""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import clamp, minimum
from game.vehicle.state import AxlePair

FIXED: Final = 0
LOAD_FOLLOWING: Final = 1
SLIP_BALANCING: Final = 2

LIMIT: Final = 0  # the axles keep their shares: what one motor lacks the other holds back
FILL: Final = 1  # the axles help each other out: what one motor lacks the other gives


class FrontShares(NamedTuple):
    """Holds the front axle's shares, 0..1."""

    torque: float  # of drive
    regen: float  # of regeneration


@tick_function
def front_share(
    mode: int,
    law: int,
    set_share: float,
    front_load_share: float,
    normalised_slip: AxlePair[float],
    slip_balance_gain: float,
) -> float:
    """Return the share of the front axle, 0..1, under a split mode.

    *Fixed* is the driver's share. *Load-following* follows the front axle's share of the load,
    moved by the driver's distance from 50:50. *Slip-balancing* starts from the driver's share and
    moves torque away from the axle whose tyres use more of their slip. A share of exactly 0 or 1
    is one axle only, in every mode. Under *limit* a mode moves the share no further than the
    driver's is from the nearer of the two, so that 0.01 is driven like 0.
    """
    if set_share <= 0.0:
        return 0.0
    if set_share >= 1.0:
        return 1.0
    if mode == FIXED:
        return set_share
    share = set_share
    if mode == LOAD_FOLLOWING:
        share = front_load_share + set_share - 0.5
    elif mode == SLIP_BALANCING:
        share = set_share + slip_balance_gain * (normalised_slip.rear - normalised_slip.front)
    if law == LIMIT:
        furthest = minimum(set_share, 1.0 - set_share)
        share = clamp(share, set_share - furthest, set_share + furthest)
    return clamp(share, 0.0, 1.0)


@tick_function
def full_drive(law: int, front_torque_share: float, limits_nm: AxlePair[float]) -> float:
    """Return the torque of both motors together at full throttle, which the pedal scales.

    Under *limit* it is the most at which both axles have their shares: all that both motors can
    give only at the share that is the front motor's part of it. Under *fill* it is that at every
    share, but for 0 and 1, where one axle is off.
    """
    if law == FILL:
        front_nm = limits_nm.front if front_torque_share > 0.0 else 0.0
        rear_nm = limits_nm.rear if front_torque_share < 1.0 else 0.0
        return front_nm + rear_nm
    if front_torque_share <= 0.0:
        return limits_nm.rear
    if front_torque_share >= 1.0:
        return limits_nm.front
    return minimum(
        limits_nm.front / front_torque_share, limits_nm.rear / (1.0 - front_torque_share)
    )


@tick_function
def split_drive(
    law: int, demand_nm: float, front_torque_share: float, limits_nm: AxlePair[float]
) -> AxlePair[float]:
    """Share a demand of drive, which may be more than the motors can give.

    Under *limit* both axles have their shares of what can be given.
    """
    if law == LIMIT:
        demand_nm = minimum(demand_nm, full_drive(law, front_torque_share, limits_nm))
    return split_torque(law, demand_nm, front_torque_share, limits_nm)


@tick_function
def split_torque(
    law: int, demand_nm: float, front_torque_share: float, limits_nm: AxlePair[float]
) -> AxlePair[float]:
    """Share a demand (not negative) between the axles, each within its own limit.

    Under *limit* what a motor cannot give is lost; of regeneration it is left to the friction
    brakes. Under *fill* it is offered to the other motor, and lost only if neither can give it. An
    axle whose share is zero is off and is offered nothing.
    """
    front_nm = minimum(limits_nm.front, demand_nm * front_torque_share)
    rear_nm = minimum(limits_nm.rear, demand_nm - demand_nm * front_torque_share)
    if law == LIMIT or front_torque_share <= 0.0 or front_torque_share >= 1.0:
        return AxlePair(front_nm, rear_nm)
    missing_nm = demand_nm - front_nm - rear_nm
    return AxlePair(
        minimum(limits_nm.front, front_nm + missing_nm),
        minimum(limits_nm.rear, rear_nm + missing_nm),
    )
