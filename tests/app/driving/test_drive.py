"""A drive keeps the best lap of its sitting, and only one that counts."""

import math

import pytest

from game.app.driving.drive import Drive
from game.app.driving.driven_car import Best, CarEntry
from game.drivers.human_driver import HumanDriver, InputState
from game.recording.lap_recorder import Lap
from game.track.elements import Pose
from game.vehicle.setup import Setup


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


def into_the_wall(drive):
    """Let the car hit the pit wall, with another share of the front axle on the way."""
    pose = drive.track.centreline.pose(100.0)
    x_m, y_m = drive.track.centreline.point(100.0, 5.0)
    start = drive.followed.start_at(Pose(x_m, y_m, pose.heading_rad + 0.6), 100.0)
    drive.begin(start._replace(speed_mps=25.0, warm_tyres=True))
    drive.world.set_front_torque_share(0, 0.1)
    drive.step(240)
    assert drive.world.runtime(0).position.contact_j > 0.0


def test_a_restart_after_a_crash_is_a_fresh_drive_to_the_bit_in_the_same_world(drive):
    world, fresh = drive.world, drive.world.state_bits()
    into_the_wall(drive)
    drive.restart()
    assert drive.world is world
    assert drive.world.state_bits() == fresh
    assert drive.followed.now.impulse_ns == 0.0
    assert drive.recording().about.ticks == 0


@pytest.mark.parametrize("change", ["setup", "damage"])
def test_another_setup_or_damage_starts_in_a_world_of_its_own(drive, change):
    start = drive.followed.start_at(drive.track.centreline.pose(0.0), 0.0)
    other = {"setup": Setup(wing=0.4), "damage": "full"}
    drive.begin(start)
    world = drive.world
    drive.begin(start._replace(**{change: other[change]}))
    assert drive.world is not world
    assert getattr(drive.world.starts[0], change) == other[change]
