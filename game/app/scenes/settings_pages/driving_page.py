"""Set how keys become steering and pedals, with a plot that answers to the player's own keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.context.settings import with_part
from game.app.menus.tab import (
    PageValue,
    Tab,
    choice,
    defaults_row,
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
from game.app.setup.pages.value_rows import value_row
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Slider
from game.app.ui.page import Page
from game.app.ui.rows import Action, Heading, Plain, Row, TextScale
from game.drivers.driving_help import ASSISTS, HELP_NAMES, HelpName, help_of, with_help
from game.setups.items import item_named
from game.translation import N_, _
from game.units import PI, kmh

_FILTER: Final = ("controls", "filter")
_SPEEDS_MPS: Final = (10.0, 60.0)
_GRIP_NOTE: Final = N_(
    "How much of the tyres' lateral grip a held key uses. A little over 100 % makes up for "
    "what resists turning in; less is calmer."
)
_SLIDE_NOTE: Final = N_("How far the car may point away from its path before it counts as sliding.")
_HELP_NOTE: Final = N_(
    "Easy keeps the car on the road for you, expert leaves grip, wheel lock and rotation to you. "
    "Your choice is recorded with every lap. Assists change at the next start, the steering at "
    "once."
)
_DAMAGE: Final = (("off", N_("off")), ("reduced", N_("reduced")), ("full", N_("full")))
_DAMAGE_NOTE: Final = N_(
    "What hits do to air, steering and cooling. Reduced: half as much, and a reset mends it. "
    "Full: it stays until you restart, and a destroyed car does not drive on. From the next start."
)
_HALF_DEG: Final = PI / 360.0
_STEADY_NOTE: Final = N_(
    "How firmly the steering counters rotation that you did not ask for; 0: not at all."
)


class HelpValue:
    """Changes the choice of help, which is read from the numbers behind it."""

    def __init__(self, garage: Garage) -> None:
        self._garage = garage

    def get(self) -> HelpName:
        """Return the choice that the present numbers are those of."""
        garage = self._garage
        steering = garage.context.settings.controls.filter
        return help_of(garage.spec, garage.workbench.setup, steering)

    def put(self, value: HelpName) -> None:
        """Set the numbers behind a choice."""
        garage, settings = self._garage, self._garage.context.settings
        bench = garage.workbench
        setup, steering = with_help(garage.spec, bench.setup, settings.controls.filter, value)
        bench.load(setup)
        garage.context.apply(with_part(settings, steering, *_FILTER))


class HelpRow(Choice[HelpName]):
    """A row chooses the help, and says the assists that it stands for."""

    def __init__(self, garage: Garage) -> None:
        self._bench = garage.workbench
        names = tuple(HELP_NAMES.items())
        super().__init__(N_("Help"), HelpValue(garage), names, _HELP_NOTE)

    @property
    def explanation(self) -> str:
        """Return the note, and how strong the assists are now."""
        setup = self._bench.setup
        now = _("Now: traction control {traction}, ABS {abs}, yaw control {yaw}, of 5.").format(
            traction=setup.traction_control, abs=setup.abs, yaw=setup.yaw_control
        )
        return f"{_(self.note)} {now}"


class DrivingPage(Tab):
    """Sets the help with a plot to try it and, one page deeper, the numbers behind it."""

    plots = True

    def __init__(self, garage: Garage) -> None:
        self._speed_mps = PageValue(40.0)
        self._basic = Page(self._basic_rows(garage))
        self._advanced = Page(_advanced_rows(garage, self._show_basic))
        super().__init__(N_("Driving"), ())
        self.page = self._basic
        self.trial = SteeringTrial(garage, self._speed_mps.get())

    def go_up(self) -> bool:
        """Return from the advanced rows to the choice of help."""
        deeper = self.page is self._advanced
        self._show_basic()
        return deeper

    def update(self, frame_s: float) -> None:
        """Steer as the player's keys say."""
        self.trial.update(frame_s, self._speed_mps.get())

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw key, target and front wheels over the last seconds."""
        self.trial.draw(surface, box, scale)

    def _basic_rows(self, garage: Garage) -> list[Row]:
        return [
            HelpRow(garage),
            choice(garage.context, N_("Damage"), ("drive", "damage"), _DAMAGE, _DAMAGE_NOTE),
            Action(N_("Advanced"), self._show_advanced, N_("Every number behind the help.")),
            Heading(N_("Try it")),
            Plain(
                N_("Try your steering"),
                N_("Hold the keys that steer and watch the plot; nothing changes."),
            ),
            Slider(
                N_("Speed of the plot"),
                self._speed_mps,
                _SPEEDS_MPS,
                2.5,
                _speed,
                N_("The faster, the less a held key turns the wheels."),
            ),
        ]

    def _show_basic(self) -> None:
        self.page = self._basic

    def _show_advanced(self) -> None:
        self.page = self._advanced


def _advanced_rows(garage: Garage, back: Callable[[], None]) -> list[Row]:
    context = garage.context
    return [
        Action(N_("Back to the choice of help"), back),
        Heading(N_("Behind the help")),
        *_help_rows(garage),
        *_steering_rows(context),
        *_pedal_rows(context),
        Heading(""),
        defaults_row(context, *_FILTER),
    ]


def _help_rows(garage: Garage) -> list[Row]:
    """Return the rows of the seven numbers that the choice of help stands for."""
    context = garage.context
    items = (item_named(name, garage.spec) for name in ASSISTS)
    return [
        *(value_row(garage.workbench, item) for item in items),
        toggle(
            context,
            N_("Raw keys"),
            (*_FILTER, "raw"),
            N_("From lock to lock at once: no grip limit, no smoothing."),
        ),
        _share(context, N_("Grip limit"), "grip", 0.02, _GRIP_NOTE),
        slider(context, N_("Steadying"), (*_FILTER, "steadying_1ps"), 0.5, plain, _STEADY_NOTE),
        _share(
            context,
            N_("Brake limit"),
            "brake_grip",
            0.05,
            N_("The share of the tyres' grip that a held key brakes with."),
        ),
    ]


def _steering_rows(context: AppContext) -> list[Row]:
    return [
        Heading(N_("Steering by keys")),
        _rate(
            context,
            N_("Turn-in at low speed"),
            "slow_rise_s",
            1.0,
            N_("From straight ahead to the limit at low speed."),
        ),
        _rate(
            context,
            N_("Turn-in at high speed"),
            "fast_rise_s",
            1.0,
            N_("From straight ahead to the limit at high speed."),
        ),
        _speed_limit(
            context,
            N_("Low speed up to"),
            "slow_mps",
            N_("Up to here the low-speed rate applies."),
        ),
        _speed_limit(
            context,
            N_("High speed from"),
            "fast_mps",
            N_("From here on the high-speed rate applies; between the two, a blend."),
        ),
        *_return_rows(context),
    ]


def _return_rows(context: AppContext) -> list[Row]:
    return [
        _rate(
            context,
            N_("Return to centre"),
            "return_s",
            0.6,
            N_("From the limit back to straight ahead."),
        ),
        _gain(
            context,
            N_("Opposite steering"),
            "opposite_gain",
            N_("How much quicker the wheels turn back."),
        ),
        slider(
            context, N_("Slide begins at"), (*_FILTER, "slide_rad"), _HALF_DEG, degrees, _SLIDE_NOTE
        ),
        _gain(
            context,
            N_("Catching a slide"),
            "slide_gain",
            N_("How much quicker they turn while you catch a slide."),
        ),
        _share(
            context,
            N_("Steer gently"),
            "some_share",
            0.05,
            N_("The share of the limit while its key is held."),
        ),
        _share(
            context,
            N_("Steer a bit less"),
            "most_share",
            0.05,
            N_("The share of the limit while its key is held."),
        ),
    ]


def _pedal_rows(context: AppContext) -> list[Row]:
    return [
        Heading(N_("Pedals by keys")),
        _rate(context, N_("Throttle on"), "throttle_up_s", 1.0, N_("From nothing to full.")),
        _rate(context, N_("Throttle off"), "throttle_down_s", 1.0, N_("From full to nothing.")),
        _rate(context, N_("Brake on"), "brake_up_s", 1.0, N_("From nothing to full.")),
        _rate(context, N_("Brake off"), "brake_down_s", 1.0, N_("From full to nothing.")),
        _rate(
            context,
            N_("Reverse after"),
            "reverse_after_s",
            2.0,
            N_("How long to hold the brake at standstill."),
        ),
        slider(
            context, N_("Standstill is below"), (*_FILTER, "standstill_mps"), 0.05, _speed_1, ""
        ),
    ]


def _rate(context: AppContext, label: str, name: str, max_s: float, note: str) -> Row:
    return slider(context, label, (*_FILTER, name), 0.01, seconds, note, (0.01, max_s))


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
