"""Synthesise a bank of sines whose phases never jump, whatever their frequencies do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.app.sound.loudness import Samples
from game.arrays import Array


class Tones(NamedTuple):
    """Gives the frequencies and gains of oscillators at the end of a chunk."""

    hz: Array  # (k,)
    gains: Array  # (2, k): left and right


class OscillatorBank:
    """Sounds sines side by side; frequencies and gains move evenly within a chunk."""

    def __init__(self, phases: Array, rate_hz: int, frames: int) -> None:
        """Begin each oscillator at its phase, in cycles, shape (k,)."""
        count = len(phases)
        self._phase = phases.copy()
        self._hz = np.zeros(count)
        self._gains = np.zeros((2, count), np.float32)
        n = np.arange(1, frames + 1) / rate_hz
        self._ramp = np.arange(1, frames + 1, dtype=np.float32) / np.float32(frames)
        # Phases at frequency f0 + (f1 - f0) n / frames, integrated.
        self._courses = np.stack((np.ones(frames), n, 0.5 * n * self._ramp))

    def chunk(self, tones: Tones) -> Samples:
        """Return the sum, shape (2, frames), on the way to these tones."""
        gains = tones.gains.astype(np.float32)
        terms = np.stack((self._phase, self._hz, tones.hz - self._hz), axis=1)
        audible = np.flatnonzero((gains + self._gains).any(axis=0))
        cycles = terms[audible] @ self._courses
        cycles -= np.rint(cycles)
        waves = cycles.astype(np.float32)
        waves *= np.float32(2.0 * np.pi)
        np.sin(waves, out=waves)
        before = self._gains[:, audible]
        parts = np.concatenate((before, gains[:, audible] - before)) @ waves
        self._phase = (terms @ self._courses[:, -1]) % 1.0
        self._hz = tones.hz.copy()
        self._gains = gains
        mix: Samples = parts[:2] + parts[2:] * self._ramp
        return mix
