"""Share drive and regeneration between the axles: the rule of `front_torque_share`."""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import clamp, minimum
from game.vehicle.state import AxlePair

FIXED: Final = 0
LOAD_FOLLOWING: Final = 1
SLIP_BALANCING: Final = 2


class FrontShares(NamedTuple):
    """Holds the front axle's shares, 0..1."""

    torque: float  # of drive
    regen: float  # of regeneration


@tick_function
def front_share(
    mode: int,
    set_share: float,
    front_load_share: float,
    normalised_slip: AxlePair[float],
    slip_balance_gain: float,
) -> float:
    """Return the share of the front axle, 0..1, under a split mode.

    *Fixed* is the driver's share. *Load-following* follows the front axle's share of the load,
    moved by the driver's distance from 50:50. *Slip-balancing* starts from the driver's share and
    moves torque away from the axle whose tyres use more of their slip. A share of exactly 0 or 1
    is one axle only, in every mode.
    """
    if set_share <= 0.0:
        return 0.0
    if set_share >= 1.0:
        return 1.0
    share = set_share
    if mode == LOAD_FOLLOWING:
        share = front_load_share + set_share - 0.5
    elif mode == SLIP_BALANCING:
        share = set_share + slip_balance_gain * (normalised_slip.rear - normalised_slip.front)
    return clamp(share, 0.0, 1.0)


@tick_function
def split_torque(
    demand_nm: float, front_torque_share: float, limits_nm: AxlePair[float]
) -> AxlePair[float]:
    """Share a demand (not negative) between the axles, each within its own limit.

    What one motor cannot deliver is offered to the other; what neither can deliver is lost. An
    axle whose share is zero is off and is offered nothing.
    """
    front_nm = minimum(limits_nm.front, demand_nm * front_torque_share)
    rear_nm = minimum(limits_nm.rear, demand_nm - demand_nm * front_torque_share)
    if front_torque_share <= 0.0 or front_torque_share >= 1.0:
        return AxlePair(front_nm, rear_nm)
    missing_nm = demand_nm - front_nm - rear_nm
    return AxlePair(
        minimum(limits_nm.front, front_nm + missing_nm),
        minimum(limits_nm.rear, rear_nm + missing_nm),
    )
