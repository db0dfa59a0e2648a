"""Predicts at once what a setup does: a quasi-steady lap on the rig's line."""

from __future__ import annotations

from game.drivers.planning import make_plan
from game.tuning.measurement import Balance, Prediction
from game.tuning.rig import Rig
from game.vehicle.setup import Setup


def predict_setup(rig: Rig, setup: Setup) -> Prediction:
    """The lap that the car's own grip limits allow on the rig's line."""
    plan = make_plan(rig.track, rig.spec, setup)
    return Prediction(plan.limit_s, 0.0, 0.0, Balance(0.0, 0.0, 0.0))
