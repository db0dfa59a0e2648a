"""Find where the heights of a lap make a road that no car can drive on."""

from __future__ import annotations

import math

import numpy as np

from game.track.defaults import track_defaults
from game.track.findings import Finding
from game.track.road_findings import worst_of
from game.track.track import Track
from game.translation import _
from game.units import G_MPS2, kmh

_HEIGHTS = "profile.heights_m"
_BANKING = "profile.banking_deg"


def profile_findings(track: Track) -> list[Finding]:
    """Return findings where a lap is too steep, banked too much, or kinked in its height."""
    if not track.tables.hilly:
        return []
    return [*_steep_findings(track), *_banking_findings(track), *_kink_findings(track)]


def _steep_findings(track: Track) -> list[Finding]:
    limit, grade = track_defaults().check.max_grade, np.abs(track.profile.grade)

    def steep(at: int, place: str) -> str:
        text = _(
            "the road has a grade of {grade:.0f} % at {place}: make it {max:.0f} % or less, over"
            " more distance"
        )
        return text.format(grade=100.0 * grade[at], place=place, max=100.0 * limit)

    return worst_of(track, "profile", _HEIGHTS, grade > limit, grade, steep)


def _banking_findings(track: Track) -> list[Finding]:
    limit_deg = track_defaults().check.max_banking_deg
    banking_deg = np.degrees(np.arctan(np.abs(track.profile.crossfall)))

    def banked(at: int, place: str) -> str:
        text = _("the road is banked by {angle:.0f} degrees at {place}: make it {max:g} or less")
        return text.format(angle=banking_deg[at], place=place, max=limit_deg)

    return worst_of(track, "profile", _BANKING, banking_deg > limit_deg, banking_deg, banked)


def _kink_findings(track: Track) -> list[Finding]:
    """Return crests and dips that are too sharp for the speed at which a fast car comes there."""
    limits, speeds = track_defaults().check, track_defaults().speeds
    bend_1pm = track.profile.bend_1pm
    tightest_1pm = np.maximum(np.abs(track.frames.curvature_1pm), 1e-6)
    speed_mps = np.minimum(np.sqrt(speeds.lateral_mps2 / tightest_1pm), speeds.max_mps)
    weights = speed_mps**2 * bend_1pm / G_MPS2

    def kink(at: int, place: str) -> str:
        text = _(
            "the road bends upwards with a radius of {radius:.0f} m at {place}, where a car comes"
            " at {speed:.0f} km/h: make it {min:.0f} m or more"
        )
        limit = limits.max_pressing
        if weights[at] < 0.0:
            text = _(
                "the road falls away with a radius of {radius:.0f} m at {place}, where a car at"
                " {speed:.0f} km/h would fly: make it {min:.0f} m or more"
            )
            limit = limits.max_lightening
        return text.format(
            radius=1.0 / abs(bend_1pm[at]),
            place=place,
            speed=kmh(speed_mps[at]),
            min=math.ceil(speed_mps[at] ** 2 / (limit * G_MPS2)),
        )

    sharp = (weights < -limits.max_lightening) | (weights > limits.max_pressing)
    return worst_of(track, "profile", _HEIGHTS, sharp, np.abs(weights), kink)
