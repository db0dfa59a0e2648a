"""Say what a person drives with, and that it is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from game.app.driving.race_field import player_name
from game.app.input.bindings import Binding
from game.app.input.seat import KEYS_OF_HALF, SeatInput, SeatKind
from game.app.input.seats import Seats
from game.app.input.settings import ControlSettings
from game.app.ui.input_words import action_words, input_words
from game.translation import N_, _

_KINDS: Final[Mapping[SeatKind, str]] = {
    "none": N_("Press a button"),
    "keyboard": N_("Keyboard"),
    "arrows": N_("Arrow keys"),
}
_LETTERS: Final = ("throttle", "steer_left", "brake", "steer_right")
_TOLD: Final = ("steer_left", "steer_right", "throttle", "brake", "reset")


def seat_words(seats: Seats, taken: SeatInput) -> str:
    """Return what a person drives with; of devices of one name each has a number."""
    if taken.kind == "device":
        return _device_words(seats, taken.instance)
    if taken.kind == "letters":
        keys = {action: key for key, action in KEYS_OF_HALF["letters"].items()}
        return " ".join(input_words(keys[action]) for action in _LETTERS)
    return _(_KINDS[taken.kind])


def told_inputs(seats: Seats, taken: SeatInput, controls: ControlSettings) -> list[tuple[str, str]]:
    """Return what a person is told of what they drive with: actions and inputs, in words."""
    told = [(action, _names(seats, taken, controls, action)) for action in _TOLD]
    return [
        (action_words(action), " / ".join(input_words(name) for name in names))
        for action, names in told
        if names
    ]


def lost_words(seats: Seats) -> str:
    """Return who has lost what they drove with; empty while nobody has."""
    for seat in seats:
        if seat.lost:
            text = _("{player}: {device} is unplugged")
            return text.format(player=player_name(seat.number), device=seat.lost)
    return ""


def _names(seats: Seats, taken: SeatInput, controls: ControlSettings, action: str) -> Sequence[str]:
    """Return the inputs of an action; none where the device has no other one for it."""
    half = KEYS_OF_HALF.get(taken.kind)
    if half is not None:
        return [key for key, done in half.items() if done == action]
    binding: Binding = getattr(controls.bindings, action)
    if taken.kind == "keyboard":
        return binding.keys
    device = next((each for each in seats.devices if each.instance == taken.instance), None)
    if device is None:
        return ()
    if device.kind == "pad":
        name = controls.pad_profile(device.identifier).buttons.get(action, binding.pad)
    else:
        profile = controls.wheel_profile(device.identifier)
        axes = {"steer_left": profile.left, "throttle": profile.throttle, "brake": profile.brake}
        name = axes.get(action) or profile.buttons.get(action, "")
    return (name,) if name else ()


def _device_words(seats: Seats, instance: int) -> str:
    devices = seats.devices
    found = next((each for each in devices if each.instance == instance), None)
    if found is None:
        return _(_KINDS["none"])
    alike = [each.instance for each in devices if each.name == found.name]
    return found.name if len(alike) == 1 else f"{found.name} {alike.index(instance) + 1}"
