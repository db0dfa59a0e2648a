"""The air that a car drags along behind it: its wake, which those who follow meet as a wind.

A wake grows wider by the same amount for each metre behind its car (as N. O. Jensen has it for wind
turbines, Risø-M-2411, 1983). Across it the air moves along as in a round turbulent wake, with
(1 - (y/b)**1.5)**2 at y from its middle, b its half width (H. Schlichting, Boundary-Layer Theory).
How fast it moves follows from that: its momentum is what drag gives to the air. Those of several
cars add up by their squares, as behind rows of turbines (I. Katic, 1986).

Whoever drives in that air meets less of it, so that drag and downforce fall with the square of the
speed that is left. A wake follows from where cars are and how they move: it is no state.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, minimum
from game.simulation.chassis import WorldMotion, body_motion
from game.trig import direction
from game.vehicle.aero import Wake
from game.vehicle.parts import Car
from game.vehicle.state import WeatherNow

_FAR_M: Final = 150.0  # behind: from there on less than 2 % of drag would be spared
_MIN_MPS: Final = 1.0  # through the air, of a car that drags air along
_MAX_TURN_RAD: Final = 1.0  # of a car since it was where its wake is met


class AirMotion(NamedTuple):
    """Holds how air moves, in the world's axes."""

    x_mps: float
    y_mps: float


@tick_function
def meet_wakes(
    parameters: Sequence[Car], bodies: Any, own: int, local: WeatherNow, is_windy: int
) -> None:
    """Let a car meet the wakes of the others in a tick, on top of the wind, if there is any.

    local: the weather at the car, with the wind of this tick; is_windy: 1 if the weather moves.
    """
    motion = body_motion(bodies, own)
    heading = direction(motion.heading_rad)
    if is_windy == 0:
        local.moves = 0
        local.wind_forward_mps = 0.0
        local.wind_left_mps = 0.0
    wind = AirMotion(
        local.wind_forward_mps * heading.cos - local.wind_left_mps * heading.sin,
        local.wind_forward_mps * heading.sin + local.wind_left_mps * heading.cos,
    )
    x_mps, y_mps, squares = 0.0, 0.0, 0.0
    for other in range(len(parameters)):
        if other == own:
            continue
        wake = parameters[other].aero.wake
        air = wake_at(wake, body_motion(bodies, other), wind, motion.x_m, motion.y_m)
        x_mps += air.x_mps
        y_mps += air.y_mps
        squares += air.x_mps * air.x_mps + air.y_mps * air.y_mps
    sum_mps = math.sqrt(x_mps * x_mps + y_mps * y_mps)
    if sum_mps == 0.0:
        return
    share = math.sqrt(squares) / sum_mps
    local.moves = 1
    local.wind_forward_mps += share * (x_mps * heading.cos + y_mps * heading.sin)
    local.wind_left_mps += share * (y_mps * heading.cos - x_mps * heading.sin)


@tick_function
def wake_at(wake: Wake, motion: WorldMotion, wind: AirMotion, x_m: float, y_m: float) -> AirMotion:
    """Return how a car that moves like this drags along the air at a place."""
    ahead_x_m = motion.x_m - x_m
    ahead_y_m = motion.y_m - y_m
    if ahead_x_m * ahead_x_m + ahead_y_m * ahead_y_m > _FAR_M * _FAR_M:
        return AirMotion(0.0, 0.0)
    x_mps = motion.velocity_x_mps - wind.x_mps
    y_mps = motion.velocity_y_mps - wind.y_mps
    speed_mps = math.sqrt(x_mps * x_mps + y_mps * y_mps)
    if speed_mps < _MIN_MPS:
        return AirMotion(0.0, 0.0)
    inverse_spm = 1.0 / speed_mps
    behind_m = (ahead_x_m * x_mps + ahead_y_m * y_mps) * inverse_spm
    turned_rad = motion.yaw_rate_radps * inverse_spm * behind_m
    if behind_m <= 0.0 or absolute(turned_rad) > _MAX_TURN_RAD:
        return AirMotion(0.0, 0.0)
    aside_m = (ahead_x_m * y_mps - ahead_y_m * x_mps) * inverse_spm - 0.5 * turned_rad * behind_m
    share = wake_share(wake, behind_m, aside_m)
    return AirMotion(share * x_mps, share * y_mps)


@tick_function
def wake_share(wake: Wake, behind_m: float, aside_m: float) -> float:
    """Return the share of a car's speed with which its wake moves; aside_m: from the middle of it.

    It fades in behind the car over the length of its first widths: beside the car there is none.
    """
    half_m = wake.half_width_m + wake.spread * behind_m
    from_middle_m = absolute(aside_m)
    if from_middle_m >= half_m:
        return 0.0
    inverse_1pm = 1.0 / half_m
    beside = from_middle_m * inverse_1pm
    profile = 1.0 - beside * math.sqrt(beside)
    share = minimum(wake.momentum_area_m2 * inverse_1pm * inverse_1pm, 1.0) * profile * profile
    if behind_m < 2.0 * wake.half_width_m:
        share *= behind_m / (2.0 * wake.half_width_m)
    return share
