"""Let the reference bot drive the conditions of a day, within their cap on energy."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.digests import car_digest, digest_of, track_digest
from game.errors import UnfinishedLapError
from game.files import cache_folder
from game.goals.daily import DailyConditions, check_day
from game.goals.medals import Medal
from game.goals.targets import PacedLap, Targets, drive_paced_lap
from game.kept_results import keep_result, read_result
from game.program_digest import program_digest
from game.progress import OnProgress
from game.recording.ghost import GhostLap, is_sound
from game.track.track import Track, load_track
from game.units import kwh
from game.vehicle.setup import default_setup
from game.vehicle.spec import CarSpec, in_weather, load_car
from game.weather.weather import load_weather

_CAP_STEP_KWH: Final = 0.1  # that is shown of a cap
_SLOWEST: Final = 0.7  # pace of the bot that is tried to keep the cap
_TRIALS: Final = 7  # halvings of the range of paces: to a quarter of a per cent
_MAX_BYTES: Final = 4_000_000


class DayTarget(msgspec.Struct, frozen=True):
    """Holds the bot's best lap in the conditions of a day."""

    cap_kwh: float  # on a lap's energy, what is regained taken off; 0: none
    net_kwh: float
    ghost: GhostLap

    @property
    def targets(self) -> Targets:
        """Return the medals of the day: the bot's lap, and the same lap driven more slowly."""
        return Targets({medal: _slowed(self.ghost, medal.pace) for medal in Medal}, ())


class Day(NamedTuple):
    """Holds the conditions of a day, and the lap to beat."""

    conditions: DailyConditions
    target: DayTarget


def day_car(conditions: DailyConditions, spec: CarSpec) -> CarSpec:
    """Return a car as it stands in the weather of a day. Raises InputError if it cannot."""
    check_day(conditions, spec)
    return in_weather(spec, load_weather(conditions.weather))


def make_day_target(
    conditions: DailyConditions, car: str, on_progress: OnProgress | None = None
) -> DayTarget:
    """Return the bot's best lap of a day with a car: from the cache, or driven now and kept.

    Raises InputError if the car cannot have the day's tyre, UnfinishedLapError if the bot has no
    valid lap there.
    """
    track, spec = load_track(conditions.track), day_car(conditions, load_car(car))
    path = _path(conditions, track, spec)
    kept = read_result(path, _MAX_BYTES, _decoded)
    if kept is not None:
        return kept
    target = _driven(conditions, track, spec, on_progress or _ignore)
    keep_result(path, msgspec.msgpack.encode(target))
    return target


def _driven(
    conditions: DailyConditions, track: Track, spec: CarSpec, on_progress: OnProgress
) -> DayTarget:
    setup = conditions.applied(default_setup(spec))

    def drive(pace: float) -> PacedLap | None:
        return drive_paced_lap(track, spec, setup, pace)

    fastest = drive(1.0)
    on_progress(1.0 / (1 + _TRIALS))
    if fastest is None:
        raise UnfinishedLapError(f"the bot has no valid lap on {track.name} on {conditions.name}")
    if conditions.energy_share >= 1.0:
        return DayTarget(0.0, kwh(fastest.net_j), fastest.ghost)
    steps = math.floor(conditions.energy_share * kwh(fastest.net_j) / _CAP_STEP_KWH)
    cap_kwh = round(steps * _CAP_STEP_KWH, 1)
    best = _within_cap(cap_kwh, drive, on_progress)
    if best is None:
        raise UnfinishedLapError(
            f"the bot has no valid lap on {track.name} with {cap_kwh:g} kWh on {conditions.name}"
        )
    return DayTarget(cap_kwh, kwh(best.net_j), best.ghost)


def _within_cap(
    cap_kwh: float, drive: Callable[[float], PacedLap | None], on_progress: OnProgress
) -> PacedLap | None:
    """Return the fastest lap within a cap; a slower pace takes less energy."""
    slow, fast = _SLOWEST, 1.0
    best = drive(slow)
    if best is None or kwh(best.net_j) > cap_kwh:
        return None
    for trial in range(_TRIALS):
        pace = 0.5 * (slow + fast)
        lap = drive(pace)
        if lap is not None and kwh(lap.net_j) <= cap_kwh:
            slow = pace
            best = min(best, lap, key=lambda each: each.ghost.time_s)
        else:
            fast = pace
        on_progress((2 + trial) / (1 + _TRIALS))
    return best


def _slowed(ghost: GhostLap, pace: float) -> GhostLap:
    """Return a lap driven at a share of its pace everywhere."""
    times_s = tuple(time_s / pace for time_s in ghost.times_s)
    return GhostLap(ghost.time_s / pace, times_s, ghost.poses)


def _path(conditions: DailyConditions, track: Track, spec: CarSpec) -> Path:
    key = digest_of(
        program_digest("game.goals.day_target"),
        track_digest(track),
        car_digest(spec),
        repr(conditions),
    )
    return cache_folder() / "days" / f"{conditions.name}-{spec.id}-{key}.day"


def _decoded(content: bytes) -> DayTarget:
    target = msgspec.msgpack.decode(content, type=DayTarget)
    if not is_sound(target.ghost):
        raise ValueError("the lap is none")
    return target


def _ignore(_: float) -> None:
    """Ignore how far it is."""
