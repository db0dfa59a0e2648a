"""Find why a circuit's line is unusable: it does not close, or is too long or short."""

import math
from typing import Final

from game.track.centreline import Centreline
from game.track.findings import Finding, finding_at
from game.track.track_file import Official
from game.translation import _
from game.units import TAU

CLOSURE_M: Final = 0.01  # a car would feel a bigger step
CLOSURE_RAD: Final = math.radians(0.01)
MIN_LENGTH_M: Final = 100.0  # of a lap; no car of this size turns in less


def closure_findings(centreline: Centreline) -> list[Finding]:
    """Return the findings if the chain does not end where and in the direction in which it began.

    A lap may turn by any number of whole turns: once around as a rule, not at all in a figure of
    eight.
    """
    start, end = centreline.start, centreline.end
    turned_rad = end.heading_rad - start.heading_rad
    whole_rad = TAU * round(turned_rad / TAU)
    message = ""
    gap_m = math.hypot(end.x_m - start.x_m, end.y_m - start.y_m)
    if abs(turned_rad - whole_rad) > CLOSURE_RAD:
        message = _(
            "the corners turn by {turned:.3f} degrees in all, not {whole:.0f}: change an angle by"
            " {change:.3f} degrees (the lap ends at x {x:.1f}, y {y:.1f})"
        ).format(
            turned=math.degrees(turned_rad),
            whole=math.degrees(whole_rad),
            change=math.degrees(abs(turned_rad - whole_rad)),
            x=end.x_m,
            y=end.y_m,
        )
    elif gap_m > CLOSURE_M:
        message = _(
            "the loop does not close: its end misses its start by {gap:.3f} m; mark two or three"
            " straights with free = true (the lap ends at x {x:.1f}, y {y:.1f})"
        ).format(gap=gap_m, x=end.x_m, y=end.y_m)
    if not message:
        return []
    end_m = centreline.length_m
    return [Finding("closure", "centreline", message, end_m, end_m, end.x_m, end.y_m)]


def length_findings(centreline: Centreline, official: Official | None) -> list[Finding]:
    """Return a finding if the loop is too short to be driven, or not as long as the file states."""
    length_m = centreline.length_m
    if length_m < MIN_LENGTH_M:
        message = _("the lap is {length:.1f} m long: make it {min:g} m or more").format(
            length=length_m, min=MIN_LENGTH_M
        )
        return [finding_at(centreline, "length", "centreline", message, 0.0)]
    if official is None:
        return []
    excess_m = length_m - official.length_m
    if abs(excess_m) <= official.tolerance_m:
        return []
    text = _(
        "the centreline is {length:.2f} m long, {excess:.2f} m more than the {stated:g} m stated"
    )
    if excess_m < 0.0:
        text = _(
            "the centreline is {length:.2f} m long, {excess:.2f} m less than the {stated:g} m"
            " stated"
        )
    message = text.format(length=length_m, excess=abs(excess_m), stated=official.length_m)
    return [finding_at(centreline, "length", "official.length_m", message, 0.0)]
