"""A bot among other cars: past them, behind them, and alone as if there were none."""

import math

import pytest

from game.bot.bot import Bot
from game.bot.follower_tables import follower_tables
from game.bot.planning import make_plan
from game.bot.start import flying_start, start_on_line
from game.bot.traffic import Traffic, moved_over, speed_beside
from game.compiled import Backend
from game.drivers.observation import Observation
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.events import Contact
from game.simulation.split_table import SplitMaps
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import Controls

pytestmark = pytest.mark.slow

GRID_PACES = (0.85, 0.9, 0.95, 1.0)  # the fastest starts last
MAX_CONTACT_J = 60e3  # that a decision's contacts may take: a shunt at some 10 m/s


@pytest.fixture(scope="module")
def race(sandeby, spec):
    """Two laps from the grid: each car's laps and the most energy it lost between two decisions."""
    boxes = sandeby.grid[: len(GRID_PACES)]
    starts = [Start(spec, Setup(), Pose(*box[:3]), box.s_m) for box in boxes]
    world = World(sandeby, starts, backend=Backend.COMPILED)
    recorders = [LapRecorder(world.step_s, car) for car in range(len(starts))]
    session = Session(world, [Bot(pace) for pace in GRID_PACES], recorders, laps=2)
    lost_j, hardest_j = [0.0] * len(starts), 0.0
    while min(len(recorder.laps) for recorder in recorders) < 2 and world.time_s < 400.0:
        for car in {event.car for event in session.step().events if isinstance(event, Contact)}:
            now_j = world.runtime(car).position.contact_j
            hardest_j = max(hardest_j, now_j - lost_j[car])
            lost_j[car] = now_j
    return [recorder.laps for recorder in recorders], hardest_j


def test_everyone_comes_round_twice_from_the_grid(race):
    assert all(len(laps) >= 2 for laps in race[0])


def test_the_fastest_starts_last_and_has_passed_the_slowest_after_two_laps(race):
    """Not all others: who is first after so much side by side is chance."""
    totals_s = [sum(lap.time_s for lap in laps[:2]) for laps in race[0]]
    assert totals_s[-1] < totals_s[0]


def test_no_contact_is_worse_than_a_shunt_at_ten_metres_a_second(race):
    assert race[1] < MAX_CONTACT_J


def test_alone_on_the_track_the_way_is_the_plans(ricardo_tormo, spec):
    plan = make_plan(ricardo_tormo, spec, Setup())
    world = World(ricardo_tormo, [flying_start(spec, Setup(), plan)])
    now = world.snapshots()[0]
    maps = SplitMaps(ricardo_tormo)
    tables = follower_tables(ricardo_tormo, maps, spec, maps.car(spec, Setup()), plan)
    clearance = Traffic(tables, spec.chassis).clearance(Observation(now), lambda _: 1.5)
    assert moved_over(tables, now.s_m, 1.5, 0.0, clearance) == 0.0
    assert clearance.max_accel_mps2 == math.inf
    assert speed_beside(0.0) == 1.0


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
    session = Session(world, [Bot(), Parked()])
    before_m = math.inf
    while world.time_s < 60.0:
        gap_m = math.remainder(session.step().snapshots[0].s_m - s_m, ricardo_tormo.length_m)
        if before_m < 200.0 <= gap_m < 300.0:
            break
        before_m = gap_m
    assert world.time_s < 60.0
    assert world.runtime(0).position.contact_j == 0.0
