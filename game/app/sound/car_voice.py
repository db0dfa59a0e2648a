"""Make one car's samples: its motors, its tyres and all that its body meets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from game.app.sound.audio_features import AudioFeatures
from game.app.sound.loudness import Samples
from game.app.sound.motors import Motors
from game.app.sound.noises import NoiseBank, NoiseLoops, Noises
from game.app.sound.one_shots import OneShot, OneShots
from game.app.sound.oscillators import OscillatorBank, Tones
from game.app.sound.placement import HERE, SoundPlacement
from game.app.sound.settings import SoundSettings, gain_of
from game.app.sound.surroundings import Surroundings
from game.app.sound.tyres import Tyres
from game.vehicle.spec import CarSpec

_HARDER_TIMES: Final = 1.5
_HIT_KEPT: Final = 0.85  # of the memory of a hit from chunk to chunk
_MIN_THUD: Final = 0.04  # lighter contacts only scrape
_CRASH_FROM: Final = 0.35  # harder ones break things


class ChunkTiming(NamedTuple):
    """Holds the number of samples a second, and of those in a chunk."""

    rate_hz: int
    chunk_frames: int


@cache
def car_loops(rate_hz: int) -> NoiseLoops:
    """Return the noises of every car, which all voices share. Shaping them takes some 50 ms."""
    return NoiseLoops(Tyres().loops(rate_hz) + Surroundings().loops(rate_hz))


class CarVoice:
    """Makes the chunks of one car, which join without a click wherever the car is heard from."""

    def __init__(
        self,
        spec: CarSpec,
        loops: NoiseLoops,
        one_shots: Mapping[OneShot, Samples],
        timing: ChunkTiming,
    ) -> None:
        self.spec = spec
        self._motors = Motors(spec.front_motor.speed_limit_radps)
        self._tyres = Tyres()
        self._surroundings = Surroundings()
        phases = np.concatenate((self._motors.phases, self._surroundings.phases))
        self._oscillators = OscillatorBank(phases, *timing)
        self._noises = NoiseBank(loops, timing.chunk_frames)
        self._thuds = OneShots(one_shots, timing.chunk_frames)
        self._last_hit = 0.0
        self._features = AudioFeatures()
        self.sounds = False  # whether its last chunk ended with a sound

    def chunk(
        self, features: AudioFeatures, settings: SoundSettings, placement: SoundPlacement = HERE
    ) -> Samples:
        """Return the next chunk, shape (2, frames), which leads to this sound from this place."""
        self._features = features
        self.sounds = placement.gain > 0.0
        self._start_thud(features.hit)
        return self._moving(features, settings, placement)

    def last_chunk(self, settings: SoundSettings) -> Samples:
        """Return the chunk in which a car that is not heard any more falls silent."""
        self.sounds = False
        return self._moving(self._features, settings, SoundPlacement(gain=0.0))

    def _moving(
        self, features: AudioFeatures, settings: SoundSettings, placement: SoundPlacement
    ) -> Samples:
        motors, tyres, surroundings = (
            gain_of(volume, settings)
            for volume in (settings.motors, settings.tyres, settings.surroundings)
        )
        sides = placement.sides
        motor_tones, kerb_tones = self._motors.tones(features), self._surroundings.tones(features)
        tyre_noises, other_noises = (
            self._tyres.noises(features),
            self._surroundings.noises(features),
        )
        gains = (motors * motor_tones.gains, surroundings * kerb_tones.gains)
        hz = np.concatenate((motor_tones.hz, kerb_tones.hz))
        mix = self._oscillators.chunk(
            Tones(placement.pitch * hz, sides * np.concatenate(gains, axis=1))
        )
        gains = (tyres * tyre_noises.gains, surroundings * other_noises.gains)
        speeds = np.concatenate((tyre_noises.speeds, other_noises.speeds))
        mix += self._noises.chunk(
            Noises(placement.pitch * speeds, sides * np.concatenate(gains, axis=1))
        )
        if self._thuds.sounding:
            mix += sides.astype(np.float32) * self._thuds.chunk(surroundings)
        return mix

    def _start_thud(self, hit: float) -> None:
        """Start a thud where a contact begins or becomes harder; in between it only scrapes."""
        if hit > max(_MIN_THUD, _HARDER_TIMES * self._last_hit):
            self._thuds.play("crash" if hit >= _CRASH_FROM else "thud", math.sqrt(hit))
        self._last_hit = max(hit, _HIT_KEPT * self._last_hit)
