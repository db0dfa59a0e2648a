"""All that the player may set, and the file it is kept in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import tomli_w

from game.app.camera import CameraSettings
from game.app.display import DisplaySettings
from game.app.hud.settings import HudSettings
from game.app.input.settings import ControlSettings
from game.app.sound.settings import SoundSettings
from game.files import InputError, player_folder, write_text
from game.vehicle.spec import read_toml

Kind = TypeVar("Kind")

_FILE: Final = "settings.toml"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's settings; every room has a part of its own."""

    display: DisplaySettings = DisplaySettings()
    camera: CameraSettings = CameraSettings()
    hud: HudSettings = HudSettings()
    controls: ControlSettings = ControlSettings()
    sound: SoundSettings = SoundSettings()


def part(whole: Any, *names: str) -> Any:
    """What settings keep under these names, one in the other: `part(settings, "hud", "shown")`."""
    found = whole
    for name in names:
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    return found


def with_part(whole: Kind, value: Any, *names: str) -> Kind:
    """The same settings with something else under these names."""
    changed: Kind = _with_part(whole, value, names)
    return changed


def bounds(*names: str) -> tuple[float, float]:
    """The least and the greatest number that may stand under these names."""
    kind: Any = Settings
    for name in names:
        kind = next(field.type for field in msgspec.structs.fields(kind) if field.name == name)
    checked: Any = msgspec.inspect.type_info(kind)
    return checked.ge if checked.ge is not None else checked.gt, checked.le


def load_settings(path: Path) -> Settings:
    """The settings in a file, or the defaults where there is none yet.

    Raises InputError, naming the file and the key, if the file cannot be used.
    """
    return read_toml(path, Settings) if path.exists() else Settings()


def save_settings(settings: Settings, path: Path) -> None:
    """Write what `load_settings` reads back equal. Raises InputError if it cannot be written."""
    write_text(path, tomli_w.dumps(msgspec.to_builtins(settings)))


class SettingsFile:
    """The player's file: read once, written whenever something changes.

    A file that cannot be used stays as it is until then; it is put aside, not overwritten.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or player_folder() / _FILE
        self.complaint = ""  # what is wrong with the file, one line
        try:
            self.settings = load_settings(self.path)
        except InputError as error:
            self.settings = Settings()
            self.complaint = f"{error}; going on with the defaults"
        self._unusable = bool(self.complaint)

    def keep(self, settings: Settings) -> None:
        """Write settings that differ from those in the file. Raises InputError if it cannot be."""
        if settings == self.settings:
            return
        self.settings = settings
        if self._unusable:
            self._put_aside()
        save_settings(settings, self.path)

    def _put_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.broken")
        number = 1
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"{self.path.name}.broken{number}")
        try:
            self.path.rename(aside)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"{self.path}: cannot be put aside ({reason})") from None
        self._unusable = False


def _with_part(whole: Any, value: Any, names: tuple[str, ...]) -> Any:
    if not names:
        return value
    name, rest = names[0], names[1:]
    if isinstance(whole, dict):
        return {**whole, name: _with_part(whole[name], value, rest)}
    inner = _with_part(getattr(whole, name), value, rest)
    return msgspec.structs.replace(whole, **{name: inner})
