"""Report the medal times of a circuit, as text or JSON, and ship them with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.cli.progress import spinner
from game.goals.target_files import make_targets, shipped_path, write_targets
from game.goals.targets import Targets, drive_targets
from game.progress import OnProgress
from game.track.track import Track
from game.units import lap_time_text
from game.vehicle.spec import CarSpec


def targets_of(track: Track, spec: CarSpec, tyre: str) -> Targets:
    """Return the targets on a tyre: shipped, kept, or driven now and kept."""
    return _shown(make_targets, track, spec, tyre)


def ship_targets(track: Track, spec: CarSpec, tyre: str) -> Targets:
    """Drive the targets anew and write them beside the circuit.

    Raises InputError if they cannot be written.
    """
    targets = _shown(drive_targets, track, spec, tyre)
    write_targets(targets, shipped_path(track, spec, tyre), track, spec)
    return targets


def medal_report(targets: Targets) -> dict[str, Any]:
    """Return the times as a program reads them."""
    return {
        "laps_s": {medal.value: time_s for medal, time_s in targets.lap_times.items()},
        "corners": [
            {
                "corner": each.course.corner,
                **{medal.value: time_s for medal, time_s in each.times.items()},
            }
            for each in targets.corners
        ],
    }


def medal_lines(track: Track, tyre: str, targets: Targets) -> list[str]:
    """Return the times as a person reads them, a line for the lap and one for each corner."""
    lap = (f"{medal.title} {lap_time_text(time_s)}" for medal, time_s in targets.lap_times.items())
    names = {corner.number: corner.name for corner in track.corners}
    lines = [f"{track.title}, {tyre} tyres: {', '.join(lap)}"]
    for each in targets.corners:
        times = (f"{time_s:.2f}" for time_s in each.times.values())
        number = each.course.corner
        lines.append(f"  T{number} {names[number]}: {', '.join(times)} s".replace(" :", ":"))
    return lines


def _shown(
    make: Callable[[Track, CarSpec, str, OnProgress], Targets],
    track: Track,
    spec: CarSpec,
    tyre: str,
) -> Targets:
    """Make the targets while a person sees how far that is."""
    with spinner(f"the bot drives for medals on {tyre} tyres") as show:
        return make(track, spec, tyre, lambda share: show(f"{100.0 * share:.0f} %"))
