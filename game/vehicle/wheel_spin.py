"""Two wheels of an axle spin up and down in a tick, implicit in the tyres' stiffness.

The tyre's force is linearised in the wheel's spin, so that a stiff tyre on a light wheel needs no
small step; brakes, rolling resistance and the differential's clutch act as Coulomb friction,
which may stop a motion within the tick and never reverses it.
"""

from typing import NamedTuple

from game.compiled import tick_function
from game.scalars import clamp
from game.vehicle.state import WheelPair, WheelState
from game.vehicle.tyre import TyreContact


class Spin(NamedTuple):
    """Describes a wheel after the tick."""

    spin_radps: float
    forward_n: float  # the tyre's force that goes with this spin
    slip_ratio: float
    friction_nm: float  # brake and rolling resistance as they acted, signed like a drive torque


class AxleSpin(NamedTuple):
    """Describes both wheels after the tick."""

    left: Spin
    right: Spin
    clutch_nm: float  # moved from the left wheel to the right one


class AxleTorques(NamedTuple):
    """Holds the torques that turn the wheels of an axle or hold them back."""

    drive_nm: float  # on each wheel
    clutch_limit_nm: float
    left_brake_nm: float
    right_brake_nm: float
    left_rolling_nm: float
    right_rolling_nm: float


@tick_function
def spin_axle(
    wheels: WheelPair[WheelState],
    contacts: WheelPair[TyreContact],
    torques: AxleTorques,
    inertia_kgm2: float,
    radius_m: float,
    step_s: float,
) -> AxleSpin:
    """Return both wheels' spins under drive torques, a clutch between them and their frictions.

    J (w' - w) / dt = T - R (F + K (w' - w)), K = secant stiffness times slip per spin, is linear in
    w'; each Coulomb torque M moves w' by M dt / J / (1 + G) with G = dt R K / J.
    """
    rate = step_s / inertia_kgm2
    left = contacts.left
    right = contacts.right
    left_radps = wheels.left.spin_radps
    right_radps = wheels.right.spin_radps
    drive_nm = torques.drive_nm
    left_gain = _gain(left, rate, radius_m)
    right_gain = _gain(right, rate, radius_m)
    left_free_radps = left_radps + rate * (drive_nm - left.forward_n * radius_m) / left_gain
    right_free_radps = right_radps + rate * (drive_nm - right.forward_n * radius_m) / right_gain
    clutch_nm = clamp(
        (left_free_radps - right_free_radps) / (rate / left_gain + rate / right_gain),
        -torques.clutch_limit_nm,
        torques.clutch_limit_nm,
    )
    left_friction_nm = torques.left_brake_nm + torques.left_rolling_nm
    right_friction_nm = torques.right_brake_nm + torques.right_rolling_nm
    return AxleSpin(
        _spin(left, left_radps, drive_nm - clutch_nm, left_friction_nm, left_gain, rate, radius_m),
        _spin(
            right, right_radps, drive_nm + clutch_nm, right_friction_nm, right_gain, rate, radius_m
        ),
        clutch_nm,
    )


@tick_function
def _gain(contact: TyreContact, rate: float, radius_m: float) -> float:
    """Return 1 + G: what the tyre's stiffness adds to the wheel's inertia."""
    return 1.0 + rate * radius_m * contact.secant_stiffness_n * contact.damped_per_spin_s


@tick_function
def _spin(
    contact: TyreContact,
    before_radps: float,
    torque_nm: float,
    friction_nm: float,
    gain: float,
    rate: float,
    radius_m: float,
) -> Spin:
    """Return a wheel's spin after drive, clutch, tyre and friction, and the tyre force.

    Where the linear force would leave the friction ellipse, the wheel turns against the force at
    the ellipse instead: what the road does to the wheel and to the car is one force.
    """
    free_radps = before_radps + rate * (torque_nm - contact.forward_n * radius_m) / gain
    after_radps = _towards_rest(free_radps, rate * friction_nm / gain)
    forward_n = contact.forward_n + contact.secant_stiffness_n * contact.damped_per_spin_s * (
        after_radps - before_radps
    )
    limit_n = contact.limit_forward_n
    if forward_n > limit_n or forward_n < -limit_n:
        forward_n = limit_n if forward_n > limit_n else -limit_n
        gain = 1.0
        free_radps = before_radps + rate * (torque_nm - forward_n * radius_m)
        after_radps = _towards_rest(free_radps, rate * friction_nm)
    slip_ratio = contact.slip_ratio + contact.relaxed_per_spin_s * (after_radps - before_radps)
    return Spin(after_radps, forward_n, slip_ratio, (after_radps - free_radps) * gain / rate)


@tick_function
def _towards_rest(spin_radps: float, limit_radps: float) -> float:
    """Return a spin moved towards rest by at most so much, and never past it."""
    if spin_radps > limit_radps:
        return spin_radps - limit_radps
    if spin_radps < -limit_radps:
        return spin_radps + limit_radps
    return 0.0
