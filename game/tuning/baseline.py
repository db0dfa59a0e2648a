"""Measure setups on one baseline: one circuit, one car, one line for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from game.bot.corridor import corridor, line_at
from game.bot.plan import Plan
from game.bot.planning import OnRound, make_plan
from game.quasi_steady.racing_line import RacingLine
from game.track.track import Track
from game.vehicle.setup import default_setup
from game.vehicle.spec import CarSpec


@dataclass(frozen=True, eq=False)
class Baseline:
    """Holds the circuit, the car and the line, which are the same for all setups.

    There is one line only: a line searched for each setup would leave 0.1 % of noise in the lap
    time, which is more than the splits differ by.
    """

    track: Track
    spec: CarSpec
    plan: Plan  # of the car as it is shipped

    @cached_property
    def line(self) -> RacingLine:
        """Return the plan's line."""
        return line_at(corridor(self.track, self.spec.chassis.width_m), self.plan.offset_m)


def make_baseline(track: Track, spec: CarSpec, on_round: OnRound | None = None) -> Baseline:
    """Return a circuit's and a car's baseline, in some seconds unless the plan is cached."""
    return Baseline(track, spec, make_plan(track, spec, default_setup(spec), on_round))
