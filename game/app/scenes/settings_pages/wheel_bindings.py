"""Bind the axes and buttons of the steering wheel that is plugged in."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.context.settings import with_part
from game.app.input.bindings import HELD
from game.app.input.listening import InputKind
from game.app.input.settings import WheelProfile

_AXES: Final = {"steer_left": "left", "throttle": "throttle", "brake": "brake"}


class WheelBindings:
    """Steering and pedals are axes, all else are buttons."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    @property
    def plugged(self) -> bool:
        """Return whether there is a wheel."""
        return bool(self._identifier)

    def input_kind(self, action: str) -> InputKind | None:
        """Return the kind of input an action is bound to; None if a wheel has none."""
        if action in _AXES:
            return "axis"
        return None if action in HELD else "button"

    def name_of(self, action: str) -> str:
        """Return the axis or button of an action."""
        profile = self._profile
        if action in _AXES:
            name: str = getattr(profile, _AXES[action])
            return name
        return profile.buttons.get(action, "")

    def bind(self, action: str, name: str) -> None:
        """Let an axis or button do something; an axis is never without."""
        profile, settings = self._profile, self._context.settings
        if action in _AXES:
            changed = with_part(profile, name or profile_default(action), _AXES[action])
        else:
            buttons = {each: what for each, what in profile.buttons.items() if each != action}
            changed = with_part(profile, buttons | ({action: name} if name else {}), "buttons")
        if self._identifier in settings.controls.wheels:
            wheels = {**settings.controls.wheels, self._identifier: changed}
            self._context.apply(with_part(settings, wheels, "controls", "wheels"))
        else:
            self._context.apply(with_part(settings, changed, "controls", "wheel"))

    @property
    def _identifier(self) -> str:
        devices = self._context.inputs.devices()
        return next((device.identifier for device in devices if device.kind == "wheel"), "")

    @property
    def _profile(self) -> WheelProfile:
        return self._context.settings.controls.wheel_profile(self._identifier)


def profile_default(action: str) -> str:
    """Return the axis that an action has at first."""
    name: str = getattr(WheelProfile(), _AXES[action])
    return name
