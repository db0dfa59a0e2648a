"""Make a race a PettingZoo environment: several learners on one circuit, sixty decisions a second.

    from game.lab.race_environment import RaceEnvironment

    race = RaceEnvironment(track="sandeby", cars=8, laps=3)
    observations, infos = race.reset(seed=1)
    observations, rewards, terminations, truncations, infos = race.step(actions)

The agents are `car_0`, which stands on pole, to `car_7`. Actions are those of the environment of
one car (`environment.py`), observations the numbers of `race_observation`. World, start lights and
race control are those of `leaf-rc race`; control looks ten times a second. `reset` ends when the
lights go out: until then the cars are held, as bots are.

The reward of a step is that of one car alone (`episode.RewardWeights`), and what `RaceReward` adds.
An agent is terminated when it crosses the line behind the chequered flag, when race control takes
it out, or by `EndLimits` as a car alone; hitting a wall does not end its race. Its car then brakes
to a stop and stays where it is. It is truncated after `episode_s`, if that is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from gymnasium.spaces import Box
from gymnasium.utils.seeding import np_random
from gymnasium.vector.utils import batch_space

from game.arrays import AnyArray
from game.compiled import Backend
from game.errors import InputError
from game.headless.stint import Conditions
from game.lab.environment import INFO, lap_info
from game.lab.environment_options import EnvironmentOptions, checked_actions
from game.lab.episode import ENDS, Episode
from game.lab.learner_view import make_sensor_tables
from game.lab.parallel_env import ParallelEnv
from game.lab.race_observation import (
    CONTACT_AT,
    OUTCOMES,
    RACE_NUMBERS,
    RaceJudge,
    begin_race,
    hold_actions,
    judge_race,
    race_numbers,
    race_space,
)
from game.racing.race import Race, RaceEntry, check_grid, grid_starts
from game.racing.race_control import RaceControl
from game.racing.race_length import MAX_MINUTES, RaceLength, planned_length
from game.records import records
from game.simulation.events import Event, LapDone
from game.simulation.world import TICK_HZ, Step, World
from game.track.track import load_track
from game.vehicle.state import PEDAL_STEPS, Controls

_LOOK_TICKS: Final = TICK_HZ // 10  # between two looks of race control
_HELD: Final = Controls(brake=PEDAL_STEPS)
_SEEDS: Final = 2**31

Agent = str
Infos = dict[Agent, dict[str, Any]]


class RaceReward(NamedTuple):
    """Weighs what a race adds to the reward of a car alone."""

    place_gained: float = 20.0  # for each place; a place that is lost costs as much
    contact_per_kj: float = -5.0  # energy that hits of cars and walls take from it, or give it


_USUAL: Final = RaceReward()


class RaceEnvironment(ParallelEnv[Agent, AnyArray, AnyArray]):  # type: ignore[misc]
    """A race of learners. Equal seeds and actions give equal bits."""

    metadata = {"name": "leaf_rc_race_v0", "render_modes": [], "is_parallelizable": True}  # noqa: RUF012
    render_mode = None

    def __init__(
        self,
        cars: int = 8,
        laps: int = 3,
        cap_kwh: float = 0.0,
        race_reward: RaceReward = _USUAL,
        minutes: float = 0.0,
        **options: Any,
    ) -> None:
        """The other options are those of `EnvironmentOptions`, without time limit unless given.

        minutes: of a race by time, in place of the laps; the reference bot plans a lap for it.
        cap_kwh: net energy for each lap of the race; 0: none. Cars start from the grid, on one
        circuit, and observe the vector. Raises InputError for what there is not, or for more cars
        than a grid has boxes; TypeError for an option that there is not.
        """
        chosen = EnvironmentOptions(**{"episode_s": None, **options})
        chosen.check(None)
        if chosen.observation != "vector" or chosen.random_circuits is not None:
            raise InputError("a race has observation 'vector', and a circuit with a name")
        if cars < 1 or laps < 1:
            raise InputError(f"a race of {cars} cars and {laps} laps: expected 1 or more of both")
        self._options, self._reward = chosen, race_reward
        self.track = load_track(chosen.track)
        check_grid(self.track, cars)
        spec = chosen.car_spec()
        conditions = Conditions(
            self.track, spec, standing=True, damage=chosen.damage, backend=chosen.backend
        )
        if not 0.0 <= minutes <= MAX_MINUTES:
            raise InputError(f"a race of {minutes:g} minutes: expected 0 to {MAX_MINUTES:g}")
        entries = tuple(RaceEntry(f"car_{car}", "", chosen.setup_for(spec)) for car in range(cars))
        length = RaceLength(laps)
        if minutes:
            length = planned_length(minutes, self.track, spec, [(entries[0].setup, 1.0)])
        self._race = Race(conditions, entries, length, cap_kwh=cap_kwh)
        self.possible_agents = [entry.name for entry in entries]
        self._numbers = {agent: car for car, agent in enumerate(self.possible_agents)}
        self.agents: list[Agent] = []
        self.observation_spaces = {agent: race_space() for agent in self.possible_agents}
        self.action_spaces = {agent: chosen.action_space() for agent in self.possible_agents}
        self._all_actions = batch_space(chosen.action_space(), cars)
        self._ticks = int(chosen.ticks_per_step)
        self._rng = np_random(None)[0]
        self._steps = 0
        self._observations = np.zeros((cars, *race_space().shape), np.float32)
        self._outcomes = np.zeros((cars, OUTCOMES))
        self._facts = np.zeros((cars, RACE_NUMBERS))
        self._actions = np.zeros((cars, 3 if chosen.front_share else 2))
        self._held = np.zeros((cars, 4), int)  # reverse is never held

    def observation_space(self, agent: Agent) -> Box:
        """Return the space of an agent's observations, always the same object."""
        return self.observation_spaces[agent]

    def action_space(self, agent: Agent) -> Box:
        """Return the space of an agent's actions, always the same object."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[dict[Agent, AnyArray], Infos]:
        """Begin a race: all cars on the grid, the lights just out. There are no options yet."""
        del options
        if seed is not None:
            self._rng = np_random(seed)[0]
        self._make_world()
        control = RaceControl(
            self.world, self._race.length, int(self._rng.integers(_SEEDS)), self._race.cap_kwh
        )
        held = [_HELD] * len(self.possible_agents)
        while control.race_s < 0.0:
            control.on_step(self.world.step(held, self._ticks))
        self.control = control
        self._events: list[Event] = []
        self._next_look = 0  # tick
        self._look()
        self._judge()  # which observes, too
        self._begin()
        self._steps = 0
        self.agents = list(self.possible_agents)
        seen = dict(zip(self.agents, self._observations.copy(), strict=True))
        return seen, {agent: dict.fromkeys(INFO, 0.0) for agent in self.agents}

    def step(
        self, actions: Mapping[Agent, npt.ArrayLike]
    ) -> tuple[
        dict[Agent, AnyArray],
        dict[Agent, float],
        dict[Agent, bool],
        dict[Agent, bool],
        Infos,
    ]:
        """Hold an action of each agent for one step.

        Raises ValueError for an action of another shape than the action space has, with a NaN, or
        for an agent that has none.
        """
        events = self.world.advance(self._controls(actions), self._ticks)
        self._events += events
        gained = self._look()
        self._judge()
        self._steps += 1
        outcomes = self._outcomes.tolist()
        infos: Infos = {}
        rewards, terminations = {}, {}
        for agent in self.agents:
            car = self._numbers[agent]
            reward, end, *figures = outcomes[car][:CONTACT_AT]
            contact = self._reward.contact_per_kj * outcomes[car][CONTACT_AT] / 1000.0
            place = self._reward.place_gained * gained[car]
            info: dict[str, Any] = dict(zip(INFO, figures, strict=True))
            info["contact"], info["place"] = contact, place
            why = self._over[car] or ENDS[int(end)]
            if why:
                info["end"] = why
            infos[agent] = info
            rewards[agent] = reward + contact + place
            terminations[agent] = bool(why)
        for event in events:
            if isinstance(event, LapDone) and self.possible_agents[event.car] in infos:
                infos[self.possible_agents[event.car]] |= lap_info(event)
        truncations = dict.fromkeys(self.agents, self._steps >= self._options.max_steps)
        rows = self._observations.copy()
        seen = {agent: rows[self._numbers[agent]] for agent in self.agents}
        self.agents = [
            agent for agent in self.agents if not (terminations[agent] or truncations[agent])
        ]
        return seen, rewards, terminations, truncations, infos

    def _make_world(self) -> None:
        """Make a new world, in which nothing is left of another race's contacts."""
        conditions, cars = self._race.conditions, len(self.possible_agents)
        self.world = World(self.track, grid_starts(self._race), conditions.backend)
        episodes: Any = [Episode() for _ in range(cars)]
        if self.world.backend is Backend.COMPILED:
            episodes = records(episodes)
        lock_rad = conditions.spec.steering.lock_rad
        sensor = make_sensor_tables(self.track, lock_rad, self.world.backend)
        judge = RaceJudge(self._options.rules(self.track), episodes, np.zeros(cars), self._outcomes)
        self._places = list(range(cars))
        self._over = [""] * cars  # why race control says that a car's race is over
        self._decide = self.world.bind_observer(hold_actions, self._actions, self._held)
        self._begin = self.world.bind_observer(begin_race, judge)
        self._judge = self.world.bind_observer(
            judge_race, sensor, self._facts, judge, self._observations
        )

    def _controls(self, actions: Mapping[Agent, npt.ArrayLike]) -> list[Controls]:
        """Return the controls of all cars; those without an agent brake."""
        given: list[Any] = list(self._actions)
        for agent in self.agents:
            if agent not in actions:
                raise ValueError(f"{agent} has no action")
            given[self._numbers[agent]] = actions[agent]
        self._actions[:] = checked_actions(given, self._all_actions)
        self._decide()
        held = list(map(Controls._make, self._held.tolist()))
        for car, agent in enumerate(self.possible_agents):
            if agent not in self.agents:
                held[car] = _HELD
            elif self._options.front_share:
                front = min(max(0.5 + 0.5 * self._actions[car, 2], 0.0), 1.0)
                self.world.set_front_torque_share(car, front)
        return held

    def _look(self) -> list[int]:
        """Let race control look, if it is time to; returns the places that each car has gained."""
        cars = range(len(self.possible_agents))
        if self.world.tick < self._next_look:
            return [0 for _ in cars]
        self._next_look = self.world.tick + _LOOK_TICKS
        snapshots = self.world.snapshots()
        self.control.on_step(Step(snapshots, tuple(self._events)))
        self._events.clear()
        gained = []
        for car in cars:
            seen = self.control.view(car)
            at_m, budget_j = snapshots[car].s_m, self.control.budget_j
            self._facts[car] = race_numbers(seen, len(cars), at_m, self.track.length_m, budget_j)
            gained.append(self._places[car] - (seen.position - 1))
            self._places[car] = seen.position - 1
            if self.control.timing.cars[car].is_finished:
                self._over[car] = "finished"
            elif self.control.is_out(car):
                self._over[car] = f"out: {self.control.retired(car)}"
        return gained
