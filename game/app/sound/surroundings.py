"""What the air and the ground add: wind, rolling, kerbs, grass, gravel and scraping walls."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.sound.heard import Heard
from game.app.sound.loudness import Numbers, Samples, equal_loudness
from game.app.sound.noises import Band, LoopReader, grain_loop, noise_loop
from game.app.sound.oscillators import OscillatorBank

_FULL_SPEED_MPS: Final = 60.0
_WIND_LEVEL: Final = 0.075
_WHISTLE_LEVEL: Final = 0.03
_ROLLING_LEVEL: Final = 0.045
_KERB_LEVEL: Final = 0.10
_SLAP_LEVEL: Final = 0.07
_GRASS_LEVEL: Final = 0.16
_GRAVEL_LEVEL: Final = 0.17
_SCRAPE_LEVEL: Final = 0.2
_SCRAPE_LEAST: Final = 0.4  # of a contact, however light
_SCRAPE_RELEASE: Final = 0.25  # share of the way in a chunk
_KERB_BLOCK_M: Final = 1.5
_KERB_SPACE_DB: Final = 2.2  # by which each multiple of the blocks' beat is softer than the last
_KERB_TONES: Final = 12

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
_STONES_PER_S: Final = 320.0


class Surroundings:
    """Everything that is neither motor nor tyre."""

    def __init__(self, rate_hz: int, frames: int) -> None:
        self._frames = frames

        def noise(bands: tuple[Band, ...], seed: int) -> LoopReader:
            return LoopReader(noise_loop(bands, rate_hz, seed), frames)

        self._wind = noise(_WIND, 11)
        self._whistle = noise(_WHISTLE, 12)
        self._rolling = noise(_ROLLING, 13)
        self._slap = noise(_SLAP, 14)
        self._grass = noise(_GRASS, 15)
        self._gravel = LoopReader(grain_loop(_GRAVEL, _STONES_PER_S, rate_hz, 16), frames)
        self._rumble = noise(_RUMBLE, 17)
        self._scrape = noise(_SCRAPE, 18)
        self._blocks = _Blocks(rate_hz, frames)
        self._contact = 0.0

    def chunk(self, heard: Heard) -> Samples:
        """The next chunk, shape (2, frames)."""
        mix = self._blocks.chunk(heard)
        fast = min(heard.speed_mps / _FULL_SPEED_MPS, 1.2)
        self._wind.add_to(mix, 0.7 + 0.6 * fast, *_evenly(_WIND_LEVEL * fast * fast))
        self._whistle.add_to(mix, 0.7 + 0.5 * fast, *_evenly(_WHISTLE_LEVEL * fast**3))
        firm = 1.0 - 0.5 * (heard.front.loose + heard.rear.loose)
        rolling = _ROLLING_LEVEL * math.sqrt(fast) * min(heard.speed_mps / 4.0, 1.0) * firm
        self._rolling.add_to(mix, 0.5 + fast, *_evenly(rolling))
        left, right = math.sqrt(1.0 - heard.kerb_right), math.sqrt(heard.kerb_right)
        slap = _SLAP_LEVEL * heard.kerb
        self._slap.add_to(mix, 0.6 + 0.8 * fast, slap * left, slap * right)
        self._grass.add_to(mix, 0.6 + 0.7 * fast, *_evenly(_GRASS_LEVEL * heard.grass))
        self._gravel.add_to(mix, 0.55 + 0.8 * fast, *_evenly(_GRAVEL_LEVEL * heard.gravel))
        self._rumble.add_to(mix, 0.7 + 0.6 * fast, *_evenly(0.8 * _GRAVEL_LEVEL * heard.gravel))
        self._scrape.add_to(mix, 0.7 + 0.5 * fast, *_evenly(self._scraping(heard)))
        return mix

    def _scraping(self, heard: Heard) -> float:
        touching = max(heard.hit, _SCRAPE_LEAST) if heard.hit > 0.0 else 0.0
        if touching > self._contact:
            self._contact = touching
        else:
            self._contact += _SCRAPE_RELEASE * (touching - self._contact)
        if self._contact < 1e-3:
            self._contact = 0.0
        return _SCRAPE_LEVEL * self._contact * min(heard.speed_mps / 15.0, 1.0)


class _Blocks:
    """The beat of a kerb's blocks under the wheels."""

    def __init__(self, rate_hz: int, frames: int) -> None:
        self._orders: Numbers = np.arange(1.0, _KERB_TONES + 1.0)
        # Cosines that begin together make a beat, not a hum.
        self._bank = OscillatorBank(np.full(_KERB_TONES, 0.25), rate_hz, frames)
        self._gains: Numbers = 10.0 ** (-_KERB_SPACE_DB / 20.0 * self._orders)

    def chunk(self, heard: Heard) -> Samples:
        hz = self._orders * heard.speed_mps / _KERB_BLOCK_M
        sides = np.sqrt(((1.0 - heard.kerb_right,), (heard.kerb_right,)))
        gains = _KERB_LEVEL * heard.kerb * self._gains * equal_loudness(hz)
        return self._bank.chunk(hz, sides * gains)


def _evenly(gain: float) -> tuple[float, float]:
    return gain, gain
