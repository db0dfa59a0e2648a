"""What setups would do: asked of processes beside the game, the most wanted first.

One process predicts, so that a prediction never waits for a lap; others drive laps.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Final, Literal

from game.errors import InputError
from game.track.track import Track
from game.tuning.baseline import Baseline, make_baseline
from game.tuning.measure import LAPS, measure_setup
from game.tuning.measurement import Measurement, Prediction
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.prediction import predict_setup
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers import load_ahead, start_process

Work = Literal["predict", "measure"]

_DRIVING: Final = 2  # processes
_NICENESS: Final = 10
_MAX_DEATHS: Final = 4  # of processes; then something is wrong with all of them
_READY: Final = "ready"


class WhatIf:
    """Answers come some time after they are wanted; those that came stay."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        self.predictions: dict[Setup, Prediction] = {}
        self.measurements: dict[Setup, Measurement] = {}
        self.complaint = ""
        self.answers = 0  # so many came: what shows them is drawn anew when this changes
        self._order = (track, spec)
        self._wanted: dict[Work, list[Setup]] = {"predict": [], "measure": []}
        self._workers: list[_Worker] = []
        self._deaths = 0
        self._fatal: set[Setup] = set()  # a process ended at them; once more is tried

    def open(self) -> None:
        """Have the processes started; in the main thread."""
        if self._workers:
            return
        load_ahead()
        self._deaths, self.complaint = 0, ""
        self._workers = [_Worker("predict", self._order)]
        self._workers += [_Worker("measure", self._order) for _ in range(_DRIVING)]

    def want(self, measured: Sequence[Setup], predicted: Sequence[Setup] = ()) -> None:
        """Want these from now on, the first most; what was wanted before is dropped."""
        self._wanted["measure"] = [each for each in measured if each not in self.measurements]
        self._wanted["predict"] = [each for each in predicted if each not in self.predictions]

    def poll(self) -> None:
        """Take in what came, and hand out what is wanted; once a frame."""
        for worker in list(self._workers):
            for setup, answer in worker.finished():
                self._take(setup, answer)
            if worker.dead:
                self._bury(worker)
            elif worker.idle:
                worker.take(self._next(worker.work))

    @property
    def waiting(self) -> int:
        """How many laps are wanted and not there yet."""
        return len(self.wanted("measure"))

    @property
    def busy(self) -> bool:
        """Whether anything wanted is still to come."""
        waited_for = self.wanted("predict") or self.wanted("measure")
        return bool(self._workers) and bool(waited_for)

    def wanted(self, work: Work) -> list[Setup]:
        """The setups that are waited for, the first most."""
        known: Iterable[Setup] = self.predictions if work == "predict" else self.measurements
        return [each for each in self._wanted[work] if each not in known]

    def close(self) -> None:
        """End all processes now; what came stays."""
        for worker in self._workers:
            worker.end()
        self._workers = []
        self.want(())

    def _take(self, setup: Setup, answer: Prediction | Measurement) -> None:
        if isinstance(answer, Prediction):
            self.predictions[setup] = answer
        else:
            self.measurements[setup] = answer
        self.answers += 1

    def _next(self, work: Work) -> Setup | None:
        """The first that is wanted and that nobody is at."""
        at = {worker.at for worker in self._workers if worker.work == work}
        return next((each for each in self.wanted(work) if each not in at), None)

    def _bury(self, worker: _Worker) -> None:
        """A process has ended: another takes its place; a lap that ends two is given up."""
        self._workers.remove(worker)
        worker.end()
        self._deaths += 1
        if worker.at is not None and worker.work == "measure":
            if worker.at in self._fatal:
                self._take(worker.at, Measurement(lost="the process that drove it ended"))
            self._fatal.add(worker.at)
        if worker.work == "predict":
            self._wanted["predict"] = [
                each for each in self._wanted["predict"] if each != worker.at
            ]
        if self._deaths < _MAX_DEATHS:
            self._workers.append(_Worker(worker.work, self._order))
        elif not self.complaint:
            self.complaint = worker.complaint or "laps cannot be driven beside the game"


class _Worker:
    """One process, seen from here. It is started by a thread: that takes longer than a frame."""

    def __init__(self, work: Work, order: tuple[Track, CarSpec]) -> None:
        self.work: Final = work
        self.at: Setup | None = None
        self.listens = False
        self.dead = False
        self.complaint = ""
        self._open = True
        self._process: Any = None
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._starting = threading.Thread(target=self._start, args=(order,), name=work, daemon=True)
        self._starting.start()

    @property
    def idle(self) -> bool:
        """Whether it waits to be asked."""
        return self.listens and self.at is None

    def take(self, setup: Setup | None) -> None:
        """Ask it, if there is anything to ask."""
        if setup is None or self._pipe is None:
            return
        self.at = setup
        try:
            self._pipe.send((self.work, setup))
        except OSError:
            self.dead = True

    def finished(self) -> list[tuple[Setup, Prediction | Measurement]]:
        """What it has answered since the last time."""
        found = []
        try:
            while self._pipe is not None and not self.dead and self._pipe.poll():
                told = self._pipe.recv()
                if told == _READY:
                    self.listens = True
                elif self.at is not None:
                    found.append((self.at, told))
                    self.at = None
        except (EOFError, OSError):
            self.dead = True
        return found

    def end(self) -> None:
        """End it now, even while it is being started."""
        with self._lock:
            self._open = False
            if self._process is not None:
                self._process.kill()
            if self._pipe is not None:
                self._pipe.close()
            self._pipe, self.listens = None, False

    def _start(self, order: tuple[Track, CarSpec]) -> None:
        try:
            process, pipe = start_process(_answer)
            pipe.send(order)
        except (InputError, OSError) as error:
            self.complaint, self.dead = str(error), True
            return
        with self._lock:
            self._process, self._pipe = process, pipe
            if not self._open:
                process.kill()
                pipe.close()
                self._pipe = None


def _answer(parent: Connection) -> None:
    """The work of a process, until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with contextlib.suppress(EOFError, OSError):
        track, spec = parent.recv()
        baseline = make_baseline(track, spec)
        store = MeasurementCache(baseline)
        parent.send(_READY)
        while True:
            work, setup = parent.recv()
            if work == "predict":
                parent.send(predict_setup(baseline, setup))
            else:
                parent.send(_measured(baseline, store, setup))


def _measured(baseline: Baseline, store: MeasurementCache, setup: Setup) -> Measurement:
    """What is known of a setup, or else what laps come to now."""
    found = store.get(setup, LAPS)
    if found is None:
        found = measure_setup(baseline, setup, LAPS)
        store.keep(setup, LAPS, found)
    return found
