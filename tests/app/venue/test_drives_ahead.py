"""What the bot drives beside the game leaves the game its processor."""

import pytest

from game.app.context.settings import Settings
from game.app.driving.settings import GhostSettings
from game.app.venue.targets_ahead import TargetsAhead

BEGIN_TARGETS = TargetsAhead.begin


class EndlessWorker:
    """Works on its task for ever."""

    def __init__(self, _spec):
        self.busy_with = None

    def send(self, task):
        self.busy_with = task

    @property
    def is_working(self):
        return self.busy_with is not None

    def poll(self):
        return []

    def end(self):
        self.busy_with = None


@pytest.fixture
def garage(offscreen, new_routes, monkeypatch):  # noqa: ARG001
    """A garage whose bot has a lap to drive for the player, and medals to drive for the circuit."""
    monkeypatch.setattr("game.app.venue.background_work.Worker", EndlessWorker)
    monkeypatch.setattr(TargetsAhead, "begin", BEGIN_TARGETS)
    return new_routes(Settings(ghosts=GhostSettings(bot=True))).garage


@pytest.mark.parametrize(
    ("processors", "driven"), [(1, {"lap"}), (2, {"lap"}), (3, {"lap", "targets"})]
)
def test_what_the_player_asked_for_is_driven_first(garage, monkeypatch, processors, driven):
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    for _ in range(3):
        garage.poll()
    works = {"lap": garage._bot_lap_ahead, "targets": garage.targets_ahead}
    assert {name for name, work in works.items() if work.is_working} == driven
