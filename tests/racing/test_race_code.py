"""A race's machine code is made before it begins, where progress can be shown."""

import pytest

from game.bot.planning import make_plan
from game.bot.racing_followers import decide_among_others, watch_all
from game.compiled import is_cached
from game.quasi_steady.ggv_limits import fill_limits
from game.quasi_steady.speed_passes import run_passes
from game.racing.race_code import make_race_code
from game.simulation.tick import advance
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


def test_nothing_is_left_to_compile_once_the_code_was_made(oval, spec):
    setup = Setup()
    plan = make_plan(oval, spec, setup)
    make_race_code(oval, spec, setup, plan, lambda _share: None)
    assert all(map(is_cached, (advance, watch_all, fill_limits, run_passes, decide_among_others)))
    reported = []
    make_race_code(oval, spec, setup, plan, reported.append)
    assert not reported
