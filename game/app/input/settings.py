"""Keep what the player steers with, how it is read, and which key or button does what."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from game.app.input.bindings import ACTIONS, Binding, Bindings
from game.app.input.keys import place_of
from game.app.input.stick import StickCurve
from game.drivers.human_driver import HumanSettings
from game.toml_files import Share, TomlTable

Degrees = Annotated[float, Meta(ge=40.0, le=1800.0)]


class PadProfile(TomlTable, frozen=True):
    """Says how one kind of controller is read."""

    name: str = ""
    curve: StickCurve = StickCurve()
    rumble: Share = 0.7  # of its strength; 0: none
    buttons: dict[str, str] = msgspec.field(
        default_factory=dict
    )  # inputs by action, where they differ from the bindings


class WheelProfile(TomlTable, frozen=True):
    """Says how one kind of steering wheel is read.

    Axes are "axis 0-": the side to which they move.

    A pedal's axis without a side rests where it stands when it first moves. Two pedals on two
    sides of one axis are combined.
    """

    name: str = ""
    left: str = "axis 0-"
    throttle: str = "axis 1"
    brake: str = "axis 2"
    range_deg: Degrees = 900.0  # of the device, from end to end
    lock_deg: Degrees = 900.0  # of these, that turn the car's wheels from lock to lock
    rumble: Share = 0.7
    buttons: dict[str, str] = msgspec.field(default_factory=dict)  # inputs by action


class ControlSettings(TomlTable, frozen=True):
    """Keeps the player's controls; devices have profiles by their identifier."""

    filter: HumanSettings = HumanSettings()
    bindings: Bindings = Bindings()
    pad: PadProfile = PadProfile()  # of controllers without a profile of their own
    wheel: WheelProfile = WheelProfile()
    pads: dict[str, PadProfile] = msgspec.field(default_factory=dict)
    wheels: dict[str, WheelProfile] = msgspec.field(default_factory=dict)
    # Whether the bindings name keys by place; in files of earlier versions, by the layout's letter.
    by_place: bool = False

    def pad_profile(self, identifier: str) -> PadProfile:
        """Return how a controller is read."""
        return self.pads.get(identifier, self.pad)

    def wheel_profile(self, identifier: str) -> WheelProfile:
        """Return how a wheel is read."""
        return self.wheels.get(identifier, self.wheel)


def bound_by_place(controls: ControlSettings) -> ControlSettings:
    """Return the settings with keys that an earlier version bound by letter bound by place.

    It asks for the layout, so a window has to be open. Actions that have the default keys keep
    them: they were meant as places.
    """
    if controls.by_place:
        return controls
    changed: dict[str, Binding] = {}
    for action in ACTIONS:
        binding: Binding = getattr(controls.bindings, action)
        if binding.keys != getattr(Bindings(), action).keys:
            keys = tuple(dict.fromkeys(place_of(key) for key in binding.keys))
            changed[action] = Binding(keys, binding.pad)
    bindings = msgspec.structs.replace(controls.bindings, **changed)
    return msgspec.structs.replace(controls, bindings=bindings, by_place=True)
