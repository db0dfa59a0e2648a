"""Synthesise what is heard beside the track: crowd, announcer, wind in the trees, weather."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from game.app.sound.announcer import announcement
from game.app.sound.loudness import Samples
from game.app.sound.noises import Band, NoiseBank, NoiseLoops, Noises, grain_loop, noise_loop
from game.app.sound.settings import SoundSettings, gain_of
from game.arrays import Array

_CROWD_LEVEL: Final = 0.16
_CHEER_LEVEL: Final = 0.34
_CLAPS_LEVEL: Final = 0.10
_TREES_LEVEL: Final = 0.11
_ANNOUNCER_LEVEL: Final = 0.10
_CLAPS_PER_S: Final = 210.0
_RAIN_LEVEL: Final = 0.085
_PATTER_LEVEL: Final = 0.075  # on the roof and the windscreen
_HISS_LEVEL: Final = 0.17
_WIND_LEVEL: Final = 0.12
_DROPS_PER_S: Final = 900.0
_GUST_S: Final = 7.0  # from gust to gust
_GUSTS: Final = 0.45  # of the wind
_MURMUR: Final = (Band(330.0, 0.7, 1.0), Band(760.0, 0.6, 0.7), Band(1500.0, 0.7, 0.25))
_CHEER: Final = (Band(700.0, 0.5, 0.8), Band(1250.0, 0.5, 1.0), Band(2500.0, 0.6, 0.35))
_CLAPS: Final = (Band(1100.0, 0.5, 1.0), Band(2300.0, 0.6, 0.7))
_LEAVES: Final = (Band(520.0, 1.0, 0.5), Band(2600.0, 1.1, 1.0))


_RAIN: Final = (Band(1700.0, 1.0, 0.7), Band(4600.0, 1.0, 1.0))
_HISS: Final = (Band(2400.0, 0.9, 1.0), Band(6200.0, 0.8, 0.8), Band(420.0, 0.7, 0.35))
_GALE: Final = (Band(190.0, 1.0, 1.0), Band(560.0, 0.6, 0.35))
_PATTER: Final = (Band(900.0, 0.6, 1.0), Band(2600.0, 0.7, 0.8))


class AmbienceFeatures(NamedTuple):
    """Says how strong each sound is at a place and moment, and on which side, all 0..1."""

    crowd: float = 0.0
    crowd_right: float = 0.5
    cheer: float = 0.0  # how much the crowd that is heard cheers
    trees: float = 0.0
    announcer: float = 0.0
    announcer_right: float = 0.5
    rain: float = 0.0
    hiss: float = 0.0  # of wheels on a wet road
    wind: float = 0.0
    wind_right: float = 0.5  # the side that it comes from


SILENCE: Final = AmbienceFeatures()


def louder_of(one: AmbienceFeatures, other: AmbienceFeatures) -> AmbienceFeatures:
    """Return what is heard in two cars at once: each sound as where it is louder."""
    crowd, announcer, wind = (
        one if getattr(one, name) >= getattr(other, name) else other
        for name in ("crowd", "announcer", "wind")
    )
    return AmbienceFeatures(
        crowd=crowd.crowd,
        crowd_right=crowd.crowd_right,
        cheer=max(one.cheer, other.cheer),
        trees=max(one.trees, other.trees),
        announcer=announcer.announcer,
        announcer_right=announcer.announcer_right,
        rain=max(one.rain, other.rain),
        hiss=max(one.hiss, other.hiss),
        wind=wind.wind,
        wind_right=wind.wind_right,
    )


@cache
def _loops(rate_hz: int) -> NoiseLoops:
    """Return the noises, in the order of `chunk`. Shaping them takes some 80 ms, once."""
    smooth = [
        noise_loop(bands, rate_hz, 40 + seed)
        for seed, bands in enumerate((_MURMUR, _CHEER, _LEAVES, _RAIN, _HISS, _GALE))
    ]
    grains = [
        grain_loop(_CLAPS, _CLAPS_PER_S, rate_hz, seed=50),
        grain_loop(_PATTER, _DROPS_PER_S, rate_hz, seed=51),
    ]
    return NoiseLoops([*smooth, *grains])


class AmbienceVoice:
    """Makes the chunks of all sounds beside the track, which join without a click."""

    def __init__(self, rate_hz: int, frames: int) -> None:
        """Shape the announcements, and the noises when they are first heard."""
        self._noises = NoiseBank(_loops(rate_hz), frames)
        self._announcement = announcement(rate_hz)
        self._place = 0
        self._announcer_gains = np.zeros((2, 1), np.float32)
        self._ramp = np.arange(1, frames + 1, dtype=np.float32) / np.float32(frames)
        self._chunk_s = frames / rate_hz
        self._time_s = 0.0
        self._loudest = 0.0

    @property
    def sounds(self) -> bool:
        """Return whether its last chunk ended with a sound."""
        return self._loudest > 0.0

    def chunk(self, features: AmbienceFeatures, settings: SoundSettings) -> Samples:
        """Return the next chunk, shape (2, frames), which leads to these strengths."""
        self._time_s += self._chunk_s
        gust = 1.0 + _GUSTS * float(np.sin(2.0 * np.pi * self._time_s / _GUST_S))
        crowd = gain_of(settings.crowd, settings) * features.crowd
        trees = gain_of(settings.trees, settings) * features.trees
        announcer = gain_of(settings.announcer, settings) * features.announcer
        rain = gain_of(settings.rain, settings)
        wind = gain_of(settings.surroundings, settings) * features.wind
        falling, hiss = rain * features.rain, rain * features.hiss
        self._loudest = max(crowd, trees, announcer, falling, hiss, wind)
        sides = _sides(features.crowd_right)
        gains = np.concatenate(
            (
                sides * (_CROWD_LEVEL * crowd * (1.0 + features.cheer)),
                sides * (_CHEER_LEVEL * crowd * features.cheer),
                np.full((2, 1), _TREES_LEVEL * trees * gust),
                np.full((2, 1), _RAIN_LEVEL * falling),
                np.full((2, 1), _HISS_LEVEL * hiss),
                _sides(features.wind_right) * (_WIND_LEVEL * wind * gust),
                sides * (_CLAPS_LEVEL * crowd * features.cheer),
                np.full((2, 1), _PATTER_LEVEL * falling),
            ),
            axis=1,
        )
        speeds = np.array((
            1.0,
            0.94 + 0.10 * features.cheer,
            0.85 + 0.15 * gust,
            1.0,
            0.85 + 0.30 * features.hiss,
            0.80 + 0.20 * gust,
            1.0,
            1.0,
        ))  # fmt: skip
        mix = self._noises.chunk(Noises(speeds, gains))
        wanted = (_ANNOUNCER_LEVEL * announcer * _sides(features.announcer_right)).astype(
            np.float32
        )
        if wanted.any() or self._announcer_gains.any():
            mix += self._announcer(wanted)
        return mix

    def _announcer(self, wanted: Samples) -> Samples:
        """Return the next part of the announcements, on the way to these gains, shape (2, 1).

        A listener who comes within earshot hears the chime first.
        """
        if not self._announcer_gains.any():
            self._place = 0
        index = (self._place + np.arange(len(self._ramp))) % len(self._announcement)
        self._place = int(index[-1]) + 1
        before, self._announcer_gains = self._announcer_gains, wanted
        part: Samples = self._announcement[index] * (before + (wanted - before) * self._ramp)
        return part


def _sides(right: float) -> Array:
    """Return the gains of the left and the right channel, shape (2, 1)."""
    sides: Array = np.sqrt(((2.0 - 2.0 * right,), (2.0 * right,)))
    return sides
