"""Drive races in processes of their own, so that a bot that never comes back only retires."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from game.drivers.guard import HUNG_EXIT_CODE
from game.errors import InputError
from game.headless.stint import REFERENCE_BOT
from game.racing.race import OnRaceProgress, Race, RaceRun, drive_race
from game.racing.racing_driver import Hang
from game.workers.group import WorkerGroup
from game.workers.messages import Answer, Failure, Message, Progress, WorkerLost, WorkerSpec
from game.workers.worker_loop import ParentLink


class NumberedRace(NamedTuple):
    """Holds one of several races, to be driven by whichever process is free."""

    number: int
    race: Race
    is_watched: bool = False  # whether each turn of a bot is reported: one has ended its process


OnRun = Callable[[int, RaceRun | str], None]  # a race's number, and what was driven or why not
OnShare = Callable[[int, float], None]  # and how much of its distance is driven, 0..1


def drive_guarded_race(race: Race, on_progress: OnRaceProgress | None = None) -> RaceRun:
    """Drive a race to its end, as `drive_race` does; a bot that hangs retires where it does.

    Raises InputError as `drive_race` does, and if the process is lost again and again.
    """
    if all(entry.bot == REFERENCE_BOT for entry in race.entries):  # known not to hang
        return drive_race(race, on_progress)
    runs: dict[int, RaceRun | str] = {}

    def on_share(_number: int, share: float) -> None:
        if on_progress is not None:
            on_progress(share)

    drive_guarded_races([NumberedRace(0, race)], 1, runs.__setitem__, on_share)
    run = runs[0]
    if isinstance(run, str):
        raise InputError(f"the race was lost: {run}")
    return run


def drive_guarded_races(
    races: Iterable[NumberedRace], jobs: int, on_run: OnRun, on_share: OnShare | None = None
) -> None:
    """Drive races in `jobs` processes; the results do not depend on their number.

    Where a bot hangs or ends its process, the race is driven again up to there without asking that
    bot once more: all others do the same again. `on_run` is called with each race as it ends.
    Raises InputError as `drive_race` does.
    """
    turns: dict[int, Hang] = {}  # by races: what was reported last of a bot
    with WorkerGroup(WorkerSpec(_racer), jobs) as group:
        for each in races:
            group.submit(each)
        while group.tasks:
            for message in group.wait():
                task: NumberedRace | None = message.task
                if task is None:  # of a process that was lost at its start
                    continue
                again = _handle(message, task, turns, on_run, on_share or _ignore)
                if again is not None:
                    group.submit_first(again)


def _handle(
    message: Message, task: NumberedRace, turns: dict[int, Hang], on_run: OnRun, on_share: OnShare
) -> NumberedRace | None:
    """Pass on what a process says of a race; returns the race to be driven again, if it has to."""
    match message:
        case Progress(value=Hang() as hang):
            turns[task.number] = hang
        case Progress(value=share):
            on_share(task.number, share)
        case Answer(value=run):
            on_run(task.number, run)
        case Failure(error=error):
            raise error
        case WorkerLost(reason=reason):
            turn = turns.pop(task.number, None)
            if turn is not None:
                out = turn._replace(reason=turn.reason or reason)
                race = dataclasses.replace(task.race, hangs=(*task.race.hangs, out))
                return NumberedRace(task.number, race)
            if not task.is_watched:
                return task._replace(is_watched=True)
            on_run(task.number, reason)
    return None


def _ignore(_number: int, _share: float) -> None:
    """Ignore how far a race is."""


def _racer(link: ParentLink) -> Callable[[NumberedRace], RaceRun]:
    """Return a function that drives races."""
    os.dup2(2, 1)  # standard output is the parent's: what a bot prints goes to standard error

    def on_hang(hang: Hang) -> None:
        link.report(hang)
        link.exit(hang.reason, HUNG_EXIT_CODE)

    def drive(task: NumberedRace) -> RaceRun:
        on_turn: Any = link.report if task.is_watched else None
        return drive_race(task.race, link.report, on_hang, on_turn)

    return drive
