"""How two wheels of an axle spin up and down in a tick, implicit in the tyres' stiffness.

The tyre's force is linearised in the wheel's spin, so that a stiff tyre on a light wheel needs no
small step; brakes, rolling resistance and the differential's clutch act as Coulomb friction,
which may stop a motion within the tick and never reverses it.
"""

from typing import NamedTuple

from game.compiled import tick_function
from game.vehicle.tyre import Contact


class Spin(NamedTuple):
    """A wheel after the tick."""

    spin_radps: float
    forward_n: float  # the tyre's force that goes with this spin
    slip_ratio: float
    friction_nm: float  # brake and rolling resistance as they acted, signed like a drive torque


class AxleSpin(NamedTuple):
    """Both wheels after the tick."""

    left: Spin
    right: Spin
    clutch_nm: float  # moved from the left wheel to the right one


@tick_function
def spin_axle(
    left: Contact,
    right: Contact,
    left_spin_radps: float,
    right_spin_radps: float,
    drive_nm: float,
    clutch_limit_nm: float,
    left_friction_nm: float,
    right_friction_nm: float,
    inertia_kgm2: float,
    radius_m: float,
    step_s: float,
) -> AxleSpin:
    """Both wheels' spins under a drive torque on each, a clutch between them and their frictions.

    J (w' - w) / dt = T - R (F + K (w' - w)), K = secant stiffness times slip per spin, is linear in
    w'; each Coulomb torque M moves w' by M dt / J / (1 + G) with G = dt R K / J.
    """
    rate = step_s / inertia_kgm2
    left_gain = 1.0 + rate * radius_m * left.secant_n * left.felt_per_spin_s
    right_gain = 1.0 + rate * radius_m * right.secant_n * right.felt_per_spin_s
    left_after = left_spin_radps + rate * (drive_nm - left.forward_n * radius_m) / left_gain
    right_after = right_spin_radps + rate * (drive_nm - right.forward_n * radius_m) / right_gain

    clutch_nm = (left_after - right_after) / (rate / left_gain + rate / right_gain)
    if clutch_nm > clutch_limit_nm:
        clutch_nm = clutch_limit_nm
    elif clutch_nm < -clutch_limit_nm:
        clutch_nm = -clutch_limit_nm
    return AxleSpin(
        _rub(
            left,
            left_spin_radps,
            left_after - clutch_nm * rate / left_gain,
            left_friction_nm,
            left_gain,
            rate,
        ),
        _rub(
            right,
            right_spin_radps,
            right_after + clutch_nm * rate / right_gain,
            right_friction_nm,
            right_gain,
            rate,
        ),
        clutch_nm,
    )


@tick_function
def _rub(
    contact: Contact,
    before_radps: float,
    free_radps: float,
    friction_nm: float,
    gain: float,
    rate: float,
) -> Spin:
    """A wheel's spin after friction has moved it towards rest, and the tyre force that follows."""
    most = rate * friction_nm / gain
    after = free_radps
    if after > most:
        after -= most
    elif after < -most:
        after += most
    else:
        after = 0.0
    change_radps = after - before_radps
    forward_n = contact.forward_n + contact.secant_n * contact.felt_per_spin_s * change_radps
    if forward_n > contact.limit_forward_n:
        forward_n = contact.limit_forward_n
    elif forward_n < -contact.limit_forward_n:
        forward_n = -contact.limit_forward_n
    slip_ratio = contact.slip_ratio + contact.relaxed_per_spin_s * change_radps
    return Spin(after, forward_n, slip_ratio, (after - free_radps) * gain / rate)
