"""Keep how loud each group of sounds is."""

from __future__ import annotations

from typing import Annotated

import msgspec

from game.toml_files import TomlTable

Volume = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class SoundSettings(TomlTable, frozen=True):
    """Keeps volumes, 0..1."""

    muted: bool = False
    master: Volume = 0.8
    motors: Volume = 0.7
    tyres: Volume = 0.9
    surroundings: Volume = 0.7  # wind, kerbs, gravel, walls
    crowd: Volume = 0.6
    trees: Volume = 0.6  # the wind in them
    rain: Volume = 0.7  # on the car, and under its wheels
    announcer: Volume = 0.5  # at the line
    interface: Volume = 0.6  # ticks of the menus, and the signals of lights and laps


def gain_of(volume: float, settings: SoundSettings) -> float:
    """Return a group's gain: an ear takes the square of a slider for its middle."""
    return 0.0 if settings.muted else (settings.master * volume) ** 2
