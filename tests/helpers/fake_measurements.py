"""Answers of a what-if that nobody has to drive for: smooth in the front share, best at 0.4."""

import numpy as np

from game.app.setup.model.what_if import WhatIf
from game.tuning.measurement import (
    Balance,
    CornerPass,
    Ledger,
    Measurement,
    Prediction,
    Trace,
)

BEST = 0.4


def measured_lap(track, setup):
    """Return laps with a setup."""
    share = setup.front_torque_share
    time_s = 102.0 + 3.0 * (share - BEST) ** 2
    along = np.linspace(0.0, 1.0, 200)
    speed = 40.0 + 20.0 * np.sin(12.0 * along) + 5.0 * (share - BEST) * np.sin(40.0 * along)
    corners = tuple(
        CornerPass(corner.number, 44.4, 22.2, 33.3 + share, 12.345 + 0.1 * share, ledger(0.07))
        for corner in track.corners
    )
    return Measurement(
        laps_s=(time_s, time_s + 0.002),
        sectors_s=(30.0 + share, 40.0 - share, time_s - 70.0),
        ledger=ledger(1.0 - 0.1 * share),
        balance=Balance(0.8 * (share - 0.3), 0.3 + 0.3 * share, 0.5 - 0.3 * share),
        corners=corners,
        trace=Trace(track.length_m / 199, tuple((time_s * along).tolist()), tuple(speed.tolist())),
    )


def predicted_lap(track, setup):
    """Return a prediction that promises 0.4 s too much."""
    known = measured_lap(track, setup)
    return Prediction(
        known.lap_time_s - 0.4, known.ledger.drawn_kwh, known.ledger.regained_kwh, known.balance
    )


def ledger(times):
    """Return where energy goes, so many times that of a lap."""
    parts = (4.82, 0.54, 0.31, 0.42, 0.16, 0.21, 0.72, 0.62, 1.84)
    return Ledger(*(round(times * part, 4) for part in parts))


def answer(garage):
    """Return answers to all that is wanted, at once."""
    what_if = garage.workbench.what_if
    for work, known, say in (
        ("predict", what_if.predictions, predicted_lap),
        ("measure", what_if.measurements, measured_lap),
    ):
        for setup in what_if.requested(work):
            known[setup] = say(garage.track, setup)
    what_if.answers += 1


def answer_at_once(monkeypatch, track):
    """Answer whatever a setup page asks for without driving for it."""

    def request(what_if, measured, predicted=()):
        what_if.measurements |= {each: measured_lap(track, each) for each in measured}
        what_if.predictions |= {each: predicted_lap(track, each) for each in predicted}
        what_if.answers += 1

    monkeypatch.setattr(WhatIf, "open", lambda _: None)
    monkeypatch.setattr(WhatIf, "request", request)
