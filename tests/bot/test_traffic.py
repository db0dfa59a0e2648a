"""A bot among other cars: past them, behind them, beside them, and the same in every form."""

import math

import pytest

from game.bot.bot import Bot, RacingBot
from game.bot.planning import make_plan
from game.bot.racing_followers import RacingFollowers
from game.bot.start import start_on_line
from game.compiled import Backend
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.events import Contact, HitCar
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import Controls

pytestmark = pytest.mark.slow

GRID_PACES = (0.85, 0.9, 0.95, 1.0)  # the fastest starts last
MAX_CONTACT_NS = 1800.0  # that is a racing incident still, by the rules that ship


def on_the_grid(track, spec, cars):
    return [Start(spec, Setup(), Pose(*box[:3]), box.s_m) for box in track.grid[:cars]]


def racing(world, paces):
    followers = RacingFollowers(world)
    return [RacingBot(followers, car, pace) for car, pace in enumerate(paces)]


@pytest.fixture(scope="module")
def race(sandeby, spec):
    """Two laps from the grid: each car's laps and the hardest hit of two cars."""
    world = World(sandeby, on_the_grid(sandeby, spec, len(GRID_PACES)), backend=Backend.COMPILED)
    recorders = [LapRecorder(world.step_s, car) for car in range(len(GRID_PACES))]
    session = Session(world, racing(world, GRID_PACES), recorders, laps=2)
    hardest_ns = 0.0
    while min(len(recorder.laps) for recorder in recorders) < 2 and world.time_s < 400.0:
        for event in session.step().events:
            if isinstance(event, Contact) and isinstance(event.partner, HitCar):
                hardest_ns = max(hardest_ns, event.impulse_ns)
    return [recorder.laps for recorder in recorders], hardest_ns


def test_everyone_comes_round_twice_from_the_grid(race):
    assert all(len(laps) >= 2 for laps in race[0])


def test_the_fastest_starts_last_and_has_passed_the_slowest_after_two_laps(race):
    """Not all others: there is little room on a short circuit."""
    totals_s = [sum(lap.time_s for lap in laps[:2]) for laps in race[0]]
    assert totals_s[-1] < totals_s[0]


def test_cars_touch_no_harder_than_in_a_racing_incident(race):
    assert race[1] < MAX_CONTACT_NS


def test_the_same_cars_drive_the_same_bits_plainly_compiled_and_by_what_they_observe(oval, spec):
    paces = (0.9, 0.95, 1.0)
    bits = []
    for backend, is_observing in (
        (Backend.COMPILED, False),
        (Backend.COMPILED, True),
        (Backend.PLAIN, False),
    ):
        world = World(oval, on_the_grid(oval, spec, len(paces)), backend=backend)
        drivers = [Bot(pace) for pace in paces] if is_observing else racing(world, paces)
        session = Session(world, drivers, seed=3)
        for _ in range(240):
            session.step()
        bits.append(world.state_bits())
    assert bits[0] == bits[1] == bits[2]


def test_two_cars_side_by_side_leave_each_other_room_through_the_corners(oval, spec):
    plan = make_plan(oval, spec, Setup())
    on_line = start_on_line(spec, Setup(), plan, 0.0, 6.0)
    starts = [moved(oval, on_line, offset_m) for offset_m in (-2.0, 2.0)]
    world = World(oval, starts, backend=Backend.COMPILED)
    session = Session(world, racing(world, (1.0, 1.0)))
    beside = 0
    while world.time_s < 20.0:
        step = session.step()
        one, other = step.snapshots
        beside += abs(math.remainder(one.s_m - other.s_m, oval.length_m)) < spec.chassis.length_m
        assert not any(isinstance(event, Contact) for event in step.events)
    assert beside > 120  # for two seconds, into the first corner


def moved(track, start, offset_m):
    """A start on a line, moved to an offset from the centreline and along it."""
    x_m, y_m = track.centreline.point(start.s_m, offset_m)
    heading_rad = track.centreline.pose(start.s_m).heading_rad
    return start._replace(pose=Pose(x_m, y_m, heading_rad))


class Parked:
    """Stands on the brake."""

    def decide(self, _):
        return Controls(brake=255)


@pytest.mark.parametrize("s_m", [100.0, 850.0, 1150.0, 2050.0, 2650.0, 3550.0])
def test_a_car_parked_on_the_line_is_passed_without_touching_it(ricardo_tormo, spec, s_m):
    plan = make_plan(ricardo_tormo, spec, Setup())
    parked = start_on_line(spec, Setup(), plan, s_m, s_m + 6.0)._replace(speed_mps=0.0)
    starts = [start_on_line(spec, Setup(), plan, s_m - 700.0, s_m - 500.0), parked]
    world = World(ricardo_tormo, starts, backend=Backend.COMPILED)
    session = Session(world, [RacingBot(RacingFollowers(world), 0), Parked()])
    before_m = math.inf
    while world.time_s < 60.0:
        gap_m = math.remainder(session.step().snapshots[0].s_m - s_m, ricardo_tormo.length_m)
        if before_m < 200.0 <= gap_m < 300.0:
            break
        before_m = gap_m
    assert world.time_s < 60.0
    assert world.runtime(0).position.contact_j == 0.0


@pytest.fixture(params=[(2729.0, -8.5, -0.5), (3250.0, 9.0, 0.8), (1300.0, 8.0, 1.0)])
def beside_the_road(request, ricardo_tormo, spec):
    """A car that stands beside the road, with three coming: the session and its world."""
    s_m, offset_m, turned_rad = request.param
    plan = make_plan(ricardo_tormo, spec, Setup())
    x_m, y_m = ricardo_tormo.centreline.point(s_m, offset_m)
    heading_rad = ricardo_tormo.centreline.pose(s_m).heading_rad + turned_rad
    starts = [Start(spec, Setup(), Pose(x_m, y_m, heading_rad), s_m)]
    for behind_m in (120.0, 180.0, 240.0):
        from_m = s_m - behind_m
        starts.append(
            start_on_line(spec, Setup(), plan, from_m, from_m + 6.0)._replace(warm_tyres=True)
        )
    world = World(ricardo_tormo, starts, backend=Backend.COMPILED)
    return Session(world, racing(world, (1.0, 0.97, 0.97, 0.97)), seed=1), world


def test_a_car_beside_the_road_comes_back_when_the_others_are_past(beside_the_road, ricardo_tormo):
    session, world = beside_the_road
    lap_m = ricardo_tormo.length_m
    back_s = math.inf
    while world.time_s < 30.0:
        own, *others = session.step().snapshots
        ahead_m = [math.remainder(other.s_m - own.s_m, lap_m) for other in others]
        if any(-60.0 < each_m < 0.0 for each_m in ahead_m) and math.isinf(back_s):
            assert abs(own.velocity_forward_mps) < 1.0
        if own.velocity_forward_mps > 20.0:
            back_s = min(back_s, world.time_s)
    assert back_s < 20.0
    assert all(world.runtime(car).position.contact_j == 0.0 for car in range(4))
