"""Every lesson is done by driving as it says, and not by driving otherwise."""

import math
from types import SimpleNamespace

import pytest
from corner_targets import BEFORE_M, SPEED_MPS, corner_targets

from game.goals.lesson_judges import (
    BrakesIntoTheCorner,
    DrivesOut,
    HoldsAllTheGrip,
    RegainsEnergy,
    StaysOnTheLine,
)
from game.simulation.world import TICK_S, Step

MASS_KG = 1200.0
CORNER_M = 50.0 * math.pi
TICKS_PER_STEP = 1


@pytest.fixture
def target(oval):
    return corner_targets(SimpleNamespace(track=oval)).corners[0]


@pytest.fixture
def drive(oval, target):
    """Lets a judge watch a car at 15 m/s on the bot's line; `state` says what else it does."""

    def watched(kind, state, aside_m=0.0):
        judge = kind(oval, target, MASS_KG)
        course = target.course
        for tick in range(1, int(course.length_m / SPEED_MPS / TICK_S)):
            travelled_m = tick * TICK_S * SPEED_MPS
            s_m = course.s_m + travelled_m
            x_m, y_m = oval.centreline.point(s_m, aside_m)
            moment = {
                "tick": tick, "s_m": s_m % oval.length_m, "x_m": x_m, "y_m": y_m,
                "heading_rad": 0.0, "steering_rad": 0.0, "beyond_limit_m": -1.0,
                "velocity_forward_mps": SPEED_MPS, "accel_left_mps2": 0.0, "throttle": 0.0,
                "brake": 0.0, "battery_regained_j": 0.0, "front_left_normalised_slip": 0.0,
                "front_right_normalised_slip": 0.0,
            }  # fmt: skip
            step = Step((SimpleNamespace(**(moment | state(travelled_m))),), ())
            judge.on_step(step)
        return judge

    return watched


def in_corner(travelled_m):
    return BEFORE_M < travelled_m < BEFORE_M + CORNER_M


def test_holding_the_key_is_done_by_turning_with_all_the_grip(drive):
    def held(travelled_m):
        return {"front_left_normalised_slip": 0.9, "accel_left_mps2": 9.0 * in_corner(travelled_m)}

    assert drive(HoldsAllTheGrip, held).done


def test_sliding_straight_on_and_turning_a_little_do_not_hold_the_grip(drive):
    assert drive(HoldsAllTheGrip, lambda _: {"front_left_normalised_slip": 0.9}).share == 0.0
    assert drive(HoldsAllTheGrip, lambda _: {"accel_left_mps2": 9.0}).share == 0.0


def test_braking_is_done_by_brake_then_release_then_throttle(drive):
    def driven(travelled_m):
        on_exit = travelled_m > BEFORE_M + 0.7 * CORNER_M
        return {"brake": 0.8 * (travelled_m < BEFORE_M), "throttle": 0.7 * on_exit}

    assert drive(BrakesIntoTheCorner, driven).done


def test_braking_through_the_corner_or_not_at_all_is_not_done(drive):
    assert drive(BrakesIntoTheCorner, lambda _: {"brake": 0.8, "throttle": 0.7}).share < 0.5
    assert drive(BrakesIntoTheCorner, lambda _: {"throttle": 0.7}).share == 0.0


@pytest.mark.parametrize(("regained_share", "done"), [(0.2, True), (0.1, False)])
def test_energy_has_to_come_back_before_the_apex(drive, regained_share, done):
    motion_j = 0.5 * MASS_KG * SPEED_MPS**2
    judge = drive(
        RegainsEnergy,
        lambda travelled_m: {
            "battery_regained_j": 5e4 + regained_share * motion_j * min(travelled_m / BEFORE_M, 1.0)
        },
    )
    assert judge.done == done


def test_driving_out_is_done_on_the_throttle_after_the_apex_only(drive):
    apex_m = BEFORE_M + 0.5 * CORNER_M
    assert drive(DrivesOut, lambda travelled_m: {"throttle": float(travelled_m > apex_m)}).done
    assert (
        drive(DrivesOut, lambda travelled_m: {"throttle": float(travelled_m < apex_m)}).share == 0.0
    )


@pytest.mark.parametrize(("aside_m", "done"), [(0.5, True), (-1.5, True), (4.0, False)])
def test_the_line_is_kept_within_two_metres(drive, aside_m, done):
    assert drive(StaysOnTheLine, lambda _: {}, aside_m).done == done


def test_off_the_track_a_lesson_goes_no_further(drive):
    judge = drive(DrivesOut, lambda _: {"throttle": 1.0, "beyond_limit_m": 0.5})
    assert judge.off_track
    assert judge.share == 0.0
