"""Measure what a tester measures without a circuit: each function is a figure in the unit of its
name.

Yaw control is off, as on a test track, and tyres come from the warmers.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.lab.courses import MeasuredCar, drive_course, skid_pad_mps2
from game.lab.figures import Launch, cornering_mps2, drive_launch, stopping_distance_m
from game.track.surfaces import KERB
from game.track.track import load_track
from game.units import G_MPS2, TAU, kmh, mps
from game.validation import brake_in_turn as braking
from game.validation.car_under_test import CarUnderTest, on_tarmac
from game.validation.contacts import (
    HeadOn,
    head_on,
    kept_at_wall,
    leaning_ripple_kmh,
    square_hit_peak_g,
)
from game.validation.double_lane_change import fastest_lane_change
from game.validation.full_power import PowerLog, full_power, steady_power_w
from game.validation.off_track import freed_kmh, grass_braking_g, gravel_drag_g
from game.validation.sine_steer import SineSteer, sine_steer
from game.validation.steady_circle import turns_at_speed, turns_on_circle
from game.validation.step_steer import StepSteer, step_steer
from game.vehicle.state import Controls, controls

POWER_KMH: Final = (80.0, 120.0)  # speeds between which full power is averaged
_COASTED_S: Final = 0.5
_LAUNCHED_S: Final = 3.0
_RPM: Final = 60.0 / TAU
_LEANT: Final = 0.2  # of the steering lock, into the wall
_LEANING_PEDAL: Final = 0.3
_REGENERATED_S: Final = 0.5
_GENTLE_PEDAL: Final = 0.2
_LIFTED_S: Final = 1.0


def tested(car: CarUnderTest) -> MeasuredCar:
    """Return the car as it goes to the test track: without yaw control."""
    return car.with_setup(yaw_control=0).car


def mass_kg(car: CarUnderTest) -> float:
    """Weigh the car on its four wheels."""
    world = on_tarmac(tested(car), 0.0)
    return sum(world.step([Controls()], 240).snapshots[0].load_n) / G_MPS2


def front_weight_percent(car: CarUnderTest) -> float:
    """Weigh the front axle of the standing car."""
    loads_n = on_tarmac(tested(car), 0.0).step([Controls()], 240).snapshots[0].load_n
    return 100.0 * (loads_n.front_left + loads_n.front_right) / sum(loads_n)


def dimension_m(car: CarUnderTest, name: str) -> float:
    """Read a length from the car's file: `length`, `width` or `wheelbase`."""
    return float(getattr(car.spec.chassis, f"{name}_m"))


def ground_clearance_mm(car: CarUnderTest) -> float:
    """Read the ride height over the front axle, at rest, from the setup."""
    return 1e3 * car.setup.front_ride_height_m


def kerb_height_mm(_car: CarUnderTest, track: str) -> float:
    """Read the height of a circuit's kerbs from its file."""
    return 1e3 * load_track(track).tables.surfaces[KERB].height_m


def rolling_radius_m(car: CarUnderTest) -> float:
    """Measure the way of a coasting wheel for each radian that it turns."""
    world = on_tarmac(tested(car), mps(50.0))
    now = world.step([Controls()], round(_COASTED_S / world.step_s)).snapshots[0]
    return now.velocity_forward_mps / now.front_left_spin_radps


def _launch(car: CarUnderTest) -> Launch:
    return car.once("launch", lambda: drive_launch(tested(car)))


def launch_time_s(car: CarUnderTest, to_kmh: float) -> float:
    """Accelerate from standstill with the pedal on the floor, and time it."""
    return _launch(car).time_to(to_kmh)


def launch_time_change_s(car: CarUnderTest, to_kmh: float) -> float:
    """Time the launch of the changed car, less that of the car as it is."""
    return _launch(car).time_to(to_kmh) - _launch(car.unscaled()).time_to(to_kmh)


def launch_after_roll_out_s(car: CarUnderTest, to_kmh: float, roll_out_m: float) -> float:
    """Time the launch from where the car has rolled so far, as drag strips do."""
    return _launch(car).time_after(roll_out_m, to_kmh)


def launch_distance_m(car: CarUnderTest, to_kmh: float) -> float:
    """Measure the way from standstill to a speed."""
    return _launch(car).distance_to(to_kmh)


def top_speed_kmh(car: CarUnderTest) -> float:
    """Accelerate along the whole straight of the proving ground."""
    return kmh(_launch(car).top_mps)


def peak_acceleration_g(car: CarUnderTest) -> float:
    """Return the greatest acceleration of the launch."""
    return _launch(car).peak_mps2 / G_MPS2


def min_launch_slip(car: CarUnderTest) -> float:
    """Launch with the pedal on the floor, and return the greatest slip ratio of the wheel that
    slips least.
    """
    world = on_tarmac(tested(car), 0.0)
    floor = controls(throttle=1.0)
    slips = [now.slip_ratio for now in drive_course(world, lambda _: floor, _LAUNCHED_S, 4)]
    return float(np.max(np.array(slips), axis=0).min())


def _power(car: CarUnderTest) -> PowerLog:
    return car.once("power", lambda: full_power(tested(car)))


def shafts_power_kw(car: CarUnderTest) -> float:
    """Return the power of both motors at their shafts, the pedal on the floor."""
    return front_power_kw(car) + rear_power_kw(car)


def power_between_kw(car: CarUnderTest, low_kmh: float, high_kmh: float) -> float:
    """Return the mean power of both motors between two speeds, the pedal on the floor."""
    power = _power(car)
    both_w = [power.between(column, low_kmh, high_kmh) for column in ("front_w", "rear_w")]
    return sum(both_w) / 1e3


def front_power_kw(car: CarUnderTest) -> float:
    """Return the power of the front motor at its shaft, the pedal on the floor."""
    return _power(car).between("front_w", *POWER_KMH) / 1e3


def rear_power_kw(car: CarUnderTest) -> float:
    """Return the power of the rear motor at its shaft, the pedal on the floor."""
    return _power(car).between("rear_w", *POWER_KMH) / 1e3


def shafts_torque_nm(car: CarUnderTest) -> float:
    """Return the greatest torque of both motors at their shafts."""
    power = _power(car)
    return float((power.front_nm + power.rear_nm).max())


def wheels_power_kw(car: CarUnderTest) -> float:
    """Return what is left of full power after gears and slip."""
    return _power(car).between("wheels_w", *POWER_KMH) / 1e3


def battery_power_kw(car: CarUnderTest) -> float:
    """Return what full power takes at the pack's terminals."""
    return _power(car).between("battery_w", *POWER_KMH) / 1e3


def battery_current_a(car: CarUnderTest) -> float:
    """Return the pack's current at full power."""
    return _power(car).between("current_a", *POWER_KMH)


def battery_heat_kw(car: CarUnderTest) -> float:
    """Return the heat in the pack at full power."""
    return _power(car).between("heat_w", *POWER_KMH) / 1e3


def battery_sag_v(car: CarUnderTest) -> float:
    """Return by how much the pack's voltage falls at full power."""
    power = _power(car)
    return power.between("heat_w", *POWER_KMH) / power.between("current_a", *POWER_KMH)


def battery_resistance_mohm(car: CarUnderTest) -> float:
    """Return the pack's resistance, from its heat and its current at full power."""
    return 1e3 * battery_sag_v(car) / battery_current_a(car)


def open_voltage_v(car: CarUnderTest) -> float:
    """Return the pack's voltage without load, at the charge of the setup."""
    return _power(car).between("open_v", *POWER_KMH)


def constant_torque_to_kmh(car: CarUnderTest) -> float:
    """Return the speed up to which the motors give all of their torque."""
    return kmh(_power(car).constant_torque_to_mps())


def power_share_percent(car: CarUnderTest, low_kmh: float, high_kmh: float) -> float:
    """Return the mean power between two speeds, as a share of the greatest one."""
    power = _power(car)
    both_w = power.front_w + power.rear_w
    chosen = (power.speed_mps >= mps(low_kmh)) & (power.speed_mps <= mps(high_kmh))
    return 100.0 * float(both_w[chosen].mean() / both_w.max())


def motor_speed_rpm(car: CarUnderTest, at_kmh: float) -> float:
    """Return the speed of the front motor when the car coasts at a speed."""
    world = on_tarmac(tested(car), mps(at_kmh))
    now = world.step([Controls()], 4).snapshots[0]
    rim = now.front_left_spin_radps / now.velocity_forward_mps * mps(at_kmh)
    return rim * car.spec.front_motor.gear_ratio * _RPM


def steady_power_kw(car: CarUnderTest, at_kmh: float) -> float:
    """Return the motors' power that a steady speed takes."""
    return steady_power_w(tested(car), mps(at_kmh)) / 1e3


def stop_m(car: CarUnderTest, from_kmh: float) -> float:
    """Stop with the pedal on the floor."""
    return car.once(("stop", from_kmh), lambda: stopping_distance_m(tested(car), mps(from_kmh)))


def lateral_g(car: CarUnderTest, at_kmh: float) -> float:
    """Return the greatest lateral acceleration that is held for half a second at a speed."""
    return car.once(("lateral", at_kmh), lambda: cornering_mps2(tested(car), mps(at_kmh)) / G_MPS2)


def lateral_ratio(car: CarUnderTest, tyre: str, at_kmh: float) -> float:
    """Return the lateral acceleration over that on another tyre."""
    return lateral_g(car, at_kmh) / lateral_g(car.with_setup(tyre=tyre), at_kmh)


def skid_pad_g(car: CarUnderTest, radius_m: float) -> float:
    """Drive round a skid pad ever faster."""
    return skid_pad_mps2(tested(car), round(radius_m)) / G_MPS2


def understeer_deg_per_g(car: CarUnderTest, at_kmh: float) -> float:
    """Hold a speed and wind the steering on: the understeer gradient from 0.2 to 0.6 g."""
    return math.degrees(turns_at_speed(tested(car), mps(at_kmh)).understeer_gradient()) * G_MPS2


def understeer_on_circle_deg_per_g(car: CarUnderTest, radius_m: float) -> float:
    """Keep to a circle ever faster: the understeer gradient from 0.2 to 0.6 g."""
    return math.degrees(turns_on_circle(tested(car), radius_m).understeer_gradient()) * G_MPS2


def _step(car: CarUnderTest, at_kmh: float, to_g: float) -> StepSteer:
    return car.once(
        ("step", at_kmh, to_g), lambda: step_steer(tested(car), mps(at_kmh), to_g * G_MPS2)
    )


def yaw_response_ms(car: CarUnderTest, at_kmh: float, to_g: float) -> float:
    """Turn the wheels at once: when nine tenths of the steady yaw rate are there."""
    return 1e3 * _step(car, at_kmh, to_g).yaw_response_s


def lateral_response_ms(car: CarUnderTest, at_kmh: float, to_g: float) -> float:
    """Turn the wheels at once: when nine tenths of the steady lateral acceleration are there."""
    return 1e3 * _step(car, at_kmh, to_g).lateral_response_s


def yaw_overshoot_percent(car: CarUnderTest, at_kmh: float, to_g: float) -> float:
    """Turn the wheels at once: how far the yaw rate's peak is above its steady value."""
    return 100.0 * _step(car, at_kmh, to_g).yaw_overshoot


def yaw_gain_1ps(car: CarUnderTest, at_kmh: float, to_g: float) -> float:
    """Turn the wheels at once: the steady yaw rate for each radian of the front wheels."""
    return _step(car, at_kmh, to_g).yaw_gain_1ps


def _sine(car: CarUnderTest, at_kmh: float, to_g: float, frequency_hz: float) -> SineSteer:
    return car.once(
        ("sine", at_kmh, to_g, frequency_hz),
        lambda: sine_steer(tested(car), mps(at_kmh), to_g * G_MPS2, frequency_hz),
    )


def sine_yaw_lag_ms(car: CarUnderTest, at_kmh: float, to_g: float, frequency_hz: float) -> float:
    """Steer one period of a sine: how far the yaw rate's first peak is behind the steering's."""
    return 1e3 * _sine(car, at_kmh, to_g, frequency_hz).yaw_lag_s


def sine_lateral_lag_ms(
    car: CarUnderTest, at_kmh: float, to_g: float, frequency_hz: float
) -> float:
    """Steer one period of a sine: how far the lateral acceleration's first peak is behind."""
    return 1e3 * _sine(car, at_kmh, to_g, frequency_hz).lateral_lag_s


def _braked(
    car: CarUnderTest, turning_g: float, braking_g: float, radius_m: float
) -> braking.BrakeInTurn:
    return car.once(
        ("brake in turn", turning_g, braking_g, radius_m),
        lambda: braking.brake_in_turn(
            tested(car), turning_g * G_MPS2, braking_g * G_MPS2, radius_m
        ),
    )


def brake_in_turn_sideslip_deg(
    car: CarUnderTest, turning_g: float, braking_g: float, radius_m: float
) -> float:
    """Brake in a turn with the wheel held: the greatest angle of the car to its way."""
    return math.degrees(_braked(car, turning_g, braking_g, radius_m).largest_sideslip_rad)


def brake_in_turn_yaw_ratio(
    car: CarUnderTest, turning_g: float, braking_g: float, radius_m: float
) -> float:
    """Brake in a turn with the wheel held: after a second, yaw rate over that of the circle."""
    return _braked(car, turning_g, braking_g, radius_m).yaw_ratio


def lane_change_kmh(car: CarUnderTest) -> float:
    """Change lanes twice between the cones of ISO 3888-2, ever faster."""
    run = car.once("lane change", lambda: fastest_lane_change(tested(car)))
    return math.nan if run is None else kmh(run.entry_mps)


def one_pedal_g(car: CarUnderTest, from_kmh: float) -> float:
    """Lift off with one-pedal driving as it is set: the mean deceleration of a second."""
    world = on_tarmac(tested(car), mps(from_kmh))
    before_mps = world.snapshots()[0].velocity_forward_mps
    after = world.step([Controls()], round(_LIFTED_S / world.step_s)).snapshots[0]
    return (before_mps - after.velocity_forward_mps) / _LIFTED_S / G_MPS2


def regeneration_kw(car: CarUnderTest, from_kmh: float) -> float:
    """Brake gently from a speed, and return the power that the pack is charged with."""
    world = on_tarmac(tested(car), mps(from_kmh))
    ticks = round(_REGENERATED_S / world.step_s)
    now = world.step([controls(brake=_GENTLE_PEDAL)], ticks).snapshots[0]
    return -now.battery_power_w / 1e3


def _crash(car: CarUnderTest, closing_kmh: float) -> HeadOn:
    return car.once(("head on", closing_kmh), lambda: head_on(tested(car), mps(closing_kmh)))


def restitution(car: CarUnderTest, closing_kmh: float) -> float:
    """Let two cars meet head on: the share of the closing speed at which they part."""
    return _crash(car, closing_kmh).restitution


def crash_peak_g(car: CarUnderTest, closing_kmh: float) -> float:
    """Let two cars meet head on: the greatest acceleration of one of them."""
    return _crash(car, closing_kmh).peak_g


def wall_peak_g(car: CarUnderTest, at_kmh: float) -> float:
    """Roll squarely into a wall: the greatest acceleration."""
    return square_hit_peak_g(tested(car), mps(at_kmh))


def momentum_error(car: CarUnderTest, closing_kmh: float) -> float:
    """Let two cars meet head on: the change of their momentum, over that of one of them."""
    return _crash(car, closing_kmh).momentum_error


def kept_at_wall_percent(car: CarUnderTest, at_kmh: float, angle_deg: float) -> float:
    """Roll against a wall at an angle: the share of the energy that is left."""
    return 100.0 * kept_at_wall(tested(car), mps(at_kmh), math.radians(angle_deg))


def leaning_on_wall_ripple_kmh(car: CarUnderTest) -> float:
    """Drive along a wall, steering into it: the ripple of the speed."""
    return leaning_ripple_kmh(tested(car), _LEANT, _LEANING_PEDAL)


def grass_g(car: CarUnderTest, from_kmh: float) -> float:
    """Brake on grass with the pedal on the floor."""
    return grass_braking_g(tested(car), mps(from_kmh))


def gravel_g(car: CarUnderTest, from_kmh: float, to_kmh: float) -> float:
    """Coast through gravel between two speeds."""
    return gravel_drag_g(tested(car), mps(from_kmh), mps(to_kmh))


def freed_from_gravel_kmh(car: CarUnderTest) -> float:
    """Stand in gravel, and press the pedal to the floor for four seconds."""
    return freed_kmh(tested(car))
