"""Moments to look at: an example, and one in which every figure is as long as it may get."""

import dataclasses
from types import SimpleNamespace

import pytest

from game.app.drive import Best
from game.app.hud.example import example
from game.app.hud.seen import corner_near
from game.recording.laps import Excursion, Lap
from game.track.layout import Corner

LONG_NAME = 'Curva del Maestro Manuel "Champi" Herreros y Señora'
LONGEST_S = 599.999


@pytest.fixture(scope="session")
def seen(track, spec, setup):
    """An ordinary moment in which every instrument has something to show."""
    return example(track, spec, setup)


@pytest.fixture(scope="session")
def extreme(seen):
    """The longest figures there are."""
    corner = corner_near(seen.track, seen.now.s_m)
    long = Corner(88, LONG_NAME, "right", corner.turn_in_m, corner.apex_m, corner.exit_m)
    sectors_s = (288.888,) * 3
    laps = SimpleNamespace(
        laps=[Lap(99, LONGEST_S, sectors_s, True, 0.0, 0.0, 0.0, ())],
        sectors_s=list(sectors_s),
        excursions=[Excursion(seen.now.s_m, 188.8, 3.0)],
        missed_gate=0,
    )
    trace = SimpleNamespace(
        delta_s=-99.999,
        predicted_s=LONGEST_S,
        last_deltas_s=lambda count: [-9.0, 9.0] * (count // 2),
    )
    now = seen.now._replace(
        lap=100,
        lap_start_s=seen.time_s - LONGEST_S,
        velocity_forward_mps=-300.0 / 3.6,
        battery_power_w=-240_000.0,
        front_torque_nm=-320.0,
        rear_torque_nm=-320.0,
        front_power_w=-120_000.0,
        rear_power_w=-120_000.0,
        charge=1.0,
        battery_temperature_k=473.0,
        front_winding_k=473.0,
        rear_winding_k=473.0,
        accel_left_mps2=90.0,
    )
    return seen._replace(
        track=dataclasses.replace(seen.track, corners=(long,)),
        now=now,
        laps=laps,
        trace=trace,
        best=Best(LONGEST_S, sectors_s),
        best_before=Best(),
        reverse=True,
    )
