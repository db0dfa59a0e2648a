"""The places named in a track file are checked to be on its lap, and in driving order."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from game.track.findings import Finding
from game.track.levels import MIN_BRIDGE_M, RAMP_M
from game.track.profiles import unrolled
from game.track.track_file import TrackFile
from game.translation import _

_DISTANCES = ("from_m", "to_m")
_CHAINS = ("edges_m", "path_m")  # rows in driving order, the distance first
_PROFILES = ("left_m", "right_m", "distance_m")  # one number, or rows in any order
_CURVES = ("heights_m", "banking_deg")  # rows in any order, no two at one place
_MIN_APART_M = 1.0  # two rows of a curve: nearer to each other they are a step


def place_findings(file: TrackFile, length_m: float) -> list[Finding]:
    """Find places beyond the lap, rows out of order, and barriers that leave a side open."""
    findings = [
        finding
        for key, rows in _places(msgspec.to_builtins(file), "")
        if (finding := _row_finding(key, rows, length_m)) is not None
    ]
    for key in ("turns", "corners"):
        numbers = [each.number for each in getattr(file.centreline, key) or ()]
        if len(set(numbers)) < len(numbers):
            text = _("two {rows} have the same number").format(rows=key)
            findings.append(_finding(f"centreline.{key}", text))
    findings += [
        _finding(
            f"centreline.corners[{place}]", _("a corner ends after it begins, on the same lap")
        )
        for place, corner in enumerate(file.centreline.corners or ())
        if corner.to_m <= corner.from_m
    ]
    findings += [
        _finding(
            f"centreline.bridges[{place}]",
            _(
                "it is {span:.0f} m long: make it {min:g} m or more, since its first and last"
                " {ramp:g} m are ramps"
            ).format(span=span_m, min=MIN_BRIDGE_M, ramp=RAMP_M),
        )
        for place, bridge in enumerate(file.centreline.bridges)
        if (span_m := (bridge.to_m - bridge.from_m) % length_m) < MIN_BRIDGE_M
    ]
    if any(later <= earlier for earlier, later in pairwise(file.sectors or ())):
        findings.append(Finding("sectors", "sectors", _("the shares of the lap must rise")))
    barriers = None if file.walls is None else file.walls.barriers
    if barriers is not None and sorted(each.side for each in barriers) != ["left", "right"]:
        findings.append(
            Finding(
                "walls", "walls.barriers", _("give one for the left side and one for the right")
            )
        )
    return findings


def _row_finding(key: str, rows: list[float], length_m: float) -> Finding | None:
    """Return a finding if the distances at a key are not on the lap or not in their order."""
    beyond = [s for s in rows if s > length_m]
    if beyond:
        text = _("{s:g} m is beyond the lap, which is {length:.1f} m long")
        return _finding(key, text.format(s=beyond[0], length=length_m))
    if key.endswith(_CHAINS) and unrolled(rows, length_m)[-1] - rows[0] > length_m:
        return _finding(key, _("its rows must follow one another in driving order"))
    if key.endswith(_CURVES) and (step_m := _step(rows, length_m)) is not None:
        text = _("two rows at {s:g} m make a step: put them {min:g} m or more apart")
        return _finding(key, text.format(s=step_m, min=_MIN_APART_M))
    return None


def _step(rows: list[float], length_m: float) -> float | None:
    """Return the first distance at which two rows are at one place of the lap, if there is any."""
    ordered = sorted(rows)
    later = [*ordered[1:], ordered[0] + length_m] if len(ordered) > 1 else []
    for here, after in zip(ordered, later, strict=False):
        if after - here < _MIN_APART_M:
            return here
    return None


def _finding(key: str, message: str) -> Finding:
    return Finding("file", key, message)


def _places(value: Any, key: str) -> Iterator[tuple[str, list[float]]]:
    """Return all distances along the lap, with the key where they stand."""
    if isinstance(value, dict):
        for name, inner in value.items():
            place = f"{key}.{name}".lstrip(".")
            if name in _DISTANCES:
                yield place, [inner]
            elif name in _CHAINS + _CURVES or (name in _PROFILES and isinstance(inner, list)):
                yield place, [row[0] for row in inner]
            else:
                yield from _places(inner, place)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, f"{key}[{number}]")
