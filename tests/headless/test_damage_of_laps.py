"""Hits on laps without a window: what they bent stands in the lap, and a wreck ends it."""

from pathlib import Path

import pytest

from game.cli.damage_report import damage_lines, damage_object
from game.headless.stint import Conditions, Stint, drive_stint
from game.recording.lap_recorder import Lap, LapDamage, LapHit, LapRecorder
from game.simulation.world import Start, World
from game.vehicle.setup import Setup
from game.vehicle.state import Controls

CRASHES = f"{Path(__file__).parents[1] / 'helpers' / 'faulty_bots.py'}:Crashes"


@pytest.fixture(scope="module")
def crash(oval, spec, enter):
    """The stint of a bot that drives into the barrier on its second lap."""

    def drive(damage):
        conditions = Conditions(oval, spec, damage=damage)
        return drive_stint(conditions, enter(CRASHES), Stint(0, 1, 1, 2))

    return drive


def test_a_wrecked_car_ends_its_lap_with_one_line_that_says_what_it_hit(crash):
    run = crash("full")
    assert len(run.laps) == 1
    assert run.lost.startswith("the car is wrecked: it hit a wall of ")
    assert run.lost.endswith(" m")
    assert "\n" not in run.lost


def recorded(oval, spec, damage, speed_mps):
    """The recorder of a car that drives into the barrier beside it."""
    pose = oval.centreline.pose(30.0)
    start = Start(spec, Setup(), pose._replace(heading_rad=1.0), 30.0, speed_mps, damage=damage)
    world = World(oval, [start])
    recorder = LapRecorder(world.step_s)
    for _ in range(300):
        recorder.on_step(world.step([Controls()], 4))
    return recorder, world


def test_a_hit_is_kept_with_what_it_bent(oval, spec):
    recorder, world = recorded(oval, spec, "full", 16.0)
    hit, *_ = (hit for hit in recorder.hits if hit.bent > 0.0)
    assert hit.what == "concrete"
    assert sum(each.bent for each in recorder.hits) == pytest.approx(
        sum(
            getattr(world.snapshots()[0], f"{part}_damage")
            for part in ("nose", "tail", "left", "right")
        )
    )


def test_without_damage_no_hit_bends_anything(oval, spec):
    recorder, _ = recorded(oval, spec, "off", 16.0)
    assert recorder.hits
    assert not any(hit.bent for hit in recorder.hits)


BENT = Lap(
    *(2, 61.0, (20.0, 20.0, 21.0), True, 1.0, 0.0, 50.0, ()),
    hits=(LapHit(412.0, "tyres", 0.4), LapHit(500.0, "car", 0.1)),
    damage=LapDamage(0.4, 0.0, 0.1, 0.0, 0.01),
)


def test_a_bent_lap_says_what_was_hit_and_what_it_costs(spec):
    (line,) = damage_lines([BENT._replace(hits=(), damage=None), BENT], spec)
    assert line == (
        "lap 2: hit a wall of tyres at 412 m and another car at 500 m: nose 40 %, left 10 %; "
        "drag +6 %, downforce -24 % front and -0 % rear, cooling -32 %, "
        "pulls 0.6 degrees to the left"
    )
    given = damage_object(BENT, spec)
    assert given["hits"][0] == {"s_m": 412.0, "what": "tyres", "bent": 0.4}
    assert given["costs"]["cooling"] == pytest.approx(0.32)
    assert damage_object(BENT._replace(damage=None), spec) is None
