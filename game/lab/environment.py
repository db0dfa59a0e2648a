"""Make driving a circuit a Gymnasium environment, sixty decisions a second.

    import gymnasium
    import game.lab.environment

    environment = gymnasium.make("leaf_rc/RicardoTormo-v0")

Actions are numbers within -1..1: steering (1 is full left lock), pedals (-1 is full brake, 1 is
full throttle), and with `front_share=True` the front axle's share of the drive torque (-1 is none,
1 is all), which acts under the split law of the setup. Brake and throttle share an axis because
nothing is won by pressing both, and a learner that tries noise around zero on two axes would drive
with dragging brakes.
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import gymnasium
import numpy as np
import numpy.typing as npt
from gymnasium.wrappers import HumanRendering

from game.arrays import AnyArray
from game.compiled import Backend, tick_function
from game.lab.environment_options import RENDER_MODES, EnvironmentOptions, checked_actions
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
from game.records import from_record, records
from game.simulation.chassis import body_motion
from game.simulation.events import LapDone
from game.simulation.snapshot import Snapshot
from game.simulation.tick import CarRuntime, snapshot_of
from game.simulation.world import SavedWorld, World
from game.track.track import Track, load_track
from game.vehicle.state import controls

ID: Final = "leaf_rc/RicardoTormo-v0"
INFO: Final = StepOutcome._fields[2:]

PICTURE_PIXELS: Final = 480  # of `render`, a side


class EnvironmentState(NamedTuple):
    """Holds the state of an environment: plain data, which can be kept and pickled."""

    options: EnvironmentOptions
    world: SavedWorld
    episode: Episode
    steps: int
    rng: Mapping[str, Any]  # of numpy's generator
    circuits: tuple[int, int] = (0, 0)  # seeds of a random circuit: the last one given, and its own


class CircuitEnvironment(gymnasium.Env[AnyArray, AnyArray]):
    """An environment has one car on a circuit with its walls.

    Observations are the vector of `learner_view`, float32, or with `observation="pixels"` the
    picture of `pixels`, uint8, shape (96, 96, 3). Rewards are those of `episode`. An episode is
    terminated by what `EndLimits` says or by hitting a wall, and truncated after `episode_s` of
    driving. A `max_episode_steps` given to `gymnasium.make` is a limit around that.

    A copy, also by way of a pickle, is an environment of its own that goes on to the same bits.
    Planners that try many actions from one state are quicker with `clone_state` and
    `restore_state`.

    An `info` has `covered_m`, the way forward since the start, and the reward's terms by name. A
    step that finishes a lap adds `lap_time_s` and `lap_valid`; one that ends the episode adds
    `end`, in words.
    """

    metadata = {  # noqa: RUF012
        "render_modes": list(RENDER_MODES),
        "render_fps": 60,
    }

    def __init__(self, render_mode: str | None = None, **options: Any) -> None:
        """The options are those of `EnvironmentOptions`.

        Raises InputError for a track, a car or a kind of observation that there is not and for a
        setup that the car cannot have, TypeError for an option that there is not.
        """
        chosen = EnvironmentOptions(**options)
        chosen.check(render_mode)
        self.render_mode = render_mode
        self._options = chosen
        self._car_spec = chosen.car_spec()
        self._setup = chosen.setup_for(self._car_spec)
        self.action_space = chosen.action_space()
        self.observation_space = observation_space(chosen.observation)
        self._random = chosen.random_circuits
        self._first = self._circuit = 0  # seeds of a random circuit
        self._enter(load_track(chosen.track) if self._random is None else self._random.track(0))
        self._ticks = int(chosen.ticks_per_step)
        self._steps = 0  # of the episode
        self._max_steps = chosen.max_steps
        self._picture = np.zeros((1, PICTURE_PIXELS, PICTURE_PIXELS, 3), np.uint8)

    def _enter(self, track: Track) -> None:
        """Make the world of a circuit, and bind the compiled functions to it."""
        chosen = self._options
        self.track = track
        self.starts = Starts(track, self._car_spec, self._setup, chosen.random_start, chosen.damage)
        self.world = World(track, [self.starts.at(StartPlace(0.0, 0.0))], chosen.backend)
        self._episodes: Any = self._in_form([Episode()])
        self._outcomes = np.zeros((1, len(StepOutcome._fields)))
        single = observation_space(chosen.observation)
        self._observations: AnyArray = np.zeros((1, *single.shape), single.dtype)
        self._observe = self.world.bind_observer(
            _judge_and_observe,
            make_sensor(chosen.observation, track, self._car_spec, self.world.backend),
            chosen.rules(track),
            self._episodes,
            self._outcomes,
            self._observations,
        )
        self._draw: Callable[[], None] | None = None

    def _change_circuit(self, seed: int) -> None:
        """Enter the random circuit of a seed, unless it is the one that is there."""
        if self._random is not None and seed != self._circuit:
            self._enter(self._random.track(seed))
            self._circuit = seed

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[AnyArray, dict[str, Any]]:
        """Begin an episode. `options` may say where and how fast: `s_m`, `speed_mps`.

        Raises InputError for other options, or for a place that is not on the lap.
        """
        super().reset(seed=None if seed is None else operator.index(seed))
        if self._random is not None:
            self._first = self._first if seed is None else operator.index(seed)
            drawn = self._random.draw(self._first, self.np_random) if seed is None else seed
            self._change_circuit(operator.index(drawn))
        place = self.starts.choose(self.np_random, options or {})
        self.world.restart(self.starts.at(place))
        self._observe()
        episode = Episode()
        begin(self.world.snapshots()[0], episode)
        self._episodes[:] = self._in_form([episode])
        self._steps = 0
        return self._observations[0].copy(), dict.fromkeys(INFO, 0.0)

    def step(self, action: npt.ArrayLike) -> tuple[AnyArray, float, bool, bool, dict[str, Any]]:
        """Hold an action for one step.

        Raises ValueError for an action of another shape than the action space has, or with a NaN.
        """
        steering, pedals, *share = checked_actions(action, self.action_space).tolist()
        if share:
            self.world.set_front_torque_share(0, min(max(0.5 + 0.5 * share[0], 0.0), 1.0))
        events = self.world.advance([controls(steering, pedals, -pedals)], self._ticks)
        self._observe()
        reward, end, *figures = self._outcomes[0].tolist()
        info: dict[str, Any] = dict(zip(INFO, figures, strict=True))
        for event in events:
            if isinstance(event, LapDone):
                info |= lap_info(event)
        if end != NOT_ENDED:
            info["end"] = ENDS[int(end)]
        self._steps += 1
        truncated = self._steps >= self._max_steps
        return self._observations[0].copy(), reward, end != NOT_ENDED, truncated, info

    def clone_state(self) -> EnvironmentState:
        """Return the state of the episode, with its random numbers, to be restored at will."""
        return EnvironmentState(
            self._options,
            self.world.saved(),
            self._episode(),
            self._steps,
            copy.deepcopy(self.np_random.bit_generator.state),
            (self._first, self._circuit),
        )

    def restore_state(self, state: EnvironmentState) -> AnyArray:
        """Continue from a state of this environment or of an equal one; returns the observation.

        Raises ValueError for a state of an environment with other options.
        """
        if state.options != self._options:
            raise ValueError("the state is that of an environment with other options")
        self._first, circuit = state.circuits
        self._change_circuit(circuit)
        self.world.restore(state.world)
        self._observe()
        self._episodes[:] = self._in_form([copy.copy(state.episode)])
        self._steps = state.steps
        self.np_random.bit_generator.state = state.rng
        seen: AnyArray = self._observations[0].copy()
        return seen

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the options and the state: a world itself cannot be copied."""
        return _rebuilt, (type(self), self.render_mode, self.clone_state(), self.spec)

    def render(self) -> AnyArray | None:
        """Return the car and the ground around it, uint8, (480, 480, 3), in mode `rgb_array`."""
        if self.render_mode is None:
            return None
        if self._draw is None:
            canvas = make_canvas(self.track, self._car_spec, PICTURE_PIXELS, self.world.backend)
            self._draw = self.world.bind_observer(_paint_only, canvas, self._picture)
        self._draw()
        picture: AnyArray = self._picture[0].copy()
        return picture

    def _episode(self) -> Episode:
        episode = self._episodes[0]
        if self.world.backend is Backend.COMPILED:
            episode = from_record(Episode, episode)
        copied: Episode = copy.copy(episode)
        return copied

    def _in_form(self, episodes: list[Episode]) -> Any:
        return records(episodes) if self.world.backend is Backend.COMPILED else episodes


def _rebuilt(
    kind: type[CircuitEnvironment], render_mode: str | None, state: EnvironmentState, spec: Any
) -> CircuitEnvironment:
    made = kind(render_mode, **state.options._asdict())
    made.restore_state(state)
    made.spec = spec
    return made


def make_environment(
    render_mode: str | None = None, **options: Any
) -> gymnasium.Env[AnyArray, AnyArray]:
    """Return the environment as `gymnasium.make` does; mode `human` has a window."""
    if render_mode == "human":
        return HumanRendering(CircuitEnvironment(render_mode="rgb_array", **options))
    return CircuitEnvironment(render_mode=render_mode, **options)


def register() -> None:
    """Register the environment with Gymnasium; importing this module does so."""
    if ID not in gymnasium.registry:
        gymnasium.register(
            ID,
            entry_point="game.lab.environment:make_environment",
            vector_entry_point="game.lab.random_vector_environment:make_vector_environment",
        )


def lap_info(lap: LapDone) -> dict[str, Any]:
    """Return what an `info` says of a finished lap."""
    return {"lap_time_s": lap.time_s, "lap_valid": lap.valid}


@tick_function
def _judge_and_observe(
    runtimes: Sequence[CarRuntime],
    bodies: Any,
    sensor: Sensor,
    rules: Rules,
    episodes: Sequence[Episode],
    outcomes: Any,
    observations: Any,
) -> None:
    for index in range(len(runtimes)):
        car = _snapshot(runtimes, bodies, index)
        hit_a_wall = runtimes[index].position.contact_j != 0.0
        judge_step(rules, car, hit_a_wall, episodes[index], outcomes[index])
        observe(sensor, car, observations[index])


@tick_function
def _paint_only(
    runtimes: Sequence[CarRuntime],
    bodies: Any,
    canvas: Canvas,
    pictures: Any,
) -> None:
    for index in range(len(runtimes)):
        paint(canvas, _snapshot(runtimes, bodies, index), pictures[index])


@tick_function
def _snapshot(runtimes: Sequence[CarRuntime], bodies: Any, index: int) -> Snapshot:
    return snapshot_of(runtimes[index], body_motion(bodies, index), 0)


register()
