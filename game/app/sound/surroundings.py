"""Add what the air and the ground add: wind, rolling, kerbs, grass, gravel and scraping walls."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.sound.audio_features import AudioFeatures
from game.app.sound.loudness import Samples, equal_loudness
from game.app.sound.noises import Band, Noises, grain_loop, noise_loop
from game.app.sound.oscillators import Tones
from game.arrays import Array

_FULL_SPEED_MPS: Final = 60.0
_WIND_LEVEL: Final = 0.12
_WHISTLE_LEVEL: Final = 0.05
_ROLLING_LEVEL: Final = 0.07
_BEAT_LEVEL: Final = 0.22
_SLAP_LEVEL: Final = 0.20
_GRASS_LEVEL: Final = 0.26
_GRAVEL_LEVEL: Final = 0.24
_RUMBLE_LEVEL: Final = 0.18
_SCRAPE_LEVEL: Final = 0.16
_MIN_SCRAPE: Final = 0.4  # of a contact, however light
_SCRAPE_RELEASE: Final = 0.25  # share of the way in a chunk
_SILENT: Final = 1e-3
_KERB_BLOCK_M: Final = 1.5
_BEATING_MPS: Final = 4.0  # below this speed a flat spot is heard less, and not at rest
_TURN_M: Final = 2.0  # of the road, for a turn of a wheel
_BEAT_TONES: Final = 16
_BEAT_FALL: Final = 0.86  # each multiple of the blocks' beat is so loud as the one before
_STONES_PER_S: Final = 320.0

_WIND: Final = (Band(150.0, 1.5, 1.0), Band(420.0, 0.5, 0.4))
_WHISTLE: Final = (Band(1500.0, 0.5, 1.0), Band(3600.0, 0.6, 0.5))
_ROLLING: Final = (Band(110.0, 0.6, 1.0), Band(260.0, 0.35, 0.8), Band(750.0, 0.8, 0.25))
_SLAP: Final = (Band(240.0, 0.6, 1.0), Band(900.0, 0.5, 0.4))
_GRASS: Final = (Band(90.0, 0.8, 1.0), Band(3200.0, 1.0, 0.8))
_GRAVEL: Final = (Band(700.0, 0.5, 1.0), Band(2300.0, 0.5, 1.0), Band(4800.0, 0.5, 0.6))
_RUMBLE: Final = (Band(80.0, 0.7, 1.0),)
_SCRAPE: Final = (
    Band(700.0, 0.5, 0.6),
    Band(1900.0, 0.05, 1.0),
    Band(2750.0, 0.04, 0.8),
    Band(3900.0, 0.6, 0.5),
)


class Surroundings:
    """Makes the sounds of everything that is neither motor nor tyre."""

    # Cosines that begin together make a beat, not a hum.
    phases: Final = np.full(_BEAT_TONES, 0.25)

    def __init__(self) -> None:
        self._orders: Array = np.arange(1.0, _BEAT_TONES + 1.0)
        self._beat: Array = _BEAT_FALL**self._orders
        self._contact = 0.0

    def loops(self, rate_hz: int) -> list[Samples]:
        """Return the loops of all noises, in the order of `noises`."""
        makes = (_WIND, _WHISTLE, _ROLLING, _SLAP, _GRASS, _RUMBLE, _SCRAPE)
        smooth = [noise_loop(make, rate_hz, 10 + seed) for seed, make in enumerate(makes)]
        return [*smooth, grain_loop(_GRAVEL, _STONES_PER_S, rate_hz, seed=20)]

    def tones(self, features: AudioFeatures) -> Tones:
        """Return the beat of a kerb's blocks under the wheels, or of a tyre's flat spot."""
        flat_spot = features.flat_spot * min(features.speed_mps / _BEATING_MPS, 1.0)
        apart_m = _TURN_M if flat_spot > features.kerb else _KERB_BLOCK_M
        hz = self._orders * features.speed_mps / apart_m
        strength = max(features.kerb, flat_spot)
        gains = _BEAT_LEVEL * strength * self._beat * equal_loudness(hz)
        return Tones(hz, _kerb_sides(features) * gains)

    def noises(self, features: AudioFeatures) -> Noises:
        """Return the levels of wind, rolling, ground and walls in the next chunk."""
        fast = min(features.speed_mps / _FULL_SPEED_MPS, 1.2)
        firm = 1.0 - 0.5 * (features.front.loose + features.rear.loose)
        rolling = math.sqrt(fast) * min(features.speed_mps / 4.0, 1.0) * firm
        speeds_and_gains = np.array((
            (0.7 + 0.6 * fast, _WIND_LEVEL * fast**2),
            (0.7 + 0.5 * fast, _WHISTLE_LEVEL * fast**3),
            (0.5 + fast, _ROLLING_LEVEL * rolling),
            (0.6 + 0.8 * fast, _SLAP_LEVEL * features.kerb),
            (0.6 + 0.7 * fast, _GRASS_LEVEL * features.grass),
            (0.7 + 0.6 * fast, _RUMBLE_LEVEL * features.gravel),
            (0.7 + 0.5 * fast, _SCRAPE_LEVEL * self._scraping(features)),
            (0.55 + 0.8 * fast, _GRAVEL_LEVEL * features.gravel),
        ))  # fmt: skip
        sides = np.ones((2, len(speeds_and_gains)))
        sides[:, 3:4] = _kerb_sides(features)
        return Noises(speeds_and_gains[:, 0], sides * speeds_and_gains[:, 1])

    def _scraping(self, features: AudioFeatures) -> float:
        touching = max(features.hit, _MIN_SCRAPE) if features.hit > 0.0 else 0.0
        if touching > self._contact:
            self._contact = touching
        else:
            self._contact += _SCRAPE_RELEASE * (touching - self._contact)
        if self._contact < _SILENT:
            self._contact = 0.0
        return self._contact * min(features.speed_mps / 15.0, 1.0)


def _kerb_sides(features: AudioFeatures) -> Array:
    sides: Array = np.sqrt(((1.0 - features.kerb_right,), (features.kerb_right,)))
    return sides
