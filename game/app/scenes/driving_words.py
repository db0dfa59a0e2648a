"""The keys or buttons that drive, in one line, as they are bound now."""

from __future__ import annotations

from typing import Final

from game.app.input.bindings import Binding, always_key
from game.app.stage import Stage
from game.app.ui.input_words import action_words, input_words

_TOLD: Final = ("throttle", "brake", "steer_left", "steer_right", "restart", "pause")


def driving_words(stage: Stage) -> str:
    """What moves the car, by the device that the player touched last."""
    pad = stage.inputs.last_device == "pad"
    told = []
    for action in _TOLD:
        binding: Binding = getattr(stage.settings.controls.bindings, action)
        key = binding.keys[0] if binding.keys else always_key(action)
        name = binding.pad if pad else key
        if name:
            told.append(f"{input_words(name)}: {action_words(action).lower()}")
    return " \N{MIDDLE DOT} ".join(told)
