"""Run a study for a command: its baseline, its executor, its progress and its results."""

from __future__ import annotations

import importlib.util
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from game.cli.options import DEFAULT_TRACK, DEFAULT_WEATHER, chosen_car
from game.cli.progress import StudyBar
from game.cli.study_files import StudyTerms
from game.errors import InputError
from game.track.track import load_track
from game.tuning.baseline import Baseline, make_baseline
from game.tuning.executors import Executor, LocalExecutor
from game.tuning.measure import LAPS
from game.tuning.measurement import Measurement
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.study import Study
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR
from game.workers.budget import usable_processors


class StudySubject(NamedTuple):
    """Names the track and the car that a study is about, or their paths."""

    track: str
    car: str
    weather: str


class StudyRun:
    """Runs one study, as a command asks for it."""

    def __init__(
        self,
        words: Sequence[str],
        options: Mapping[str, object],
        subject: StudySubject,
        laps: int | None,
        workers: int | None,
        cluster: str | None = None,
    ) -> None:
        """`words` and `options` are those of the command; who drives the laps does not matter."""
        track = None if subject.track == DEFAULT_TRACK else subject.track
        car = None if subject.car == DEFAULT_CAR else subject.car
        weather = None if subject.weather == DEFAULT_WEATHER else subject.weather
        named = {"track": track, "car": car, "weather": weather}
        self._command = _command(words, {**options, **named, "laps": laps})
        self._subject, self._laps = subject, laps or LAPS
        self._workers, self._cluster = workers or usable_processors(), cluster
        self.found: dict[Setup, Measurement] = {}

    def measure(self, work: Callable[[Study], object], setups: int) -> None:
        """Measure the setups; after an interrupt those measured so far are in the cache."""
        if self._cluster is not None:
            need("distributed", "--cluster")

        with StudyBar(self._laps) as bar:
            track = load_track(self._subject.track)
            spec = chosen_car(self._subject.car, self._subject.weather)
            baseline = make_baseline(track, spec, bar.planning)
            self.terms = StudyTerms(self._command, baseline, self._laps)
            bar.begin(setups)
            executor = self._executor(baseline)

            def on_progress(*_: object) -> None:
                bar.count(study.driven, len(study.found))

            study = Study(MeasurementCache(baseline), self._laps, executor, on_progress)
            try:
                work(study)
            except KeyboardInterrupt:
                bar.print_line(
                    f"{study.driven + study.from_cache} setups are kept: run it again to go on"
                )
                raise
            finally:
                executor.close()
            self.found = study.found
            driven = f"{study.driven} setup{'' if study.driven == 1 else 's'} driven"
            bar.print_line(f"{driven}, {study.from_cache} taken from earlier runs")

    def _executor(self, baseline: Baseline) -> Executor:
        if self._cluster is not None:
            from game.tuning.cluster import ClusterExecutor  # loads Dask

            return ClusterExecutor(baseline, self._laps, self._cluster)

        return LocalExecutor(baseline, self._laps, self._workers)


def need(module: str, what: str) -> None:
    """Raise InputError unless a library of the extra `lab` is there."""
    if importlib.util.find_spec(module) is None:
        raise InputError(f"{what}: needs {module}: pip install 'leaf-rc[lab]'")


def _command(words: Sequence[str], options: Mapping[str, object]) -> str:
    """Return the command that gives the same result."""
    given = {f"--{name}": value for name, value in options.items() if value is not None}
    return shlex.join(["leaf-rc", *words, *(str(each) for pair in given.items() for each in pair)])
