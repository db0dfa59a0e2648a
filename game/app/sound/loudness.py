"""Weigh how loud a tone is to the ear, and limit what a mix may reach."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from game.arrays import Array

Samples = npt.NDArray[np.float32]

_MIN_GAIN: Final = 0.5
_MAX_GAIN: Final = 2.2  # small speakers cannot give what the curve asks for in the bass
_FADING_HZ: Final = 13_000.0
_SILENT_HZ: Final = 18_000.0
_KNEE: Final = 0.6
_CEILING: Final = 0.97


def equal_loudness(frequency_hz: Array) -> Array:
    """Return gains that make tones as loud as one of 1 kHz: the inverse of the A curve, IEC 61672.

    Towards the highest frequencies a tone fades out, so that none is ever folded back.
    """
    f2 = frequency_hz * frequency_hz + 1e-9
    curve = (148_693_636.0 * f2 * f2) / (
        (f2 + 424.36) * np.sqrt((f2 + 11_599.29) * (f2 + 544_496.41)) * (f2 + 148_693_636.0)
    )
    gain = np.clip(0.794328 / np.maximum(curve, 1e-6), _MIN_GAIN, _MAX_GAIN)
    return gain * np.clip((_SILENT_HZ - frequency_hz) / (_SILENT_HZ - _FADING_HZ), 0.0, 1.0)


def limited(mix: Samples) -> Samples:
    """Return a mix as it is while it is moderate, and rounded off towards full scale beyond."""
    beyond = np.maximum(np.abs(mix) - np.float32(_KNEE), np.float32(0.0))
    if not beyond.any():
        return mix
    room = np.float32(_CEILING - _KNEE)
    rounded = np.float32(_KNEE) + room * np.tanh(beyond / room)
    return np.where(beyond > 0.0, np.copysign(rounded, mix), mix)
