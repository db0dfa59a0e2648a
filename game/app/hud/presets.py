"""Choose among ready arrangements of the instruments: clean to drive by, or the engineer's."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import msgspec

from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.placement import Placement
from game.app.hud.settings import HudSettings, Placements
from game.translation import N_

PresetName = Literal["clean", "engineer", "own", "none"]

PRESET_NAMES: Final[dict[PresetName, str]] = {
    "clean": N_("clean"),
    "engineer": N_("engineer"),
    "own": N_("your own"),
    "none": N_("none"),
}
_CLEAN: Final = (  # the energy is there only with a cap, the track limits only when broken
    "speed",
    "lap_times",
    "race_place",  # in a race
    "standings",
    "delta",
    "verdict",
    "energy",
    "power",
    "minimap",
    "damage",  # once there is any
    "weather",  # unless it is a clear noon
)
_CLOSER: Final = {  # to what is left
    "delta": Placement("top left", 16, 120),
    "energy": Placement("top left", 16, 210),
    "weather": Placement("bottom right", 16, 142),
}


@lru_cache(maxsize=8)
def arrangement(settings: HudSettings) -> Placements:
    """Return where the instruments are by the preset that the player has chosen."""
    name = _arranged_by(settings)
    if name == "clean":
        return _clean()
    return Placements() if name == "engineer" else settings.places


def preset_of(settings: HudSettings) -> PresetName:
    """Return the preset that is shown."""
    return _arranged_by(settings) if settings.shown else "none"


def with_preset(settings: HudSettings, name: PresetName) -> HudSettings:
    """Return the settings with another preset; the player's own arrangement is kept."""
    if name == "none":
        return msgspec.structs.replace(settings, preset=_arranged_by(settings), shown=False)
    return msgspec.structs.replace(settings, preset=name, shown=True)


def rearranged(settings: HudSettings, places: Placements) -> HudSettings:
    """Return the settings with the player's own arrangement; the engineer's is none."""
    preset: PresetName = "own" if places != Placements() else "engineer"
    return msgspec.structs.replace(settings, preset=preset, places=places)


def preset_options(settings: HudSettings) -> tuple[PresetName, ...]:
    """Return the presets to choose from; the player's own is one if there is any."""
    own: tuple[PresetName, ...] = ("own",) if settings.places != Placements() else ()
    return ("clean", "engineer", *own, "none")


def next_preset(settings: HudSettings) -> PresetName:
    """Return the preset after the one that is shown; after the last comes the first."""
    options = preset_options(settings)
    now = preset_of(settings)
    return options[(options.index(now) + 1) % len(options)] if now in options else options[0]


def _arranged_by(settings: HudSettings) -> Literal["clean", "engineer", "own"]:
    if settings.preset:
        return settings.preset
    return "own" if settings.places != Placements() else "clean"  # as versions before kept it


@lru_cache(maxsize=1)
def _clean() -> Placements:
    places = Placements()
    for name in INSTRUMENTS:
        place = _CLOSER.get(name, places.of(name))
        place = msgspec.structs.replace(place, shown=name in _CLEAN)
        places = places.with_placement(name, place)
    return places
