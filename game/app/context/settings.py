"""Keep all that the player may set, and the file it is kept in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from game.app.car.settings import CarSettings
from game.app.context.display import DisplaySettings
from game.app.context.language import Language
from game.app.context.toml_store import TomlStore
from game.app.driving.settings import (
    DriveSettings,
    GhostSettings,
    RaceSettings,
    TwoPlayerSettings,
)
from game.app.effects.settings import EffectSettings
from game.app.hud.settings import HudSettings
from game.app.input.settings import ControlSettings
from game.app.sound.settings import SoundSettings
from game.app.view.camera import CameraSettings
from game.files import player_folder
from game.toml_files import TomlTable

Whole = TypeVar("Whole")

_FILE: Final = "settings.toml"
_FORMER_GHOSTS: Final = {
    "ghost": "best",
    "medal_ghosts": "medals",
}  # keys of [hud], now of [ghosts]


class Settings(TomlTable, frozen=True):
    """Keeps the player's settings; every package that has some has a part of its own."""

    language: Language = "system"
    circuit: str = ""  # the one chosen last, by its name; empty: the one that ships
    display: DisplaySettings = DisplaySettings()
    camera: CameraSettings = CameraSettings()
    car: CarSettings = CarSettings()
    hud: HudSettings = HudSettings()
    controls: ControlSettings = ControlSettings()
    sound: SoundSettings = SoundSettings()
    drive: DriveSettings = DriveSettings()
    ghosts: GhostSettings = GhostSettings()
    effects: EffectSettings = EffectSettings()
    race: RaceSettings = RaceSettings()
    two_players: TwoPlayerSettings = TwoPlayerSettings()


def part(whole: Any, *names: str) -> Any:
    """Return the value under nested names: `part(settings, "hud", "shown")`."""
    found = whole
    for name in names:
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    return found


def with_part(whole: Whole, value: Any, *names: str) -> Whole:
    """Return the settings with another value under these names."""
    changed: Whole = _with_part(whole, value, names)
    return changed


@lru_cache
def bounds(*names: str) -> tuple[float, float]:
    """Return the minimum and the maximum of the number under these names."""
    kind: Any = Settings
    for name in names:
        kind = next(field.type for field in msgspec.structs.fields(kind) if field.name == name)
    checked: Any = msgspec.inspect.type_info(kind)
    return checked.ge if checked.ge is not None else checked.gt, checked.le


class SettingsFile(TomlStore[Settings]):
    """Keeps the player's settings as a file."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(path or player_folder() / _FILE, Settings)

    @property
    def settings(self) -> Settings:
        """Return the settings as they are stored."""
        return self.content

    def _taken_over(self, tables: dict[str, Any]) -> dict[str, Any]:
        """Return a file's tables with the ghosts where they are now kept."""
        hud = tables.get("hud")
        if not isinstance(hud, dict) or hud.keys().isdisjoint(_FORMER_GHOSTS):
            return tables
        former = {now: hud[before] for before, now in _FORMER_GHOSTS.items() if before in hud}
        kept = {key: value for key, value in hud.items() if key not in _FORMER_GHOSTS}
        return {**tables, "hud": kept, "ghosts": {**former, **tables.get("ghosts", {})}}


def _with_part(whole: Any, value: Any, names: tuple[str, ...]) -> Any:
    if not names:
        return value
    name, rest = names[0], names[1:]
    if isinstance(whole, dict):
        return {**whole, name: _with_part(whole[name], value, rest)}
    inner = _with_part(getattr(whole, name), value, rest)
    return msgspec.structs.replace(whole, **{name: inner})
