"""The ground benchmark reports what painting a circuit costs; how much is not for a test to say."""

import pytest
from oval import make_oval

from game.app.tiles import tile_store
from game.app.tiles.tile_plan import TilePlan
from game.app.tools.ground_bench import measure_ground

pytestmark = pytest.mark.slow


class CoarsePlan(TilePlan):
    """A plan of the coarsest tiles alone, which take no time."""

    def __init__(self, track):
        super().__init__(track)
        self.all = frozenset(self.coarsest)


def test_painting_a_circuit_is_reported_with_its_time_its_disk_and_its_memory(monkeypatch):
    monkeypatch.setattr(tile_store, "TilePlan", CoarsePlan)
    report = measure_ground(make_oval(), (320, 180))
    assert 0.0 < report["until_driving_s"] <= report["whole_s"]
    assert report["processor_s"] > 0.0
    assert report["disk_mb"] > 0.05
    assert report["memory_mb"] >= 0.0
