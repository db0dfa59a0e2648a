"""An episode begins at a place and a speed that are drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from game.errors import InputError
from game.simulation.world import Start
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.damage import DamageMode
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_PLACES: Final = 400  # of random starts, evenly spread over the lap
_SPEEDS_MPS: Final = (0.0, 5.0, 10.0, 15.0, 20.0)  # of random starts
_OPTIONS: Final = frozenset({"s_m", "speed_mps"})


class StartPlace(NamedTuple):
    """Describes a place on the lap, or the pole position, with a speed."""

    s_m: float | None  # None: the pole position
    speed_mps: float


class Starts:
    """Finds starts of one car on one track, drawn at random or asked for."""

    def __init__(
        self,
        track: Track,
        spec: CarSpec,
        setup: Setup,
        random_start: bool,
        damage: DamageMode = "off",
    ) -> None:
        self._track = track
        self._spec = spec
        self._setup = setup
        self._random = random_start
        self._damage = damage

    def choose(self, rng: np.random.Generator, options: Mapping[str, Any]) -> StartPlace:
        """Return the place for an episode: by `options`, else by chance, else the pole position.

        Raises InputError as `check` does.
        """
        self.check(options)
        s_m, speed_mps = options.get("s_m"), options.get("speed_mps")
        if s_m is None and self._random:
            s_m = self._track.length_m / _PLACES * float(rng.integers(_PLACES))
            drawn_mps = _SPEEDS_MPS[rng.integers(len(_SPEEDS_MPS))]
            speed_mps = drawn_mps if speed_mps is None else speed_mps
        return StartPlace(s_m, speed_mps or 0.0)

    def check(self, options: Mapping[str, Any]) -> None:
        """Raise InputError for options other than `s_m` and `speed_mps`, or out of their range."""
        if unknown := options.keys() - _OPTIONS:
            raise InputError(f"option '{min(unknown)}': choose 's_m' or 'speed_mps'")
        s_m, speed_mps = options.get("s_m"), options.get("speed_mps")
        if s_m is not None and not 0.0 <= s_m < self._track.length_m:
            raise InputError(f"option 's_m' is {s_m}, expected 0..{self._track.length_m:.1f}")
        if speed_mps is not None and not 0.0 <= speed_mps <= 100.0:
            raise InputError(f"option 'speed_mps' is {speed_mps}, expected 0..100")

    def at(self, place: StartPlace) -> Start:
        """Return the start at a place: on the centreline and along it, or on pole position."""
        s_m, speed_mps = place
        if s_m is not None:
            pose = self._track.centreline.pose(s_m)
            return Start(self._spec, self._setup, pose, s_m, speed_mps, damage=self._damage)
        pole = self._track.grid[0]
        return Start(
            self._spec,
            self._setup,
            Pose(pole.x_m, pole.y_m, pole.heading_rad),
            pole.s_m,
            speed_mps,
            timed_from_standstill=speed_mps == 0.0,
            damage=self._damage,
        )
