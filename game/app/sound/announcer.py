"""Announce at the line: a chime, then the murmur of a voice from loudspeakers far apart.

There are no words in it: syllables with the pitch and the vowels of speech, as far away as one
hears that somebody speaks and not what.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from game.app.sound.loudness import Samples
from game.arrays import Array

_LENGTH_S: Final = 14.0
_SPEECH_S: Final = (2.1, 10.5)  # from when to when there is speech; then the line is quiet
_CHIME_HZ: Final = (784.0, 659.3, 523.3)  # G, E, C
_CHIME_STEP_S: Final = 0.42
_PITCH_HZ: Final = (105.0, 165.0)
_SYLLABLE_S: Final = (0.11, 0.24)
_PAUSE_S: Final = (0.35, 0.7)  # between phrases
_PHRASE: Final = (5, 11)  # syllables of a phrase
_LOWEST_HZ, _HIGHEST_HZ = 320.0, 3000.0  # of a horn loudspeaker
_ECHOES: Final = ((0.17, 0.45), (0.29, 0.35), (0.52, 0.18))  # of the next loudspeakers: s, gain
# The first two formants of vowels, Hz (Peterson and Barney 1952, men, rounded).
_VOWELS: Final = ((730.0, 1090.0), (530.0, 1840.0), (270.0, 2290.0), (570.0, 840.0), (300.0, 870.0))
_FORMANT_OCTAVES: Final = 0.35


@cache
def announcement(rate_hz: int) -> Samples:
    """Return a loop of a chime, some sentences and silence, shape (frames,), RMS 1 in speech.

    Making it takes some 60 ms, once.
    """
    random = np.random.default_rng(50)
    dry = np.zeros(int(_LENGTH_S * rate_hz))
    for number, hz in enumerate(_CHIME_HZ):
        _add(dry, _bell(rate_hz, hz), int(number * _CHIME_STEP_S * rate_hz))
    at_s, until_s = _SPEECH_S
    while at_s < until_s:
        for _ in range(int(random.integers(*_PHRASE))):
            length_s = float(random.uniform(*_SYLLABLE_S))
            _add(dry, _syllable(random, rate_hz, length_s), int(at_s * rate_hz))
            at_s += 0.92 * length_s
        at_s += float(random.uniform(*_PAUSE_S))
    wet = dry.copy()
    for delay_s, gain in _ECHOES:
        wet += gain * np.roll(dry, int(delay_s * rate_hz))
    speech = wet[int(_SPEECH_S[0] * rate_hz) : int(until_s * rate_hz)]
    loop: Samples = (wet / np.sqrt(np.mean(speech * speech))).astype(np.float32)
    loop.flags.writeable = False
    return loop


def _add(onto: Array, sound: Array, begin: int) -> None:
    end = min(begin + len(sound), len(onto))
    onto[begin:end] += sound[: end - begin]


def _bell(rate_hz: int, hz: float) -> Array:
    time_s = np.arange(int(1.1 * rate_hz)) / rate_hz
    rung: Array = np.minimum(time_s / 0.01, 1.0) * np.exp(-time_s / 0.32)
    rung *= 0.5 * np.sin(2.0 * np.pi * hz * time_s) + 0.12 * np.sin(4.0 * np.pi * hz * time_s)
    return rung


def _syllable(random: np.random.Generator, rate_hz: int, length_s: float) -> Array:
    """Return harmonics of a voice, as strong as a vowel's formants let them be."""
    time_s = np.arange(int(length_s * rate_hz)) / rate_hz
    from_hz, to_hz = random.uniform(*_PITCH_HZ), random.uniform(*_PITCH_HZ)
    middle_hz = 0.5 * (from_hz + to_hz)
    cycles = from_hz * time_s + 0.5 * (to_hz - from_hz) * time_s**2 / length_s
    harmonics = np.arange(
        int(_LOWEST_HZ / middle_hz) + 1, int(_HIGHEST_HZ / middle_hz) + 1, dtype=float
    )
    octave = np.log2(harmonics * middle_hz)
    strengths = np.zeros_like(harmonics)
    for hz in _VOWELS[int(random.integers(len(_VOWELS)))]:
        strengths += np.exp(-(((octave - np.log2(hz)) / _FORMANT_OCTAVES) ** 2))
    voiced: Array = strengths @ np.sin(2.0 * np.pi * harmonics[:, None] * cycles)
    voiced *= np.sin(np.pi * time_s / length_s) ** 0.7
    return voiced
