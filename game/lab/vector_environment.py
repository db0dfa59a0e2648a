"""Many cars on a circuit as one vectorised Gymnasium environment, for learners.

    gymnasium.make_vec("leaf_rc/RicardoTormo-v0", num_envs=512)

Each car drives, sees and earns exactly as in the environment of one car, but that there are no
walls: the cars are a `Batch`. Where a car would hit one it is soon too far off the track to go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium.utils.seeding import np_random
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from game.arrays import AnyArray
from game.compiled import Backend, compiled_for, record_type, tick_function
from game.lab.environment import EPISODE_STEPS, INFO, lap_info
from game.lab.environment_options import EnvironmentOptions
from game.lab.episode import (
    ENDS,
    NOT_ENDED,
    Episode,
    Rules,
    StepOutcome,
    begin,
    judge,
)
from game.lab.sensor import Sensor, make_sensor, observation_space, observe
from game.lab.starts import StartPlace, Starts
from game.simulation.batch import Batch
from game.simulation.events import LapDone
from game.simulation.snapshot import Snapshot
from game.track.track import load_track
from game.vehicle.spec import load_car

_CARS = np.dtype([(name, "f8") for name in Snapshot._fields])


class CircuitVectorEnvironment(VectorEnv[AnyArray, AnyArray, AnyArray]):
    """n cars. A car whose episode is over begins the next one in the same step.

    Then the observation is the new episode's first, and `infos` has the last one's under
    `final_obs` and `final_info`, as Gymnasium's own vector environments have it in this mode.
    """

    metadata = {"autoreset_mode": AutoresetMode.SAME_STEP, "render_modes": []}  # noqa: RUF012

    def __init__(
        self, num_envs: int = 1, max_episode_steps: int = EPISODE_STEPS, **options: Any
    ) -> None:
        """The options are those of `EnvironmentOptions`.

        Raises InputError and TypeError as `CircuitEnvironment` does, and InputError without the
        extra `fast`.
        """
        chosen = EnvironmentOptions(**options)
        self.num_envs = num_envs
        self.single_action_space = chosen.action_space()
        self.single_observation_space = observation_space(chosen.observation)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.track = load_track(chosen.track)
        car_spec = load_car(chosen.car)
        self.starts = Starts(self.track, car_spec, chosen.setup_for(car_spec), chosen.random_start)
        self.batch = Batch(self.track, [self.starts.at(StartPlace(0.0, 0.0))] * num_envs)
        self._options = chosen
        self._max_steps = max_episode_steps
        self._prepared: dict[StartPlace, AnyArray] = {}
        self._dice: list[np.random.Generator] = []
        self._steps = np.zeros(num_envs, int)
        self._cars = np.zeros(num_envs, _CARS)
        self._episodes = np.zeros(num_envs, record_type(Episode))
        self._outcomes = np.zeros((num_envs, len(StepOutcome._fields)))
        single = self.single_observation_space
        self._observations: AnyArray = np.zeros((num_envs, *single.shape), single.dtype)
        self._sensor = make_sensor(chosen.observation, self.track, car_spec, Backend.COMPILED)
        self._judged = (
            chosen.rules(self.track),
            self._episodes,
            self._outcomes,
            self._observations,
        )
        self._enter = compiled_for(
            _enter_and_observe,
            self._cars,
            np.arange(num_envs),
            self._sensor,
            self._episodes,
            self._observations,
        )
        self._observe = compiled_for(_judge_and_observe, self._cars, self._sensor, *self._judged)

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[AnyArray, dict[str, Any]]:
        """Begin all episodes. One seed is that of the first car, the next car's is one higher.

        Raises InputError as `CircuitEnvironment.reset` does, ValueError for a wrong count of seeds.
        """
        if isinstance(seed, int):
            seed = range(seed, seed + self.num_envs)
        if seed is not None and len(seed) != self.num_envs:
            raise ValueError(f"{len(seed)} seeds for {self.num_envs} cars")
        if seed is not None or not self._dice:
            self._dice = [np_random(one)[0] for one in seed or [None] * self.num_envs]
        self._begin(np.arange(self.num_envs), options or {})
        return self._observations.copy(), self._infos(np.zeros((self.num_envs, len(INFO))))

    def step(
        self, actions: AnyArray
    ) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray, dict[str, Any]]:
        """Hold the actions, shape (n, 2) or with the front axle's share (n, 3), for one step."""
        held = np.asarray(actions, float)
        if self._options.front_share:
            self.batch.set_front_torque_share(0.5 + 0.5 * held[:, 2])
        events = self.batch.step(
            held[:, 0], held[:, 1], -held[:, 1], ticks=self._options.ticks_per_step
        )
        self._read_cars()
        self._observe(self._cars, self._sensor, *self._judged)
        self._steps += 1
        rewards, ends = self._outcomes[:, :2].T.copy()
        terminated = ends != NOT_ENDED
        truncated = self._steps >= self._max_steps
        figures = self._outcomes[:, 2:].copy()
        laps = {event.car: lap_info(event) for event in events if isinstance(event, LapDone)}
        finals: dict[str, Any] = {}
        over = np.flatnonzero(terminated | truncated)
        for car in over.tolist():
            final = dict(zip(INFO, figures[car].tolist(), strict=True)) | laps.pop(car, {})
            if terminated[car]:
                final["end"] = ENDS[int(ends[car])]
            finals = self._add_info(
                finals, {"final_obs": self._observations[car].copy(), "final_info": final}, car
            )
        if len(over):
            self._begin(over, {})
            figures[over] = 0.0
        infos = self._infos(figures) | finals
        for car, lap in laps.items():
            infos = self._add_info(infos, lap, car)
        return self._observations.copy(), rewards, terminated, truncated, infos

    def _begin(self, cars: npt.NDArray[np.intp], options: dict[str, Any]) -> None:
        """Put cars to their next starts; `_observations` then holds what they see there."""
        places = [self.starts.choose(self._dice[car], options) for car in cars]
        if new := [place for place in dict.fromkeys(places) if place not in self._prepared]:
            prepared = self.batch.prepared([self.starts.at(place) for place in new])
            self._prepared.update(zip(new, prepared, strict=True))
        self.batch.restart(cars, np.array([self._prepared[place] for place in places]))
        self._read_cars()
        self._enter(self._cars, cars, self._sensor, self._episodes, self._observations)
        self._steps[cars] = 0

    def _read_cars(self) -> None:
        for name in Snapshot._fields:
            self._cars[name] = self.batch.column(name)

    def _infos(self, figures: AnyArray) -> dict[str, Any]:
        """The figures of every car's step, shape (n, 6), in the form of Gymnasium's `infos`."""
        infos: dict[str, Any] = {}
        for key, column in zip(INFO, figures.T, strict=True):
            infos[key] = column
            infos[f"_{key}"] = np.ones(self.num_envs, bool)
        return infos


@tick_function
def _judge_and_observe(
    cars: Sequence[Snapshot],
    sensor: Sensor,
    rules: Rules,
    episodes: Sequence[Episode],
    outcomes: Any,
    observations: Any,
) -> None:
    for index in range(len(cars)):
        judge(rules, cars[index], False, episodes[index], outcomes[index])
        observe(sensor, cars[index], observations[index])


@tick_function
def _enter_and_observe(
    cars: Sequence[Snapshot],
    entering: Sequence[int],
    sensor: Sensor,
    episodes: Sequence[Episode],
    observations: Any,
) -> None:
    for index in entering:
        begin(cars[index], episodes[index])
        observe(sensor, cars[index], observations[index])
