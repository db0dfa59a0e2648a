"""Drive a race for a cluster, in a process of its own: a cluster's workers cannot end themselves.

A bot that hangs has to be ended with its process, and may not take the worker with it.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

from game.errors import InputError
from game.league.rounds import bot_code
from game.program_digest import program_digest
from game.racing.guarded_race import drive_guarded_race
from game.racing.race import Race, RaceRun


class RaceOrder(NamedTuple):
    """Holds a race to be driven elsewhere, and digests of what has to be the same there."""

    race: Race
    program: str
    codes: Mapping[str, str]  # of the bots, by their names


def program_key() -> str:
    """Return a name for the program that drives races: equal names, equal races."""
    return program_digest("game.league.race_process")


def drive_order(order: RaceOrder) -> RaceRun | str:
    """Return the race, driven in another process, or why there is none.

    Raises InputError if the program or a bot is another one here.
    """
    _check_versions(order)
    words = [sys.executable, "-c", f"from {__name__} import answer; answer()"]
    done = subprocess.run(words, input=pickle.dumps(order), stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        return f"its process ended with exit code {done.returncode}"
    driven: RaceRun | str | InputError = pickle.loads(done.stdout)
    if isinstance(driven, InputError):
        raise driven
    return driven


def answer() -> None:
    """Drive the race that standard input names, and write what came of it to standard output."""
    stdout, sys.stdout = sys.stdout.buffer, sys.stderr
    order: RaceOrder = pickle.load(sys.stdin.buffer)
    try:
        driven: RaceRun | InputError = drive_guarded_race(order.race)
    except InputError as error:
        driven = error
    stdout.write(pickle.dumps(driven))


def _check_versions(order: RaceOrder) -> None:
    if order.program != program_key():
        raise InputError("a worker has another version of leaf-rc: install the same one")
    for bot, code in order.codes.items():
        if bot_code(bot, order.race.conditions.folder) != code:
            raise InputError(f"bot '{bot}' is another one on a worker: share its file")
