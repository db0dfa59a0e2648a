"""An environment has options when it is made; they are the same for one car and for many."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from gymnasium.spaces import Box

from game.compiled import Backend
from game.lab.episode import EndLimits, RewardWeights, Rules
from game.simulation.world import TICK_S
from game.track.track import Track
from game.vehicle.setup import Setup, check_setup, default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec

TICKS_PER_STEP: Final = 4


class EnvironmentOptions(NamedTuple):
    """The keywords that `gymnasium.make` and `gymnasium.make_vec` take for this environment."""

    track: str = "ricardo_tormo"  # name of a circuit, or a path to one
    car: str = DEFAULT_CAR  # name of a car, or a path to its file
    setup: Setup | None = None  # the car's default
    observation: str = "vector"  # or "pixels"
    front_share: bool = False  # whether an action chooses the torque split, too
    random_start: bool = True  # anywhere on the lap, or else on pole position
    reward: RewardWeights = RewardWeights()
    limits: EndLimits = EndLimits()
    ticks_per_step: int = TICKS_PER_STEP  # for which an action is held, of 1/240 s
    backend: Backend = Backend.COMPILED  # of one car; many are always compiled

    def setup_for(self, spec: CarSpec) -> Setup:
        """The setup to drive with. Raises InputError for one that the car cannot have."""
        if self.setup is None:
            return default_setup(spec)
        check_setup(spec, self.setup)
        return self.setup

    def rules(self, track: Track) -> Rules:
        """Return the rules by which a step on a track is judged."""
        return Rules(self.reward, self.limits, track.length_m, self.ticks_per_step * TICK_S)

    def action_space(self) -> Box:
        """Steering and pedals, and the front axle's share if it is to be chosen, too."""
        return Box(-1.0, 1.0, (3 if self.front_share else 2,), np.float32)
