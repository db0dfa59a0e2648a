"""A bank of sine oscillators whose phases never jump, whatever their frequencies do."""

from __future__ import annotations

import numpy as np

from game.app.sound.loudness import Numbers, Samples


class OscillatorBank:
    """Sines side by side; frequencies and gains move in straight lines within a chunk."""

    def __init__(self, phases: Numbers, rate_hz: int, frames: int) -> None:
        """`phases`: where each oscillator begins, in cycles, shape (k,)."""
        count = len(phases)
        self._phase = phases.copy()
        self._hz = np.zeros(count)
        self._gains = np.zeros((2, count), np.float32)
        n = np.arange(1, frames + 1) / rate_hz
        self._ramp = np.arange(1, frames + 1, dtype=np.float32) / np.float32(frames)
        # Phases at frequency f0 + (f1 - f0) n / frames, integrated.
        self._courses = np.stack((np.ones(frames), n, 0.5 * n * self._ramp))

    def chunk(self, frequency_hz: Numbers, gains: Numbers) -> Samples:
        """The sum, shape (2, frames), on the way to these frequencies, (k,), and gains, (2, k)."""
        gains_to = gains.astype(np.float32)
        rise = frequency_hz - self._hz
        heard = np.flatnonzero((gains_to + self._gains).any(axis=0))
        terms = np.stack((self._phase, self._hz, rise), axis=1)
        cycles = terms[heard] @ self._courses
        cycles -= np.rint(cycles)
        waves = cycles.astype(np.float32)
        waves *= np.float32(2.0 * np.pi)
        np.sin(waves, out=waves)
        before = self._gains[:, heard]
        parts = np.concatenate((before, gains_to[:, heard] - before)) @ waves
        self._phase = (terms @ self._courses[:, -1]) % 1.0
        self._hz = frequency_hz.copy()
        self._gains = gains_to
        mix: Samples = parts[:2] + parts[2:] * self._ramp
        return mix
