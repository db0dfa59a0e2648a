"""Crashes, walls and loose ground are measured in units that a tester uses."""

import math

import pytest
from pytest import approx

from game.units import mps
from game.validation.contacts import head_on, kept_at_wall, square_hit_peak_g
from game.validation.full_power import full_power, steady_power_w
from game.validation.off_track import freed_kmh, grass_braking_g, gravel_drag_g


def test_two_cars_keep_their_momentum_and_less_speed_the_faster_they_meet(car):
    crashes = [head_on(car(), mps(closing)) for closing in (30.0, 60.0, 120.0)]
    assert [crash.momentum_error for crash in crashes] == approx([0.0, 0.0, 0.0], abs=1e-9)
    shares = [crash.restitution for crash in crashes]
    assert shares == sorted(shares, reverse=True)
    assert -0.001 < shares[-1] < 0.02 < shares[0] < 0.3
    assert crashes[0].closing_mps == approx(mps(30.0), rel=0.05)


def test_a_wall_at_a_flat_angle_costs_what_goes_into_it_and_friction(car):
    kept = kept_at_wall(car(), 50.0, math.radians(10.0))
    assert 0.75 < kept < math.cos(math.radians(10.0)) ** 2


def test_the_faster_a_car_meets_a_wall_the_harder(car):
    slow, fast = (square_hit_peak_g(car(), mps(speed)) for speed in (60.0, 120.0))
    assert 5.0 < slow < fast < 200.0


def test_loose_ground_slows_a_car(car):
    assert 0.3 < grass_braking_g(car(), 22.0) < 0.5
    assert gravel_drag_g(car(), 20.0, 6.0) > gravel_drag_g(car(), 42.0, 40.0)
    assert freed_kmh(car()) < 12.0


def test_power_is_booked_from_the_pack_to_the_wheels(car):
    power = full_power(car())
    kw = [
        power.between(column, 80.0, 200.0) / 1e3
        for column in ("battery_w", "front_w", "rear_w", "wheels_w", "heat_w")
    ]
    battery, front, rear, wheels, heat = kw
    assert battery > front + rear > wheels > 0.9 * (front + rear)
    volts = power.between("open_v", 80.0, 200.0) * power.between("current_a", 80.0, 200.0) / 1e3
    assert volts == approx(battery + heat, rel=0.002)


@pytest.mark.parametrize("speed_kmh", [100.0, 200.0])
def test_a_steady_speed_takes_the_power_of_drag_and_rolling(car, spec, speed_kmh):
    speed_mps = mps(speed_kmh)
    air, aero = 0.5 * spec.aero.air_density_kgpm3 * speed_mps**2, spec.aero
    load_n = 1295.0 * 9.80665 + air * aero.downforce_area_m2
    drag_w = (air * aero.drag_area_m2 + 0.015 * load_n) * speed_mps
    shafts_w = steady_power_w(car(), speed_mps)
    assert shafts_w == approx(drag_w / spec.front_motor.gear_efficiency, rel=0.04)
