"""What all scenes share: the circuit and its picture, the car, the settings, hands and ears."""

from __future__ import annotations

from game.app import display
from game.app.frame_log import FrameLog
from game.app.ground.world_view import WorldView
from game.app.input.inputs import Inputs
from game.app.settings import Settings, SettingsFile
from game.app.sound.sound import Sound
from game.app.ui.notice import Notice
from game.files import InputError
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


class Stage:
    """One sitting in the window."""

    def __init__(
        self,
        track: Track,
        spec: CarSpec,
        setup: Setup,
        settings: Settings,
        inputs: Inputs,
        settings_file: SettingsFile | None = None,
    ) -> None:
        """With a file, changed settings are kept there."""
        self.track = track
        self.spec = spec
        self.setup = setup
        self.settings = settings
        self.inputs = inputs
        self._settings_file = settings_file
        self.world_view = WorldView(track)
        self.notice = Notice()
        self.sound = Sound(settings.sound, spec, self.notice.say)
        self.frame_log = FrameLog()

    def take(self, settings: Settings) -> None:
        """Go on with these settings."""
        self.settings = settings
        self.sound.take(settings.sound)
        self.inputs.take(settings.controls)
        display.show_as(settings.display)
        if self._settings_file is not None:
            try:
                self._settings_file.keep(settings)
            except InputError as error:
                self.notice.say(str(error))

    def close(self) -> None:
        """Let go of devices and of work in the background."""
        self.sound.close()
