"""Noise without end: loops shaped in the frequency domain, so that they close without a seam."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.app.sound.loudness import Numbers, Samples

_LOOP_FRAMES: Final = 1 << 16  # 1.4 s; a power of two, so that places wrap by a mask


class Band(NamedTuple):
    """A hump in a spectrum."""

    centre_hz: float
    octaves: float  # from the centre to where it is 1/e
    gain: float = 1.0


def noise_loop(bands: tuple[Band, ...], rate_hz: int, seed: int) -> Samples:
    """Stereo noise with these humps, shape (2, frames + 1), RMS 1; the last frame is the first."""
    bins = _LOOP_FRAMES // 2 + 1
    source = np.random.default_rng(seed).standard_normal((2, bins, 2)).view(np.complex128)
    return _finished(source[..., 0] * _spectrum(bands, rate_hz))


def grain_loop(bands: tuple[Band, ...], per_s: float, rate_hz: int, seed: int) -> Samples:
    """Stereo sparse knocks, each ringing with these humps; shape and level as `noise_loop`."""
    random = np.random.default_rng(seed)
    knocks = random.standard_normal((2, _LOOP_FRAMES)) ** 3
    knocks *= random.random((2, _LOOP_FRAMES)) < per_s / rate_hz
    return _finished(np.fft.rfft(knocks) * _spectrum(bands, rate_hz))


def _spectrum(bands: tuple[Band, ...], rate_hz: int) -> Numbers:
    hz = np.fft.rfftfreq(_LOOP_FRAMES, 1.0 / rate_hz)
    octave = np.log2(np.maximum(hz, 1.0))
    gain = np.zeros_like(hz)
    for band in bands:
        away = (octave - np.log2(band.centre_hz)) / band.octaves
        gain += band.gain * np.exp(-away * away)
    gain[0] = 0.0
    # Equal power in every octave, which the ear takes for even.
    even: Numbers = gain / np.sqrt(np.maximum(hz, 20.0))
    return even


def _finished(spectrum: np.ndarray) -> Samples:
    loop = np.fft.irfft(spectrum, _LOOP_FRAMES)
    loop /= np.sqrt(np.mean(loop * loop))
    return np.concatenate((loop, loop[:, :1]), axis=1).astype(np.float32)


class LoopReader:
    """Plays a loop at any speed; silent while nobody hears it."""

    def __init__(self, loop: Samples, frames: int) -> None:
        self._loop = loop
        self._place = 0.0
        self._speed = 1.0
        self._gains = np.zeros((2, 1), np.float32)
        self._n = np.arange(1, frames + 1, dtype=np.float64)
        self._ramp = (self._n / frames).astype(np.float32)
        self._bent = 0.5 * self._n * self._n / frames

    def add_to(self, mix: Samples, speed: float, left: float, right: float) -> None:
        """Add a chunk to a mix, on the way to this speed (1: as made) and these gains."""
        before = self._gains
        after = np.array(((left,), (right,)), np.float32)
        if not (before.any() or after.any()):
            self._speed = speed
            return
        places = self._place + self._speed * self._n + (speed - self._speed) * self._bent
        whole = places.astype(np.int64)
        share = (places - whole).astype(np.float32)
        whole &= _LOOP_FRAMES - 1
        low = self._loop[:, whole]
        high = self._loop[:, whole + 1]
        mix += (low + share * (high - low)) * (before + (after - before) * self._ramp)
        self._place = float(places[-1]) % _LOOP_FRAMES
        self._speed = speed
        self._gains = after
