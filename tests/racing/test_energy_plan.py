"""The reference bot makes its energy last to the end of a race with a cap."""

import dataclasses

import faulty_bots
import pytest

from game.compiled import Backend
from game.headless.stint import Conditions
from game.racing.energy_plan import EnergyPlan, EnergyTask, lifted, plan_energy
from game.racing.race import Race, RaceEntry, drive_race
from game.racing.race_length import RaceLength
from game.units import kwh
from game.vehicle.setup import Setup
from game.vehicle.state import Controls

pytestmark = pytest.mark.slow

LAPS = 3
FIELD = (RaceEntry("saver", "reference", Setup()),)


@pytest.fixture(scope="module")
def free(oval, spec):
    """A race without a cap."""
    conditions = Conditions(oval, spec, standing=True, backend=Backend.COMPILED)
    return Race(conditions, FIELD, RaceLength(LAPS))


@pytest.fixture(scope="module")
def free_run(free):
    return drive_race(free)


@pytest.fixture(scope="module")
def cap_kwh(free_run):
    """For each lap, a tenth less than the bot uses at its fastest."""
    return 0.9 * kwh(free_run.result.classified[0].net_j) / LAPS


def test_it_uses_nearly_all_that_it_may_and_not_more(free, free_run, cap_kwh):
    run = drive_race(dataclasses.replace(free, cap_kwh=cap_kwh))
    (alone,) = run.result.classified
    assert alone.retired == ""
    assert 0.97 < kwh(alone.net_j) / (LAPS * cap_kwh) <= 1.0
    (unlimited,) = free_run.result.classified
    assert unlimited.time_s < alone.time_s < 1.06 * unlimited.time_s


def test_a_cap_that_is_no_limit_changes_no_bit_of_the_drive(free, free_run, cap_kwh):
    run = drive_race(dataclasses.replace(free, cap_kwh=2.0 * cap_kwh))
    assert run.state_hash == free_run.state_hash


def test_a_bot_that_does_not_save_is_out_where_all_is_used(free, cap_kwh):
    wasteful = (RaceEntry("wasteful", f"{faulty_bots.__file__}:Chatters", Setup()), *FIELD)
    run = drive_race(dataclasses.replace(free, entries=wasteful, cap_kwh=0.1 * cap_kwh))
    thrifty, out = run.result.classified
    assert (thrifty.car, thrifty.retired) == (1, "")
    assert "has used its" in out.retired
    assert kwh(out.net_j) == pytest.approx(0.1 * LAPS * cap_kwh, rel=0.02)


def test_a_plan_is_driven_once_and_kept(free, cap_kwh, monkeypatch):
    task = EnergyTask(free.conditions, Setup(), 1.0, LAPS, cap_kwh)
    plan = plan_energy(task)
    monkeypatch.setattr("game.racing.energy_plan._driven_plan", None)
    assert plan_energy(task) == plan


def test_what_is_planned_goes_on_from_lap_to_lap():
    plan = EnergyPlan(1e6, 40.0, 50.0, [10.0, 110.0, 200.0], [0.0, 80.0, 150.0])
    assert [plan.used_j(distance_m) for distance_m in (-20.0, 0.0, 75.0, 100.0, 150.0, 225.0)] == [
        10.0, 10.0, 155.0, 200.0, 280.0, 390.0,
    ]  # fmt: skip
    assert plan.race_j(3) == plan.used_j(300.0) == 500.0


def test_the_throttle_is_released_towards_the_top_speed_and_the_rest_is_left_alone():
    held = Controls(steering=7, throttle=255, brake=3)
    assert lifted(held, 20.0, 30.0) == held
    assert lifted(held, 30.0, 30.0) == held._replace(throttle=0)
    assert lifted(held, 35.0, 30.0) == held._replace(throttle=0)
    throttles = [lifted(held, 29.0 + 0.1 * step, 30.0).throttle for step in range(11)]
    assert throttles == sorted(throttles, reverse=True)
    assert 0 < throttles[5] < 255
