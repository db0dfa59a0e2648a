"""A driver is taught from nothing, in some four minutes on two cores: `leaf-rc learn`.

Proximal policy optimisation (Schulman et al., 2017) as stable-baselines3 has it, on the vectorised
environment. The driver that is saved takes the environment's own observations:

    PPO.load("driver.zip").predict(observation, deterministic=True)
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import gymnasium
import numpy as np

from game.arrays import AnyArray
from game.errors import InputError
from game.lab.environment import ID
from game.lab.episode import RewardWeights
from game.lab.vector_environment import CircuitVectorEnvironment
from game.track.track import DEFAULT_TRACK, load_track
from game.vehicle.spec import DEFAULT_CAR
from game.workers.budget import usable_processors

CARS: Final = 256
TICKS_PER_DECISION: Final = 12  # 20 Hz: the effect of a finer decision is lost in the noise
DECISIONS: Final = 4_000_000  # of all cars
MAX_THREADS: Final = 2  # more are slower: the networks are small
_DECISIONS_PER_S: Final = 20
_EPISODE_S: Final = 20  # of learning; short, so that all places come up often
_TRIAL_S: Final = 200
_MINUTE: Final = 60 * _DECISIONS_PER_S
_STARTS: Final = 16  # of a trial from anywhere
_TRIAL_SEED: Final = 1000
_ROLLOUT: Final = 64  # decisions a car between two improvements of the policy
_TRIAL_EVERY: Final = 12  # rollouts
# A metre is worth 0.05, so that a value is a few units; leaving the track costs 60 m.
_REWARD: Final = RewardWeights(progress_per_m=0.05, off_track_per_s=-1.5, ending=-3.0)

Policy = Callable[[AnyArray], AnyArray]


class Trial(NamedTuple):
    """Holds the result of a drive with the best policy and no further exploration."""

    covered_m: float  # from pole position, until the lap was done or the drive ended
    lap_time_s: float | None
    lap_valid: bool
    end: str  # why it ended, or nothing
    anywhere_m: float  # median of the ways in a minute from sixteen drawn places


class Stage(NamedTuple):
    """Says how far learning has come."""

    decisions: int
    wall_s: float
    episode_m: float  # mean way of the last learning episodes
    trial: Trial


class Drives:
    """Gives stable-baselines3 the episodes of many cars in the form that it expects."""

    def __init__(self, environment: CircuitVectorEnvironment, seed: int) -> None:
        self.environment = environment
        self.covered_m: deque[float] = deque(maxlen=300)  # in the last episodes
        self._seed = seed

    def reset(self) -> AnyArray:
        """Begin all episodes and return what each car sees."""
        return self.environment.reset(seed=self._seed)[0]

    def step(self, actions: AnyArray) -> tuple[AnyArray, AnyArray, AnyArray, list[dict[str, Any]]]:
        """Return each car's observation, its reward, whether its episode is over, and its `infos`.

        Told of an episode that is over are its last observation and whether it was only cut off.
        """
        observations, rewards, terminated, truncated, infos = self.environment.step(actions)
        over = terminated | truncated
        car_infos: list[dict[str, Any]] = [{} for _ in rewards]
        for car in np.flatnonzero(over):
            car_infos[car] = {
                "terminal_observation": infos["final_obs"][car],
                "TimeLimit.truncated": bool(truncated[car] and not terminated[car]),
            }
            self.covered_m.append(float(infos["final_info"]["covered_m"][car]))
        return observations, rewards.astype(np.float32), over, car_infos


def learn(
    decisions: int = DECISIONS,
    seed: int = 0,
    on_stage: Callable[[Stage], None] | None = None,
    car: str = DEFAULT_CAR,
    track: str = DEFAULT_TRACK,
) -> tuple[Any, list[Stage]]:
    """Return a driver trained for a number of decisions, and the stages of its training.

    Raises InputError without the extra `learn`.
    """
    if importlib.util.find_spec("stable_baselines3") is None:
        raise InputError("learning needs the extra 'learn': pip install 'leaf-rc[learn]'")
    # Threads that wait give their core away, which another process may need to let them go on.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch: Any = importlib.import_module("torch")
    vec_env: Any = importlib.import_module("stable_baselines3.common.vec_env")
    torch.set_num_threads(free_cores(MAX_THREADS))
    drives = Drives(
        CircuitVectorEnvironment(
            CARS,
            track=track,
            car=car,
            reward=_REWARD,
            ticks_per_step=TICKS_PER_DECISION,
            max_episode_steps=_EPISODE_S * _DECISIONS_PER_S,
        ),
        seed,
    )
    # Rewards are of a good size already; observed numbers are not, as curvatures are small.
    cars = vec_env.VecNormalize(_as_vec_env(drives), norm_reward=False, clip_obs=100.0)
    driver = _new_driver(cars, seed)
    stages: list[Stage] = []
    began_s = time.perf_counter()

    def note(_locals: dict[str, Any], _globals: dict[str, Any]) -> bool:
        if driver.num_timesteps % (_TRIAL_EVERY * _ROLLOUT * CARS) == CARS:
            trial = try_out(
                lambda observations: act(driver, cars.normalize_obs(observations)), car, track
            )
            episode_m = float(np.mean(drives.covered_m)) if drives.covered_m else 0.0
            wall_s = time.perf_counter() - began_s
            stages.append(Stage(driver.num_timesteps, wall_s, episode_m, trial))
            if on_stage is not None:
                on_stage(stages[-1])
        return True

    driver.learn(decisions, callback=note)
    _take_plain_numbers(driver, cars)
    return driver, stages


def free_cores(max_cores: int) -> int:
    """Return how many cores nobody is using, from 1 to `max_cores`.

    Threads that wait for each other at every step stall where one of them has to share its core:
    two beside another busy process do nothing in the time in which one does all the work.
    """
    try:
        busy = os.getloadavg()[0]
    except (AttributeError, OSError):  # there is none on this system
        busy = 0.0
    return max(1, min(max_cores, round(usable_processors() - busy)))


def _new_driver(cars: Any, seed: int) -> Any:
    """Return an untrained driver of these cars, to be trained by proximal policy optimisation."""
    baselines: Any = importlib.import_module("stable_baselines3")
    return baselines.PPO(
        "MlpPolicy",
        cars,
        n_steps=_ROLLOUT,
        batch_size=2048,
        n_epochs=6,
        learning_rate=lambda left: 1e-3 * left,
        gamma=0.99,
        gae_lambda=0.95,
        policy_kwargs={"net_arch": [128, 128], "log_std_init": -0.7},
        seed=seed,
        device="cpu",
    )


def act(driver: Any, observations: AnyArray) -> AnyArray:
    """Return the action that a driver thinks best."""
    action: AnyArray = driver.predict(observations, deterministic=True)[0]
    return action


def try_out(policy: Policy, car: str = DEFAULT_CAR, track: str = DEFAULT_TRACK) -> Trial:
    """Return a lap from pole position, among walls, and a minute from each of sixteen places."""
    environment = gymnasium.make(
        ID,
        track=track,
        car=car,
        random_start=False,
        ticks_per_step=TICKS_PER_DECISION,
        max_episode_steps=_TRIAL_S * _DECISIONS_PER_S,
    )
    observations, info = environment.reset(seed=_TRIAL_SEED)
    over = False
    while not over and "lap_time_s" not in info:
        observations, _, terminated, truncated, info = environment.step(policy(observations))
        over = terminated or truncated
    return Trial(
        info["covered_m"],
        info.get("lap_time_s"),
        info.get("lap_valid", False),
        info.get("end", ""),
        _covered_from_anywhere_m(policy, car, track),
    )


def _covered_from_anywhere_m(policy: Policy, car: str, track: str) -> float:
    environment = CircuitVectorEnvironment(
        _STARTS, track=track, car=car, ticks_per_step=TICKS_PER_DECISION, max_episode_steps=_MINUTE
    )
    observations, _ = environment.reset(seed=_TRIAL_SEED)
    covered_m = np.full(_STARTS, np.nan)
    while np.isnan(covered_m).any():
        observations, _, terminated, truncated, infos = environment.step(policy(observations))
        first = (terminated | truncated) & np.isnan(covered_m)
        if first.any():
            covered_m[first] = infos["final_info"]["covered_m"][first]
    return float(np.median(covered_m))


def _as_vec_env(drives: Drives) -> Any:
    """Return the drives as the library's own kind of environment."""
    vec_env: Any = importlib.import_module("stable_baselines3.common.vec_env")

    class LearnerCars(vec_env.VecEnv):  # type: ignore[misc]
        """Passes the cars of an environment to stable-baselines3 as it expects them."""

        def __init__(self) -> None:
            environment = drives.environment
            super().__init__(
                environment.num_envs,
                environment.single_observation_space,
                environment.single_action_space,
            )

        def reset(self) -> AnyArray:
            return drives.reset()

        def step_async(self, actions: AnyArray) -> None:
            self._actions = actions

        def step_wait(self) -> tuple[AnyArray, AnyArray, AnyArray, list[dict[str, Any]]]:
            return drives.step(self._actions)

        def close(self) -> None:
            drives.environment.close()

        def get_attr(self, attr_name: str, indices: Any = None) -> list[Any]:
            value = getattr(drives.environment, attr_name)
            return [value for _ in self._get_indices(indices)]

        def set_attr(self, attr_name: str, value: Any, indices: Any = None) -> None:
            raise NotImplementedError

        def env_method(self, *_: Any, **__: Any) -> list[Any]:
            raise NotImplementedError

        def env_is_wrapped(self, _: Any, indices: Any = None) -> list[bool]:
            return [False for _ in self._get_indices(indices)]

    return LearnerCars()


def _take_plain_numbers(driver: Any, cars: Any) -> None:
    """Put the scaling of observations into the first layers, so that the driver needs no other."""
    torch: Any = importlib.import_module("torch")
    mean = torch.as_tensor(cars.obs_rms.mean, dtype=torch.float32)
    scale = torch.as_tensor(1.0 / np.sqrt(cars.obs_rms.var + cars.epsilon), dtype=torch.float32)
    with torch.no_grad():
        for net in (driver.policy.mlp_extractor.policy_net, driver.policy.mlp_extractor.value_net):
            first = net[0]
            first.weight.mul_(scale)
            first.bias.sub_(first.weight @ mean)


def learning_curve(stages: Sequence[Stage], track: str = DEFAULT_TRACK) -> bytes:
    """Return the learning curve as a JPEG."""
    from matplotlib.figure import Figure

    lap_m = load_track(track).length_m
    minutes = [stage.wall_s / 60.0 for stage in stages]
    light, dark = "#d8dee4", "#14181d"
    figure = Figure(figsize=(6.4, 3.2), dpi=120, facecolor=dark)
    axes = figure.add_subplot(facecolor=dark)
    axes.axhline(lap_m, color="#788", linewidth=1.0, linestyle=":")
    axes.text(minutes[0], lap_m * 1.02, "a whole lap", color="#9aa", fontsize=9)
    axes.plot(
        minutes,
        [min(stage.trial.covered_m, lap_m) for stage in stages],
        color="#f2b134",
        marker="o",
        markersize=3.5,
        label="from pole position, from standstill",
    )
    axes.plot(
        minutes,
        [stage.trial.anywhere_m for stage in stages],
        color="#58b4d9",
        label="in a minute, median of 16 places",
    )
    axes.set_xlabel("minutes of learning on two cores", color=light)
    axes.set_ylabel("way driven, m", color=light)
    axes.set_ylim(0.0, lap_m * 1.12)
    axes.tick_params(colors=light)
    for spine in axes.spines.values():
        spine.set_color("#3a424a")
    axes.legend(
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=2,
        frameon=False,
        labelcolor=light,
        fontsize=9,
    )
    figure.tight_layout()
    held = io.BytesIO()
    figure.savefig(held, format="jpeg", facecolor=dark)
    return held.getvalue()
