"""Drive the manoeuvres by ISO names that a page shows, each with a car as it is set up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from game.units import G_MPS2, mps
from game.validation.brake_in_turn import BrakeInTurn, brake_in_turn
from game.validation.car_under_test import CarUnderTest
from game.validation.double_lane_change import LaneChange, fastest_lane_change
from game.validation.on_test_track import tested
from game.validation.sine_steer import FrequencyResponse, SineSteer, frequency_response, sine_steer
from game.validation.steady_circle import SteadyTurns, turns_at_speed, turns_on_circle
from game.validation.step_steer import StepSteer, step_steer

CIRCLE_KMH: Final = (60.0, 80.0, 100.0, 125.0, 150.0, 175.0, 200.0)
CIRCLE_M: Final = (50.0, 100.0)
STEER_KMH: Final = 100.0
STEPS_G: Final = (0.4, 0.8)
SINE_HZ: Final = 0.5
FREQUENCIES_HZ: Final = (0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
TURNING_G: Final = 0.85
BRAKING_G: Final = (0.1, 0.2, 0.3, 0.5, 0.7)
_GENTLE_G: Final = 0.4


@dataclass(frozen=True)
class Manoeuvres:
    """Holds what the car did; keys are speeds in km/h, radii in m, accelerations in g."""

    at_speed: dict[float, SteadyTurns]
    on_circle: dict[float, SteadyTurns]
    steps: dict[float, StepSteer]
    sine: SineSteer
    response: FrequencyResponse
    braked: dict[float, BrakeInTurn]  # without assists
    lane_change: LaneChange | None


def drive_manoeuvres(
    under_test: CarUnderTest, on_manoeuvre: Callable[[str], None] | None = None
) -> Manoeuvres:
    """Drive all of them. `on_manoeuvre` gets the name of each as it begins."""
    begin = on_manoeuvre or (lambda _name: None)
    car = tested(under_test)
    bare = tested(under_test.with_setup(abs=0, traction_control=0))
    speed_mps = mps(STEER_KMH)
    begin("ISO 4138")
    at_speed = {speed: turns_at_speed(car, mps(speed)) for speed in CIRCLE_KMH}
    on_circle = {radius_m: turns_on_circle(car, radius_m) for radius_m in CIRCLE_M}
    begin("ISO 7401")
    steps = {lateral_g: step_steer(car, speed_mps, lateral_g * G_MPS2) for lateral_g in STEPS_G}
    sine = sine_steer(car, speed_mps, _GENTLE_G * G_MPS2, SINE_HZ)
    response = frequency_response(car, speed_mps, _GENTLE_G * G_MPS2, FREQUENCIES_HZ)
    begin("ISO 7975")
    braked = {
        braking_g: brake_in_turn(bare, TURNING_G * G_MPS2, braking_g * G_MPS2)
        for braking_g in BRAKING_G
    }
    begin("ISO 3888-2")
    lane_change = under_test.once("lane change", lambda: fastest_lane_change(car))
    return Manoeuvres(at_speed, on_circle, steps, sine, response, braked, lane_change)
