"""Synthesise the tyres: a moan to a squeal on tarmac, a scrub on loose ground, for each axle."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.sound.audio_features import AudioFeatures, AxleFeatures
from game.app.sound.loudness import Samples
from game.app.sound.noises import Band, Noises, noise_loop

_SQUEAL_LEVEL: Final = 0.26
_TEAR_LEVEL: Final = 0.13
_SCRUB_LEVEL: Final = 0.26
_FRONT_PITCH: Final = 1.26  # a third above the rear
_ATTACK: Final = 0.7  # share of the way in a chunk: a tyre lets go at once
_RELEASE: Final = 0.3  # share of the way in a chunk: a tyre catches itself with a sigh
_SILENT: Final = 1e-3
_WANDER: Final = 0.02  # of the pitch; a tread never holds its note
_WANDER_KEPT: Final = 0.9  # of it from chunk to chunk
_FULL_SPEED_MPS: Final = 50.0

# Narrow humps are heard as tones that quiver; the wide ones are rubber torn off.
_SQUEAL: Final = (
    Band(640.0, 0.030, 1.0),
    Band(905.0, 0.022, 0.8),
    Band(1290.0, 0.020, 0.6),
    Band(1830.0, 0.018, 0.35),
    Band(2700.0, 0.030, 0.15),
    Band(1200.0, 1.1, 0.035),
)
_TEAR: Final = (Band(1400.0, 0.9, 1.0), Band(420.0, 0.6, 0.6))
_SCRUB: Final = (Band(300.0, 0.8, 1.0), Band(2600.0, 1.0, 0.7))


class Tyres:
    """Gives the noises of the tyres of both axles."""

    def __init__(self) -> None:
        self._front = _TyreVoice(_FRONT_PITCH, seed=4)
        self._rear = _TyreVoice(1.0, seed=5)

    def loops(self, rate_hz: int) -> list[Samples]:
        """Return the noises of the front and of the rear axle, in the order of `noises`."""
        makes = (_SQUEAL, _TEAR, _SCRUB)
        return 2 * [noise_loop(make, rate_hz, seed) for seed, make in enumerate(makes)]

    def noises(self, features: AudioFeatures) -> Noises:
        """Return the levels of the tyres' noises in the next chunk."""
        front = self._front.noises(features.front, features.speed_mps)
        rear = self._rear.noises(features.rear, features.speed_mps)
        return Noises(
            np.concatenate((front.speeds, rear.speeds)),
            np.concatenate((front.gains, rear.gains), axis=1),
        )


class _TyreVoice:
    """Gives the noises of the tyres of one axle."""

    def __init__(self, pitch: float, seed: int) -> None:
        self._pitch = pitch
        self._random = np.random.default_rng(seed)
        self._wander = 0.0
        self._slip = 0.0

    def noises(self, axle: AxleFeatures, speed_mps: float) -> Noises:
        share = _ATTACK if axle.slip > self._slip else _RELEASE
        self._slip += share * (axle.slip - self._slip)
        slip = self._slip if self._slip > _SILENT else 0.0
        kept = _WANDER_KEPT
        fresh = math.sqrt(1.0 - kept * kept) * self._random.standard_normal()
        self._wander = kept * self._wander + _WANDER * fresh
        fast = min(speed_mps / _FULL_SPEED_MPS, 1.0)
        speed = self._pitch * (0.82 + 0.20 * slip + 0.16 * fast) * (1.0 + self._wander)
        firm = slip * (1.0 - axle.loose)
        # First the rubber is torn, then it sings.
        gains = np.array((
            _SQUEAL_LEVEL * firm * (0.25 + 0.75 * slip),
            _TEAR_LEVEL * firm * math.sqrt(slip),
            _SCRUB_LEVEL * slip * axle.loose,
        ))  # fmt: skip
        sides = np.sqrt(((1.2 - axle.right,), (0.2 + axle.right,)))
        return Noises(np.full(len(gains), speed), sides * gains)
