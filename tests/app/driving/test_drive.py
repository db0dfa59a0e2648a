"""A drive keeps the best lap of its sitting, and only one that counts."""

import math

import pytest

from game.app.driving.drive import Drive
from game.app.driving.driven_car import Best, CarEntry
from game.drivers.human_driver import HumanDriver, InputState
from game.recording.lap_recorder import Lap


@pytest.fixture
def drive(track, spec, setup):
    """A car at rest on the grid."""
    return Drive(track, [CarEntry(spec, setup, lambda: HumanDriver(InputState(), spec, setup))])


def finish(drive, time_s, *, valid=True):
    """Act as if the recorder had just seen a lap."""
    lap = Lap(1, time_s, (time_s / 3.0,) * 3, valid, 0.0, 0.0, 60.0, ())
    drive.followed.laps.laps.append(lap)
    drive.step(1)
    return Best(time_s, lap.sectors_s)


def test_the_fastest_valid_lap_is_the_best(drive):
    finish(drive, 110.0)
    best = finish(drive, 105.0)
    finish(drive, 106.0)
    assert drive.followed.best == best


def test_a_lap_that_does_not_count_is_never_the_best(drive):
    finish(drive, 90.0, valid=False)
    assert drive.followed.best == Best(math.inf, ())
    best = finish(drive, 105.0)
    finish(drive, 95.0, valid=False)
    assert drive.followed.best == best


def test_a_lap_is_measured_against_what_was_best_before_it(drive):
    first = finish(drive, 105.0)
    finish(drive, 100.0)
    assert drive.followed.best_before == first


def test_the_best_lap_outlives_a_restart(drive):
    best = finish(drive, 105.0)
    drive.restart()
    finish(drive, 107.0)
    assert drive.followed.best == best
