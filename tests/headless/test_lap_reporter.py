"""A lap that is reported is in the results and in the file, or in neither."""

import signal
from types import SimpleNamespace

import pytest

from game.cli.lap_reporter import LapReporter
from game.headless.fleet import StintLapDone
from game.headless.stint import Conditions, Entrant, Stint
from game.recording.lap_recorder import Lap
from game.vehicle.setup import Setup


def test_ctrl_c_while_a_lap_is_reported_takes_effect_once_it_is_whole(ricardo_tormo, spec):
    lines = []

    def write(line):
        signal.raise_signal(signal.SIGINT)
        lines.append(line)

    bar = SimpleNamespace(show=lambda *_: None, print_line=lines.append)
    entrant = Entrant("reference", Setup(), "", SimpleNamespace(quasi_steady_s=100.0))
    reporter = LapReporter(
        Conditions(ricardo_tormo, spec), [entrant], SimpleNamespace(write=write), bar
    )
    lap = Lap(1, 100.0, (100.0,), True, 3.6e6, 0.0, 50.0, ())
    with pytest.raises(KeyboardInterrupt):
        reporter.on_event(StintLapDone(Stint(0, 1, 1, 1), lap))
    assert [done.lap for done in reporter.results[0].laps] == [lap]
    assert [line["time_s"] for line in lines] == [100.0]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
