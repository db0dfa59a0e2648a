"""A small circuit to drive many laps on."""

from pathlib import Path

import pytest
from oval import OVAL, make_oval

from game.bot.planning import make_plan
from game.headless.stint import Entrant
from game.vehicle.setup import Setup

SPOILT_BOTS = Path(__file__).parents[1] / "helpers" / "faulty_bots.py"


@pytest.fixture(scope="session")
def oval():
    """The small world."""
    return make_oval()


@pytest.fixture(scope="session")
def oval_path(tmp_path_factory):
    """The file of the small world."""
    path = tmp_path_factory.mktemp("tracks") / "oval" / "track.toml"
    path.parent.mkdir()
    path.write_text(OVAL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def enter(oval, spec):
    """Makes an entrant of a bot's name and a tyre."""

    def entrant(bot, tyre="slick"):
        setup = Setup(tyre=tyre)
        return Entrant(bot, setup, tyre, make_plan(oval, spec, setup))

    return entrant


@pytest.fixture(scope="session")
def spoilt():
    """The name of one of the spoilt bots."""
    return lambda name: f"{SPOILT_BOTS}:{name}"
