"""Set how keys become steering and pedals, with a plot that answers to the player's own keys."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.menus.tab import (
    PageValue,
    Tab,
    defaults,
    degrees,
    percent,
    plain,
    seconds,
    slider,
    times,
    toggle,
)
from game.app.scenes.settings_pages.steering_trial import SteeringTrial
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.controls import Slider
from game.app.ui.rows import Heading, Plain, Row, TextScale
from game.units import PI, kmh

_FILTER: Final = ("controls", "filter")
_SPEEDS_MPS: Final = (10.0, 60.0)
_GRIP_NOTE: Final = (
    "How much of the tyres' lateral grip a held key uses. A little over 100 % makes up for "
    "what resists turning in; less is calmer."
)
_SLIDE_NOTE: Final = "How far the car may point away from its path before it counts as sliding."
_HALF_DEG: Final = PI / 360.0
_STEADY_NOTE: Final = (
    "How firmly the steering counters rotation that you did not ask for; 0: not at all."
)


class DrivingPage(Tab):
    """Keyboard steering and pedals."""

    plots = True

    def __init__(self, garage: Garage) -> None:
        self._speed_mps = PageValue(40.0)
        super().__init__("Driving", _rows(garage.context, self._speed_mps))
        self.trial = SteeringTrial(garage, self._speed_mps.get())

    def update(self, frame_s: float) -> None:
        """Steer as the player's keys say."""
        self.trial.update(frame_s, self._speed_mps.get())

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Key, target and front wheels over the last seconds."""
        self.trial.draw(surface, box, scale)


def _rows(context: AppContext, speed_mps: PageValue[float]) -> list[Row]:
    return [
        Plain("Try it: steer", "Hold the keys that steer and watch the plot; nothing changes."),
        Slider(
            "Speed of the plot",
            speed_mps,
            _SPEEDS_MPS,
            2.5,
            _speed,
            "The faster, the less a held key turns the wheels.",
        ),
        *_steering_rows(context),
        *_pedal_rows(context),
        Heading(""),
        defaults(context, *_FILTER),
    ]


def _steering_rows(context: AppContext) -> list[Row]:
    return [
        Heading("Steering by keys"),
        toggle(
            context,
            "Raw keys",
            (*_FILTER, "raw"),
            "From lock to lock at once: no grip limit, no smoothing.",
        ),
        _share(context, "Grip limit", "grip", 0.02, _GRIP_NOTE),
        slider(context, "Steadying", (*_FILTER, "steadying_1ps"), 0.5, plain, _STEADY_NOTE),
        _rate(
            context,
            "Turning in, slow",
            "slow_rise_s",
            1.0,
            "From straight ahead to the limit at low speed.",
        ),
        _rate(
            context,
            "Turning in, fast",
            "fast_rise_s",
            1.0,
            "From straight ahead to the limit at high speed.",
        ),
        _speed_limit(context, "Slow is up to", "slow_mps", "Up to here the slow rate applies."),
        _speed_limit(
            context,
            "Fast is from",
            "fast_mps",
            "From here on the fast rate applies; between the two, a blend.",
        ),
        *_return_rows(context),
    ]


def _return_rows(context: AppContext) -> list[Row]:
    return [
        _rate(context, "Letting go", "return_s", 0.6, "From the limit back to straight ahead."),
        _gain(context, "Opposite key", "opposite_gain", "How much quicker the wheels turn back."),
        slider(
            context, "A slide is from", (*_FILTER, "slide_rad"), _HALF_DEG, degrees, _SLIDE_NOTE
        ),
        _gain(
            context,
            "In a slide",
            "slide_gain",
            "How much quicker they turn while you catch a slide.",
        ),
        _share(
            context,
            "Steer less",
            "some_share",
            0.05,
            "The share of the limit while its key is held.",
        ),
        _share(
            context,
            "Steer a little less",
            "most_share",
            0.05,
            "The share of the limit while its key is held.",
        ),
    ]


def _pedal_rows(context: AppContext) -> list[Row]:
    return [
        Heading("Pedals by keys"),
        _rate(context, "Throttle on", "throttle_up_s", 1.0, "From nothing to full."),
        _rate(context, "Throttle off", "throttle_down_s", 1.0, "From full to nothing."),
        _rate(context, "Brake on", "brake_up_s", 1.0, "From nothing to full."),
        _rate(context, "Brake off", "brake_down_s", 1.0, "From full to nothing."),
        _rate(
            context,
            "Reverse after",
            "reverse_after_s",
            2.0,
            "How long to hold the brake at standstill.",
        ),
        slider(context, "Standstill is below", (*_FILTER, "standstill_mps"), 0.05, _speed_1, ""),
        _share(
            context,
            "Brake limit",
            "brake_grip",
            0.05,
            "The share of the tyres' grip that a held key brakes with.",
        ),
    ]


def _rate(context: AppContext, label: str, name: str, most_s: float, note: str) -> Row:
    return slider(context, label, (*_FILTER, name), 0.01, seconds, note, (0.01, most_s))


def _share(context: AppContext, label: str, name: str, step: float, note: str) -> Row:
    return slider(context, label, (*_FILTER, name), step, percent, note)


def _gain(context: AppContext, label: str, name: str, note: str) -> Row:
    return slider(context, label, (*_FILTER, name), 0.05, times, note, (1.0, 3.0))


def _speed_limit(context: AppContext, label: str, name: str, note: str) -> Row:
    return slider(context, label, (*_FILTER, name), 1.0, _speed, note)


def _speed(value: float) -> str:
    return f"{kmh(value):.0f} km/h"


def _speed_1(value: float) -> str:
    return f"{kmh(value):.1f} km/h"
