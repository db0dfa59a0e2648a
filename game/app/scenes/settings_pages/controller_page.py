"""Set how a stick or a wheel is read, with a plot that answers to the player's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, Literal, TypeVar

import pygame

from game.app.context.app_context import AppContext
from game.app.context.settings import Settings, bounds, part, with_part
from game.app.input.stick import StickCurve
from game.app.menus.tab import PageValue, Tab, percent, plain, slider
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Slider
from game.app.ui.page import Page
from game.app.ui.plot import Axes, Curve, draw_plot
from game.app.ui.rows import Action, Heading, Plain, Row, TextScale
from game.translation import N_

T = TypeVar("T")
ControllerKind = Literal["pad", "wheel"]
NumberText = Callable[[float], str]
Bounds = tuple[float, float]

_POINTS: Final = 64
_WHEEL_DEG: Final = (90.0, 1440.0)
_PROFILE_NOTE: Final = N_("A device that is changed here gets its own settings.")
_SLEW_NOTE: Final = N_("How quickly the front wheels follow, in steering limits.")
_WHEEL_NOTES: Final = {
    "range_deg": N_("The wheel's rotation from end to end, as set in its driver."),
    "lock_deg": N_("The rotation that steers from lock to lock."),
    "rumble": N_("The strength of its motors."),
}


class ProfileSetting(Generic[T]):
    """Changes one value of a device's profile, or of all devices that have none of their own."""

    def __init__(
        self, context: AppContext, kind: ControllerKind, identifier: PageValue[str], *names: str
    ) -> None:
        self._context = context
        self._kind = kind
        self._identifier = identifier
        self._names = names

    def get(self) -> T:
        """Return the present value."""
        value: T = part(_profile(self._context, self._kind, self._identifier.get()), *self._names)
        return value

    def put(self, value: T) -> None:
        """Change it; a device that had no profile has one from now on."""
        settings, identifier = self._context.settings, self._identifier.get()
        profile = with_part(_profile(self._context, self._kind, identifier), value, *self._names)
        if not identifier:
            self._context.apply(with_part(settings, profile, "controls", self._kind))
            return
        place = f"{self._kind}s"
        profiles = {**part(settings, "controls", place), identifier: profile}
        self._context.apply(with_part(settings, profiles, "controls", place))


class ControllerPage(Tab):
    """Sets the dead zone and curve, rumble and the wheel's lock."""

    plots = True

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._pad, self._wheel = PageValue(""), PageValue("")
        self._devices = context.inputs.devices()
        super().__init__(N_("Controller"), self._rows())

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """Read the stick; devices may come and go."""
        self._context.inputs.read()
        if self._context.inputs.devices() != self._devices:
            self._devices = self._context.inputs.devices()
            self._pad, self._wheel = PageValue(""), PageValue("")
            self.page = Page(self._rows())

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw what the stick asks for, over its place."""
        curve: StickCurve = _profile(self._context, "pad", self._pad.get()).curve
        asked = abs(self._context.inputs.sticks()[0])
        along = [index / _POINTS for index in range(_POINTS + 1)]
        points = [(x, curve.shaped(x)) for x in along]
        straight = [(0.0, 0.0), (1.0, 1.0)]
        curves = (
            Curve(N_("straight"), palette.DIM, straight),
            Curve(N_("steering"), palette.BLUE, points),
        )
        axes = Axes(N_("stick"), N_("steering is up"))
        draw_plot(surface, box, scale, curves, axes, (_moved(curve, asked), asked))

    def _rows(self) -> list[Row]:
        return [
            Plain(
                N_("Try the stick"),
                N_("The dot on the plot is where it is; nothing changes."),
            ),
            *self._pad_rows(),
            *self._wheel_rows(),
            Heading(""),
            Action(
                N_("Reset to the defaults"), self._put_back, N_("For all controllers and wheels.")
            ),
        ]

    def _pad_rows(self) -> list[Row]:
        def pad(
            label: str, names: tuple[str, ...], step: float, text: NumberText, note: str
        ) -> Row:
            value = ProfileSetting[float](self._context, "pad", self._pad, *names)
            return Slider(label, value, bounds("controls", "pad", *names), step, text, note)

        slew = ("controls", "filter", "stick_slew_ps")
        return [
            Heading(N_("Controller")),
            Choice(
                N_("Device"), self._pad, self._named("pad", N_("all controllers")), _PROFILE_NOTE
            ),
            pad(
                N_("Dead zone"),
                ("curve", "dead_zone"),
                0.01,
                percent,
                N_("The part of the stick's travel that is ignored, round its centre."),
            ),
            pad(
                N_("End zone"),
                ("curve", "outer_zone"),
                0.01,
                percent,
                N_("The part of the travel before the rim that counts as full."),
            ),
            pad(
                N_("Curve"),
                ("curve", "exponent"),
                0.1,
                plain,
                N_("1 is linear; more is finer near the centre."),
            ),
            slider(self._context, N_("Steering speed"), slew, 0.5, _rate, _SLEW_NOTE, (1.0, 20.0)),
            pad(
                N_("Rumble"),
                ("rumble",),
                0.05,
                percent,
                N_("Kerbs rumble low, sliding tyres high."),
            ),
        ]

    def _wheel_rows(self) -> list[Row]:
        def wheel(label: str, name: str, within: Bounds, step: float, text: NumberText) -> Row:
            value = ProfileSetting[float](self._context, "wheel", self._wheel, name)
            return Slider(label, value, within, step, text, _WHEEL_NOTES[name])

        share = bounds("controls", "wheel", "rumble")
        return [
            Heading(N_("Steering wheel")),
            Choice(
                N_("Device"), self._wheel, self._named("wheel", N_("all wheels")), _PROFILE_NOTE
            ),
            wheel(N_("Wheel rotation"), "range_deg", _WHEEL_DEG, 10.0, _degrees),
            wheel(N_("Steering lock"), "lock_deg", _WHEEL_DEG, 10.0, _degrees),
            wheel(N_("Force"), "rumble", share, 0.05, percent),
        ]

    def _named(self, kind: ControllerKind, everyone: str) -> list[tuple[str, str]]:
        found = [(each.identifier, each.name) for each in self._devices if each.kind == kind]
        return [("", everyone), *found]

    def _put_back(self) -> None:
        settings, fresh = self._context.settings, Settings()
        for place in ("pad", "wheel", "pads", "wheels"):
            settings = with_part(settings, part(fresh, "controls", place), "controls", place)
        self._context.apply(settings)


def _profile(context: AppContext, kind: ControllerKind, identifier: str) -> Any:
    controls = context.settings.controls
    if kind == "pad":
        return controls.pad_profile(identifier)
    return controls.wheel_profile(identifier)


def _rate(value: float) -> str:
    return f"{value:.1f} / s"


def _degrees(value: float) -> str:
    return f"{value:.0f}\N{DEGREE SIGN}"


def _moved(curve: StickCurve, asked: float) -> float:
    """Return how far a stick is moved that asks for so much."""
    if asked == 0.0:
        return 0.0
    span = 1.0 - curve.dead_zone - curve.outer_zone
    moved: float = curve.dead_zone + span * asked ** (1.0 / curve.exponent)
    return min(moved, 1.0)
