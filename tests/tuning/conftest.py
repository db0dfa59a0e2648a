"""A baseline for studies whose laps are a formula, and where those laps are noted."""

import numpy as np
import pytest

from game.bot.plan import Plan
from game.tuning.baseline import Baseline


@pytest.fixture(scope="session")
def paper_baseline(ricardo_tormo, spec):
    """A baseline with a line that nobody could drive, and nobody does."""
    nowhere = np.zeros(4)
    plan = Plan(1.0, *(nowhere,) * 9, lap_time_s=100.0, charge_per_lap=0.1, quasi_steady_s=99.0)
    return Baseline(ricardo_tormo, spec, plan)


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """The folder of the notes; the store begins empty."""
    folder = tmp_path / "notes"
    folder.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder
