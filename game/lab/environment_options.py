"""An environment has options when it is made; they are the same for one car and for many."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple, get_args

import msgspec
import numpy as np
import numpy.typing as npt
from gymnasium.spaces import Box, Space

from game.arrays import AnyArray
from game.compiled import Backend
from game.errors import InputError
from game.lab.episode import EndLimits, RewardWeights, Rules
from game.lab.random_circuits import ANY, RandomCircuits, check_circuits
from game.lab.sensor import check_observation
from game.simulation.world import TICK_S
from game.track.maker import RANDOM
from game.track.track import Track
from game.vehicle.damage import DamageMode
from game.vehicle.setup import Setup, check_setup, default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, in_weather, load_car
from game.weather.weather import DEFAULT_WEATHER, load_weather

TICKS_PER_STEP: Final = 4
EPISODE_S: Final = 200.0  # about twice a quick lap
RENDER_MODES: Final = ("human", "rgb_array")


class EnvironmentOptions(NamedTuple):
    """Lists the keywords that `gymnasium.make` and `gymnasium.make_vec` take."""

    track: str = "ricardo_tormo"  # name of a circuit, or a path to one, or "random"
    car: str = DEFAULT_CAR  # name of a car, or a path to its file
    setup: Setup | None = None  # the car's default, on tyres that stay as they are
    observation: str = "vector"  # or "pixels"
    front_share: bool = False  # whether an action chooses the torque split, too
    random_start: bool = True  # anywhere on the lap, or else on pole position
    reward: RewardWeights = RewardWeights()
    limits: EndLimits = EndLimits()
    ticks_per_step: int = TICKS_PER_STEP  # for which an action is held, of 1/240 s
    episode_s: float | None = EPISODE_S  # after which an episode is truncated; None: never
    backend: Backend = Backend.COMPILED  # of one car; many are always compiled
    length_m: float = 3000.0  # of a random circuit: its lap,
    character: str = ANY  # or "flowing", "twisty", "fast", "street",
    circuits: int | None = 16  # and how many there are; None: without end
    damage: DamageMode = "off"  # what hits do to the car: "off", "reduced" or "full"
    weather: str = DEFAULT_WEATHER  # name of a weather, or a path to its file

    def check(self, render_mode: str | None) -> None:
        """Raise InputError for an option that has no meaning; track, car and setup are not read."""
        check_observation(self.observation)
        check_circuits(self.length_m, self.character, self.circuits)
        if render_mode is not None and render_mode not in RENDER_MODES:
            modes = ", ".join(RENDER_MODES)
            raise InputError(f"render_mode '{render_mode}': choose one of {modes}")
        if self.damage not in get_args(DamageMode):
            modes = ", ".join(get_args(DamageMode))
            raise InputError(f"damage '{self.damage}': choose one of {modes}")
        if self.ticks_per_step < 1 or self.ticks_per_step != int(self.ticks_per_step):
            raise InputError(f"ticks_per_step is {self.ticks_per_step}, expected 1, 2, 3, ...")
        if self.episode_s is not None and not self.episode_s > 0.0:
            raise InputError(f"episode_s is {self.episode_s}, expected seconds above 0, or None")

    @property
    def max_steps(self) -> float:
        """Return how many steps an episode has before it is truncated; infinite for no limit."""
        if self.episode_s is None:
            return math.inf
        return max(1.0, self.episode_s / (self.ticks_per_step * TICK_S) - 1e-6)

    @property
    def random_circuits(self) -> RandomCircuits | None:
        """Return the circuits to draw from, or None for one that is named."""
        if self.track != RANDOM:
            return None
        return RandomCircuits(self.length_m, self.character, self.circuits)

    def car_spec(self) -> CarSpec:
        """Return the car in its weather. Raises InputError for a car or weather there is not."""
        return in_weather(load_car(self.car), load_weather(self.weather))

    def setup_for(self, spec: CarSpec) -> Setup:
        """Return the setup to drive with. Raises InputError for one that the car cannot have."""
        if self.setup is None:
            return msgspec.structs.replace(default_setup(spec), tyre_state="frozen")
        check_setup(spec, self.setup)
        return self.setup

    def rules(self, track: Track) -> Rules:
        """Return the rules by which a step on a track is judged."""
        return Rules(self.reward, self.limits, track.length_m, self.ticks_per_step * TICK_S)

    def action_space(self) -> Box:
        """Return the space of steering and pedals, and the front share if it can be chosen."""
        return Box(-1.0, 1.0, (3 if self.front_share else 2,), np.float32)


def checked_actions(actions: npt.ArrayLike, space: Space[Any]) -> AnyArray:
    """Return actions as an array of floats, which may lie outside -1..1.

    Raises ValueError for another shape than the space has, or for what is not a number.
    """
    held = np.asarray(actions, float)
    if held.shape != space.shape:
        raise ValueError(f"the action has the shape {held.shape}, the action space {space.shape}")
    if math.isnan(np.add.reduce(held, None)):  # quicker than to look at each
        raise ValueError("the action has a part that is not a number")
    return held
