"""Make many cars on a circuit one vectorised Gymnasium environment, for learners.

    gymnasium.make_vec("leaf_rc/RicardoTormo-v0", num_envs=512)

Each car drives, sees and earns exactly as in the environment of one car, but that there are no
walls: the cars are a `Batch`. Where a car would hit one it is soon too far off the track to go on.

`autoreset_mode` says what happens when an episode is over, as in Gymnasium's own vector
environments: in the *same step* (the default here) the next episode begins at once, and `infos` has
the last observation and info under `final_obs` and `final_info`; in the *next step* the coming
action is ignored for it; *disabled*, `reset` begins it for the cars of `options["reset_mask"]`.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from gymnasium.utils.seeding import np_random
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from game.arrays import AnyArray, Indices
from game.compiled import Backend, compiled, compiled_for, tick_function
from game.errors import InputError
from game.lab.environment import INFO, PICTURE_PIXELS, lap_info
from game.lab.environment_options import EnvironmentOptions, checked_actions
from game.lab.episode import (
    ENDS,
    NOT_ENDED,
    Episode,
    Rules,
    StepOutcome,
    begin,
    judge_step,
)
from game.lab.pixels import Canvas, make_canvas, paint
from game.lab.sensor import Sensor, make_sensor, observation_space, observe
from game.lab.starts import StartPlace, Starts
from game.lab.vector_reset import cars_of_mask, options_by_car, seeds_by_car
from game.records import record_type
from game.simulation.batch import Batch
from game.simulation.events import LapDone
from game.simulation.snapshot import Snapshot
from game.track.track import Track, load_track

_CARS = np.dtype([(name, "f8") for name in Snapshot._fields])


BY_TIME: Final = -(2**31)  # for max_episode_steps: as the option `episode_s` says
_NO_LIMIT: Final = -1


LapInfo = dict[str, Any]


class VectorState(NamedTuple):
    """Holds the state of a vector environment: plain data, which can be kept and pickled."""

    options: tuple[Any, ...]
    cars: AnyArray
    episodes: AnyArray
    steps: AnyArray
    over: AnyArray
    start_options: list[dict[str, Any]]
    rngs: tuple[Mapping[str, Any], ...]


class ManyCars(VectorEnv[AnyArray, AnyArray, AnyArray]):
    """Describes an environment with n cars as Gymnasium wants it."""

    metadata = {  # noqa: RUF012
        "autoreset_mode": AutoresetMode.SAME_STEP,
        "render_modes": ["rgb_array"],
        "render_fps": 60,
    }

    def _describe(
        self,
        chosen: EnvironmentOptions,
        num_envs: int,
        autoreset_mode: str | AutoresetMode,
        render_mode: str | None,
    ) -> None:
        """Set the number of cars, the modes and the spaces."""
        self.autoreset_mode = AutoresetMode(autoreset_mode)
        self.metadata = {**type(self).metadata, "autoreset_mode": self.autoreset_mode}
        self.render_mode = render_mode
        self.num_envs = num_envs
        self.single_action_space = chosen.action_space()
        self.single_observation_space = observation_space(chosen.observation)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)


class CircuitVectorEnvironment(ManyCars):
    """Has n cars, which stand in nobody's way."""

    def __init__(
        self,
        num_envs: int = 1,
        max_episode_steps: int | None = BY_TIME,
        autoreset_mode: str | AutoresetMode = AutoresetMode.SAME_STEP,
        render_mode: str | None = None,
        circuit: Track | None = None,
        **options: Any,
    ) -> None:
        """The other options are those of `EnvironmentOptions`.

        max_episode_steps: takes the place of the option `episode_s`; None or -1 for no limit.
        circuit: what is driven on in place of the option `track`; copies do not know it.

        Raises InputError and TypeError as `CircuitEnvironment` does, and InputError without the
        extra `fast`.
        """
        chosen = EnvironmentOptions(**options)
        chosen.check(render_mode)
        if render_mode == "human":
            raise InputError("render_mode 'human': many cars have only 'rgb_array'")
        if num_envs < 1:
            raise InputError(f"num_envs is {num_envs}, expected 1, 2, 3, ...")
        self._describe(chosen, num_envs, autoreset_mode, render_mode)
        self.track = load_track(chosen.track) if circuit is None else circuit
        car_spec = chosen.car_spec()
        self.starts = Starts(
            self.track, car_spec, chosen.setup_for(car_spec), chosen.random_start, chosen.damage
        )
        self.batch = Batch(self.track, [self.starts.at(StartPlace(0.0, 0.0))] * num_envs)
        self._options = chosen
        self._max_steps = _max_steps(max_episode_steps, chosen)
        self._car_spec = car_spec
        self._arguments = (num_envs, max_episode_steps, self.autoreset_mode, render_mode)
        self._start_options: list[dict[str, Any]] = [{} for _ in range(num_envs)]
        self._over = np.zeros(num_envs, bool)  # cars whose episode is over and did not begin anew
        self._pictures: AnyArray | None = None
        self._draw: Callable[[], None] | None = None
        self._prepared: dict[StartPlace, AnyArray] = {}
        self._rngs: list[np.random.Generator] = []
        self._steps = np.zeros(num_envs, int)
        self._bind()

    def _bind(self) -> None:
        """Make room for what is seen and judged, and bind the compiled functions to it."""
        chosen = self._options
        single = observation_space(chosen.observation)
        self._cars = np.zeros(self.num_envs, _CARS)
        self._episodes = np.zeros(self.num_envs, record_type(Episode))
        self._outcomes = np.zeros((self.num_envs, len(StepOutcome._fields)))
        self._observations: AnyArray = np.zeros((self.num_envs, *single.shape), single.dtype)
        self._sensor = make_sensor(chosen.observation, self.track, self._car_spec, Backend.COMPILED)
        self._judged = (chosen.rules(self.track), self._episodes, self._outcomes)
        self._enter = compiled_for(
            _enter_and_observe,
            self._cars,
            np.arange(self.num_envs),
            self._sensor,
            self._episodes,
            self._observations,
        )
        self._observe = compiled_for(
            _judge_and_observe,
            self._cars,
            np.arange(self.num_envs),
            self._sensor,
            *self._judged,
            self._observations,
        )

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[AnyArray, dict[str, Any]]:
        """Begin all episodes, or with `options["reset_mask"]` those of some cars.

        One seed is that of the first car, the next car's is one higher. `s_m` and `speed_mps` in
        `options` are one number for all cars or one for each, and hold for the episodes that begin
        by themselves, too.

        Raises InputError as `CircuitEnvironment.reset` does, ValueError for a wrong count of seeds
        or of numbers.
        """
        given = dict(options or {})
        cars = cars_of_mask(given.pop("reset_mask", None), self.num_envs)
        start_options = options_by_car(given, self.num_envs)
        seeds = seeds_by_car(seed, self.num_envs)
        for car in cars.tolist():
            self.starts.check(start_options[car])
        if not self._rngs:
            self._rngs = [np_random(one)[0] for one in seeds]
        for car in cars.tolist():
            self._start_options[car] = start_options[car]
            if seed is not None:
                self._rngs[car] = np_random(seeds[car])[0]
        self._observations = self._observations.copy()  # the one that was given away stays
        self._begin(cars)
        return self._observations.copy(), self._infos(np.zeros((self.num_envs, len(INFO))), cars)

    def step(
        self, actions: npt.ArrayLike
    ) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray, dict[str, Any]]:
        """Hold the actions, shape (n, 2) or with the front axle's share (n, 3), for one step.

        Raises ValueError for actions of another shape, or with a NaN, and with autoreset disabled
        if a car's episode is over.
        """
        held = checked_actions(actions, self.action_space)
        waiting = np.flatnonzero(self._over)
        if len(waiting) and self.autoreset_mode is AutoresetMode.DISABLED:
            raise ValueError(f"the episode of car {waiting[0]} is over: reset it with reset_mask")
        if self._options.front_share:
            self.batch.set_front_torque_share(np.clip(0.5 + 0.5 * held[:, 2], 0.0, 1.0))
        events = self.batch.step(
            held[:, 0], held[:, 1], -held[:, 1], ticks=int(self._options.ticks_per_step)
        )
        self._read_cars()
        # A new array for each step, to be given away: a copy would cost as much as a car's tick.
        self._observations = np.empty_like(self._observations)
        # Cars that are near each other see the same ground, which then is in the processor's cache.
        along = np.argsort(self._cars["s_m"])
        self._observe(self._cars, along, self._sensor, *self._judged, self._observations)
        self._steps += 1
        laps = {event.car: lap_info(event) for event in events if isinstance(event, LapDone)}
        if len(waiting):  # in their next step: this action was not theirs
            self._begin(waiting)
            self._outcomes[waiting] = 0.0
            laps = {car: lap for car, lap in laps.items() if car not in waiting}
        rewards, ends = self._outcomes[:, :2].T.copy()
        terminated = ends != NOT_ENDED
        truncated = self._steps >= self._max_steps
        infos = self._end(terminated, truncated, ends, laps)
        if self.autoreset_mode is AutoresetMode.DISABLED:  # a reset of some shows the others again
            return self._observations.copy(), rewards, terminated, truncated, infos
        return self._observations, rewards, terminated, truncated, infos

    def render(self) -> tuple[AnyArray, ...] | None:
        """Return a picture of each car, as `CircuitEnvironment.render` draws it."""
        if self.render_mode is None:
            return None
        if self._pictures is None:
            side = PICTURE_PIXELS
            self._pictures = np.zeros((self.num_envs, side, side, 3), np.uint8)
            canvas = make_canvas(self.track, self._car_spec, side, Backend.COMPILED)
            self._draw = partial(compiled(_paint_all), self._cars, canvas, self._pictures)
        assert self._draw is not None
        self._draw()
        return tuple(self._pictures.copy())

    def clone_state(self) -> VectorState:
        """Return the state of all episodes, with their random numbers, to be restored at will."""
        return VectorState(
            (self._options, *self._arguments),
            self.batch.saved(np.arange(self.num_envs)),
            self._episodes.copy(),
            self._steps.copy(),
            self._over.copy(),
            copy.deepcopy(self._start_options),
            tuple(copy.deepcopy(rng.bit_generator.state) for rng in self._rngs),
        )

    def restore_state(self, state: VectorState) -> AnyArray:
        """Continue from a state of this environment or of an equal one; returns the observations.

        Raises ValueError for a state of an environment with other options.
        """
        if state.options != (self._options, *self._arguments):
            raise ValueError("the state is that of an environment with other options")
        cars = np.arange(self.num_envs)
        self.batch.restart(cars, state.cars)
        self._read_cars()
        self._enter(self._cars, cars, self._sensor, self._episodes, self._observations)
        self._episodes[:] = state.episodes
        self._steps[:] = state.steps
        self._over[:] = state.over
        self._start_options = copy.deepcopy(state.start_options)
        self._rngs = [np_random(None)[0] for _ in state.rngs]
        for rng, each in zip(self._rngs, state.rngs, strict=True):
            rng.bit_generator.state = each
        return self._observations.copy()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the options and the state: a batch itself cannot be copied."""
        return _rebuilt, (type(self), self.clone_state(), self.spec)

    def _end(
        self, terminated: AnyArray, truncated: AnyArray, ends: AnyArray, laps: dict[int, LapInfo]
    ) -> dict[str, Any]:
        """Do what `autoreset_mode` says with the episodes that are over, and return the `infos`."""
        figures = self._outcomes[:, 2:].copy()
        over = np.flatnonzero(terminated | truncated)
        infos: dict[str, Any] = {}
        at_once = self.autoreset_mode is AutoresetMode.SAME_STEP
        for car in over.tolist():
            end: dict[str, Any] = {"end": ENDS[int(ends[car])]} if terminated[car] else {}
            if at_once:
                final = dict(zip(INFO, figures[car].tolist(), strict=True))
                final |= laps.pop(car, {}) | end
                end = {"final_obs": self._observations[car].copy(), "final_info": final}
            infos = self._add_info(infos, end, car)
        if at_once and len(over):
            self._begin(over)
            figures[over] = 0.0
        elif len(over):
            self._over[over] = True
        infos = self._infos(figures, np.arange(self.num_envs)) | infos
        for car, lap in laps.items():
            infos = self._add_info(infos, lap, car)
        return infos

    def _begin(self, cars: Indices) -> None:
        """Put cars to their next starts; `_observations` then holds what they see there."""
        places = [
            self.starts.choose(self._rngs[car], self._start_options[car]) for car in cars.tolist()
        ]
        if new := [place for place in dict.fromkeys(places) if place not in self._prepared]:
            prepared = self.batch.prepared([self.starts.at(place) for place in new])
            self._prepared.update(zip(new, prepared, strict=True))
        self.batch.restart(cars, np.array([self._prepared[place] for place in places]))
        self._read_cars()
        self._enter(self._cars, cars, self._sensor, self._episodes, self._observations)
        self._steps[cars] = 0
        self._over[cars] = False

    def _read_cars(self) -> None:
        for name in Snapshot._fields:
            self._cars[name] = self.batch.column(name)

    def _infos(self, figures: AnyArray, cars: Indices) -> dict[str, Any]:
        """Return the figures of these cars' steps in the form of Gymnasium's `infos`.

        figures: those of all cars, shape (n, 6).
        """
        infos: dict[str, Any] = {}
        has = np.zeros(self.num_envs, bool)
        has[cars] = True
        for key, column in zip(INFO, figures.T, strict=True):
            infos[key] = column
            infos[f"_{key}"] = has.copy()
        return infos


def _max_steps(max_episode_steps: int | None, options: EnvironmentOptions) -> float:
    """Return how many steps an episode has; infinite for no limit."""
    if max_episode_steps == BY_TIME:
        return options.max_steps
    if max_episode_steps is None or max_episode_steps == _NO_LIMIT:
        return math.inf
    if max_episode_steps < 1:
        raise InputError(f"max_episode_steps is {max_episode_steps}, expected 1, 2, ..., or -1")
    return max_episode_steps


def _rebuilt(
    kind: type[CircuitVectorEnvironment], state: VectorState, spec: Any
) -> CircuitVectorEnvironment:
    options, *arguments = state.options
    made = kind(*arguments, **options._asdict())
    made.restore_state(state)
    made.spec = spec
    return made


@tick_function
def _judge_and_observe(
    cars: Sequence[Snapshot],
    order: Sequence[int],
    sensor: Sensor,
    rules: Rules,
    episodes: Sequence[Episode],
    outcomes: Any,
    observations: Any,
) -> None:
    for index in order:
        judge_step(rules, cars[index], False, episodes[index], outcomes[index])
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


@tick_function
def _paint_all(cars: Sequence[Snapshot], canvas: Canvas, pictures: Any) -> None:
    for index in range(len(cars)):
        paint(canvas, cars[index], pictures[index])
