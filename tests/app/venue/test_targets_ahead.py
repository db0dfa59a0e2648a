"""Targets that neither ship nor are kept are driven by a worker beside the game."""

import time

import pytest

from game.app.venue.targets_ahead import TargetsAhead
from game.goals.medals import Medal
from game.goals.target_files import cached_path, find_targets

PATIENCE_S = 300.0


def test_what_ships_is_there_at_once_and_starts_no_worker(track, spec, monkeypatch):
    monkeypatch.setattr("game.app.venue.background_work.Worker", None)
    ahead = TargetsAhead(track, spec)
    ahead.begin("slick")
    ahead.poll()
    assert set(ahead.of("slick").laps) == set(Medal)
    assert ahead.of("slick") is ahead.of("slick")


@pytest.mark.slow
def test_a_worker_drives_what_is_missing_and_keeps_it(oval, spec):
    cached_path(oval, spec, "sport").unlink(missing_ok=True)
    ahead = TargetsAhead(oval, spec)
    assert ahead.of("sport") is None
    ahead.begin("sport")
    end_s = time.monotonic() + PATIENCE_S
    while ahead.of("sport") is None and not ahead.error and time.monotonic() < end_s:
        ahead.poll()
        time.sleep(0.01)
    ahead.close()
    assert ahead.error == ""
    assert ahead.progress == 1.0
    assert len(ahead.of("sport").corners) == 2
    assert find_targets(oval, spec, "sport").lap_times == ahead.of("sport").lap_times


def test_closed_it_begins_nothing(oval, spec, monkeypatch):
    monkeypatch.setattr("game.app.venue.targets_ahead.find_targets", lambda *_: None)
    monkeypatch.setattr("game.app.venue.background_work.Worker", None)
    ahead = TargetsAhead(oval, spec)
    ahead.close()
    ahead.begin("slick")
    assert ahead.of("slick") is None
