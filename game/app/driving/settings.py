"""Hold what the player may choose of how a drive begins and goes on."""

from __future__ import annotations

from typing import Literal

from game.toml_files import TomlTable
from game.vehicle.damage import DamageMode
from game.weather.weather import DEFAULT_WEATHER


class DriveSettings(TomlTable, frozen=True):
    """Keeps the waits before a drive begins and after a pause."""

    # What hits do: nothing, half as much and mended by a reset, or all that they can.
    damage: DamageMode = "reduced"
    weather: str = DEFAULT_WEATHER  # by its name, or the path of its file
    # "first": when a drive begins, and when it is restarted from a menu, but not by the key.
    start_lights: Literal["off", "first", "always"] = "first"
    resume_countdown: bool = True  # after a pause at speed
    key_hints: bool = True  # keys are shown when they would help, each once
    keys_taught: tuple[str, ...] = ()  # lessons that were shown, or that the player knew
