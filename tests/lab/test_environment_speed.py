"""The speeds of the environments, ours and others', are given in one unit."""

import pytest
from pytest import approx

from game.lab import peers
from game.lab.environment_speed import environment_speed
from game.lab.peers import Peer, peer_speed

pytestmark = pytest.mark.slow


def test_speeds_are_told_in_steps_and_in_real_time():
    pytest.importorskip("game.lab.parallel_env")
    speed = environment_speed(quick=True)
    for kind in ("rays", "pixels", "vector", "race"):
        steps = speed[f"environment_{kind}_steps_per_s"]
        assert speed[f"environment_{kind}_realtime"] == approx(steps / 60.0)
        assert steps > 0.0


@pytest.mark.parametrize(
    ("package", "environment"),
    [("no_such_package", "Nothing-v0"), ("gymnasium", "gymnasium:NoSuchEnvironment-v0")],
)
def test_a_peer_that_is_missing_or_does_not_run_has_no_speed(monkeypatch, package, environment):
    monkeypatch.setitem(peers.PEERS, "other", Peer(package, environment, lambda _: 1.0))
    assert peer_speed("other") is None


def test_a_peer_is_stepped_in_its_own_time(monkeypatch):
    monkeypatch.setattr(peers, "_SECONDS", 0.01)
    for step_s in (0.5, 1.0):
        monkeypatch.setitem(
            peers.PEERS, "pendulum", Peer("gymnasium", "Pendulum-v1", lambda _, s=step_s: s)
        )
        assert peer_speed("pendulum") > step_s
