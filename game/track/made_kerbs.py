"""Make kerbs inside apexes and outside exits, and the paint behind the latter."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.track.corners import Corner
from game.track.defaults import KerbSizes, track_defaults
from game.track.sketch import Sketch
from game.track.track_file import Side, Strip

_TIGHT: Final = 0.6  # of a corner's greatest curvature, and more: its inner part
_MIN_APEX_M: Final = 16.0
_MIN_LENGTH_M: Final = 12.0
_MIN_WIDTH_M: Final = 0.5
_FREE_M: Final = 0.9  # between what is painted and a barrier
_GATE_M: Final = 1.0  # from what a gate reaches to what is nearer to another part of the lap
_INTO_NEXT: Final = 0.2  # of the next corner, in which an exit kerb may end
_WHOLE_LAP: Final = 0.8  # a corner that makes as much of the lap has no apex


class TightPart(NamedTuple):
    """Describes the part of a corner where its curvature is great, and the speed there."""

    from_m: float
    to_m: float
    speed_mps: float


def tight_part(sketch: Sketch, corner: Corner) -> TightPart:
    """Return the inner part of a corner."""
    inside = sketch.between(corner.turn_in_m, corner.exit_m)
    bend_1pm = np.abs(sketch.frames.curvature_1pm[inside])
    tight = np.flatnonzero(bend_1pm >= _TIGHT * bend_1pm.max())
    first_m = math.floor(corner.turn_in_m / sketch.step_m) * sketch.step_m
    return TightPart(
        max(first_m + float(tight[0]) * sketch.step_m, corner.turn_in_m),
        min(first_m + float(tight[-1]) * sketch.step_m, corner.exit_m),
        float(sketch.speed_mps[inside].min()),
    )


def made_kerbs(sketch: Sketch) -> list[Strip]:
    """Return a kerb inside each apex and one outside each exit where there is room."""
    sizes = track_defaults().kerbs
    kerbs: list[Strip | None] = []
    for number, corner in enumerate(sketch.corners):
        if corner.exit_m - corner.turn_in_m > _WHOLE_LAP * sketch.length_m:
            continue
        part = tight_part(sketch, corner)
        longer_m = max(0.5 * (_MIN_APEX_M - (part.to_m - part.from_m)), 0.0)
        from_m = max(part.from_m - longer_m, corner.turn_in_m)
        to_m = min(part.to_m + longer_m, corner.exit_m)
        kerbs.append(_strip(sketch, corner.inside, (from_m, to_m), sizes.apex_width_m, part))
        end_m = min(
            corner.exit_m + sizes.exit_length_m + sizes.exit_lengthening_s * part.speed_mps,
            _next_limit_m(sketch, number),
        )
        width_m = sizes.exit_width_m + sizes.exit_widening_s * part.speed_mps
        kerbs.append(_strip(sketch, other_side(corner.inside), (part.to_m, end_m), width_m, part))
    return [kerb for kerb in kerbs if kerb is not None]


def made_paint(sketch: Sketch, kerbs: list[Strip]) -> list[Strip]:
    """Return a painted strip behind each kerb that lies outside a corner, where there is room."""
    sizes = track_defaults().kerbs
    strips = []
    for kerb in kerbs:
        span_m = (kerb.to_m - kerb.from_m) % sketch.length_m - sizes.paint_begins_m
        if span_m < _MIN_LENGTH_M or not _is_outside(sketch, kerb):
            continue
        from_m = kerb.from_m + sizes.paint_begins_m
        width_m = min(
            sizes.paint_width_m,
            _space_m(sketch, kerb.side, (from_m, from_m + span_m)) - kerb.width_m,
        )
        if width_m >= _MIN_WIDTH_M:
            lap_m = sketch.length_m
            strips.append(
                Strip(
                    kerb.side,
                    rounded_on_lap(from_m, lap_m),
                    kerb.to_m,
                    rounded_down(width_m),
                    kerb.taper_m,
                )
            )
    return strips


def other_side(side: Side) -> Side:
    """Return the side across the track."""
    return "right" if side == "left" else "left"


def rounded_on_lap(s_m: float, lap_m: float) -> float:
    """Return a distance as it stands in a file: rounded, on the lap."""
    rounded = round(s_m % lap_m, 1)
    return rounded if rounded < lap_m else 0.0


def rounded_down(width_m: float) -> float:
    """Return a width rounded rounded_down to a tenth of a metre."""
    return math.floor(10.0 * width_m + 1e-6) / 10.0


def _strip(
    sketch: Sketch, side: Side, ends_m: tuple[float, float], width_m: float, part: TightPart
) -> Strip | None:
    """Return a kerb as wide as there is room for, or None if there is too little."""
    width_m = min(width_m, _space_m(sketch, side, ends_m))
    if width_m < _MIN_WIDTH_M or ends_m[1] - ends_m[0] < _MIN_LENGTH_M:
        return None
    sizes: KerbSizes = track_defaults().kerbs
    taper_m = round(sizes.taper_m + sizes.tapering_s * part.speed_mps, 1)
    from_m, to_m = (rounded_on_lap(end_m, sketch.length_m) for end_m in ends_m)
    return Strip(side, from_m, to_m, rounded_down(width_m), taper_m)


def _space_m(sketch: Sketch, side: Side, ends_m: tuple[float, float]) -> float:
    """Return how wide a strip beside the tarmac may be with a barrier behind it.

    A gate reaches as far to the one side as to the other, and so beyond the strip only where
    there is as much room across the track.
    """
    at = sketch.between(*ends_m)
    edge_m = sketch.edge_m[side][at]
    barrier_m = sketch.limit_m(side)[at] - _FREE_M
    gate_m = sketch.room_m[other_side(side)][at] - _GATE_M
    return float((np.minimum(barrier_m, gate_m) - edge_m).min())


def _next_limit_m(sketch: Sketch, number: int) -> float:
    """Return where an exit kerb ends at the latest, as the next corner comes."""
    corner = sketch.corners[number]
    later = sketch.corners[(number + 1) % len(sketch.corners)]
    away_m = (later.turn_in_m - corner.exit_m) % sketch.length_m
    return corner.exit_m + away_m + _INTO_NEXT * (later.exit_m - later.turn_in_m)


def _is_outside(sketch: Sketch, kerb: Strip) -> bool:
    """Return whether a kerb lies outside the corner in which or behind which it begins."""
    if not sketch.corners:
        return False
    lap_m = sketch.length_m
    last = min(sketch.corners, key=lambda corner: (kerb.from_m - corner.turn_in_m) % lap_m)
    return last.inside != kerb.side
