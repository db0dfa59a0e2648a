"""Keeping clear of other cars: past them where there is room, behind them where there is none."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.drivers.observation import Observation
from game.track.track import Track

_SEEN_M: Final = 70.0  # ahead; farther cars do not matter yet
_BESIDE_M: Final = 5.5  # gap within which two cars overlap or nearly so
_APART_M: Final = 2.7  # between the middles of two cars side by side
_TOUCHING_M: Final = 2.2  # closer than this to the side, one has to stay behind
_CATCHING_S: Final = 3.0  # a slower car ahead is met within this time
_CORNERING_MPS2: Final = 7.0  # beyond this no way past is begun
_EDGE_M: Final = 0.9  # half a car
_SIDESTEP_M: Final = 0.045  # a decision
_FOLLOW_MPS2: Final = 3.0  # braking that is counted on to stay behind
_FOLLOW_GAIN_1PS: Final = 2.0  # deceleration for every m/s too much
_FOLLOW_S: Final = 0.15  # of headway besides
_SLOWER_1PM: Final = 0.04  # share of the planned speed, per metre beside the planned line


class Way(NamedTuple):
    """What other cars leave."""

    aside_m: float  # from the planned line, positive to the left
    most_mps2: float  # forward acceleration with which it stays behind
    share: float  # of the planned speed


class Traffic:
    """Watches the cars around one car; remembers how far it has gone aside."""

    def __init__(self, track: Track) -> None:
        self._samples = track.tables.samples
        self._step_m = track.tables.step_m
        self._aside_m = 0.0

    def way(self, seen: Observation, line_m: float, share: float) -> Way:
        """Where to drive beside the wanted line, which is at `line_m`, and how fast at most.

        share: of the planned speed that is wanted anyway.
        """
        own = seen.car
        sample = self._samples[int(own.s_m / self._step_m) % len(self._samples)]
        low_m = _EDGE_M - sample.bands_right_m[0]
        high_m = sample.bands_left_m[0] - _EDGE_M
        wanted_m, most_mps2 = line_m, math.inf
        for other in seen.others:
            closing_mps = -other.velocity_forward_mps
            near = -_BESIDE_M < other.gap_m < _BESIDE_M
            catching = (
                0.0 < other.gap_m < min(_SEEN_M, _BESIDE_M + max(0.0, closing_mps) * _CATCHING_S)
            )
            if not near and not catching:
                continue
            if near or abs(own.accel_left_mps2) < _CORNERING_MPS2:
                apart_m = own.offset_m - other.offset_m
                if self._on_left(apart_m, other.offset_m, low_m, high_m):
                    wanted_m = max(wanted_m, other.offset_m + _APART_M)
                else:
                    wanted_m = min(wanted_m, other.offset_m - _APART_M)
            if other.gap_m > 0.0 and abs(own.offset_m - other.offset_m) < _TOUCHING_M:
                follow_mps = own.velocity_forward_mps - closing_mps
                room_m = max(other.gap_m - _BESIDE_M - _FOLLOW_S * follow_mps, 0.0)
                faster_mps = closing_mps - math.sqrt(2.0 * _FOLLOW_MPS2 * room_m)
                braking_mps2 = min(other.car.accel_forward_mps2, 0.0)
                most_mps2 = min(most_mps2, braking_mps2 - _FOLLOW_GAIN_1PS * faster_mps)
        step_m = wanted_m - line_m - self._aside_m
        self._aside_m += min(max(step_m, -_SIDESTEP_M), _SIDESTEP_M)
        if self._aside_m != 0.0:  # the line itself may use kerbs, which a way beside it does not
            self._aside_m = min(max(line_m + self._aside_m, low_m), high_m) - line_m
        return Way(self._aside_m, most_mps2, share * (1.0 - _SLOWER_1PM * abs(self._aside_m)))

    def _on_left(self, apart_m: float, other_m: float, low_m: float, high_m: float) -> bool:
        """On which side to pass: where the car already is, else where there is more room."""
        if abs(apart_m) > 0.5 * _TOUCHING_M:
            return apart_m > 0.0
        return high_m - other_m > other_m - low_m
