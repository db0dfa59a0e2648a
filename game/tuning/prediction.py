"""Predict at once what a setup does: a quasi-steady lap on the baseline's line."""

from __future__ import annotations

import numpy as np

from game.compiled import is_cached
from game.quasi_steady.ggv_limits import fill_limits
from game.quasi_steady.hilly_road import hilly_road
from game.quasi_steady.speed_passes import run_passes
from game.quasi_steady.split_planner import shares_along, split_profiles
from game.quasi_steady.steady_lap import fill_lap, steady_lap
from game.quasi_steady.track_conditions import track_conditions
from game.quasi_steady.wet_line import wet_line
from game.simulation.split_table import resolve
from game.tuning.balance import AxleSlip, balance
from game.tuning.baseline import Baseline
from game.tuning.measurement import Prediction
from game.units import kwh
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup


def predicts_at_once() -> bool:
    """Return whether the machine code of predictions is on disk; without it one takes a second."""
    return all(map(is_cached, (fill_limits, run_passes, fill_lap)))


def predict_setup(baseline: Baseline, setup: Setup) -> Prediction:
    """Return the lap that the car's own grip limits allow on the baseline's line."""
    car = make_car(baseline.spec, setup)
    conditions = track_conditions(baseline.track, car, setup)
    splits = resolve(setup.split_map, setup, baseline.track)
    shares = shares_along(splits, baseline.line.s_m)
    road = hilly_road(baseline.track)
    wet = wet_line(baseline.track, car, conditions, baseline.spec.weather)
    grips = [baseline.plan.grip]
    (profile,) = split_profiles(car, conditions, baseline.line, grips, splits, road, wet)
    lap = steady_lap(car, conditions, baseline.line, profile, shares, road)
    energy_j = lap.power_w * lap.duration_s
    return Prediction(
        lap_time_s=profile.lap_time_s,
        drawn_kwh=kwh(float(np.maximum(energy_j, 0.0).sum())),
        regained_kwh=kwh(float(np.maximum(-energy_j, 0.0).sum())),
        balance=balance(
            lap.duration_s,
            lap.forward_mps2,
            lap.lateral_mps2,
            AxleSlip(lap.front_slip_tangent, lap.front_normalised_slip),
            AxleSlip(lap.rear_slip_tangent, lap.rear_normalised_slip),
            car.tyre.peak_slip_tangent,
        ),
    )
