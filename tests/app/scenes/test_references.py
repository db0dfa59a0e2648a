"""The lap under way is compared with the one that the player chooses."""

import pytest

from game.app.context.settings import with_part
from game.app.hud.reference_names import REFERENCES
from game.app.input.commands import Command
from game.goals.medals import Medal
from game.goals.targets import Targets
from game.recording.ghost import GhostLap, TapedPose
from game.recording.traced_lap import TracedLap

pytestmark = pytest.mark.slow


def traced(time_s):
    return TracedLap(time_s, 10.0, (0.0, time_s))


@pytest.fixture
def scene(routes, monkeypatch):
    """A drive in which every kind of reference is there, each with another time."""
    garage, pose = routes.garage, TapedPose(0.0, 0.0, 0.0, 0.0)
    ghost = GhostLap(65.0, (0.0, 65.0), (pose, pose))
    monkeypatch.setattr(garage.targets_ahead, "of", lambda _: Targets({Medal.GOLD: ghost}, ()))
    monkeypatch.setattr(garage._bot_lap_ahead, "of", lambda _: ghost._replace(time_s=66.0))
    scene = routes.drive()
    trace = scene.drive.followed.trace
    trace.best, trace.session_best, trace.last = (traced(time_s) for time_s in (61.0, 62.0, 63.0))
    trace.best_sectors.lap = traced(60.0)
    return scene


def test_the_key_goes_through_all_references_and_says_which_one_it_is(scene, routes, monkeypatch):
    said, seen = [], []
    monkeypatch.setattr(routes.context.notice, "show", said.append)
    trace = scene.drive.followed.trace
    for _ in REFERENCES:
        seen.append((trace.reference_name, trace.reference.time_s))
        scene.handle(Command.REFERENCE)
    assert seen == [
        ("", 61.0),
        ("Best of this session", 62.0),
        ("Last lap", 63.0),
        ("Best sectors", 60.0),
        ("Gold", 65.0),
        ("Bot 95 %", 66.0),
    ]
    assert said[0] == "Delta to: Best of this session"
    assert routes.context.settings.hud.delta_to == "best"


@pytest.mark.parametrize("chosen", ["session", "last", "sectors"])
def test_as_long_as_the_chosen_lap_is_not_there_it_is_the_best(scene, routes, chosen):
    trace = scene.drive.followed.trace
    trace.session_best = trace.last = trace.best_sectors.lap = None
    routes.context.apply(with_part(routes.context.settings, chosen, "hud", "delta_to"))
    assert trace.reference.time_s == 61.0
    trace.best = None
    assert trace.reference_name == "Gold"
