"""Make the samples: the cars and the sounds of the menus become the next chunk."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.sound.ambience import SILENCE, AmbienceFeatures, AmbienceVoice
from game.app.sound.car_voice import CarVoice, ChunkTiming, car_loops
from game.app.sound.loudness import Samples, limited
from game.app.sound.one_shots import OneShot, OneShots, make_one_shots
from game.app.sound.settings import SoundSettings, gain_of
from game.app.sound.soundscape import HeardCar, Soundscape
from game.vehicle.spec import CarSpec

RATE_HZ: Final = 44_100
CHUNK_FRAMES: Final = 1024

Pcm = npt.NDArray[np.int16]

_FULL_SCALE: Final = 32767.0
_TIMING: Final = ChunkTiming(RATE_HZ, CHUNK_FRAMES)


class Synthesiser:
    """Makes stereo chunks of CHUNK_FRAMES at RATE_HZ that join without a click."""

    def __init__(self, spec: CarSpec, settings: SoundSettings | None = None) -> None:
        """Make the voice of the followed car; shaping the noises takes some 50 ms."""
        self.settings = settings or SoundSettings()
        self._loops = car_loops(RATE_HZ)
        self._one_shots = make_one_shots(RATE_HZ)
        self._followed = self._voice(spec)
        self._others: dict[int, CarVoice] = {}
        self._ambience: AmbienceVoice | None = None  # made when it is first heard
        self._ticks = OneShots(self._one_shots, CHUNK_FRAMES)
        self._soundscape: Soundscape | None = None
        ramp = np.arange(1, CHUNK_FRAMES + 1, dtype=np.float32) / CHUNK_FRAMES
        self._fade_in = ramp
        self._fade_out = np.maximum(np.float32(1.0) - 2.0 * ramp, np.float32(0.0))

    def play(self, one_shot: OneShot) -> None:
        """Let a sound of the menus begin with the next chunk."""
        self._ticks.play(one_shot)

    @property
    def silent(self) -> bool:
        """Return whether there is silence until a car or a one-shot sound comes."""
        return self._soundscape is None and not self._ticks.sounding

    def chunk(self, soundscape: Soundscape | None) -> Pcm:
        """Return the next chunk of a drive, shape (frames, 2); without one it falls silent."""
        mix = self._drive(soundscape)
        if self._ticks.sounding:
            mix += self._ticks.chunk(gain_of(self.settings.interface, self.settings))
        return np.ascontiguousarray((limited(mix) * np.float32(_FULL_SCALE)).astype(np.int16).T)

    def _drive(self, soundscape: Soundscape | None) -> Samples:
        """Return the drive's part, fading in or out where a drive comes or goes."""
        before, self._soundscape = self._soundscape, soundscape
        now = soundscape or before
        if now is None:
            return np.zeros((2, CHUNK_FRAMES), np.float32)
        mix = self._cars(now)
        self._add_ambience(mix, now.ambience)
        if before is None:
            mix *= self._fade_in
        elif soundscape is None:
            mix *= self._fade_out
        return mix

    def _cars(self, soundscape: Soundscape) -> Samples:
        """Return the sum of all cars; those that are not heard any more end in this chunk."""
        mix = self._followed.chunk(soundscape.followed, self.settings, soundscape.placement)
        for other in soundscape.others:
            voice = self._voice_of(other)
            mix += voice.chunk(other.features, self.settings, other.placement)
        numbers = {other.number for other in soundscape.others}
        for number, voice in self._others.items():
            if voice.sounds and number not in numbers:
                mix += voice.last_chunk(self.settings)
        return mix

    def _add_ambience(self, mix: Samples, features: AmbienceFeatures) -> None:
        """Add what is heard beside the track, where anything is."""
        if self._ambience is None and features == SILENCE:
            return
        if self._ambience is None:
            self._ambience = AmbienceVoice(RATE_HZ, CHUNK_FRAMES)
        if self._ambience.sounds or features != SILENCE:
            mix += self._ambience.chunk(features, self.settings)

    def _voice_of(self, other: HeardCar) -> CarVoice:
        voice = self._others.get(other.number)
        if voice is None or voice.spec != other.spec:
            voice = self._others[other.number] = self._voice(other.spec)
        return voice

    def _voice(self, spec: CarSpec) -> CarVoice:
        return CarVoice(spec, self._loops, self._one_shots, _TIMING)
