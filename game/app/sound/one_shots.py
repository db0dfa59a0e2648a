"""Make sounds that begin and end by themselves: a hit against a wall, the ticks of the menus."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

import numpy as np

from game.app.sound.loudness import Samples
from game.arrays import Array

OneShot = Literal["thud", "crash", "tick", "confirm", "light", "go", "sector", "valid", "best"]

_ATTACK_S: Final = 0.002
_END: Final = 1e-3  # what has faded to this is over
_CRASH_S: Final = 1.2
_CRASH_PIECES: Final = 46  # that break off and land
_CRASH_DRIVE: Final = 2.2  # into saturation, so that it is dense as well as high
# Equal temperament from A4 = 440 Hz.
_E5, _A5, _B5, _CIS6, _E6, _A6 = 659.3, 880.0, 987.8, 1108.7, 1318.5, 1760.0


@cache
def make_one_shots(rate_hz: int) -> Mapping[OneShot, Samples]:
    """Return all one-shot sounds by name, each of shape (frames,), for all players to share."""
    return {
        "thud": _thud(rate_hz),
        "crash": _crash(rate_hz),
        "light": _bell(rate_hz, ((440.0, 1.0), (880.0, 0.25)), 0.11, 0.20),
        "go": _bell(rate_hz, ((880.0, 1.0), (1760.0, 0.3)), 0.28, 0.24),
        "sector": _tune(rate_hz, (_E6, _A6), 0.09, 0.13),
        "valid": _tune(rate_hz, (_A5, _CIS6, _E6), 0.11, 0.14),
        "best": _tune(rate_hz, (_E5, _A5, _B5, _CIS6, _E6, _A6), 0.085, 0.16),
        "tick": _bell(rate_hz, ((1250.0, 1.0), (2500.0, 0.3)), 0.018, 0.12),
        "confirm": _bell(rate_hz, ((780.0, 1.0), (1170.0, 0.8), (2340.0, 0.2)), 0.05, 0.16),
    }


class OneShots:
    """Plays one-shot sounds, several at once."""

    def __init__(self, one_shots: Mapping[OneShot, Samples], frames: int) -> None:
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
    sound: Array = np.zeros_like(time_s)
    for hz, share in tones:
        sound += share * np.sin(2.0 * np.pi * hz * time_s)
    bell: Samples = (gain * _fading(time_s, decay_s) * sound).astype(np.float32)
    return bell


def _tune(rate_hz: int, notes_hz: tuple[float, ...], step_s: float, gain: float) -> Samples:
    """Return notes one after another, the last one held, each with an octave above."""
    step = round(step_s * rate_hz)
    bells = [
        _bell(rate_hz, ((hz, 1.0), (2.0 * hz, 0.3)), 0.30 if last else 0.14, gain)
        for hz, last in zip(notes_hz, (False,) * (len(notes_hz) - 1) + (True,), strict=True)
    ]
    tune = np.zeros(step * (len(bells) - 1) + len(bells[-1]), np.float32)
    for number, bell in enumerate(bells):
        begin = number * step
        tune[begin : begin + len(bell)] += bell[: len(tune) - begin]
    return tune


def _crash(rate_hz: int) -> Samples:
    """Return a blow that shakes the whole car, with a second one, and pieces that land."""
    random = np.random.default_rng(22)
    time_s = np.arange(int(_CRASH_S * rate_hz)) / rate_hz
    crash: Array = np.zeros_like(time_s)
    for begin_s, gain in ((0.0, 1.0), (0.105, 0.55)):
        after_s = np.maximum(time_s - begin_s, 0.0)
        begun = np.minimum(after_s / _ATTACK_S, 1.0)
        cycles = 44.0 * after_s + 4.5 * (1.0 - np.exp(-after_s / 0.06))
        boom = np.sin(2.0 * np.pi * cycles) * np.exp(-after_s / 0.26)
        grit = np.convolve(random.standard_normal(len(time_s)), np.hanning(18) / 5.0, "same")
        crash += gain * begun * (0.8 * boom + 0.75 * grit * np.exp(-after_s / 0.15))
    for begin_s in np.sort(random.exponential(0.24, _CRASH_PIECES)).tolist():
        after_s = np.maximum(time_s - begin_s - 0.03, 0.0)
        hz, decay_s = random.uniform(700.0, 3600.0), random.uniform(0.008, 0.035)
        ring = np.sin(2.0 * np.pi * hz * after_s) * np.exp(-after_s / decay_s)
        crash += random.uniform(0.04, 0.20) * ring
    crash *= np.minimum((_CRASH_S - time_s) / 0.2, 1.0)
    dense: Samples = np.tanh(_CRASH_DRIVE * crash).astype(np.float32)
    return dense


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


def _times(rate_hz: int, decay_s: float) -> Array:
    count = int(-math.log(_END) * decay_s * rate_hz)
    return np.arange(count, dtype=np.float64) / rate_hz


def _fading(time_s: Array, decay_s: float) -> Array:
    """Return an envelope that rises from nothing at once and falls to nothing."""
    envelope = np.exp(-time_s / decay_s) - _END
    fading: Array = np.maximum(envelope, 0.0) * np.minimum(time_s / _ATTACK_S, 1.0)
    return fading
