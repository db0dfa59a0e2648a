"""Make noise without end: loops shaped in the frequency domain, which close without a seam."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.app.sound.loudness import Samples
from game.arrays import Array

_LOOP_FRAMES: Final = 1 << 16  # 1.5 s; a power of two, so that places wrap by a mask


class Band(NamedTuple):
    """A band is a hump in a spectrum."""

    centre_hz: float
    octaves: float  # from the centre to where it is 1/e
    gain: float = 1.0


class Noises(NamedTuple):
    """Gives the level and speed of each loop at the end of a chunk."""

    speeds: Array  # (k,); 1: as made
    gains: Array  # (2, k): left and right


def noise_loop(bands: tuple[Band, ...], rate_hz: int, seed: int) -> Samples:
    """Return stereo noise of these humps, (2, frames + 1), RMS 1; its end is its beginning."""
    bins = _LOOP_FRAMES // 2 + 1
    source = np.random.default_rng(seed).standard_normal((2, bins, 2)).view(np.complex128)
    return _finished(source[..., 0] * _spectrum(bands, rate_hz))


def grain_loop(bands: tuple[Band, ...], per_s: float, rate_hz: int, seed: int) -> Samples:
    """Return sparse stereo knocks that ring with these humps; shape, level: `noise_loop`."""
    random = np.random.default_rng(seed)
    knocks = random.standard_normal((2, _LOOP_FRAMES)) ** 3
    knocks *= random.random((2, _LOOP_FRAMES)) < per_s / rate_hz
    return _finished(np.fft.rfft(knocks) * _spectrum(bands, rate_hz))


def _spectrum(bands: tuple[Band, ...], rate_hz: int) -> Array:
    hz = np.fft.rfftfreq(_LOOP_FRAMES, 1.0 / rate_hz)
    octave = np.log2(np.maximum(hz, 1.0))
    gain = np.zeros_like(hz)
    for band in bands:
        away = (octave - np.log2(band.centre_hz)) / band.octaves
        gain += band.gain * np.exp(-away * away)
    gain[0] = 0.0
    # Equal power in every octave, which the ear takes for even.
    even: Array = gain / np.sqrt(np.maximum(hz, 20.0))
    return even


def _finished(spectrum: np.ndarray) -> Samples:
    loop = np.fft.irfft(spectrum, _LOOP_FRAMES)
    loop /= np.sqrt(np.mean(loop * loop))
    return np.concatenate((loop, loop[:, :1]), axis=1).astype(np.float32)


class NoiseLoops:
    """Holds loops behind one another in memory, which any number of banks may read."""

    def __init__(self, loops: Sequence[Samples]) -> None:
        self.count = len(loops)
        self.samples = np.concatenate([loop.ravel() for loop in loops])
        begins = np.arange(2 * self.count).reshape(self.count, 2).T * (_LOOP_FRAMES + 1)
        self.begins = begins[:, :, None]


class NoiseBank:
    """Plays loops side by side, each at its own speed; what is silent is not read.

    All are read in one sweep: with each numpy call of that size another thread may run first.
    """

    def __init__(self, loops: NoiseLoops, frames: int) -> None:
        count = loops.count
        self._loops = loops
        self._place = np.zeros(count)
        self._speeds = np.ones(count)
        self._gains = np.zeros((2, count), np.float32)
        n = np.arange(1, frames + 1, dtype=np.float64)
        self._ramp = (n / frames).astype(np.float32)
        self._courses = np.stack((np.ones(frames), n, 0.5 * n * n / frames))

    def chunk(self, noises: Noises) -> Samples:
        """Return the sum, shape (2, frames), on the way to these noises."""
        gains = noises.gains.astype(np.float32)
        terms = np.stack((self._place, self._speeds, noises.speeds - self._speeds), axis=1)
        audible = np.flatnonzero((gains + self._gains).any(axis=0))
        places = terms[audible] @ self._courses
        whole = places.astype(np.int64)
        share = (places - whole).astype(np.float32)
        whole &= _LOOP_FRAMES - 1
        index = self._loops.begins[:, audible] + whole
        low = self._loops.samples.take(index)
        index += 1
        low += share * (self._loops.samples.take(index) - low)
        before = self._gains[:, audible]
        weights = np.stack((before, gains[:, audible] - before), axis=1)
        parts = weights @ low
        self._place = (terms @ self._courses[:, -1]) % _LOOP_FRAMES
        self._speeds = noises.speeds.copy()
        self._gains = gains
        mix: Samples = parts[:, 0] + parts[:, 1] * self._ramp
        return mix
