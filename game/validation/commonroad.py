"""Drive CommonRoad's vehicle models with our car's numbers through the same manoeuvres.

The single-track car is linear in its tyres; the multi-body one has a sprung body on axles of their
own. Neither has downforce, differentials, steering that gives way, relaxation of the tyres, or
friction that falls with load: both are neutral. (Althoff and Würsching, CommonRoad: Vehicle Models,
2020.)
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from game.lab.courses import MeasuredCar
from game.units import G_MPS2, mps
from game.validation.brake_in_turn import RADIUS_M, BrakeInTurn, brake_in_turn
from game.validation.car_under_test import CarUnderTest
from game.validation.drive_log import DriveLog
from game.validation.on_test_track import tested
from game.validation.step_steer import StepSteer, step_in, step_steer
from game.vehicle.parts import make_car
from game.vehicle.tyre import friction, make_tyre

PACKAGE: Final = "commonroad-vehicle-models"
OURS: Final = "ours"
SPEED_KMH: Final = 100.0
STEP_G: Final = 0.8
TURN_G: Final = 0.85
BRAKING_G: Final = 0.3
_MODULE: Final = "vehiclemodels"
_VEHICLE: Final = 2  # the BMW 320i, for what our car's file does not say

_AXLE_ROLL_KGM2: Final = 30.0  # of wheels and links about the car's axis

_FREE_MPS2: Final = 15.0  # what the package lets a car accelerate and drive, beyond ours
_FREE_MPS: Final = 100.0
_STEP_S: Final = 0.001
_LOOK_STEPS: Final = 8
_SPEED_HELD_1PS: Final = 3.0  # acceleration for each m/s that is missing
_WOUND_S: Final = 6.0  # in which the steering for a lateral acceleration is found
_WOUND_TO_G: Final = 1.3
_WOUND_BEYOND: Final = 1.5  # times what a neutral car needs
_STEPPED_S: Final = 2.0
_STRAIGHT_S: Final = 0.2
_TURNED_IN_S: Final = 3.0
_STEADY_S: Final = 1.0
_BRAKED_S: Final = 4.0
_SLOW_MPS: Final = 4.0

# Steering angle and acceleration that are wanted, at a time and a speed.
Wanted = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True)
class PeerAnswer:
    """Holds what a car did with a step of the steering, and with the brakes in a turn."""

    name: str
    step: StepSteer
    braked: BrakeInTurn


def is_installed() -> bool:
    """Return whether the package is there."""
    return importlib.util.find_spec(_MODULE) is not None


def answers_beside(under_test: CarUnderTest) -> list[PeerAnswer]:
    """Drive our car, the single-track and the multi-body one, all without assists."""
    car = tested(under_test.with_setup(abs=0, traction_control=0))
    speed_mps, step_mps2 = mps(SPEED_KMH), STEP_G * G_MPS2
    turn_mps2, braking_mps2 = TURN_G * G_MPS2, BRAKING_G * G_MPS2
    step = step_steer(car, speed_mps, step_mps2)
    answers = [PeerAnswer(OURS, step, brake_in_turn(car, turn_mps2, braking_mps2))]
    circle_mps = math.sqrt(turn_mps2 * RADIUS_M)
    for peer in (_single_track(car), _multi_body(car)):
        stepped = _stepped(peer, speed_mps, peer.steering_for(speed_mps, step_mps2))
        braked = _braked(peer, circle_mps, peer.steering_for(circle_mps, turn_mps2), braking_mps2)
        braked_in_turn = BrakeInTurn(braked, RADIUS_M, side=1.0)
        answers.append(PeerAnswer(peer.name, step_in(stepped), braked_in_turn))
    return answers


@dataclass(frozen=True)
class _PeerCar:
    """Integrates one of the package's models."""

    name: str
    start: Callable[[float], list[float]]  # its state at a speed, straight ahead
    derivative: Callable[[list[float], list[float]], list[float]]
    motion: Callable[[list[float]], tuple[float, ...]]  # the columns of a log, without the time
    wheelbase_m: float
    steering_rate_radps: float

    def drive(self, speed_mps: float, wanted: Wanted, seconds: float) -> DriveLog:
        """Integrate by Runge and Kutta's rule, until the time is over or the car is slow."""
        state = self.start(speed_mps)
        rows = []
        for step in range(round(seconds / _STEP_S)):
            columns = self.motion(state)
            if step % _LOOK_STEPS == 0:
                rows.append((step * _STEP_S, *columns))
            if columns[3] < _SLOW_MPS:
                break
            angle_rad, accel_mps2 = wanted(step * _STEP_S, math.hypot(columns[3], columns[4]))
            missing_radps = (angle_rad - columns[6]) / _STEP_S
            limit = self.steering_rate_radps
            state = self._next(state, [max(-limit, min(limit, missing_radps)), accel_mps2])
        return DriveLog(*np.array(rows).T)

    def steering_for(self, speed_mps: float, lateral_mps2: float) -> float:
        """Return the angle of the front wheels for a lateral acceleration, wound on slowly."""
        neutral_rad = self.wheelbase_m * _WOUND_TO_G * G_MPS2 / speed_mps**2
        rate_radps = _WOUND_BEYOND * neutral_rad / _WOUND_S

        def wind_on(time_s: float, now_mps: float) -> tuple[float, float]:
            return rate_radps * time_s, _SPEED_HELD_1PS * (speed_mps - now_mps)

        log = self.drive(speed_mps, wind_on, _WOUND_S)
        turning = log.speed_mps * log.yaw_rate_radps
        end = int(np.argmax(turning >= lateral_mps2)) + 1
        return float(np.interp(lateral_mps2, turning[:end], log.steering_rad[:end]))

    def _next(self, state: list[float], inputs: list[float]) -> list[float]:
        def moved(by: Sequence[float], share: float) -> list[float]:
            return [x + share * _STEP_S * change for x, change in zip(state, by, strict=True)]

        first = self.derivative(list(state), inputs)
        second = self.derivative(moved(first, 0.5), inputs)
        third = self.derivative(moved(second, 0.5), inputs)
        fourth = self.derivative(moved(third, 1.0), inputs)
        mean = [
            (a + 2.0 * b + 2.0 * c + d) / 6.0
            for a, b, c, d in zip(first, second, third, fourth, strict=True)
        ]
        return moved(mean, 1.0)


def _stepped(peer: _PeerCar, speed_mps: float, steering_rad: float) -> DriveLog:
    def wanted(time_s: float, now_mps: float) -> tuple[float, float]:
        turned = steering_rad if time_s >= _STRAIGHT_S else 0.0
        return turned, _SPEED_HELD_1PS * (speed_mps - now_mps)

    return peer.drive(speed_mps, wanted, _STRAIGHT_S + _STEPPED_S)


def _braked(peer: _PeerCar, speed_mps: float, steering_rad: float, braking_mps2: float) -> DriveLog:
    braked_s = _TURNED_IN_S + _STEADY_S

    def wanted(time_s: float, now_mps: float) -> tuple[float, float]:
        turned = steering_rad * min(1.0, time_s / _TURNED_IN_S)
        held = _SPEED_HELD_1PS * (speed_mps - now_mps)
        return turned, -braking_mps2 if time_s >= braked_s else held

    return peer.drive(speed_mps, wanted, braked_s + _BRAKED_S).after(braked_s)


def _single_track(car: MeasuredCar) -> _PeerCar:
    from vehiclemodels.init_st import init_st
    from vehiclemodels.vehicle_dynamics_st import vehicle_dynamics_st

    numbers = _numbers(car)

    def motion(x: list[float]) -> tuple[float, ...]:
        return x[0], x[1], x[4], x[3] * math.cos(x[6]), x[3] * math.sin(x[6]), x[5], x[2]

    return _PeerCar(
        "single-track",
        lambda speed_mps: list(init_st([0.0, 0.0, 0.0, speed_mps, 0.0, 0.0, 0.0])),
        lambda x, u: list(vehicle_dynamics_st(x, u, numbers)),
        motion,
        numbers.a + numbers.b,
        numbers.steering.v_max,
    )


def _multi_body(car: MeasuredCar) -> _PeerCar:
    from vehiclemodels.init_mb import init_mb
    from vehiclemodels.vehicle_dynamics_mb import vehicle_dynamics_mb

    numbers = _numbers(car)

    def motion(x: list[float]) -> tuple[float, ...]:
        return x[0], x[1], x[4], x[3], x[10], x[5], x[2]

    return _PeerCar(
        "multi-body",
        lambda speed_mps: list(init_mb([0.0, 0.0, 0.0, speed_mps, 0.0, 0.0, 0.0], numbers)),
        lambda x, u: list(vehicle_dynamics_mb(x, u, numbers)),
        motion,
        numbers.a + numbers.b,
        numbers.steering.v_max,
    )


def _numbers(car: MeasuredCar) -> Any:
    """Return the package's parameters with our car's numbers, and estimates where it has none."""
    from vehiclemodels.vehicle_parameters import setup_vehicle_parameters

    numbers: Any = setup_vehicle_parameters(vehicle_id=_VEHICLE)
    made, spec = make_car(car.spec, car.setup), car.spec
    numbers.m, numbers.I_z = made.mass_kg, made.yaw_inertia_kgm2
    numbers.a, numbers.b = made.front_axle_m, made.rear_axle_m
    numbers.h_cg = spec.chassis.centre_of_gravity_height_m
    numbers.R_w, numbers.I_y_w = spec.wheel.radius_m, made.wheels_inertia_kgm2 / 4.0
    numbers.T_sb, numbers.T_se = car.setup.front_brake_bias, 0.5
    rate_radps = spec.steering.rate_radps
    numbers.steering.v_max, numbers.steering.v_min = rate_radps, -rate_radps
    free = numbers.longitudinal
    free.a_max, free.v_max, free.v_switch = _FREE_MPS2, _FREE_MPS, _FREE_MPS
    _set_springs(numbers, car)
    _set_tyre(numbers.tire, car)
    return numbers


def _set_springs(numbers: Any, car: MeasuredCar) -> None:
    """Give the package's body our springs, bars, dampers, and heights of the roll axis."""
    spec, setup, track_m = car.spec.suspension, car.setup, car.spec.chassis.track_width_m
    numbers.m_uf, numbers.m_ur = spec.front_unsprung_kg, spec.rear_unsprung_kg
    numbers.m_s = numbers.m - numbers.m_uf - numbers.m_ur
    unsprung_kgm = (numbers.m_uf + numbers.m_ur) * spec.wheel_centre_m
    numbers.h_s = (numbers.m * numbers.h_cg - unsprung_kgm) / numbers.m_s
    numbers.I_Phi_s, numbers.I_y_s = spec.roll_inertia_kgm2, spec.pitch_inertia_kgm2
    numbers.I_uf = numbers.I_ur = _AXLE_ROLL_KGM2
    numbers.T_f = numbers.T_r = track_m
    numbers.h_raf, numbers.h_rar = spec.front_roll_centre_m, spec.rear_roll_centre_m
    numbers.K_zt, numbers.K_lt = spec.tyre_npm, 0.0
    numbers.D_f = numbers.D_r = 0.0
    numbers.K_sf, numbers.K_sr = setup.front_spring_npm, setup.rear_spring_npm
    wheel_kg = 0.25 * numbers.m_s
    numbers.K_sdf = 2.0 * spec.front_damping_ratio * math.sqrt(numbers.K_sf * wheel_kg)
    numbers.K_sdr = 2.0 * spec.rear_damping_ratio * math.sqrt(numbers.K_sr * wheel_kg)
    # The package counts bars by the moment for each radian of roll, with a minus.
    numbers.K_tsf = -0.5 * setup.front_bar_npm * track_m**2
    numbers.K_tsr = -0.5 * setup.rear_bar_npm * track_m**2


def _set_tyre(tire: Any, car: MeasuredCar) -> None:
    """Give the package's tyre our Magic Formula, at the load of a wheel of the standing car."""
    tyre = make_tyre(car.spec.tyres[car.setup.tyre])
    load_n = make_car(car.spec, car.setup).mass_kg * G_MPS2 / 4.0
    grip = friction(tyre, load_n, 1.0)
    slope = tyre.stiffness * tyre.shape
    tire.p_cx1 = tire.p_cy1 = tyre.shape
    tire.p_ex1 = tire.p_ey1 = tyre.curvature
    tire.p_dx1, tire.p_dy1 = grip.forward_n / load_n, grip.left_n / load_n
    tire.p_kx1 = slope * tire.p_dx1 / tyre.peak_slip_ratio
    tire.p_ky1 = -slope * tire.p_dy1 / tyre.peak_slip_tangent
    for shift in ("p_hx1", "p_vx1", "p_hy1", "p_hy3", "p_vy1", "p_vy3", "r_hx1", "r_hy1"):
        setattr(tire, shift, 0.0)
    for camber in ("p_dx3", "p_dy3", "r_vy1", "r_vy3"):
        setattr(tire, camber, 0.0)
