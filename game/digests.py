"""Digest the physics, a circuit and a car: what a drive is driven by, on and with.

Equal digests mean that the same inputs make the same drive.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from game.program_digest import program_digest
from game.short_digest import short_digest
from game.track.track import Track
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.weather.weather import weather_digest

# Of a car: what does not act on how it drives, and the weather, which has a digest of its own.
_NO_NUMBERS = ("id", "name", "folder", "weather")
# What decides the result of a drive. How files are read and code is compiled does not: a circuit
# and a car have digests of their own, and compiled code gives the same bits as plain.
PHYSICS: Final = (
    *("arrays", "scalars", "trig", "trig_arrays", "units"),
    *("track", "weather", "vehicle", "simulation"),
)


class DriveDigests(msgspec.Struct, frozen=True):
    """Holds the digests of the circuit, the car, the physics and the weather of a drive."""

    track: str
    car: str
    physics: str
    weather: str = ""  # a clear noon, as all were before there was any other

    def differences(self, now: DriveDigests) -> str:
        """Return the names of what has changed since; empty if nothing has."""
        changed = [
            words
            for words, was, is_now in (
                (_("another circuit"), self.track, now.track),
                (_("another car"), self.car, now.car),
                (_("other physics"), self.physics, now.physics),
                (_("other weather"), self.weather, now.weather),
            )
            if was != is_now
        ]
        *first, last = changed or [""]
        if not first:
            return last
        return _("{first} and {last}").format(first=", ".join(first), last=last)


def drive_digests(track: Track, spec: CarSpec, setups: Sequence[Setup] = ()) -> DriveDigests:
    """Return the digests of a drive with this car in its weather on this circuit.

    setups: those of its cars, where they are known; else it is of one car. On frozen tyres it does
    not matter how the compounds warm up and wear, and a car alone meets no wake.
    """
    frozen = bool(setups) and all(setup.tyre_state == "frozen" for setup in setups)
    return DriveDigests(
        track_digest(track),
        driven_car_digest(spec, frozen, is_alone=len(setups) < 2),
        physics_digest(),
        weather_digest(spec.weather),
    )


def digest_of(*parts: str | bytes) -> str:
    """Return one name for several parts in their order."""
    contents = [part.encode() if isinstance(part, str) else part for part in parts]
    return short_digest(*(b"%d:" % len(content) + content for content in contents))


def physics_digest() -> str:
    """Return a name for the code that moves cars: the world, the car and the circuit."""
    return program_digest("game.simulation.world", within=PHYSICS)


def track_digest(track: Track) -> str:
    """Return a name for a circuit's geometry, surfaces, walls, timing lines and grid.

    What it is called and what is only drawn is left out.
    """
    frames, bands = track.frames, track.bands
    parts = [
        samples.tobytes()
        for samples in (
            *(frames.s_m, frames.x_m, frames.y_m, frames.heading_rad, frames.curvature_1pm),
            *(bands.left_m, bands.right_m, bands.paved_left_m, bands.paved_right_m),
        )
    ]
    for wall in track.walls:
        numbers = (wall.closed, wall.friction, wall.restitution, wall.half_thickness_m)
        parts += [wall.points_m.tobytes(), repr((wall.kind, numbers)).encode()]
    if frames.has_bridges:
        parts.append(frames.tier.tobytes())
    if track.tables.hilly:
        parts += [column.tobytes() for column in track.profile]
    corners = [dataclasses.replace(corner, name="") for corner in track.corners]
    for rows in (track.tables.surfaces, track.gates, corners, track.grid):
        parts.append(repr([_values(row) for row in rows]).encode())
    return short_digest(*parts)


def _values(row: Any) -> tuple[Any, ...]:
    """Return the values of a dataclass or a named tuple, whatever it and its fields are called."""
    return dataclasses.astuple(row) if dataclasses.is_dataclass(row) else tuple(row)  # type: ignore[arg-type]


def car_digest(spec: CarSpec) -> str:
    """Return a name for every number of a car's file and for the weather that the car stands in."""
    numbers = _numbers(spec)
    weather = weather_digest(spec.weather)
    if weather:
        numbers["weather"] = weather
    return _digest_of_numbers(numbers)


def driven_car_digest(spec: CarSpec, frozen_tyres: bool, is_alone: bool = True) -> str:
    """Return a name for a car's numbers without a new setup's split law: every drive has its own.

    frozen_tyres: without the numbers that act on tyres with a state only; is_alone: without those
    of the wake, which only others meet. It is then the name that the car had before its file had
    them.
    """
    numbers = _numbers(spec)
    del numbers["setup"]["split_law"]
    if is_alone:
        del numbers["aero"]["wake_half_width_m"], numbers["aero"]["wake_spread"]
    if frozen_tyres:
        for name in ("tyre_state", "front_pressure_change_pa", "rear_pressure_change_pa"):
            del numbers["setup"][name]
        for tyre in numbers["tyres"].values():
            del tyre["state"]
    return _digest_of_numbers(numbers)


def _numbers(spec: CarSpec) -> dict[str, Any]:
    """Return the numbers of a car that act on a drive in its weather.

    Where nothing lacks rubber, no number says what that would cost.
    """
    numbers: dict[str, Any] = msgspec.to_builtins(spec)
    for name in _NO_NUMBERS:
        numbers.pop(name, None)
    if spec.weather.rubber is None:
        for tyre in numbers["tyres"].values():
            del tyre["green_grip"]
    return numbers


def _digest_of_numbers(numbers: dict[str, Any]) -> str:
    return short_digest(msgspec.json.encode(numbers, order="deterministic"))
