"""Grip that rehearsals took in vain is given back; what the car needs stays eased."""

import numpy as np
import pytest
from pytest import approx

from game.bot.plan import Plan
from game.bot.regained_grip import Rehearsed, with_grip_regained
from game.bot.rehearsal import LineDeparture, Rehearsal

FIRST = 0.985
STATIONS = 200
STATION_M = 3.0
FLAT = np.zeros(STATIONS)


def plan_with(grip):
    return Plan(
        station_m=STATION_M,
        offset_m=FLAT,
        x_m=FLAT,
        y_m=FLAT,
        heading_rad=FLAT,
        across_rad=FLAT,
        curvature_1pm=FLAT,
        grip=grip,
        speed_mps=40.0 * np.sqrt(grip),
        accel_mps2=FLAT,
        lap_time_s=15.0,
        charge_per_lap=0.05,
        quasi_steady_s=15.0,
    )


class Driver:
    """Runs 2 m wide where a plan asks for more than there is, at the end of a stretch."""

    def __init__(self, holds_at, at_most_one=False):
        self.holds_at = holds_at  # grip that there is, by station
        self.at_most_one = at_most_one  # stretch may have more than the first 0.9
        self.rehearsals = 0

    def __call__(self, grip):
        self.rehearsals += 1
        wide = [station for station, held in self.holds_at.items() if grip[station] > held]
        if self.at_most_one and sum(grip[station] > 0.9 for station in self.holds_at) > 1:
            wide = list(self.holds_at)
        departures = tuple(LineDeparture(STATION_M * station, 2.0) for station in wide)
        return Rehearsed(plan_with(grip), Rehearsal(departures, False, 0.05))


def eased(*stretches, to=0.73):
    grip = np.full(STATIONS, FIRST)
    for first, last in stretches:
        grip[np.arange(first, last) % STATIONS] = to
    return grip


@pytest.mark.parametrize("held", [0.75, 0.85, 0.93, 1.0])
def test_a_stretch_gets_back_all_that_it_holds_but_an_eighth_of_what_it_lost(held):
    driver = Driver({70: held})
    found = with_grip_regained(driver(eased((50, 80))), FIRST, driver).plan
    assert min(held, FIRST) - (FIRST - 0.73) / 8.0 - 1e-9 <= found.grip[50:80].min() <= held
    assert np.delete(found.grip, np.arange(50, 80)) == approx(FIRST)
    assert driver.rehearsals <= 1 + 3 + 1


def test_each_stretch_gets_back_what_it_holds_itself():
    driver = Driver({70: 0.73, 150: 1.0})
    found = with_grip_regained(driver(eased((50, 80), (130, 160))), FIRST, driver).plan
    assert found.grip[50:80] == approx(0.73)
    assert found.grip[130:160].min() > 0.95


def test_a_departure_belongs_to_the_stretch_before_it_also_across_the_start_of_the_lap():
    driver = Driver({5: 0.73, 90: 1.0})
    found = with_grip_regained(driver(eased((180, 210), (60, 100))), FIRST, driver).plan
    assert found.grip[180] == found.grip[5] == approx(0.73)
    assert found.grip[60:100].min() > 0.95


def test_stretches_that_hold_one_at_a_time_only_stay_within_what_was_driven():
    driver = Driver({70: 1.0, 150: 1.0}, at_most_one=True)
    found = with_grip_regained(driver(eased((50, 80), (130, 160))), FIRST, driver)
    assert found.rehearsal.is_clean
    assert sum(found.plan.grip[[70, 150]] > 0.9) <= 1


def test_a_little_easing_is_left_as_it_is_without_a_rehearsal():
    driver = Driver({70: 1.0})
    clean = driver(eased((50, 80), to=0.96))
    assert with_grip_regained(clean, FIRST, driver) is clean
    assert driver.rehearsals == 1
