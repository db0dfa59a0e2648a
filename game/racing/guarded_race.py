"""Drive a race in a process of its own, so that a bot that never comes back only retires."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from typing import cast

from game.drivers.guard import HUNG_EXIT_CODE
from game.errors import InputError
from game.headless.stint import REFERENCE_BOT
from game.racing.race import OnRaceProgress, Race, RaceRun, drive_race
from game.racing.racing_driver import Hang
from game.workers.group import WorkerGroup
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker_loop import ParentLink


def drive_guarded_race(race: Race, on_progress: OnRaceProgress | None = None) -> RaceRun:
    """Drive a race to its end, as `drive_race` does; a bot that hangs retires where it does.

    The process that it hung in is ended, and the race is driven again up to there without asking
    that bot once more: all others do the same again. Raises InputError as `drive_race` does, and if
    the process is lost.
    """
    if all(entry.bot == REFERENCE_BOT for entry in race.entries):  # known not to hang
        return drive_race(race, on_progress)
    while True:
        found = _driven(race, on_progress)
        if isinstance(found, RaceRun):
            return found
        race = dataclasses.replace(race, hangs=(*race.hangs, found))


def _driven(race: Race, on_progress: OnRaceProgress | None) -> RaceRun | Hang:
    """Return the race, or who hung in it."""
    hang: Hang | None = None
    with WorkerGroup(WorkerSpec(_racer), 1, max_restarts=0) as group:
        group.submit(race)
        while True:
            for message in group.wait():
                match message:
                    case Progress(value=Hang() as hang):
                        pass
                    case Progress(value=share):
                        if on_progress is not None:
                            on_progress(share)
                    case Answer(value=run):
                        return cast(RaceRun, run)
                    case Failure(error=error):
                        raise error
                    case WorkerLost(reason=reason):
                        if hang is not None:
                            return hang
                        raise InputError(f"the race was lost: {reason}")


def _racer(link: ParentLink) -> Callable[[Race], RaceRun]:
    """Return a function that drives races."""
    os.dup2(2, 1)  # standard output is the parent's: what a bot prints goes to standard error

    def on_hang(hang: Hang) -> None:
        link.report(hang)
        link.exit(hang.reason, HUNG_EXIT_CODE)

    return lambda race: drive_race(race, link.report, on_hang)
