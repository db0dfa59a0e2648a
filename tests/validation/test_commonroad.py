"""CommonRoad's cars with our numbers do what their equations say, where they are installed."""

import math

import numpy as np
import pytest
from pytest import approx

from game.units import mps
from game.validation import commonroad
from game.validation.commonroad import answers_beside, is_installed
from game.validation.report import NO_PEERS, peer_data, peer_rows


@pytest.fixture(scope="module")
def answers(cars):
    pytest.importorskip("vehiclemodels")
    return {answer.name: answer for answer in answers_beside(cars.car({}, {}))}


def test_a_missing_package_is_told_in_one_line_with_the_remedy(monkeypatch):
    monkeypatch.setattr(commonroad, "_MODULE", "a_package_that_nobody_has")
    assert not is_installed()
    assert "pip install 'leaf-rc[peers]'" in NO_PEERS
    assert "\n" not in NO_PEERS


def test_a_car_that_rolls_on_a_circle_is_integrated_along_it():
    def derivative(state, inputs):
        _, _, heading_rad, speed_mps, turned_rad = state
        yaw = speed_mps * turned_rad / 2.0
        course = (speed_mps * math.cos(heading_rad), speed_mps * math.sin(heading_rad))
        return [*course, yaw, inputs[1], inputs[0]]

    def motion(state):
        x_m, y_m, heading_rad, speed_mps, turned_rad = state
        return x_m, y_m, heading_rad, speed_mps, 0.0, speed_mps * turned_rad / 2.0, turned_rad

    def peer(turned_rad):
        start = [0.0, 0.0, 0.0]
        return commonroad._PeerCar(
            "rolling", lambda speed: [*start, speed, turned_rad], derivative, motion, 2.0, 10.0
        )

    log = peer(0.1).drive(10.0, lambda *_: (0.1, 0.0), 2.0)
    assert np.hypot(log.x_m, log.y_m - 20.0) == approx(20.0, abs=1e-6)
    assert peer(0.0).steering_for(10.0, 4.0) == approx(4.0 * 2.0 / 100.0, rel=0.01)


def test_the_single_track_car_is_neutral_with_equal_tyres_in_front_and_behind(answers, spec):
    gain_1ps = mps(100.0) / spec.chassis.wheelbase_m
    assert answers["single-track"].step.yaw_gain_1ps == approx(gain_1ps, rel=0.01)


def test_our_car_turns_as_much_as_theirs(answers):
    ours, theirs = answers["ours"].step, answers["multi-body"].step
    assert ours.lateral_mps2 == approx(theirs.lateral_mps2, rel=0.03)
    assert ours.yaw_gain_1ps == approx(theirs.yaw_gain_1ps, rel=0.25)


def test_every_car_is_in_the_table_with_all_figures(answers):
    rows = peer_rows(list(answers.values()))
    assert rows[0] == ("", "ours", "single-track", "multi-body")
    assert all(len(row) == 4 for row in rows)
    assert peer_data(answers["ours"])["car"] == "ours"
