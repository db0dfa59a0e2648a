"""A faster bot comes through a field of slower ones."""

import itertools
import math

import pytest

from game.bot.bot import RacingBot
from game.bot.planning import make_plan
from game.bot.racecraft import racecraft
from game.bot.racing_followers import RacingFollowers
from game.compiled import Backend
from game.headless.stint import REFERENCE_BOT, Conditions
from game.racing.race import Race, RaceEntry, drive_race
from game.racing.race_length import RaceLength
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup, default_setup

pytestmark = pytest.mark.slow

SLOWER_PACE = 0.945
SLOWER = (0.97, 0.965, 0.96, 0.955, 0.95, 0.945, 0.94)


def on_line(spec, setup, plan, s_m, pace=1.0):
    station = round(s_m / plan.station_m) % len(plan.speed_mps)
    pose = Pose(plan.x_m[station], plan.y_m[station], plan.heading_rad[station])
    speed_mps = pace * float(plan.speed_mps[station])
    return Start(spec, setup, pose, s_m, speed_mps=speed_mps, warm_tyres=True)


def test_the_fastest_of_eight_starts_last_and_wins_over_eight_laps(ricardo_tormo, spec):
    setup = default_setup(spec)
    entries = tuple(RaceEntry(str(pace), REFERENCE_BOT, setup, pace) for pace in (*SLOWER, 1.0))
    race = Race(
        Conditions(ricardo_tormo, spec, backend=Backend.COMPILED), entries, RaceLength(8), seed=1
    )
    result = drive_race(race).result
    assert entries[result.classified[0].car].pace == 1.0
    hard_j = [contact.lost_j for contact in result.contacts if contact.lost_j > 1000.0]
    assert len(hard_j) < 0.3 * len(entries)
    assert max(hard_j, default=0.0) < 20_000.0


@pytest.mark.parametrize("behind_m", [16.0, 23.0])
def test_a_bot_passes_a_slower_one_within_a_lap_without_touching_it(ricardo_tormo, spec, behind_m):
    setup, track_m = default_setup(spec), ricardo_tormo.length_m
    plan = make_plan(ricardo_tormo, spec, setup)
    behind = on_line(spec, setup, plan, track_m - 120.0)
    ahead = on_line(spec, setup, plan, track_m - 120.0 + behind_m, SLOWER_PACE)
    world = World(ricardo_tormo, [behind, ahead], Backend.COMPILED)
    followers = RacingFollowers(world)
    bots = [RacingBot(followers, 0), RacingBot(followers, 1, SLOWER_PACE)]
    session = Session(world, bots, seed=1)
    ahead_m = -behind_m
    while world.time_s < 110.0 and ahead_m < 10.0:
        first, second = session.step().snapshots
        ahead_m = math.remainder(first.s_m - second.s_m, track_m)
    assert ahead_m > 10.0
    assert world.runtime(0).position.contact_j == 0.0


def test_a_slower_pace_is_felt_on_straights_as_much_as_in_corners(ricardo_tormo, spec):
    fast, slow = (make_plan(ricardo_tormo, spec, Setup(), pace=pace) for pace in (1.0, 0.9))
    for place in (fast.speed_mps.argmin(), fast.speed_mps.argmax()):
        assert slow.speed_mps[place] == pytest.approx(0.9 * fast.speed_mps[place])
    assert slow.lap_time_s == pytest.approx(fast.lap_time_s / 0.9)


def test_the_keener_the_racecraft_the_nearer_a_bot_follows_and_the_sooner_it_passes():
    levels = [racecraft(level) for level in ("careful", "fair", "keen")]
    for calmer, keener in itertools.pairwise(levels):
        assert keener.gap_s < calmer.gap_s
        assert keener.change_s < calmer.change_s
        assert keener.later_s > calmer.later_s
        assert keener.defends_s > calmer.defends_s


def test_a_careful_bot_keeps_behind_where_a_keen_one_passes(ricardo_tormo, spec):
    """Before the first corner of a lap, from as far behind."""
    setup, track_m = default_setup(spec), ricardo_tormo.length_m
    plan = make_plan(ricardo_tormo, spec, setup)
    ahead_m = {}
    for level in ("careful", "keen"):
        behind = on_line(spec, setup, plan, track_m - 120.0)
        ahead = on_line(spec, setup, plan, track_m - 100.0, SLOWER_PACE)
        world = World(ricardo_tormo, [behind, ahead], Backend.COMPILED)
        followers = RacingFollowers(world)
        bots = [RacingBot(followers, 0, level=level), RacingBot(followers, 1, SLOWER_PACE)]
        session = Session(world, bots, seed=1)
        while world.time_s < 12.0:
            first, second = session.step().snapshots
        ahead_m[level] = math.remainder(first.s_m - second.s_m, track_m)
    assert ahead_m["careful"] < 0.0 < ahead_m["keen"]
