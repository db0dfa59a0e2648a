"""All that the player may set, and the file it is kept in."""

from __future__ import annotations

import msgspec

from game.app.camera import CameraSettings
from game.app.display import DisplaySettings
from game.app.hud.settings import HudSettings
from game.app.input.settings import ControlSettings
from game.app.sound.settings import SoundSettings


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's settings; every room has a part of its own."""

    display: DisplaySettings = DisplaySettings()
    camera: CameraSettings = CameraSettings()
    hud: HudSettings = HudSettings()
    controls: ControlSettings = ControlSettings()
    sound: SoundSettings = SoundSettings()
