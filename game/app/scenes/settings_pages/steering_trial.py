"""Steer a car on endless tarmac, to show what the player's keys make of the front wheels."""

from __future__ import annotations

import math
from collections import deque
from typing import Final

import pygame

from game.app.driving.clock import FixedStepClock
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.plot import Axes, Curve, draw_plot
from game.app.ui.rows import TextScale
from game.drivers.human_driver import FilteredInputs, HumanDriver
from game.drivers.observation import Observation
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.translation import N_, _
from game.vehicle.state import controls

_SHOWN_S: Final = 3.0
_SAMPLE_S: Final = 1.0 / 60.0
_ROOM: Final = 1.12  # of the plot, above the largest angle
_MIN_RAD: Final = math.radians(4.0)  # that the plot spans
_SPEED_GAIN: Final = 0.5  # of the pedals, per m/s that is missing
_LOST: Final = 0.6  # of the speed: slower, the car has spun and starts again


class SteeringTrial:
    """Holds a speed, steers as the player asks, and remembers the last seconds."""

    def __init__(self, garage: Garage, speed_mps: float) -> None:
        self._garage = garage
        self._inputs = garage.context.inputs
        self._driver = HumanDriver(self._inputs.state, garage.spec, garage.setup)
        self._clock = FixedStepClock()
        self._left_s = 0.0
        count = round(_SHOWN_S / _SAMPLE_S)
        self.samples = deque([FilteredInputs()] * count, maxlen=count)
        self._set_out(speed_mps)

    def update(self, frame_s: float, speed_mps: float) -> None:
        """Drive on by a frame, at this speed."""
        if speed_mps != self._speed_mps:
            self._set_out(speed_mps)
        self._inputs.read()
        for _tick in range(self._clock.advance(frame_s)):
            self._tick()
        self._left_s += frame_s
        while self._left_s >= _SAMPLE_S:
            self._left_s -= _SAMPLE_S
            self.samples.append(self._driver.filtered)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw key, target and front wheels; left is up."""
        samples = self.samples
        largest_rad = max(max(abs(s.target_rad), abs(s.wheel_rad)) for s in samples)
        scale_rad = _ROOM * max(largest_rad, _MIN_RAD)
        last = len(samples) - 1

        def curve(values: list[float], scale: float) -> list[tuple[float, float]]:
            return [(i / last, 0.5 + 0.5 * value / scale) for i, value in enumerate(values)]

        curves = (
            Curve(N_("key"), palette.DIM, curve([s.wanted for s in samples], _ROOM), steps=True),
            Curve(N_("target"), palette.ORANGE, curve([s.target_rad for s in samples], scale_rad)),
            Curve(
                N_("front wheels"), palette.BLUE, curve([s.wheel_rad for s in samples], scale_rad)
            ),
        )
        span = f"\N{PLUS-MINUS SIGN}{math.degrees(scale_rad):.0f}\N{DEGREE SIGN}"
        axes = Axes(
            _("the last {seconds} s").format(seconds=f"{_SHOWN_S:.0f}"),
            _("{span}, left is up").format(span=span),
        )
        draw_plot(surface, box, scale, curves, axes)

    def _set_out(self, speed_mps: float) -> None:
        self._speed_mps = speed_mps
        garage = self._garage
        start = Start(garage.spec, garage.setup, Pose(0.0, 0.0, 0.0), speed_mps=speed_mps)
        self._world = World(None, [start])

    def _tick(self) -> None:
        now = self._world.snapshots()[0]
        if now.velocity_forward_mps < _LOST * self._speed_mps:
            self._set_out(self._speed_mps)
            return
        asked = self._driver.decide(Observation(now))
        pedal = _SPEED_GAIN * (self._speed_mps - now.velocity_forward_mps)
        self._world.step([controls(0.0, pedal, -pedal)._replace(steering=asked.steering)])
