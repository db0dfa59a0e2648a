"""Say at the start of a drive which lap is to be beaten, and which keys begin it again."""

from __future__ import annotations

from game.app.context.app_context import AppContext
from game.app.input.bindings import Binding, always_key
from game.app.ui.input_words import input_words
from game.recording.best_lap import BestLap
from game.translation import _
from game.units import lap_time_text
from game.vehicle.setup import Setup


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


def exercise_message(context: AppContext) -> str:
    """Say what begins an exercise again and what leads to the others."""
    again, before, after = (
        _input_of(context, action) for action in ("restart", "previous_tab", "next_tab")
    )
    texts = [_("{key}: again").format(key=again)] if again else []
    if before and after:
        texts.append(_("{key} / {other}: previous, next").format(key=before, other=after))
    return " \N{MIDDLE DOT} ".join(texts)


def _input_of(context: AppContext, action: str) -> str:
    """Return the key or button of an action, by the device that the player touched last."""
    binding: Binding = getattr(context.settings.controls.bindings, action)
    key = binding.keys[0] if binding.keys else always_key(action)
    name = binding.pad if context.inputs.last_device == "pad" else key
    return input_words(name) if name else ""
