"""The car's voice as samples: what is heard of it at one moment becomes the next chunk."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.sound.audio_features import AudioFeatures
from game.app.sound.loudness import Samples, limited
from game.app.sound.motors import Motors
from game.app.sound.noises import NoiseBank, Noises
from game.app.sound.one_shots import OneShot, OneShots
from game.app.sound.oscillators import OscillatorBank, Tones
from game.app.sound.settings import SoundSettings
from game.app.sound.surroundings import Surroundings
from game.app.sound.tyres import Tyres
from game.vehicle.spec import CarSpec

RATE_HZ: Final = 44_100
CHUNK_FRAMES: Final = 1024

Pcm = npt.NDArray[np.int16]

_FULL_SCALE: Final = 32767.0
_HARDER_TIMES: Final = 1.5
_HIT_KEPT: Final = 0.85  # of the memory of a hit from chunk to chunk
_MIN_THUD: Final = 0.04  # lighter contacts only scrape


class Synthesiser:
    """Makes stereo chunks of CHUNK_FRAMES at RATE_HZ that join without a click."""

    def __init__(self, spec: CarSpec, settings: SoundSettings | None = None) -> None:
        """Shaping the noises takes some 50 ms."""
        self.settings = settings or SoundSettings()
        self._motors = Motors(spec.front_motor.speed_limit_radps)
        self._tyres = Tyres()
        self._surroundings = Surroundings()
        phases = np.concatenate((self._motors.phases, self._surroundings.phases))
        self._oscillators = OscillatorBank(phases, RATE_HZ, CHUNK_FRAMES)
        loops = self._tyres.loops(RATE_HZ) + self._surroundings.loops(RATE_HZ)
        self._loops = NoiseBank(loops, CHUNK_FRAMES)
        self._thuds = OneShots(RATE_HZ, CHUNK_FRAMES)
        self._ticks = OneShots(RATE_HZ, CHUNK_FRAMES)
        self._features = AudioFeatures()
        self._presence = 0.0
        ramp = np.arange(1, CHUNK_FRAMES + 1, dtype=np.float32) / CHUNK_FRAMES
        self._fade_in = ramp
        self._fade_out = np.maximum(np.float32(1.0) - 2.0 * ramp, np.float32(0.0))
        self._last_hit = 0.0

    def play(self, one_shot: OneShot) -> None:
        """Let a sound of the menus begin with the next chunk."""
        self._ticks.play(one_shot)

    @property
    def silent(self) -> bool:
        """Return whether there is silence until a car or a one-shot sound comes."""
        return self._presence == 0.0 and not self._ticks.sounding

    def chunk(self, features: AudioFeatures | None) -> Pcm:
        """Return the next chunk of a car, shape (frames, 2); without a car it falls silent."""
        mix = self._car(features)
        if self._ticks.sounding:
            mix += self._ticks.chunk(_squared(self.settings.interface, self.settings))
        return np.ascontiguousarray((limited(mix) * np.float32(_FULL_SCALE)).astype(np.int16).T)

    def _car(self, features: AudioFeatures | None) -> Samples:
        """Return the car's part, fading in or out where it comes or goes."""
        was_there, self._presence = self._presence, float(features is not None)
        if features is None and not was_there:
            return np.zeros((2, CHUNK_FRAMES), np.float32)
        if features is not None:
            self._features = features
            self._start_thud(features.hit)
        mix = self._moving(self._features)
        if features is None:
            mix *= self._fade_out
        elif not was_there:
            mix *= self._fade_in
        return mix

    def _moving(self, features: AudioFeatures) -> Samples:
        now = self.settings
        motors, tyres, surroundings = (
            _squared(volume, now) for volume in (now.motors, now.tyres, now.surroundings)
        )
        motor_tones, kerb_tones = self._motors.tones(features), self._surroundings.tones(features)
        tyre_noises, other_noises = (
            self._tyres.noises(features),
            self._surroundings.noises(features),
        )
        mix = self._oscillators.chunk(
            Tones(
                np.concatenate((motor_tones.hz, kerb_tones.hz)),
                np.concatenate(
                    (motors * motor_tones.gains, surroundings * kerb_tones.gains), axis=1
                ),
            )
        )
        mix += self._loops.chunk(
            Noises(
                np.concatenate((tyre_noises.speeds, other_noises.speeds)),
                np.concatenate(
                    (tyres * tyre_noises.gains, surroundings * other_noises.gains), axis=1
                ),
            )
        )
        if self._thuds.sounding:
            mix += self._thuds.chunk(surroundings)
        return mix

    def _start_thud(self, hit: float) -> None:
        """Start a thud where a contact begins or becomes harder; in between it only scrapes."""
        if hit > max(_MIN_THUD, _HARDER_TIMES * self._last_hit):
            self._thuds.play("thud", math.sqrt(hit))
        self._last_hit = max(hit, _HIT_KEPT * self._last_hit)


def _squared(volume: float, settings: SoundSettings) -> float:
    """Return a group's gain: an ear takes the square of a slider for its middle."""
    return 0.0 if settings.muted else (settings.master * volume) ** 2
