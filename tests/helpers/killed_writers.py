"""Writers of laps that are killed at any moment: a program of its own, small and quick to fork.

It prints what the writers said to have written, as JSON: pairs of a lap's time and its second.
"""

import datetime
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from game.boards.kept_lap import DrivenOn, FinishedLap, KeptLap
from game.boards.lap_database import LapDatabase
from game.digests import DriveDigests
from game.recording.lap_recorder import Lap
from game.vehicle.setup import Setup

BEGIN = datetime.datetime(2026, 5, 17, 14, 30, 5, tzinfo=datetime.UTC)
WHERE = DrivenOn("oval", "a car", "car", DriveDigests("1", "2", "3"), "clear_noon", Setup())

STANDARD = Setup()


def a_lap(time_s: float = 40.0, second: float = 0.0, setup: Setup = STANDARD) -> KeptLap:
    """Return a lap that ended so many seconds after the beginning."""
    lap = Lap(1, time_s, (13.0, 13.0, time_s - 26.0), True, 3.6e6, 0.0, 50.0, ())
    date = BEGIN + datetime.timedelta(seconds=second)
    return KeptLap.of(FinishedLap(lap, setup, "a.replay"), date, WHERE)


def write_without_end(database: LapDatabase, time_s: float, pipe: int) -> None:
    """Write laps, and say of each that it is written."""
    second = 0
    while True:
        database.add([a_lap(time_s, second)])
        os.write(pipe, b"%d\n" % second)
        second += 1


def written_until_killed(database: LapDatabase, time_s: float, dice: random.Random) -> list[int]:
    """Return the seconds of the laps that a writer wrote before it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        write_without_end(database, time_s, writer)
    os.close(writer)
    with os.fdopen(reader) as said:
        lines = [said.readline() for _ in range(dice.randrange(4))]
        time.sleep(dice.uniform(0.0, 0.005))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [int(line) for line in [*lines, *said]]


def main(path: str, kills: int) -> None:
    """Kill so many writers."""
    database, dice = LapDatabase(Path(path)), random.Random(1)
    times_s = [40.0 + kill for kill in range(kills)]
    written = [
        (time_s, second)
        for time_s in times_s
        for second in written_until_killed(database, time_s, dice)
    ]
    print(json.dumps(written))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
