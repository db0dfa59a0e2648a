"""Work out what setups would do, in background processes, the most wanted first.

One process predicts, so that a prediction never waits for a lap; others drive laps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import Final, Literal

from game.bot.plan_progress import plan_progress
from game.bot.planning import plan_if_ready
from game.bot.start import flying_start
from game.compiled import Backend, compiling_watched, is_cached, numba_is_installed, plainly
from game.quasi_steady.ggv_limits import fill_limits
from game.quasi_steady.speed_passes import run_passes
from game.quasi_steady.steady_lap import fill_lap
from game.simulation.tick import advance
from game.simulation.world import World
from game.track.track import Track
from game.translation import _
from game.tuning.baseline import Baseline, make_baseline
from game.tuning.measure import LAPS, measure_setup
from game.tuning.measurement import Measurement, Prediction
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.prediction import predict_setup, predicts_at_once
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec
from game.workers.budget import HIGH_PRIORITY, LOW_PRIORITY, beside_the_game
from game.workers.group import WorkerGroup
from game.workers.messages import Answer, Failure, Message, Progress, WorkerLost, WorkerSpec
from game.workers.worker_loop import ParentLink

Work = Literal["predict", "measure"]

_MAX_MEASURING: Final = 2  # processes
_COMPILED: Final = (fill_limits, run_passes, fill_lap, advance)  # functions that workers call
_MAX_LOST_WORKERS: Final = 4  # then something is wrong with all of them


class WhatIf:
    """Answers come some time after they are requested, and are kept from then on."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        self.predictions: dict[Setup, Prediction] = {}
        self.measurements: dict[Setup, Measurement] = {}
        self.error = ""
        self.preparing: float | None = None  # how much of plan or machine code is made, 0..1
        self.answers = 0  # the number of answers: a page that shows them redraws when it changes
        self._car_and_track = (track, spec)
        self._wanted: dict[Work, list[Setup]] = {"predict": [], "measure": []}
        self._groups: dict[Work, WorkerGroup] = {}
        self._lost_workers = 0
        self._has_measured = False  # since it was opened
        self._lost_once: set[Setup] = set()  # a process ended at them; they get a second try

    def open(self) -> None:
        """Start the processes; to be called in the main thread."""
        if self._groups:
            return
        self._lost_workers, self.error = 0, ""
        self._has_measured = False
        self._groups = {
            "predict": WorkerGroup(self._spec(_predictor, HIGH_PRIORITY), 1),
            "measure": WorkerGroup(
                self._spec(_measurer, LOW_PRIORITY), beside_the_game(_MAX_MEASURING)
            ),
        }
        for group in self._groups.values():
            group.start()

    def request(self, measured: Sequence[Setup], predicted: Sequence[Setup] = ()) -> None:
        """Request answers for these setups, in this order; earlier requests are dropped."""
        self._wanted["measure"] = [each for each in measured if each not in self.measurements]
        self._wanted["predict"] = [each for each in predicted if each not in self.predictions]

    def poll(self) -> None:
        """Receive answers and submit what is wanted; once a frame."""
        for work, group in self._groups.items():
            for message in group.poll():
                self._handle(work, message)
            self._submit(work, group)

    @property
    def is_open(self) -> bool:
        """Return whether processes were started that have not been ended since."""
        return bool(self._groups)

    @property
    def waiting(self) -> int:
        """Return how many laps are wanted and not there yet."""
        return len(self.requested("measure"))

    @property
    def busy(self) -> bool:
        """Return whether anything wanted is still to come."""
        is_alive = any(group.is_alive for group in self._groups.values())
        return is_alive and bool(self.requested("predict") or self.requested("measure"))

    def requested(self, work: Work) -> list[Setup]:
        """Return the wanted setups that have no answer yet, the most wanted first."""
        known: Iterable[Setup] = self.predictions if work == "predict" else self.measurements
        return [each for each in self._wanted[work] if each not in known]

    def close(self) -> None:
        """End all processes now; the answers are kept."""
        for group in self._groups.values():
            group.end()
        self._groups = {}
        self.request(())

    def _spec(self, prepare: Callable[..., Callable[[Setup], object]], niceness: int) -> WorkerSpec:
        return WorkerSpec(prepare, self._car_and_track, niceness)

    def _submit(self, work: Work, group: WorkerGroup) -> None:
        """Give idle workers the first setups that are wanted and that none of them has yet."""
        if group.free:
            in_work = group.tasks
            new = [each for each in self.requested(work) if each not in in_work]
            for setup in new[: group.free]:
                group.submit(setup)

    def _handle(self, work: Work, message: Message) -> None:
        if isinstance(message, Progress):
            ready = message.value >= 1.0 or self._has_measured  # one of them is enough
            self.preparing = None if ready else message.value
        elif isinstance(message, Answer):
            self._add(message.task, message.value)
        elif isinstance(message, (Failure, WorkerLost)):
            self._give_up_or_retry(work, message.task)
            self._replace_worker(work, message)

    def _add(self, setup: Setup, answer: Prediction | Measurement) -> None:
        if isinstance(answer, Prediction):
            self.predictions[setup] = answer
        else:
            self.measurements[setup] = answer
            self.preparing = None
            self._has_measured = True
        self.answers += 1

    def _give_up_or_retry(self, work: Work, setup: Setup | None) -> None:
        """Retry a setup whose worker was lost; give up a lap at which two are lost."""
        if work == "predict":
            self._wanted["predict"] = [each for each in self._wanted["predict"] if each != setup]
        elif setup is not None:
            if setup in self._lost_once:
                self._add(setup, Measurement(lost="the process that drove it ended"))
            self._lost_once.add(setup)

    def _replace_worker(self, work: Work, message: Failure | WorkerLost) -> None:
        self._lost_workers += 1
        if self._lost_workers < _MAX_LOST_WORKERS:
            self._groups[work].start()
        elif not self.error:
            why = message.reason if isinstance(message, WorkerLost) else message.error
            text = _("laps cannot be driven in the background: {reason}")
            self.error = text.format(reason=why)


# What follows happens in the workers.


def _predictor(link: ParentLink, track: Track, spec: CarSpec) -> Callable[[Setup], Prediction]:
    """Make a worker that predicts, plainly as long as others make the machine code for it."""
    baseline = _baseline(link, track, spec)

    def predict(setup: Setup) -> Prediction:
        with nullcontext() if setup.split_map or predicts_at_once() else plainly():
            return predict_setup(baseline, setup)

    return predict


def _measurer(link: ParentLink, track: Track, spec: CarSpec) -> Callable[[Setup], Measurement]:
    """Make a worker that drives laps, unless their measurement is in the cache."""
    baseline = _baseline(link, track, spec)
    cache = MeasurementCache(baseline)
    missing = [each for each in _COMPILED if not is_cached(each)] if numba_is_installed() else []
    if missing:
        with compiling_watched(missing, link.report):
            predict_setup(baseline, default_setup(spec))  # the predictor waits for its code
            World(track, [flying_start(spec, default_setup(spec), baseline.plan)], Backend.COMPILED)
    return lambda setup: _measured(baseline, cache, setup)


def _baseline(link: ParentLink, track: Track, spec: CarSpec) -> Baseline:
    """Return the baseline; report how far its plan is, unless there is one for this weather."""
    if plan_if_ready(track, spec, default_setup(spec)) is not None:
        return make_baseline(track, spec)
    with plan_progress(link.report) as on_round:
        baseline = make_baseline(track, spec, on_round)
    link.report(1.0)
    return baseline


def _measured(baseline: Baseline, cache: MeasurementCache, setup: Setup) -> Measurement:
    found = cache.get(setup, LAPS)
    if found is None:
        found = measure_setup(baseline, setup, LAPS)
        cache.keep(setup, LAPS, found)
    return found
