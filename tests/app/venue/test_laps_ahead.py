"""Laps that the bot drives beside the game: one that fails does not spoil those of others."""

import pytest
from here_worker import HereWorker

from game.app.venue import bot_lap_ahead, reference_ahead
from game.app.venue.bot_lap_ahead import BotLapAhead, PacedLapWanted
from game.app.venue.reference_ahead import ReferenceAhead
from game.errors import InputError


@pytest.fixture
def workers(monkeypatch):
    """The class of the workers, which counts them."""

    class CountedWorker(HereWorker):
        started = 0
        ended = 0

    monkeypatch.setattr("game.app.venue.background_work.Worker", CountedWorker)
    return CountedWorker


@pytest.fixture
def driven(monkeypatch):
    """The starts from which the bot drove; it cannot from those that are called bad."""
    starts = []

    def drive(_track, start, *_):
        starts.append(start)
        if start == "bad":
            raise InputError("no valid lap")
        return {1: start}

    monkeypatch.setattr(reference_ahead, "reference_laps", drive)
    return starts


def test_after_laps_that_failed_those_from_another_start_are_driven(oval, workers, driven):
    ahead = ReferenceAhead(oval)
    for start in ("bad", "good", "bad"):
        ahead.find_start = lambda start=start: start
        for _ in range(4):
            ahead.begin()
            ahead.poll()
        assert ahead.laps == ({1: "good"} if start == "good" else {})
        assert not ahead.is_driving
    assert driven == ["bad", "good"]
    assert "no valid lap" in ahead.error
    assert workers.started == workers.ended == 2


def test_after_a_paced_lap_that_failed_that_of_another_setup_is_driven(
    oval, spec, setup, workers, monkeypatch
):
    bad, good = PacedLapWanted(setup, 0.5), PacedLapWanted(setup, 0.9)
    driven = []

    def drive(_track, _spec, _setup, pace):
        driven.append(pace)
        if pace == bad.pace:
            raise InputError("it stands still")

    monkeypatch.setattr(bot_lap_ahead, "drive_paced_lap", drive)
    ahead = BotLapAhead(oval, spec)
    for wanted in (bad, good, bad):
        for _ in range(3):
            ahead.begin(wanted)
            ahead.poll()
    assert driven == [bad.pace, good.pace]
    assert "it stands still" in ahead.error
    assert workers.started == workers.ended == 2
