"""Make a drive audible frame by frame, where there is a device to play it on."""

from __future__ import annotations

from collections.abc import Callable

from game.app.sound.ambience import SILENCE, AmbienceFeatures
from game.app.sound.audio_features import audio_features
from game.app.sound.one_shots import OneShot
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import HeardCar, Soundscape
from game.app.sound.stream import Stream
from game.app.view.road_feel import RoadFeel
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import CarSpec


class Sound:
    """Plays the followed car with others around it, and the sounds of the menus.

    The device is opened in the background when there is the first sound to play. Without one there
    is silence, one line through `report`, and another try every few seconds.
    """

    def __init__(self, settings: SoundSettings, report: Callable[[str], None]) -> None:
        self._settings = settings
        self._spec: CarSpec | None = None
        self._report = report
        self._stream: Stream | None = None

    def set_car(self, spec: CarSpec) -> None:
        """Follow this car from now on; before the first one there is silence."""
        if self._spec is not None and spec is not self._spec and spec != self._spec:
            self.close()
        self._spec = spec

    def apply(self, settings: SoundSettings) -> None:
        """Play with these settings from now on."""
        self._settings = settings
        if self._stream is not None:
            self._stream.apply(settings)

    def update(
        self,
        now: Snapshot,
        feel: RoadFeel,
        others: tuple[HeardCar, ...] = (),
        ambience: AmbienceFeatures = SILENCE,
    ) -> None:
        """Play the followed car as it is now, and what is around it; called once a frame."""
        if self._spec is not None:
            self.hear(Soundscape(audio_features(now, feel, self._spec), others, ambience))

    def hear(self, soundscape: Soundscape) -> None:
        """Play all that is heard of a drive now; called once a frame."""
        stream = self._opened()
        if stream is None:
            return
        stream.set_soundscape(soundscape)
        error = stream.pop_error()
        if error:
            self._report(error)

    def sample(self, soundscape: Soundscape, lasting_s: float) -> None:
        """Play a moment that is not one of a drive, for so long."""
        stream = self._opened()
        if stream is not None:
            stream.set_soundscape(soundscape, lasting_s)

    def silence(self) -> None:
        """Fall silent, as in a pause, until the next `update`."""
        if self._stream is not None:
            self._stream.set_soundscape(None)

    def play(self, one_shot: OneShot) -> None:
        """Play a sound of the menus."""
        stream = self._opened()
        if stream is not None:
            stream.play(one_shot)

    def reopen(self) -> None:
        """Look for a device again: the one that was there is gone."""
        if self._stream is not None:
            self._stream.reopen()

    @property
    def underruns(self) -> int:
        """Return how often the device ran dry so far."""
        return 0 if self._stream is None else self._stream.underruns

    @property
    def synthesis_s(self) -> float:
        """Return the processor time spent on making samples so far."""
        return 0.0 if self._stream is None else self._stream.synthesis_s

    def close(self) -> None:
        """Close the device."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _opened(self) -> Stream | None:
        """Return the stream; while muted, or before there is a car, none is opened."""
        if self._stream is None and self._spec is not None and not self._settings.muted:
            self._stream = Stream(self._spec, self._settings)
        return self._stream
