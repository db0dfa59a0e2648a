"""What the car can do in steady state: lateral, drive and brake accelerations at each speed.

A four-wheel car in equilibrium with its own tyres, loads, downforce, split, motors and brakes. It
is the limit that plans and lap-time estimates are measured by; arrays only, no tick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.units import G_MPS2
from game.vehicle.motor import speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.torque_split import FIXED, LOAD_FOLLOWING
from game.vehicle.tyre import magic_formula

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_SPEED_STEPS = 48
_REACH_STEPS = 4000  # to find the top speed to 15 mm/s
_LATERAL_STEPS = 25
_MOST_ACCEL_MPS2 = 40.0
_HALVINGS = 36  # to a nanometre per second squared
_LEAST_SPEED_MPS = 5.0
_LEAST_GRIP_N = 1.0  # guards the division for an axle in the air
_CURVE_STEPS = 257  # of the tyre's curve up to its peak


@dataclass(frozen=True)
class GripLimits:
    """The limits on a grid of speed and of lateral acceleration as a share of the largest."""

    speed_mps: Array  # shape (n,), evenly spaced up to the top speed
    lateral_mps2: Array  # shape (n,), the largest that is held at constant speed
    drive_mps2: Array  # shape (n, m), the largest net acceleration, negative where it cannot hold
    brake_mps2: Array  # shape (n, m), the largest net deceleration, positive


def grip_limits(
    car: Car, charge_w: float, rolling_resistance: float, grip: float = 1.0
) -> GripLimits:
    """The limits of a car whose battery takes `charge_w`, on ground of this grip.

    grip: share of dry tarmac's; lower it to plan with something in hand.
    """
    cut_mps = car.motor.speed_cut_radps / car.motor.gear_ratio * car.wheel.radius_m
    reach_mps = np.linspace(_LEAST_SPEED_MPS, cut_mps, _REACH_STEPS)[:, None]
    straight = np.zeros_like(reach_mps)
    reached = _SteadyCar(car, charge_w, rolling_resistance, grip, reach_mps).holds(
        straight, straight
    )
    speed_mps = np.linspace(_LEAST_SPEED_MPS, reach_mps[reached].max(), _SPEED_STEPS)
    steady = _SteadyCar(car, charge_w, rolling_resistance, grip, speed_mps[:, None])
    none = np.zeros((_SPEED_STEPS, 1))
    lateral_mps2 = _largest(lambda accel: steady.holds(none, accel), none)
    left_mps2 = lateral_mps2 * np.linspace(0.0, 1.0, _LATERAL_STEPS)
    all_sides = np.zeros_like(left_mps2)
    return GripLimits(
        speed_mps=speed_mps,
        lateral_mps2=lateral_mps2[:, 0],
        drive_mps2=_largest(
            lambda accel: steady.holds(accel, left_mps2), all_sides - _MOST_ACCEL_MPS2
        ),
        brake_mps2=_largest(lambda accel: steady.holds(-accel, left_mps2), all_sides),
    )


class _SteadyCar:
    """A car held at each of some speeds, shape (n, 1)."""

    def __init__(
        self, car: Car, charge_w: float, rolling_resistance: float, grip: float, speed_mps: Array
    ) -> None:
        self._car = car
        self._grip = grip
        self._slips = np.linspace(0.0, 1.0, _CURVE_STEPS)
        self._forces = [
            magic_formula(slip, car.tyre.stiffness, car.tyre.shape, car.tyre.curvature)
            for slip in self._slips.tolist()
        ]
        self._front_left_share = car.rear_axle_m / (car.front_axle_m + car.rear_axle_m)
        self._drag_n = car.aero.drag_kgpm * speed_mps**2
        self._rolling_n = rolling_resistance * car.mass_kg * G_MPS2
        self._front_n = (
            car.load_transfer.front_weight_n + car.aero.front_downforce_kgpm * speed_mps**2
        )
        self._rear_n = car.load_transfer.rear_weight_n + car.aero.rear_downforce_kgpm * speed_mps**2
        self._motor_nm = _cool_motor_limit(car, speed_mps)
        self._road_per_motor = car.motor.gear_ratio / car.wheel.radius_m  # N per Nm
        self._regen_n = np.minimum(
            charge_w / speed_mps, 2.0 * self._motor_nm * self._road_per_motor
        )

    def holds(self, forward_mps2: Array, left_mps2: Array) -> Mask:
        """Whether no axle leaves its friction ellipse and no motor its limit, booleans (n, m)."""
        car = self._car
        transfer = car.load_transfer
        moved_n = transfer.forward_kg * forward_mps2
        front_load_n = np.maximum(self._front_n - moved_n, 0.0)
        rear_load_n = np.maximum(self._rear_n + moved_n, 0.0)
        load_share = front_load_n / (front_load_n + rear_load_n)
        front_grip_n = self._axle_grip(front_load_n, transfer.front_left_kg * left_mps2)
        rear_grip_n = self._axle_grip(rear_load_n, transfer.rear_left_kg * left_mps2)
        front_left_n = car.mass_kg * left_mps2 * self._front_left_share
        rear_left_n = car.mass_kg * left_mps2 - front_left_n
        forward_n = (
            car.mass_kg * forward_mps2
            + self._drag_n
            + self._cornering_drag(front_left_n, front_grip_n)
            + self._cornering_drag(rear_left_n, rear_grip_n)
        )
        drive_share, motors_can = self._drive(forward_mps2, forward_n, load_share)
        front_share = np.where(forward_n > 0.0, drive_share, self._brake(forward_n, load_share))
        ellipse = car.tyre.friction_left / car.tyre.friction_forward
        front_n = np.hypot(forward_n * front_share * ellipse, front_left_n)
        rear_n = np.hypot(forward_n * (1.0 - front_share) * ellipse, rear_left_n)
        held: Mask = (front_n <= front_grip_n) & (rear_n <= rear_grip_n) & motors_can
        return held

    def _cornering_drag(self, left_n: Array, grip_n: Array) -> Array:
        """What an axle's lateral force holds back: it stands across the tyre, not the path."""
        share = np.minimum(left_n / np.maximum(grip_n, _LEAST_GRIP_N), 1.0)
        tyre = self._car.tyre
        drag_n: Array = (
            left_n * tyre.peak_slip_tangent * np.interp(share, self._forces, self._slips)
        )
        return drag_n

    def _axle_grip(self, load_n: Array, moved_n: Array) -> Array:
        """Largest lateral force of two wheels of which one carries more than the other, N."""
        moved_n = np.minimum(moved_n, 0.5 * load_n)
        return self._tyre_grip(0.5 * load_n + moved_n) + self._tyre_grip(0.5 * load_n - moved_n)

    def _tyre_grip(self, load_n: Array) -> Array:
        tyre = self._car.tyre
        share = 1.0 - tyre.load_sensitivity * (load_n / tyre.reference_load_n - 1.0)
        grip_n: Array = (
            tyre.friction_left * np.maximum(share, tyre.least_friction_share) * self._grip * load_n
        )
        return grip_n

    def _drive(
        self, forward_mps2: Array, forward_n: Array, load_share: Array
    ) -> tuple[Array, Mask]:
        """The front axle's share of the drive, and whether the motors can give it all."""
        car = self._car
        # What turns wheels and rotors faster never reaches the road.
        spin_n = 4.0 * car.spin_inertia_kgm2 * forward_mps2 / car.wheel.radius_m**2
        demand_nm = (forward_n + spin_n + self._rolling_n) / (
            self._road_per_motor * car.motor.gear_efficiency
        )
        share = _set_share(car, car.front_torque_share, load_share)
        front_nm = np.minimum(share * demand_nm, self._motor_nm)
        rear_nm = np.minimum((1.0 - share) * demand_nm, self._motor_nm)
        if 0.0 < car.front_torque_share < 1.0:
            missing_nm = demand_nm - front_nm - rear_nm
            front_nm = np.minimum(front_nm + missing_nm, self._motor_nm)
            rear_nm = np.minimum(rear_nm + missing_nm, self._motor_nm)
        given_nm = front_nm + rear_nm
        driven = (demand_nm > 0.0) & (given_nm > 0.0)
        return (
            np.where(driven, front_nm / np.where(driven, given_nm, 1.0), 0.5),
            (demand_nm <= 0.0) | (given_nm >= demand_nm * (1.0 - 1e-9)),
        )

    def _brake(self, forward_n: Array, load_share: Array) -> Array:
        """The front axle's share of braking: regeneration as far as it goes, friction the rest."""
        car = self._car
        brake_n = np.maximum(-forward_n, 1.0)
        regen_n = np.minimum(brake_n, self._regen_n)
        regen_share = _set_share(car, car.front_regen_share, load_share)
        share: Array = (
            regen_n * regen_share + (brake_n - regen_n) * car.brakes.front_bias
        ) / brake_n
        return share


def _set_share(car: Car, set_share: float, load_share: Array) -> Array:
    """The split rule in steady state; slip-balancing settles where both axles use the same."""
    if set_share in (0.0, 1.0) or car.split_mode == FIXED:
        return np.full_like(load_share, set_share)
    if car.split_mode == LOAD_FOLLOWING:
        return np.clip(load_share + set_share - 0.5, 0.0, 1.0)
    return load_share


def _cool_motor_limit(car: Car, speed_mps: Array) -> Array:
    """Torque of one cool motor at each speed, Nm, in the shape of `speed_mps`."""
    cool_k = car.motor.coolant_temperature_k
    return np.array(
        [
            torque_limit(car.motor, radps, car.power_share, cool_k, cool_k)
            * speed_limiter(car.motor, radps)
            for radps in (speed_mps.ravel() / car.wheel.radius_m * car.motor.gear_ratio).tolist()
        ]
    ).reshape(speed_mps.shape)


def _largest(holds: Callable[[Array], Mask], start_mps2: Array) -> Array:
    """The largest acceleration that holds, by halving between `start_mps2` and the highest."""
    low, high = start_mps2.copy(), np.full_like(start_mps2, _MOST_ACCEL_MPS2)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        held = holds(middle)
        low = np.where(held, middle, low)
        high = np.where(held, high, middle)
    return low
