"""Make sounds that begin and end by themselves: a hit against a wall, the ticks of the menus."""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np

from game.app.sound.loudness import Numbers, Samples

OneShot = Literal["thud", "tick", "confirm"]

_ATTACK_S: Final = 0.002
_END: Final = 1e-3  # what has faded to this is over


def make_one_shots(rate_hz: int) -> dict[OneShot, Samples]:
    """Return all one-shot sounds by name, each of shape (frames,)."""
    return {
        "thud": _thud(rate_hz),
        "tick": _bell(rate_hz, ((1250.0, 1.0), (2500.0, 0.3)), 0.018, 0.12),
        "confirm": _bell(rate_hz, ((780.0, 1.0), (1170.0, 0.8), (2340.0, 0.2)), 0.05, 0.16),
    }


class OneShots:
    """Plays one-shot sounds, several at once."""

    def __init__(self, one_shots: dict[OneShot, Samples], frames: int) -> None:
        """one_shots: all that there are, which any number of players may share."""
        self._one_shots = one_shots
        self._frames = frames
        self._playing: list[tuple[Samples, int]] = []
        self._ramp = np.arange(1, frames + 1, dtype=np.float32) / np.float32(frames)
        self._gain = 0.0

    def play(self, one_shot: OneShot, strength: float = 1.0) -> None:
        """Begin a sound with the next chunk."""
        self._playing.append((self._one_shots[one_shot] * np.float32(strength), 0))

    @property
    def sounding(self) -> bool:
        """Return whether any sound has not ended."""
        return bool(self._playing)

    def chunk(self, gain: float) -> Samples:
        """Return the next chunk, shape (frames,), on the way to this gain."""
        before = self._gain if any(begin for _, begin in self._playing) else gain
        self._gain = gain
        mix = np.zeros(self._frames, np.float32)
        going_on = []
        for one_shot, begin in self._playing:
            part = one_shot[begin : begin + self._frames]
            mix[: len(part)] += part
            if begin + self._frames < len(one_shot):
                going_on.append((one_shot, begin + self._frames))
        self._playing = going_on
        mix *= np.float32(before) + np.float32(gain - before) * self._ramp
        return mix


def _bell(
    rate_hz: int, tones: tuple[tuple[float, float], ...], decay_s: float, gain: float
) -> Samples:
    """Return tones, each (Hz, gain), that die away together."""
    time_s = _times(rate_hz, decay_s)
    sound: Numbers = np.zeros_like(time_s)
    for hz, share in tones:
        sound += share * np.sin(2.0 * np.pi * hz * time_s)
    bell: Samples = (gain * _fading(time_s, decay_s) * sound).astype(np.float32)
    return bell


def _thud(rate_hz: int) -> Samples:
    """Return a falling boom with a crunch on top, shape (frames,)."""
    decay_s = 0.09
    time_s = _times(rate_hz, decay_s)
    fall_s = 0.05
    cycles = 48.0 * time_s + 70.0 * fall_s * (1.0 - np.exp(-time_s / fall_s))
    boom = np.sin(2.0 * np.pi * cycles) * _fading(time_s, decay_s)
    grit = np.random.default_rng(21).standard_normal(len(time_s))
    crunch = np.convolve(grit, np.hanning(24) / 8.0, "same") * _fading(time_s, 0.03)
    thud: Samples = (0.55 * boom + 0.25 * crunch).astype(np.float32)
    return thud


def _times(rate_hz: int, decay_s: float) -> Numbers:
    count = int(-math.log(_END) * decay_s * rate_hz)
    return np.arange(count, dtype=np.float64) / rate_hz


def _fading(time_s: Numbers, decay_s: float) -> Numbers:
    """Return an envelope that rises from nothing at once and falls to nothing."""
    envelope = np.exp(-time_s / decay_s) - _END
    fading: Numbers = np.maximum(envelope, 0.0) * np.minimum(time_s / _ATTACK_S, 1.0)
    return fading
