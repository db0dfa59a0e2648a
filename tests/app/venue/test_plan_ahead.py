"""The bot's plan is made in the background, begun once and reported once."""

import time

import pytest
from oval import make_oval

from game.app.venue.plan_ahead import PlanAhead
from game.files import cache_folder
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

PATIENCE_S = 300.0  # of a process below the priority of tests beside this one


@pytest.fixture
def ahead(spec):
    setup = Setup(front_torque_share=0.47)  # of which no other test has made a plan
    ahead = PlanAhead(make_oval(), spec, setup)
    yield ahead
    ahead.close()


def wait_for(ahead):
    until_s = time.monotonic() + PATIENCE_S
    while not ahead.poll():
        assert ahead.error == ""
        assert time.monotonic() < until_s
        time.sleep(0.02)


def test_a_plan_that_is_not_at_hand_comes_once_it_is_begun(ahead):
    assert ahead.plan is None
    assert not ahead.poll()
    assert ahead.progress == 0.0
    assert not ahead.is_working
    ahead.begin()
    ahead.begin()
    assert ahead.is_working
    wait_for(ahead)
    assert not ahead.is_working
    assert 0.0 < ahead.progress <= 1.0
    assert ahead.plan.x_m.size > 0
    assert not ahead.poll()


def test_a_plan_comes_where_no_disk_keeps_it(tmp_path, monkeypatch, spec):
    folder = tmp_path / "leaf-rc"
    folder.mkdir()
    (folder / "plans").write_text("a file")
    kept = cache_folder() / "machine_code"  # which takes half a minute of a processor to make
    kept.mkdir(parents=True, exist_ok=True)
    (folder / kept.name).symlink_to(kept)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ahead = PlanAhead(make_oval(), spec, Setup(front_torque_share=0.46))
    ahead.begin()
    wait_for(ahead)
    ahead.close()
    assert ahead.plan.x_m.size > 0


def test_who_gives_up_while_it_is_made_need_not_wait_for_it(ahead):
    ahead.begin()
    ahead.close()
    assert not ahead.poll()
