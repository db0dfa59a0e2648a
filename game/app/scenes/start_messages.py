"""Say at the start of a drive which lap is to be beaten, and which keys drive."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.input.bindings import Binding, always_key
from game.app.ui.input_words import action_words, input_words
from game.recording.best_lap import BestLap
from game.translation import _
from game.units import lap_time_text
from game.vehicle.setup import Setup

_SHOWN: Final = ("throttle", "brake", "steer_left", "steer_right", "restart", "pause")


def lap_to_beat_message(best: BestLap, setup: Setup) -> str:
    """Say which lap is to be beaten."""
    date = best.date.astimezone()
    return _("To beat: your {time} on {tyre} tyres, {year}-{month}-{day}").format(
        time=lap_time_text(best.time_s),
        tyre=_(setup.tyre),
        year=date.year,
        month=f"{date.month:02}",
        day=f"{date.day:02}",
    )


def controls_message(context: AppContext) -> str:
    """Say what moves the car, by the device that the player touched last."""
    pad = context.inputs.last_device == "pad"
    texts = []
    for action in _SHOWN:
        binding: Binding = getattr(context.settings.controls.bindings, action)
        key = binding.keys[0] if binding.keys else always_key(action)
        name = binding.pad if pad else key
        if name:
            texts.append(f"{input_words(name)}: {action_words(action).lower()}")
    return " \N{MIDDLE DOT} ".join(texts)
