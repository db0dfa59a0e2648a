"""Trials are drawn from all that there is, the same ones from the same seeds, and judged fairly."""

import math
import subprocess
import sys
from concurrent.futures import Future

import msgspec
import pytest

from game.bot.planning import make_plan
from game.compiled import Backend
from game.lab import trials
from game.lab.trials import Incident, SetupTrial, random_pose, random_setup, time_to_recover
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import Controls, controls

pytestmark = pytest.mark.slow

SEEDS = range(200)
BOUNDS = msgspec.json.schema(Setup)["$defs"]["Setup"]["properties"]


@pytest.fixture(scope="module")
def incidents(ricardo_tormo, spec):
    return [random_pose(ricardo_tormo, spec, seed) for seed in SEEDS]


def test_the_same_seed_draws_the_same_trial(ricardo_tormo, spec, incidents):
    assert (
        random_setup(spec, 7, "slick")
        == random_setup(spec, 7, "slick")
        != random_setup(spec, 8, "slick")
    )
    assert random_pose(ricardo_tormo, spec, 7) == incidents[7] != incidents[8]


def test_the_two_tyres_of_a_seed_share_the_rest_of_the_setup(spec):
    slick, sport = random_setup(spec, 3, "slick"), random_setup(spec, 3, "sport")
    assert msgspec.structs.replace(slick, tyre="sport") == sport


@pytest.fixture(scope="module")
def setups(spec):
    return [random_setup(spec, seed, "slick") for seed in SEEDS]


@pytest.mark.parametrize("name", sorted(BOUNDS.keys() - {"tyre", "split_map"}))
def test_every_number_and_choice_of_a_setup_is_drawn_from_all_of_its_bounds(name, setups):
    drawn = [getattr(setup, name) for setup in setups]
    bounds = BOUNDS[name]
    if bounds.get("type") == "number":
        margin = 0.05 * (bounds["maximum"] - bounds["minimum"])
        assert bounds["minimum"] <= min(drawn) < bounds["minimum"] + margin
        assert bounds["maximum"] - margin < max(drawn) <= bounds["maximum"]
    elif bounds.get("type") == "integer":
        assert set(drawn) == set(range(bounds["minimum"], bounds["maximum"] + 1))
    else:
        assert set(drawn) == set(bounds.get("enum", (False, True)))


def test_poses_are_of_all_kinds(ricardo_tormo, incidents):
    seen = []
    world = World(ricardo_tormo, [incidents[0].start], backend=Backend.COMPILED)
    for incident in incidents[:150]:
        world.restart(incident.start)
        seen.append(world.step([incident.held], incident.held_ticks).snapshots[0])
    turned_rad = [
        abs(math.remainder(now.heading_rad - now.track_heading_rad, math.tau)) for now in seen
    ]
    kinds = {
        "off track": [now.beyond_limit_m > 0.0 for now in seen],
        "on track": [now.beyond_limit_m <= 0.0 for now in seen],
        "backwards": [angle_rad > 2.0 for angle_rad in turned_rad],
        "at rest": [now.velocity_forward_mps == 0.0 for now in seen],
        "sliding": [abs(now.velocity_left_mps) > 3.0 for now in seen],
        "against a wall": [
            pushed_back(ricardo_tormo, world, incident.start) for incident in incidents[:150]
        ],
    }
    assert {name: sum(of) for name, of in kinds.items() if sum(of) < 3} == {}


def pushed_back(track, world, start):
    """Return whether a car that is put down a little farther out does not stay there."""
    _, offset_m = track.centreline.project(start.pose.x_m, start.pose.y_m, start.s_m)
    x_m, y_m = track.centreline.point(start.s_m, offset_m + math.copysign(0.3, offset_m))
    farther = start._replace(pose=Pose(x_m, y_m, start.pose.heading_rad), speed_mps=0.0)
    world.restart(farther)
    now = world.step([Controls(brake=255)], 60).snapshots[0]
    return math.hypot(now.x_m - x_m, now.y_m - y_m) > 0.02


def test_crossing_the_line_is_not_being_back(ricardo_tormo, spec):
    plan = make_plan(ricardo_tormo, spec, Setup())
    s_m = 300.0
    x_m, y_m = ricardo_tormo.centreline.point(s_m, plan.offset_m[int(s_m / plan.station_m)])
    heading_rad = ricardo_tormo.centreline.pose(s_m).heading_rad
    start = Start(spec, Setup(), Pose(x_m, y_m, heading_rad), s_m, speed_mps=40.0)
    spun = Incident(start, controls(1.0, brake=0.6), 240)
    assert time_to_recover(ricardo_tormo, plan, Incident(start, Controls(), 0)) == 0.0
    assert time_to_recover(ricardo_tormo, plan, spun) > 2.0


def test_a_setup_with_an_invalid_lap_has_not_finished():
    assert not SetupTrial(Setup(), valid_laps=2, quasi_steady_s=100.0, slowest_s=102.0).finished
    assert not SetupTrial(Setup(), valid_laps=0).finished
    assert SetupTrial(Setup(), valid_laps=3, quasi_steady_s=100.0, slowest_s=102.0).finished


def test_an_unknown_track_is_one_line_and_exit_code_2():
    done = subprocess.run(
        [sys.executable, "-m", "game", "trials", "--track", "nowhere"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_progress_is_told_in_lines_from_the_start_where_nobody_looks_at_a_terminal(capsys):
    futures = [Future() for _ in range(40)]
    found = trials._counted("setups", futures)
    assert next(found) is futures[0]
    assert capsys.readouterr().err == "setups: 0 of 40\n"
    assert list(found) == futures[1:]
    assert capsys.readouterr().err.splitlines()[-1] == "setups: 38 of 40"
