"""The car's voice: what it does each frame made audible, where there is a device to hear it on."""

from __future__ import annotations

from game.app.road_feel import RoadFeel
from game.app.sound.settings import SoundSettings
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import CarSpec


class Sound:
    """Plays one car."""

    def __init__(self, settings: SoundSettings, spec: CarSpec) -> None:
        self._settings = settings
        self._spec = spec

    def take(self, settings: SoundSettings) -> None:
        """Play with these settings from now on."""
        self._settings = settings

    def play(self, now: Snapshot, feel: RoadFeel) -> None:
        """Go on sounding as the car does now; once a frame."""

    def rest(self) -> None:
        """Fall silent, as in a pause, until the next `play`."""

    def close(self) -> None:
        """Let go of the device."""
