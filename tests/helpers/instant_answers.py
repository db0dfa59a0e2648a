"""Stand in for the processes of a what-if: they answer at once, and some die or hang.

Processes that load this load no pytest, which would take longer than all that they do.
"""

import os
import time

from game.tuning.measurement import Balance, Measurement, Prediction

DEADLY, ENDLESS = 0.13, 0.17  # shares of the torque that kill a process or hang it


def answer_at_once(_link, *_car_and_track):
    """Return what a process does here instead of driving; some tasks kill or hang it."""

    def measure(setup):
        if setup.front_torque_share == DEADLY:
            os._exit(3)
        if setup.front_torque_share == ENDLESS:
            time.sleep(1000.0)
        return Measurement(laps_s=(setup.front_torque_share,))

    return measure


def predict_at_once(link, *car_and_track):
    """Answer at once in place of the process that predicts."""
    measure = answer_at_once(link, *car_and_track)

    def predict(setup):
        measure(setup)
        return Prediction(setup.front_torque_share, 1.0, 0.1, Balance(0.0, 0.0, 0.0))

    return predict


def dies_at_once(link, *_car_and_track):
    """End instead of getting ready."""
    link.exit("it died", 1)


def gets_ready(link, *_car_and_track):
    """Report how far it has come before it measures anything."""
    link.report(0.25)

    def measure(setup):
        if setup.front_torque_share == ENDLESS:
            time.sleep(1000.0)
        return Measurement(laps_s=(setup.front_torque_share,))

    return measure
