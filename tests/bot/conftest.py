"""The oval, which is planned in a second, and a short circuit of six corners."""

import pytest
from oval import make_oval

from game.track.track import load_track


@pytest.fixture(scope="session")
def oval():
    return make_oval()


@pytest.fixture(scope="session")
def sandeby():
    """The shortest circuit of all that ship: plans and laps cost less than half of the usual."""
    return load_track("sandeby")
