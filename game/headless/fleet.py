"""Drive many stints: one after another in this process, or several at once in workers."""

from __future__ import annotations

import faulthandler
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from game.drivers.guard import HUNG_EXIT_CODE, LEARNING_LIMIT_S
from game.headless.stint import Conditions, Entrant, LapRun, OnLapProgress, Stint, drive_stint
from game.recording.lap_recorder import Lap
from game.workers.group import WorkerGroup
from game.workers.messages import Failure, Message, Progress, WorkerLost, WorkerSpec
from game.workers.processes import start_fork_server
from game.workers.worker_loop import ParentLink

_HEARTBEAT_S = 1.0  # between two signs of life of a worker


@dataclass(frozen=True)
class StintLapDone:
    """A lap was finished."""

    stint: Stint
    lap: Lap


@dataclass(frozen=True)
class LapsLost:
    """Laps will not be finished; the reason is one line."""

    stint: Stint
    first_lap: int
    last_lap: int
    reason: str


@dataclass(frozen=True)
class StintDone:
    """A stint is over, at its end or with a lap that was lost."""

    stint: Stint
    run: LapRun


StintEvent = StintLapDone | LapsLost | StintDone
OnEvent = Callable[[StintEvent], None]


def split_into_stints(entrants: int, laps: int, laps_per_stint: int) -> list[Stint]:
    """Split each entrant's laps into stints; the first stints of all entrants come first."""
    return [
        Stint(entrant, number, first_lap, min(laps_per_stint, laps - first_lap + 1))
        for number, first_lap in enumerate(range(1, laps + 1, laps_per_stint), start=1)
        for entrant in range(entrants)
    ]


def drive_serially(
    conditions: Conditions,
    entrants: Sequence[Entrant],
    stints: Sequence[Stint],
    on_event: OnEvent,
    on_progress: OnLapProgress | None = None,
) -> None:
    """Drive stints in this process, for drivers that are known not to hang.

    `on_event` is called with every lap and stint as it ends, `on_progress` as `drive_stint` does.
    """
    waiting = deque(stints)
    while waiting:
        stint = waiting.popleft()
        on_lap = partial(_report_lap, on_event, stint)
        run = drive_stint(conditions, entrants[stint.entrant], stint, on_lap, on_progress)
        on_event(StintDone(stint, run))
        if run.lost:
            waiting.extendleft(_lose(stint, len(run.laps), run.lost, on_event))


def prepare_processes() -> None:
    """Start loading what the processes of `drive_in_parallel` need, beside other work."""
    start_fork_server(__name__)


def drive_in_parallel(
    conditions: Conditions,
    entrants: Sequence[Entrant],
    stints: Sequence[Stint],
    jobs: int,
    on_event: OnEvent,
) -> None:
    """Drive stints in `jobs` processes; the results do not depend on their number.

    `on_event` is called with every lap and stint as it ends. A process that ends costs the lap it
    was driving. Whatever is raised in here, an interrupt too, ends all processes at once. Raises
    InputError for a bot that cannot be loaded or a file that cannot be written.
    """
    laps_done: Counter[Stint] = Counter()
    with WorkerGroup(WorkerSpec(_stint_driver, (conditions, entrants)), jobs) as group:
        for stint in stints:
            group.submit(stint)
        while group.tasks:
            for message in group.wait():
                for rest in _handle(message, laps_done, on_event):
                    group.submit_first(rest)


def _handle(message: Message, laps_done: Counter[Stint], on_event: OnEvent) -> list[Stint]:
    """Pass on what a worker says of a stint, and return what is left of it after a lost lap."""
    stint = message.task
    if stint is None:  # of a worker that was lost at its start
        return []
    if isinstance(message, Failure):
        raise message.error
    if isinstance(message, WorkerLost):
        return _lose(stint, laps_done[stint], message.reason, on_event)
    if isinstance(message, Progress):
        laps_done[stint] += 1
        on_event(StintLapDone(stint, message.value))
        return []
    run: LapRun = message.value
    on_event(StintDone(stint, run))
    return _lose(stint, len(run.laps), run.lost, on_event) if run.lost else []


def _report_lap(on_event: OnEvent, stint: Stint, lap: Lap) -> None:
    on_event(StintLapDone(stint, lap))


def _lose(stint: Stint, laps_done: int, reason: str, on_event: OnEvent) -> list[Stint]:
    """Report what is lost with the lap after those done, and return what is left to be driven.

    The rest of the stint is started again, unless the lap was the first after the start: what
    follows the same start would be lost in the same way.
    """
    lap, last = stint.first_lap + laps_done, stint.first_lap + stint.laps - 1
    if laps_done == 0 or lap == last:
        on_event(LapsLost(stint, lap, last, reason))
        return []
    on_event(LapsLost(stint, lap, lap, reason))
    return [replace(stint, first_lap=lap + 1, laps=last - lap)]


# What follows happens in the workers.


def _stint_driver(
    link: ParentLink, conditions: Conditions, entrants: Sequence[Entrant]
) -> Callable[[Stint], LapRun]:
    """Make a worker that drives stints and reports their laps."""
    os.dup2(2, 1)  # standard output is the parent's: what a bot prints goes to standard error
    stuck_s = max(conditions.time_limit_s, LEARNING_LIMIT_S) + _HEARTBEAT_S
    threading.Thread(target=_reset_watchdog, args=(stuck_s,), daemon=True).start()

    def drive(stint: Stint) -> LapRun:
        return drive_stint(
            conditions,
            entrants[stint.entrant],
            stint,
            on_lap=link.report,
            on_hang=partial(link.exit, exit_code=HUNG_EXIT_CODE),
        )

    return drive


def _reset_watchdog(stuck_s: float) -> None:
    """Put this process's end off again and again, until a bot lets no other thread have its turn.

    That happens in machine code, which `GuardedDriver` cannot watch from within Python.
    """
    with Path(os.devnull).open("w") as nowhere:
        while True:
            faulthandler.dump_traceback_later(stuck_s, exit=True, file=nowhere)
            time.sleep(_HEARTBEAT_S)
