"""The plan: kept on disk, worked out again where what was kept does not serve."""

import dataclasses
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from game.bot import planning
from game.bot.plan_cache import fastest_path, read_plan
from game.bot.planning import make_plan
from game.files import cache_folder
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


def kept_plans(track):
    return sorted((cache_folder() / "plans").glob(f"{track.name}-*.npz"))


@pytest.fixture(scope="module")
def plan(ricardo_tormo, spec):
    return make_plan(ricardo_tormo, spec, Setup())


@pytest.fixture(scope="module")
def plan_of_oval(oval, spec):
    return make_plan(oval, spec, Setup())


def same(one, other):
    """Whether two plans are equal: their fields, not what is worked out from these when wanted."""
    names = [field.name for field in dataclasses.fields(one)]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def test_a_kept_plan_is_read_back_equal(ricardo_tormo, spec, plan):
    rounds = []
    again = make_plan(ricardo_tormo, spec, Setup(), on_round=lambda *args: rounds.append(args))
    assert rounds == []
    assert same(plan, again)


@pytest.mark.parametrize("damage", [b"", b"PK", b"not a plan"])
def test_a_damaged_plan_is_worked_out_anew(oval, spec, plan_of_oval, damage, monkeypatch, tmp_path):
    monkeypatch.setattr("game.bot.plan_cache.cache_folder", lambda: tmp_path)
    kept = fastest_path(oval, spec, Setup())
    kept.parent.mkdir()
    kept.write_bytes(damage)
    assert same(make_plan(oval, spec, Setup()), plan_of_oval)
    assert same(read_plan(kept), plan_of_oval)


def test_other_setups_get_plans_of_their_own(oval, spec, plan_of_oval):
    other = Setup(tyre="sport", wing=-0.31)
    fastest_path(oval, spec, other).unlink(missing_ok=True)
    before = set(kept_plans(oval))
    sport = make_plan(oval, spec, other)
    assert set(kept_plans(oval)) > before
    assert sport.quasi_steady_s > 1.02 * plan_of_oval.quasi_steady_s


def test_the_plan_goes_once_around_within_the_limit(ricardo_tormo, plan):
    assert plan.station_m * len(plan.offset_m) == pytest.approx(ricardo_tormo.length_m)
    pieces_m = np.hypot(np.roll(plan.x_m, -1) - plan.x_m, np.roll(plan.y_m, -1) - plan.y_m)
    after_mps = np.roll(plan.speed_mps, -1)
    planned_s = (2.0 * pieces_m / (plan.speed_mps + after_mps)).sum()
    assert plan.quasi_steady_s < planned_s < 1.006 * plan.quasi_steady_s


def test_of_several_that_lack_the_same_plan_one_makes_it(oval, spec, plan_of_oval, monkeypatch):
    setup = Setup(wing=0.173)
    fastest_path(oval, spec, setup).unlink(missing_ok=True)
    made = []

    def work_out(*_):
        made.append(True)
        time.sleep(0.2)  # in which the others ask
        return plan_of_oval

    monkeypatch.setattr(planning, "work_out_plan", work_out)
    with ThreadPoolExecutor(3) as pool:
        plans = list(pool.map(lambda _: make_plan(oval, spec, setup), range(3)))
    assert made == [True]
    assert all(same(plan, plan_of_oval) for plan in plans)
