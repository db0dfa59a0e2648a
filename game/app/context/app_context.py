"""Hold all that scenes use on any circuit with any car: settings, inputs, sound, notices."""

from __future__ import annotations

from game.app.context import display
from game.app.context.frame_log import FrameLog
from game.app.context.language import use_language
from game.app.context.lessons_done import FinishedLessons
from game.app.context.settings import Settings, SettingsFile
from game.app.input.inputs import Inputs
from game.app.input.seats import Seats
from game.app.sound.sound import Sound
from game.app.ui.notice import Notice
from game.app.view.render_scale import RenderScale
from game.errors import InputError
from game.recording.telemetry_stream import TelemetryStream
from game.simulation.world import TICK_S
from game.vehicle.damage import DamageMode


class AppContext:
    """Holds what lives as long as the window and what every scene may use."""

    def __init__(
        self, settings: Settings, inputs: Inputs, settings_file: SettingsFile | None = None
    ) -> None:
        """Save every change of the settings to the file; None saves nothing."""
        use_language(settings.language)
        self.settings = settings
        self.inputs = inputs
        self.seats = Seats(inputs)  # of two players at this machine
        self._settings_file = settings_file
        self.notice = Notice()
        self.sound = Sound(settings.sound, self.notice.show)
        self.frame_log = FrameLog()
        self.lessons = FinishedLessons()
        self.telemetry = TelemetryStream(TICK_S)  # of the car that the player drives
        self.telemetry.send_to(settings.drive.telemetry_port)
        self.asked_damage: DamageMode | None = None  # at the start, in place of the setting's
        self.render_scale = RenderScale(settings.display.render_percent)

    def apply(self, settings: Settings) -> None:
        """Use these settings from now on, and save them."""
        if settings.drive.damage != self.settings.drive.damage:
            self.asked_damage = None
        if settings.drive.telemetry_port != self.settings.drive.telemetry_port:
            self.telemetry.send_to(settings.drive.telemetry_port)
        self.settings = settings
        use_language(settings.language)
        self.sound.apply(settings.sound)
        self.inputs.apply(settings.controls)
        self.render_scale.apply(settings.display.render_percent)
        try:
            display.show_as(settings.display)
            if self._settings_file is not None:
                self._settings_file.keep(settings)
        except InputError as error:
            self.notice.show(str(error))

    @property
    def damage(self) -> DamageMode:
        """Return what hits do to the player's car."""
        return self.settings.drive.damage if self.asked_damage is None else self.asked_damage

    def close(self) -> None:
        """Close the sound device, and send no more telemetry."""
        self.telemetry.close()
        self.sound.close()
