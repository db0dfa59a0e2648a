"""Synthesise the two motors with their inverters and straight-cut gears.

Everything in a motor and its gears repeats with the rotor, so every tone is a whole multiple (an
order) of the rotor's turns: magnetic forces at 4 and 8 and torque ripple at 24 for four pole pairs,
the gears at their teeth with sidebands of one turn. Only the inverter's switching stands still,
with sidebands that spread as the car gains speed. The front gear has more teeth: it sings a third
above the rear one, and a wheel that spins makes the interval sour.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.app.sound.audio_features import AudioFeatures, AxleFeatures
from game.app.sound.loudness import equal_loudness
from game.app.sound.oscillators import Tones
from game.arrays import Array

_LEVEL: Final = 0.24
_LOUDNESS: Final = 0.7  # exponent: how loudness follows torque
_FADE_IN_HZ: Final = 4.0  # turns of the rotor a second; a motor at rest is silent
_COASTING_HZ: Final = 60.0  # unloaded gears are heard from about here on
_GOLDEN: Final = 0.618034  # phases spread like this never add up to a spike
_SWITCHING_FADE: Final = 0.8  # how much of its switching an inverter loses at full speed


class _MotorTone(NamedTuple):
    """A tone is at a multiple of the rotor's turns, and has a loudness for each state."""

    order: int
    drive: float
    coast: float
    regen: float


class _Resonance(NamedTuple):
    """Describes a frequency at which a housing resonates."""

    hz: float
    sharpness: float
    gain: float


class _Timbre(NamedTuple):
    """Describes the sound of one axle's motor, inverter and gears."""

    lines: tuple[_MotorTone, ...]
    resonances: tuple[_Resonance, ...]
    switching_hz: float
    right: float  # 0..1: from where it is heard


# Behind the driver's back: deep, the magnets' growl under the whine of sixteen teeth.
_REAR: Final = _Timbre(
    lines=(
        _MotorTone(2, 0.40, 0.02, 0.10),
        _MotorTone(4, 0.55, 0.04, 0.15),
        _MotorTone(7, 0.22, 0.00, 0.00),
        _MotorTone(8, 0.80, 0.10, 0.10),
        _MotorTone(9, 0.22, 0.00, 0.00),
        _MotorTone(15, 0.22, 0.05, 0.04),
        _MotorTone(16, 0.85, 0.42, 0.22),
        _MotorTone(17, 0.22, 0.05, 0.04),
        _MotorTone(24, 0.34, 0.03, 0.06),
        _MotorTone(32, 0.24, 0.12, 0.05),
        _MotorTone(48, 0.12, 0.04, 0.03),
        _MotorTone(12, 0.00, 0.00, 1.30),
        _MotorTone(13, 0.00, 0.00, 0.40),
        _MotorTone(36, 0.00, 0.00, 0.60),
        _MotorTone(60, 0.00, 0.00, 0.20),
    ),
    resonances=(_Resonance(420.0, 2.5, 0.7), _Resonance(1500.0, 5.0, 0.9)),
    switching_hz=4600.0,
    right=0.40,
)
# Ahead: slender, hardly any growl, the whine of twenty teeth with a bright octave.
_FRONT: Final = _Timbre(
    lines=(
        _MotorTone(4, 0.16, 0.00, 0.05),
        _MotorTone(8, 0.34, 0.04, 0.05),
        _MotorTone(19, 0.16, 0.04, 0.03),
        _MotorTone(20, 0.95, 0.45, 0.22),
        _MotorTone(21, 0.16, 0.04, 0.03),
        _MotorTone(40, 0.46, 0.18, 0.08),
        _MotorTone(60, 0.20, 0.06, 0.04),
        _MotorTone(14, 0.00, 0.00, 0.35),
        _MotorTone(15, 0.00, 0.00, 1.30),
        _MotorTone(45, 0.00, 0.00, 0.62),
        _MotorTone(75, 0.00, 0.00, 0.22),
    ),
    resonances=(_Resonance(900.0, 4.0, 0.6), _Resonance(2600.0, 6.0, 1.0)),
    switching_hz=5000.0,
    right=0.60,
)
_POLE_PAIRS: Final = 4
# Sidebands of the switching: multiples of its frequency and of the electric one, and loudness.
_SIDEBANDS: Final = ((1, -2, 0.10), (1, 2, 0.08), (1, -4, 0.05), (1, 4, 0.03), (2, -1, 0.04))


class Motors:
    """Gives the tones of both motors of a car."""

    def __init__(self, full_speed_radps: float) -> None:
        full_hz = full_speed_radps / math.tau
        self._voices = (_MotorVoice(_FRONT, full_hz), _MotorVoice(_REAR, full_hz))
        count = sum(voice.count for voice in self._voices)
        self.phases: Array = np.arange(count, dtype=np.float64) * _GOLDEN % 1.0

    def tones(self, features: AudioFeatures) -> Tones:
        """Return the tones at the end of the next chunk."""
        front = self._voices[0].tones(features.front)
        rear = self._voices[1].tones(features.rear)
        return Tones(
            np.concatenate((front.hz, rear.hz)), np.concatenate((front.gains, rear.gains), axis=1)
        )


class _MotorVoice:
    """Gives the tones of one axle."""

    def __init__(self, timbre: _Timbre, full_hz: float) -> None:
        lines = np.array(timbre.lines)
        sidebands = np.array(_SIDEBANDS)
        nothing = np.zeros(len(sidebands))
        self._orders = np.concatenate((lines[:, 0], sidebands[:, 1] * _POLE_PAIRS))
        self._fixed_hz = np.concatenate(
            (np.zeros(len(lines)), sidebands[:, 0] * timbre.switching_hz)
        )
        self._drive = np.concatenate((lines[:, 1], nothing))
        self._coast = np.concatenate((lines[:, 2], nothing))
        self._regen = np.concatenate((lines[:, 3], nothing))
        self._switching = np.concatenate((np.zeros(len(lines)), sidebands[:, 2]))
        self._resonances = timbre.resonances
        self._sides = np.sqrt(((1.0 - timbre.right,), (timbre.right,)))
        self._full_hz = full_hz
        self.count = len(self._orders)

    def tones(self, axle: AxleFeatures) -> Tones:
        turns_hz = abs(axle.motor_radps) / math.tau
        hz = np.abs(self._fixed_hz + self._orders * turns_hz)
        # Torque with the turning drives; against it, it regenerates.
        along = axle.torque * math.tanh(axle.motor_radps / (math.tau * _FADE_IN_HZ))
        drive = max(along, 0.0) ** _LOUDNESS
        regen = max(-along, 0.0) ** _LOUDNESS
        turning = min(turns_hz / _FADE_IN_HZ, 1.0)
        coast = min(turns_hz / _COASTING_HZ, 1.0) * (1.0 - 0.5 * max(drive, regen))
        fast = min(turns_hz / self._full_hz, 1.0)
        switching = abs(axle.torque) ** _LOUDNESS * (1.0 - _SWITCHING_FADE * fast)
        gains = turning * (drive * self._drive + coast * self._coast + regen * self._regen)
        gains += switching * self._switching
        gains *= equal_loudness(hz) * self._ringing(hz)
        return Tones(hz, _LEVEL * self._sides * gains)

    def _ringing(self, hz: Array) -> Array:
        gain = np.ones_like(hz)
        at = np.maximum(hz, 1.0)
        for resonance in self._resonances:
            off = resonance.sharpness * (at / resonance.hz - resonance.hz / at)
            gain += resonance.gain / (1.0 + off * off)
        return gain
