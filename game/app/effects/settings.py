"""Hold which effects of driving the player wants to see."""

from __future__ import annotations

from typing import NamedTuple

from game.toml_files import TomlTable


class EffectSettings(TomlTable, frozen=True):
    """Keeps which effects are on, each of which can be switched off."""

    speed_streaks: bool = True
    dust: bool = True  # off the edges of the road
    grass: bool = True  # torn off and blown about
    flags: bool = True  # and the marshals beside them
    cloud_shadows: bool = True
    spray: bool = True  # that wheels throw up from a wet road
    rain: bool = True  # drops and rings; the road is wet without them, too
    confetti: bool = True  # over the road, when a lap is the best so far


class EffectChoice(NamedTuple):
    """Says which effects are shown at the moment."""

    settings: EffectSettings = EffectSettings()
    calm: bool = False  # reduced motion: no flash, no streaks, nothing waves or drifts
