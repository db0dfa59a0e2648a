"""A lap over a cap on energy does not count for whoever listens through the cap."""

from types import SimpleNamespace

import pytest

from game.app.driving.energy_cap import CountingListener, within_cap
from game.recording.lap_recorder import Lap
from game.simulation.events import LapDone, LapStarted
from game.units import kwh

KWH = 3.6e6


def lap(net_kwh):
    return Lap(1, 40.0, (40.0,), True, (net_kwh + 0.5) * KWH, 0.5 * KWH, 50.0, ())


class Recorder:
    def __init__(self):
        self.events = []

    def on_step(self, step):
        self.events += step.events


class Step(SimpleNamespace):
    def _replace(self, **changes):
        return Step(**{**vars(self), **changes})


@pytest.mark.parametrize(("net_kwh", "counts"), [(0.9, True), (1.0, True), (1.1, False)])
def test_only_the_own_lap_over_the_cap_is_passed_on_as_one_that_does_not_count(net_kwh, counts):
    recorder = Recorder()
    listener = CountingListener(recorder, 1, lambda: within_cap(kwh(lap(net_kwh).net_j), 1.0))
    started = LapStarted(1, 9600, 40.0, 2)
    events = (LapDone(0, 9600, 40.0, True), LapDone(1, 9600, 40.0, True), started)
    listener.on_step(Step(events=events))
    assert recorder.events == [events[0], LapDone(1, 9600, 40.0, counts), started]


def test_without_a_cap_all_laps_are_within_it():
    assert within_cap(9.0, 0.0)
    assert not within_cap(9.0, 8.9)
