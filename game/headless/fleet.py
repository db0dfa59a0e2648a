"""Many stints: one after another here, or several at once in processes that a bot may kill."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from game.drivers.guard import HUNG_EXIT_CODE, LEARNING_LIMIT_S
from game.errors import InputError
from game.headless.stint import Conditions, Entrant, LapRun, Stint, drive_stint
from game.recording.laps import Lap
from game.workers import load_ahead, start_process

_BEAT_S = 1.0  # between two signs of life of a worker


@dataclass(frozen=True)
class LapDone:
    """A lap came in."""

    stint: Stint
    lap: Lap


@dataclass(frozen=True)
class LapsLost:
    """Laps that will not come in, and why in one line."""

    stint: Stint
    first_lap: int
    last_lap: int
    why: str


@dataclass(frozen=True)
class StintDone:
    """A stint is over, at its end or with a lap that was lost."""

    stint: Stint
    run: LapRun


News = LapDone | LapsLost | StintDone
Hear = Callable[[News], None]


def split_into_stints(entrants: int, laps: int, laps_per_stint: int) -> list[Stint]:
    """Stints for so many laps of each entrant, the first stint of everyone first."""
    return [
        Stint(entrant, number, first_lap, min(laps_per_stint, laps - first_lap + 1))
        for number, first_lap in enumerate(range(1, laps + 1, laps_per_stint), start=1)
        for entrant in range(entrants)
    ]


# After a lost lap the rest of its stint starts anew, unless the lap was the first after the start:
# what follows the same start would be lost in the same way.


def drive_serially(
    conditions: Conditions,
    entrants: Sequence[Entrant],
    stints: Sequence[Stint],
    hear: Hear,
    on_way: Callable[[int, float], None] | None = None,
) -> None:
    """Drive stints in this process, for drivers that are known not to hang.

    `hear` is told what comes of each, `on_way` how far the car is, as `drive_stint` says.
    """
    waiting = deque(stints)
    while waiting:
        stint = waiting.popleft()
        tell_lap = partial(_tell_lap, hear, stint)
        run = drive_stint(conditions, entrants[stint.entrant], stint, tell_lap, on_way)
        hear(StintDone(stint, run))
        if run.lost:
            waiting.extendleft(_lose(stint, len(run.laps), run.lost, hear))


def drive_in_parallel(
    conditions: Conditions,
    entrants: Sequence[Entrant],
    stints: Sequence[Stint],
    jobs: int,
    hear: Hear,
) -> None:
    """Drive stints in so many processes; what comes of each does not depend on how many.

    `hear` is told what comes of each, as it comes. A process that ends costs the lap it was at.
    Whatever is raised in here, an interrupt too, ends all processes at once. Raises InputError for
    a bot that cannot be loaded or a file that cannot be written.
    """
    load_ahead()
    waiting = deque(stints)
    workers: dict[Any, _Worker] = {}
    try:
        while waiting or workers:
            while waiting and len(workers) < jobs:
                worker = _Worker(conditions, entrants)
                workers[worker.pipe] = worker
                worker.drive(waiting.popleft())
            for pipe in wait(list(workers)):
                worker = workers[pipe]
                told = worker.hear()
                if isinstance(told, Lap):
                    hear(LapDone(worker.stint, told))
                    continue
                if isinstance(told, LapRun):
                    hear(StintDone(worker.stint, told))
                if why := told.lost if isinstance(told, LapRun) else told:
                    waiting.extendleft(_lose(worker.stint, worker.laps_done, why, hear))
                if isinstance(told, LapRun) and waiting:
                    worker.drive(waiting.popleft())
                else:
                    workers.pop(pipe).stop()
    finally:
        for worker in workers.values():
            worker.stop()


def _tell_lap(hear: Hear, stint: Stint, lap: Lap) -> None:
    hear(LapDone(stint, lap))


def _lose(stint: Stint, laps_done: int, why: str, hear: Hear) -> list[Stint]:
    """Tell what is lost with the lap after those done; what is left to be driven."""
    lap, last = stint.first_lap + laps_done, stint.first_lap + stint.laps - 1
    if laps_done == 0 or lap == last:
        hear(LapsLost(stint, lap, last, why))
        return []
    hear(LapsLost(stint, lap, lap, why))
    return [replace(stint, first_lap=lap + 1, laps=last - lap)]


class _Worker:
    """A process that drives one stint after another, seen from outside."""

    def __init__(self, conditions: Conditions, entrants: Sequence[Entrant]) -> None:
        self._process, self.pipe = start_process(_drive_as_told)
        self._tell((conditions, entrants))

    def drive(self, stint: Stint) -> None:
        """Give it its next stint."""
        self.stint = stint
        self.laps_done = 0
        self._tell(stint)

    def hear(self) -> Lap | LapRun | str:
        """What it has to say: a lap, the end of its stint, or what it dies of.

        Raises InputError for what it could not use.
        """
        try:
            told: Lap | LapRun | str | InputError = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            return _cause_of_death(self._process.exitcode)
        if isinstance(told, InputError):
            raise told
        self.laps_done += isinstance(told, Lap)
        return told

    def stop(self) -> None:
        """End it now, whatever it is doing."""
        self.pipe.close()
        self._process.kill()
        self._process.join()

    def _tell(self, what: Any) -> None:
        with contextlib.suppress(OSError):  # if it has died, that will be heard
            self.pipe.send(what)


def _cause_of_death(exit_code: int) -> str:
    if exit_code < 0:
        return f"its process was ended by {signal.Signals(-exit_code).name}"
    return f"its process ended with exit code {exit_code}"


def _drive_as_told(pipe: Connection) -> None:
    """What a worker does until nobody tells it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there is no fork server to inherit from
    os.dup2(2, 1)  # standard output is the parent's: what a bot prints goes to standard error
    with contextlib.suppress(EOFError, BrokenPipeError):
        conditions, entrants = pipe.recv()
        stuck_s = max(conditions.time_limit_s, LEARNING_LIMIT_S) + _BEAT_S
        threading.Thread(target=_prove_life, args=(stuck_s,), daemon=True).start()
        while True:
            stint = pipe.recv()
            entrant = entrants[stint.entrant]
            try:
                run = drive_stint(
                    conditions, entrant, stint, on_lap=pipe.send, on_hang=partial(_end, pipe)
                )
            except InputError as error:
                pipe.send(error)
            else:
                pipe.send(run)


def _prove_life(stuck_s: float) -> None:
    """Put this process's end off again and again, until a bot lets no other thread have its turn.

    That happens in machine code, which `GuardedDriver` cannot watch from within Python.
    """
    with Path(os.devnull).open("w") as nowhere:
        while True:
            faulthandler.dump_traceback_later(stuck_s, exit=True, file=nowhere)
            time.sleep(_BEAT_S)


def _end(pipe: Connection, why: str) -> None:
    """What a worker does whose bot does not come back."""
    try:
        pipe.send(why)
    finally:
        os._exit(HUNG_EXIT_CODE)
