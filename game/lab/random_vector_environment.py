"""Drive many cars on random circuits: `gymnasium.make_vec(..., track="random")`.

There are as many circuits as the option `circuits` says, and at most one for each car. Cars are
dealt out to them in turn, so that with three circuits cars 0, 3, 6, ... drive on the first. A whole
`reset` with seeds brings the circuits of the seeds of cars 0, 1, 2, ...; one without draws others.
An episode that begins by itself, or by a `reset_mask`, stays on its circuit.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from gymnasium.utils.seeding import np_random
from gymnasium.vector import AutoresetMode

from game.arrays import AnyArray, Indices
from game.errors import InputError
from game.lab.environment_options import EnvironmentOptions, checked_actions
from game.lab.vector_environment import BY_TIME, CircuitVectorEnvironment, ManyCars, VectorState
from game.lab.vector_reset import cars_of_mask, options_by_car, seeds_by_car
from game.track.track import Track


class RandomVectorState(NamedTuple):
    """Holds the state of a vector environment on random circuits."""

    options: tuple[Any, ...]
    circuits: tuple[int, ...]  # their seeds
    groups: tuple[VectorState, ...]
    observations: AnyArray
    rng: Mapping[str, Any]


class RandomVectorEnvironment(ManyCars):
    """Has n cars on several circuits, which stand in nobody's way."""

    def __init__(
        self,
        num_envs: int = 1,
        max_episode_steps: int | None = BY_TIME,
        autoreset_mode: str | AutoresetMode = AutoresetMode.SAME_STEP,
        render_mode: str | None = None,
        **options: Any,
    ) -> None:
        """The arguments are those of `CircuitVectorEnvironment`, with `track="random"`.

        Raises InputError and TypeError as it does.
        """
        chosen = EnvironmentOptions(**options)
        chosen.check(render_mode)
        if chosen.random_circuits is None:
            raise InputError(f"track '{chosen.track}': is not a random one")
        self._random = chosen.random_circuits
        self._arguments = (num_envs, max_episode_steps, AutoresetMode(autoreset_mode), render_mode)
        self._options = chosen
        self._describe(chosen, num_envs, autoreset_mode, render_mode)
        count = num_envs if chosen.circuits is None else min(num_envs, chosen.circuits)
        self._cars: list[Indices] = [np.arange(at, num_envs, count) for at in range(count)]
        self._rng = np_random(None)[0]
        self._circuits: tuple[int, ...] = ()
        self._groups: list[CircuitVectorEnvironment] = []
        single = self.single_observation_space
        self._observations: AnyArray = np.zeros((num_envs, *(single.shape or ())), single.dtype)
        self._enter(tuple(range(count)))

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Return the circuits, that of car 0 first."""
        return tuple(group.track for group in self._groups)

    def _enter(self, circuits: tuple[int, ...]) -> None:
        """Drive on the circuits of these seeds from now on."""
        if circuits == self._circuits:
            return
        self._circuits = circuits
        _, max_episode_steps, autoreset_mode, render_mode = self._arguments
        self._groups = [
            CircuitVectorEnvironment(
                len(cars),
                max_episode_steps,
                autoreset_mode,
                render_mode,
                circuit=self._random.track(seed),
                **self._options._asdict(),
            )
            for cars, seed in zip(self._cars, circuits, strict=True)
        ]

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[AnyArray, dict[str, Any]]:
        """Begin all episodes, on other circuits, or with `options["reset_mask"]` those of some.

        Seeds and options are those of `CircuitVectorEnvironment.reset`, which says what is raised.
        """
        given = dict(options or {})
        mask = given.pop("reset_mask", None)
        chosen = np.zeros(self.num_envs, bool)
        chosen[cars_of_mask(mask, self.num_envs)] = True
        by_car = options_by_car(given, self.num_envs)
        seeds = seeds_by_car(seed, self.num_envs)
        if mask is None:
            self._enter(self._seeds_of_circuits(seeds))
        self._observations = self._observations.copy()
        parts = []
        for cars, group in zip(self._cars, self._groups, strict=True):
            if not chosen[cars].any():
                continue
            own = {key: [by_car[car][key] for car in cars] for key in given}
            own_seeds = None if seed is None else [seeds[car] for car in cars]
            seen, infos = group.reset(seed=own_seeds, options={**own, "reset_mask": chosen[cars]})
            self._observations[cars] = seen
            parts.append((cars, infos))
        return self._observations.copy(), _merged(parts, self.num_envs)

    def _seeds_of_circuits(self, seeds: list[int | None]) -> tuple[int, ...]:
        """Return the seeds of the next circuits: those of the first cars, or drawn."""
        first = self._circuits[0]
        return tuple(
            self._random.draw(first, self._rng) if seed is None else seed
            for seed in seeds[: len(self._groups)]
        )

    def step(
        self, actions: npt.ArrayLike
    ) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray, dict[str, Any]]:
        """Hold the actions for one step, as `CircuitVectorEnvironment.step` does."""
        held = checked_actions(actions, self.action_space)
        count = self.num_envs
        self._observations = np.empty_like(self._observations)
        rewards, terminated, truncated = (
            np.zeros(count),
            np.zeros(count, bool),
            np.zeros(count, bool),
        )
        parts = []
        for cars, group in zip(self._cars, self._groups, strict=True):
            seen, earned, ended, cut, infos = group.step(held[cars])
            self._observations[cars] = seen
            rewards[cars], terminated[cars], truncated[cars] = earned, ended, cut
            parts.append((cars, infos))
        return self._observations.copy(), rewards, terminated, truncated, _merged(parts, count)

    def render(self) -> tuple[AnyArray, ...] | None:
        """Return a picture of each car."""
        if self.render_mode is None:
            return None
        pictures: list[Any] = [None] * self.num_envs
        for cars, group in zip(self._cars, self._groups, strict=True):
            for car, picture in zip(cars.tolist(), group.render() or (), strict=True):
                pictures[car] = picture
        return tuple(pictures)

    def clone_state(self) -> RandomVectorState:
        """Return the state of all episodes, with their random numbers, to be restored at will."""
        return RandomVectorState(
            (self._options, *self._arguments),
            self._circuits,
            tuple(group.clone_state() for group in self._groups),
            self._observations.copy(),
            copy.deepcopy(self._rng.bit_generator.state),
        )

    def restore_state(self, state: RandomVectorState) -> AnyArray:
        """Continue from a state of this environment or of an equal one; returns the observations.

        Raises ValueError for a state of an environment with other options.
        """
        if state.options != (self._options, *self._arguments):
            raise ValueError("the state is that of an environment with other options")
        self._enter(state.circuits)
        for group, of_group in zip(self._groups, state.groups, strict=True):
            group.restore_state(of_group)
        self._observations = state.observations.copy()
        self._rng.bit_generator.state = state.rng
        return self._observations.copy()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the options and the state."""
        return _rebuilt, (self.clone_state(), self.spec)


def _rebuilt(state: RandomVectorState, spec: Any) -> RandomVectorEnvironment:
    options, *arguments = state.options
    made = RandomVectorEnvironment(*arguments, **options._asdict())
    made.restore_state(state)
    made.spec = spec
    return made


def _merged(parts: Sequence[tuple[Indices, Mapping[str, Any]]], count: int) -> dict[str, Any]:
    """Return the `infos` of groups of cars as those of all."""
    merged: dict[str, Any] = {}
    for key in dict.fromkeys(key for _, infos in parts for key in infos):
        having = [(cars, infos[key]) for cars, infos in parts if key in infos]
        first = having[0][1]
        if isinstance(first, dict):
            merged[key] = _merged(having, count)
            continue
        whole = np.zeros((count, *first.shape[1:]), first.dtype)
        if first.dtype == object:
            whole[:] = None
        for cars, values in having:
            whole[cars] = values
        merged[key] = whole
    return merged


def make_vector_environment(num_envs: int = 1, **arguments: Any) -> ManyCars:
    """Return the environment as `gymnasium.make_vec` gives it."""
    options = {key: arguments[key] for key in arguments if key in EnvironmentOptions._fields}
    if EnvironmentOptions(**options).random_circuits is None:
        return CircuitVectorEnvironment(num_envs, **arguments)
    return RandomVectorEnvironment(num_envs, **arguments)
