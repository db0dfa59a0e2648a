"""The tyres: a moan that rises to a squeal on tarmac, a scrub on loose ground, per axle."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.sound.heard import Axle, Heard
from game.app.sound.loudness import Samples
from game.app.sound.noises import Band, LoopReader, noise_loop

_SQUEAL_LEVEL: Final = 0.15
_SCRUB_LEVEL: Final = 0.16
_FRONT_PITCH: Final = 1.26  # a third above the rear
_ATTACK: Final = 0.7  # shares of the way in a chunk: a tyre lets go at once ...
_RELEASE: Final = 0.3  # ... and catches itself with a sigh
_WANDER: Final = 0.035  # of the pitch; a tread never holds its note
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
    """Both axles' tyres."""

    def __init__(self, rate_hz: int, frames: int) -> None:
        squeal = noise_loop(_SQUEAL, rate_hz, seed=1)
        tear = noise_loop(_TEAR, rate_hz, seed=2)
        scrub = noise_loop(_SCRUB, rate_hz, seed=3)
        loops = (squeal, tear, scrub)
        self._front = _Voice(loops, frames, _FRONT_PITCH, seed=4)
        self._rear = _Voice(loops, frames, 1.0, seed=5)
        self._frames = frames

    def chunk(self, heard: Heard) -> Samples:
        """The next chunk, shape (2, frames)."""
        mix = np.zeros((2, self._frames), np.float32)
        self._front.add_to(mix, heard.front, heard.speed_mps)
        self._rear.add_to(mix, heard.rear, heard.speed_mps)
        return mix


class _Voice:
    """The tyres of one axle."""

    def __init__(
        self, loops: tuple[Samples, Samples, Samples], frames: int, pitch: float, seed: int
    ) -> None:
        self._squeal, self._tear, self._scrub = (LoopReader(loop, frames) for loop in loops)
        self._pitch = pitch
        self._random = np.random.default_rng(seed)
        self._wander = 0.0
        self._slip = 0.0

    def add_to(self, mix: Samples, axle: Axle, speed_mps: float) -> None:
        """Add the next chunk to a mix."""
        self._slip += (_ATTACK if axle.slip > self._slip else _RELEASE) * (axle.slip - self._slip)
        slip = self._slip if self._slip > 1e-3 else 0.0
        self._wander = 0.9 * self._wander + 0.44 * _WANDER * self._random.standard_normal()
        fast = min(speed_mps / _FULL_SPEED_MPS, 1.0)
        speed = self._pitch * (0.82 + 0.20 * slip + 0.16 * fast) * (1.0 + self._wander)
        left, right = math.sqrt(1.2 - axle.right), math.sqrt(0.2 + axle.right)
        firm = _SQUEAL_LEVEL * slip * (1.0 - axle.loose)
        # First the rubber is torn, then it sings.
        for reader, gain in (
            (self._squeal, firm * (0.25 + 0.75 * slip)),
            (self._tear, 0.5 * firm * math.sqrt(slip)),
            (self._scrub, _SCRUB_LEVEL * slip * axle.loose),
        ):
            reader.add_to(mix, speed, gain * left, gain * right)
