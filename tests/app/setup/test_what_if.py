"""Answers come from beside the game, the most wanted first, whatever becomes of who gives them."""

import os
import signal
import time

import pytest
from instant_answers import (
    DEADLY,
    ENDLESS,
    answer_at_once,
    dies_at_once,
    gets_ready,
    predict_at_once,
)
from oval import make_oval

from game.app.setup.model import what_if as room
from game.app.setup.model.what_if import WhatIf
from game.bot.planning import make_plan
from game.vehicle.setup import Setup, default_setup

pytestmark = pytest.mark.slow

PATIENCE_S = 300.0  # of a process below the priority of tests beside this one


def share(value):
    return Setup(front_torque_share=value)


@pytest.fixture
def new_what_if(monkeypatch, spec):
    made = []

    def new(measurer=answer_at_once, predictor=predict_at_once):
        monkeypatch.setattr(room, "_measurer", measurer)
        monkeypatch.setattr(room, "_predictor", predictor)
        monkeypatch.setattr("os.cpu_count", lambda: 3)
        what_if = WhatIf(make_oval(), spec)
        what_if.open()
        made.append(what_if)
        return what_if

    yield new
    for what_if in made:
        what_if.close()


def workers_of(what_if):
    return [worker for group in what_if._groups.values() for worker in group.workers]


def busy_workers(what_if):
    return [worker for worker in workers_of(what_if) if worker.busy_with is not None]


def poll_until(what_if, until):
    end_s = time.monotonic() + PATIENCE_S
    while not until():
        what_if.poll()
        assert time.monotonic() < end_s
        time.sleep(0.002)


def test_predictions_and_laps_of_all_that_is_wanted_come(new_what_if):
    what_if = new_what_if()
    wanted = [share(0.1 * step) for step in range(11)]
    what_if.request(wanted, wanted)
    assert what_if.busy
    poll_until(what_if, lambda: not what_if.busy)
    assert {s: m.lap_time_s for s, m in what_if.measurements.items()} == {
        s: s.front_torque_share for s in wanted
    }
    assert list(what_if.predictions) == wanted
    assert what_if.waiting == 0


def test_what_is_known_is_not_asked_again(new_what_if):
    what_if = new_what_if()
    what_if.request([share(0.4)])
    poll_until(what_if, lambda: not what_if.busy)
    known = what_if.measurements[share(0.4)]
    what_if.request([share(0.4), share(0.5)])
    assert what_if.requested("measure") == [share(0.5)]
    poll_until(what_if, lambda: not what_if.busy)
    assert what_if.measurements[share(0.4)] is known


def test_wanting_something_else_drops_what_was_wanted_before(new_what_if):
    what_if = new_what_if()
    dropped = [share(0.01 * step) for step in range(20, 90)]
    what_if.request(dropped)
    what_if.request([share(0.95)])
    poll_until(what_if, lambda: share(0.95) in what_if.measurements)
    assert set(what_if.measurements) == {share(0.95)}


def test_a_process_that_dies_costs_the_lap_it_was_at_and_no_other(new_what_if):
    what_if = new_what_if()
    wanted = [share(0.3), share(DEADLY), share(0.4), share(0.5)]
    what_if.request(wanted, wanted)
    poll_until(what_if, lambda: not what_if.busy)
    assert what_if.measurements[share(DEADLY)].lost
    assert not what_if.measurements[share(DEADLY)].laps_s
    assert all(what_if.measurements[each].laps_s for each in wanted if each != share(DEADLY))
    assert share(DEADLY) not in what_if.predictions
    assert what_if.error == ""


def test_when_all_processes_die_it_is_said_and_nobody_waits(new_what_if):
    what_if = new_what_if(dies_at_once, dies_at_once)
    what_if.request([share(0.3)])
    poll_until(what_if, lambda: what_if.error)
    assert what_if.error.endswith("it died")
    poll_until(what_if, lambda: not what_if.busy)
    assert what_if.measurements == {}


def test_closing_ends_processes_that_would_never_answer_and_opening_brings_new_ones(new_what_if):
    what_if = new_what_if()
    what_if.request([share(ENDLESS)] * 1)
    poll_until(what_if, lambda: busy_workers(what_if))
    workers = workers_of(what_if)
    what_if.close()
    assert not what_if.busy
    assert all(worker.join(PATIENCE_S) for worker in workers)
    what_if.open()
    what_if.request([share(0.3)])
    poll_until(what_if, lambda: share(0.3) in what_if.measurements)


def test_closing_while_processes_start_leaves_none_behind(new_what_if):
    what_if = new_what_if()
    workers = workers_of(what_if)
    assert len(workers) == 3
    what_if.close()
    assert all(worker.join(PATIENCE_S) for worker in workers)


def test_a_predictor_that_dies_at_what_is_no_longer_wanted_is_replaced(new_what_if):
    what_if = new_what_if()
    what_if.request((), [share(ENDLESS)])
    (predictor,) = what_if._groups["predict"].workers
    poll_until(what_if, lambda: predictor.busy_with == share(ENDLESS))
    what_if.request((), [share(0.3)])
    os.kill(predictor.pid, signal.SIGKILL)
    poll_until(what_if, lambda: share(0.3) in what_if.predictions)
    assert share(ENDLESS) not in what_if.predictions


def test_a_lap_whose_process_was_killed_is_driven_by_another(new_what_if):
    what_if = new_what_if()
    what_if.request([share(ENDLESS)])
    poll_until(what_if, lambda: busy_workers(what_if))
    (first,) = busy_workers(what_if)
    os.kill(first.pid, signal.SIGKILL)
    poll_until(what_if, lambda: first not in workers_of(what_if))
    assert what_if.requested("measure") == [share(ENDLESS)]
    poll_until(what_if, lambda: busy_workers(what_if))


def test_it_says_how_far_the_processes_are_that_get_ready_until_the_first_answer(new_what_if):
    what_if = new_what_if(measurer=gets_ready)
    assert what_if.preparing is None
    what_if.request([share(ENDLESS)])
    poll_until(what_if, lambda: what_if.preparing == 0.25)
    what_if.request([share(0.3)])
    what_if.close()
    what_if.open()
    what_if.request([share(0.3)])
    poll_until(what_if, lambda: share(0.3) in what_if.measurements)
    assert what_if.preparing is None


def test_as_long_as_there_is_no_machine_code_predictions_come_without_it(oval, spec, monkeypatch):
    make_plan(oval, spec, default_setup(spec))
    with monkeypatch.context() as fresh:
        fresh.setattr(room, "predicts_at_once", lambda: False)
        fresh.setattr("game.quasi_steady.ggv_limits.compiled", None)
        plain = room._predictor(None, oval, spec)(Setup())
    assert plain == room._predictor(None, oval, spec)(Setup())
