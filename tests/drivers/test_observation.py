"""What a driver sees is where it is said to be, and what the stopwatch and the session say."""

import math

import pytest
from figure_of_eight import ABOVE_M, BELOW_M, make_figure_of_eight
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval
from pytest import approx

from game.bot.examples.follower import Follower
from game.compiled import Backend
from game.drivers.car_rays import car_rays_m
from game.drivers.observation import Observation
from game.drivers.other_car import relative_to
from game.drivers.timing import LapResult
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track_sensor import RAY_ANGLES_DEG
from game.trig import wrap_angle
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

LAP_M = 1000.0
SPEC = load_car()
STANDING = World(None, [Start(SPEC, Setup(), Pose(0.0, 0.0, 0.0))]).snapshots()[0]

metres = st.floats(-500.0, 500.0)
angles = st.floats(-math.pi, math.pi)
cars = st.builds(
    lambda x_m, y_m, heading_rad, forward_mps, left_mps, s_m: STANDING._replace(
        x_m=x_m,
        y_m=y_m,
        heading_rad=heading_rad,
        velocity_forward_mps=forward_mps,
        velocity_left_mps=left_mps,
        s_m=s_m,
        offset_m=0.1 * y_m,
    ),
    metres,
    metres,
    angles,
    st.floats(-10.0, 60.0),
    st.floats(-10.0, 10.0),
    st.floats(0.0, 999.0),
)


def turned(car, by_rad, east_m):
    """Give the same car in a world that is turned about the origin and moved."""
    cos, sin = math.cos(by_rad), math.sin(by_rad)
    return car._replace(
        x_m=car.x_m * cos - car.y_m * sin + east_m,
        y_m=car.x_m * sin + car.y_m * cos,
        heading_rad=car.heading_rad + by_rad,
    )


def mirrored(car):
    """Give the same car in a world in which left is right."""
    return car._replace(
        y_m=-car.y_m,
        heading_rad=-car.heading_rad,
        velocity_left_mps=-car.velocity_left_mps,
        offset_m=-car.offset_m,
    )


def close(one, other):
    turn_rad = wrap_angle(one.heading_rad - other.heading_rad)
    return one[:6] == approx(other[:6], abs=1e-6) and turn_rad == approx(0.0, abs=1e-9)


@given(cars, cars, angles, metres)
def test_a_world_turned_and_moved_looks_the_same(own, other, by_rad, east_m):
    before = relative_to(own, other, LAP_M)
    after = relative_to(turned(own, by_rad, east_m), turned(other, by_rad, east_m), LAP_M)
    assert close(before, after)


@given(cars, cars)
def test_in_a_mirrored_world_left_is_right_and_all_else_the_same(own, other):
    before = relative_to(own, other, LAP_M)
    after = relative_to(mirrored(own), mirrored(other), LAP_M)
    flipped = before._replace(
        offset_m=-before.offset_m,
        left_m=-before.left_m,
        velocity_left_mps=-before.velocity_left_mps,
        heading_rad=-before.heading_rad,
    )
    assert close(after, flipped)


@given(cars, cars)
def test_two_cars_see_opposite_gaps_and_the_same_distance(own, other):
    there, back = relative_to(own, other, LAP_M), relative_to(other, own, LAP_M)
    assert abs(there.gap_m) <= 0.5 * LAP_M
    assert abs(there.gap_m) == approx(0.5 * LAP_M) or there.gap_m == approx(-back.gap_m, abs=1e-9)
    assert math.hypot(there.forward_m, there.left_m) == approx(
        math.hypot(back.forward_m, back.left_m), abs=1e-6
    )


@pytest.mark.parametrize(
    ("own_s_m", "other_s_m", "gap_m"),
    [(100.0, 130.0, 30.0), (130.0, 100.0, -30.0), (990.0, 5.0, 15.0), (5.0, 990.0, -15.0)],
)
def test_the_gap_is_the_shorter_way_round_and_positive_ahead(own_s_m, other_s_m, gap_m):
    own, other = STANDING._replace(s_m=own_s_m), STANDING._replace(s_m=other_s_m)
    assert relative_to(own, other, LAP_M).gap_m == approx(gap_m)


def test_a_car_ahead_to_the_left_that_comes_across(ricardo_tormo):
    north = STANDING._replace(
        heading_rad=math.pi / 2, velocity_forward_mps=20.0, velocity_left_mps=1.0
    )
    east = STANDING._replace(x_m=-3.0, y_m=10.0, velocity_forward_mps=15.0)
    (seen,) = Observation(north, (east,), ricardo_tormo).others
    assert (seen.forward_m, seen.left_m) == approx((10.0, 3.0))
    assert (seen.velocity_forward_mps, seen.velocity_left_mps) == approx((-20.0, -16.0))
    assert seen.heading_rad == approx(-math.pi / 2)
    assert seen.car is east


@pytest.mark.parametrize("s_m", [200.0, 905.0, 2700.0, 3990.0])
def test_the_road_ahead_is_the_track_s(ricardo_tormo, s_m):
    car = STANDING._replace(s_m=s_m, offset_m=3.0)
    ahead = Observation(car, (), ricardo_tormo).ahead
    for far_m, bend, left_m, right_m in zip(*ahead[:4], strict=True):
        there = ricardo_tormo.centreline.curvature_1pm([s_m + far_m]).item()
        assert bend == approx(there, abs=0.002)
        for side, edge_m in (("left", left_m), ("right", right_m)):
            nearest = round((s_m + far_m) / ricardo_tormo.tables.step_m)
            bands_m = ricardo_tormo.band_edges(side)[nearest % ricardo_tormo.tables.sample_count]
            assert bands_m[0] <= edge_m <= bands_m[2]


def test_rays_to_both_sides_of_a_straight_end_at_its_edges(ricardo_tormo):
    pose = ricardo_tormo.centreline.pose(300.0)
    car = STANDING._replace(x_m=pose.x_m, y_m=pose.y_m, heading_rad=pose.heading_rad, s_m=295.0)
    seen = Observation(car, (), ricardo_tormo)
    assert len(seen.rays_m) == len(RAY_ANGLES_DEG)
    assert seen.rays_m[0] == approx(seen.ahead.left_m[0], abs=0.05)
    assert seen.rays_m[-1] == approx(seen.ahead.right_m[0], abs=0.05)


@pytest.mark.parametrize(
    ("heading_rad", "track_heading_rad", "error_rad"),
    [(0.1, 0.3, -0.2), (3.14, -3.14, 2 * (3.14 - math.pi)), (0.0, 6.286, 2 * math.pi - 6.286)],
)
def test_the_heading_error_does_not_jump_over_the_start_line(
    heading_rad, track_heading_rad, error_rad
):
    car = STANDING._replace(heading_rad=heading_rad, track_heading_rad=track_heading_rad)
    assert Observation(car).heading_error_rad == approx(error_rad)


def test_a_driver_knows_its_car_and_the_road_beside_it(ricardo_tormo, spec):
    world = World(
        ricardo_tormo, [Start(spec, Setup(), ricardo_tormo.centreline.pose(300.0), 300.0)]
    )
    seen = Session(world, [Follower()])._observation(0)
    assert seen.steering_lock_rad == spec.steering.lock_rad
    assert seen.wheelbase_m == spec.chassis.wheelbase_m
    assert seen.spec is spec
    beside = seen.beside
    assert beside.distance_m == (0.0,)
    assert seen.rays_m[0] == approx(beside.left_m[0], abs=0.05)
    assert seen.rays_m[-1] == approx(beside.right_m[0], abs=0.05)
    nearest = ricardo_tormo.tables.samples[round(300.0 / ricardo_tormo.tables.step_m)]
    assert (beside.left_m[0], beside.right_m[0]) == (nearest.limit_left_m, nearest.limit_right_m)


def test_rays_end_at_the_nearest_car(spec):
    chassis = spec.chassis
    ahead, farther = STANDING._replace(x_m=20.0), STANDING._replace(x_m=40.0)
    across = STANDING._replace(y_m=5.0, heading_rad=math.pi / 2)
    seen = Observation(STANDING, (farther, ahead, across), spec=spec)
    by_angle = dict(zip(RAY_ANGLES_DEG, seen.car_rays_m, strict=True))
    assert by_angle[0.0] == approx(20.0 + chassis.tail_m)
    assert by_angle[90.0] == approx(5.0 + chassis.tail_m)
    assert by_angle[-90.0] == 200.0
    assert by_angle[45.0] == 200.0
    assert set(Observation(STANDING, spec=spec).car_rays_m) == {200.0}
    assert Observation(STANDING, (STANDING,), spec=spec).car_rays_m[9] == 0.0


def test_rays_meet_cars_on_the_own_road_only():
    eight = make_figure_of_eight()

    def car_at(s_m):
        x_m, y_m, heading_rad = eight.centreline.pose(s_m)
        return STANDING._replace(x_m=x_m, y_m=y_m, heading_rad=heading_rad, s_m=s_m)

    for own_m, other_m, is_met in (
        (BELOW_M - 20.0, ABOVE_M, False),
        (ABOVE_M - 20.0, BELOW_M, False),
        (ABOVE_M - 20.0, ABOVE_M, True),
        (BELOW_M - 20.0, BELOW_M, True),
        (ABOVE_M - 75.0, ABOVE_M, True),  # up the ramp
    ):
        seen = Observation(car_at(own_m), (car_at(other_m),), eight)
        assert (seen.car_rays_m[9] < 200.0) == is_met


@given(cars, cars)
def test_a_ray_at_a_car_is_no_longer_than_the_way_to_its_middle(own, other):
    (seen,) = Observation(own, (other,)).others
    away_m = math.hypot(seen.forward_m, seen.left_m)
    angle_deg = math.degrees(math.atan2(seen.left_m, seen.forward_m))
    (ray_m,) = car_rays_m((seen,), SPEC.chassis, (angle_deg,), 200.0)
    assert ray_m <= min(away_m, 200.0)
    reach_m = math.hypot(SPEC.chassis.length_m, SPEC.chassis.width_m)
    assert ray_m >= min(away_m - reach_m, 200.0)


def test_nothing_is_worked_out_that_is_not_looked_at(ricardo_tormo):
    opened = []

    def sensor():
        opened.append(True)
        raise AssertionError

    seen = Observation(STANDING, (STANDING,), ricardo_tormo, sensor)
    assert seen.timing.lap == 0
    assert len(seen.others) == 1
    assert opened == []
    with pytest.raises(AssertionError):
        seen.rays_m[0]


class Witness(Follower):
    """Drives as the follower does and keeps what it was given."""

    def __init__(self):
        self.courses, self.laps, self.timings = [], [], []

    def reset(self, course):
        assert not self.timings
        self.courses.append(course)

    def lap_done(self, lap):
        self.laps.append(lap)

    def decide(self, seen):
        self.timings.append((seen.car.tick, seen.timing))
        return super().decide(seen)


@pytest.fixture(scope="module")
def oval():
    return make_oval()


@pytest.fixture(scope="module")
def three_laps(oval, spec):
    s_m = 0.9 * oval.length_m
    start = Start(spec, Setup(), oval.centreline.pose(s_m), s_m, 15.0)
    world = World(oval, [start], backend=Backend.COMPILED)
    witness, recorder = Witness(), LapRecorder(world.step_s)
    session = Session(world, [witness], [recorder], seed=7, laps=3)
    while len(recorder.laps) < 3:
        session.step()
    session.step()
    return witness, recorder.laps


def test_a_driver_is_told_its_course_once_before_it_decides(three_laps, oval, spec):
    (course,) = three_laps[0].courses
    assert course == (oval, spec, Setup(), 7, 3)


def test_a_driver_is_told_every_lap_as_it_was_recorded(three_laps):
    witness, laps = three_laps
    assert witness.laps == [(lap.number, lap.time_s, lap.sectors_s, lap.valid) for lap in laps]


def test_the_stopwatch_agrees_with_the_recorded_laps(three_laps):
    witness, laps = three_laps
    tick_s = 1.0 / 240.0
    for (_, before), (_, after) in zip(witness.timings, witness.timings[1:], strict=False):
        if after.lap == before.lap:
            continue
        finished = laps[: before.lap]
        assert after.lap == before.lap + 1
        assert 0.0 <= after.lap_time_s <= 4 * tick_s
        assert after.sector_time_s == after.lap_time_s
        if finished:
            lap = finished[-1]
            assert lap.time_s - 4 * tick_s <= before.lap_time_s < lap.time_s
            assert lap.sectors_s[-1] - 4 * tick_s <= before.sector_time_s < lap.sectors_s[-1]
            assert after.last_lap_s == lap.time_s
            assert after.best_lap_s == min(each.time_s for each in finished)
        else:
            assert after.last_lap_s is None
            assert after.best_lap_s is None
    assert witness.timings[-1][1].lap == 4


def test_the_best_lap_is_a_valid_one_and_the_last_lap_any():
    laps = [LapResult(1, 110.0, (110.0,), True), LapResult(2, 105.0, (105.0,), False)]
    timing = Observation(STANDING, laps=laps).timing
    assert (timing.best_lap_s, timing.last_lap_s) == (110.0, 105.0)
    assert Observation(STANDING, laps=laps[1:]).timing.best_lap_s is None


def test_a_class_with_only_decide_is_asked_sixty_times_a_second(ricardo_tormo, spec):
    class Bare:
        def decide(self, seen):
            asked.append(seen.car.tick)
            return controls(throttle=1.0)

    asked = []
    box = ricardo_tormo.grid[0]
    world = World(ricardo_tormo, [Start(spec, Setup(), Pose(*box[:3]), box.s_m)])
    session = Session(world, [Bare()], ticks_per_step=1)
    for _ in range(12):
        session.step()
    assert asked == [0, 4, 8]
    assert session.snapshots[0].throttle > 0.0


def test_each_driver_sees_the_others_and_not_itself(ricardo_tormo, spec):
    class Looks(Follower):
        def decide(self, seen):
            self.seen = seen
            return super().decide(seen)

    drivers = [Looks(), Looks(), Looks()]
    boxes = ricardo_tormo.grid[:3]
    starts = [Start(spec, Setup(), Pose(*box[:3]), box.s_m) for box in boxes]
    Session(World(ricardo_tormo, starts), drivers).step()
    for own, driver in enumerate(drivers):
        gaps_m = [other.gap_m for other in driver.seen.others]
        expected_m = [box.s_m - boxes[own].s_m for box in boxes if box is not boxes[own]]
        assert gaps_m == approx(expected_m, abs=0.1)
