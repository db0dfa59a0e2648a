"""Planned speeds in a wind: grip and drag by the air's speed, power by the wheels'."""

import numpy as np
import pytest
from pytest import approx

from game.bot.corridor import corridor, line_at
from game.quasi_steady import speed_profile
from game.quasi_steady.ggv_limits import ggv_limits, lateral_limit, longitudinal_limit
from game.quasi_steady.head_wind import WindLimits, car_head_wind, head_wind
from game.quasi_steady.hilly_road import hilly_road, no_slopes
from game.quasi_steady.racing_line import line_through
from game.quasi_steady.speed_passes import (
    BRAKE,
    DRIVE,
    LapTables,
    acceleration_at,
    cornering_at,
    cornering_speed,
)
from game.quasi_steady.speed_profile import SpeedPlanner, SpeedProfile
from game.quasi_steady.split_planner import SharesAlong, split_planner, split_profiles
from game.quasi_steady.steady_lap import steady_lap
from game.quasi_steady.track_conditions import TrackConditions, track_conditions
from game.simulation.split_table import resolve
from game.track.track import load_track
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.split_map import SplitMap
from game.weather.weather import Weather

CONDITIONS = TrackConditions(grip=1.0, rolling_resistance=0.015, charge_w=120e3, charge=0.9)
WIDTH_M = 1.942
STRAIGHT_FROM_DEG = 55.345  # a wind from there meets cars on the main straight of Ricardo Tormo


def middle_line(track):
    way = corridor(track, WIDTH_M)
    return line_at(way, np.zeros(len(way.s_m)))


@pytest.fixture(scope="module")
def line(ricardo_tormo):
    return middle_line(ricardo_tormo)


@pytest.fixture(scope="module")
def car(spec):
    return make_car(spec, Setup())


@pytest.fixture(scope="module")
def by_wind(car):
    """The limits that planners have for a wind of 10 m/s."""
    return tuple(
        ggv_limits(car, CONDITIONS._replace(head_mps=head_mps)) for head_mps in (-10.0, 0.0, 10.0)
    )


@pytest.fixture(scope="module")
def planned(spec, ricardo_tormo, line):
    """Profiles of a line: `planned(10.0, 90.0, front_torque_share=0.4)`."""

    def plan(wind_mps, from_deg, **changes):
        setup = Setup(**changes)
        weather = Weather(wind_mps=wind_mps, wind_from_deg=from_deg)
        car = make_car(in_weather(spec, weather), setup)
        table = resolve(setup.split_map, setup, ricardo_tormo)
        conditions = track_conditions(ricardo_tormo, car, setup)
        return split_planner(car, conditions, table, hilly_road(ricardo_tormo)).profile(line)

    return plan


def station(curvature_1pm, head_mps):
    """The tables of a lap of one station, in a wind of up to 10 m/s."""
    return LapTables(
        *([curvature_1pm], [1.0], [1.0], [0], [0.0], [0], [0.0], [0.0], [0], [0.0], [0.0], [0.0]),
        wind_limits=[1 if head_mps > 0.0 else 0],
        wind_next=[head_mps / 10.0 % 1.0],
        hilly=0,
        slopes=no_slopes(),
    )


@pytest.mark.parametrize("head_mps", [5.0, -5.0])
def test_between_its_limits_they_are_as_worked_out_for_that_wind(car, by_wind, head_mps):
    exact = ggv_limits(car, CONDITIONS._replace(head_mps=head_mps))
    for radius_m in (15.0, 40.0, 100.0, 180.0):
        speed_mps = cornering_at(by_wind, station(1.0 / radius_m, head_mps), 0, 0.0)
        assert speed_mps == approx(cornering_speed(exact, 1.0 / radius_m), rel=2e-3)
    for speed_mps in (15.0, 30.0, 45.0, 55.0):
        one = station(0.0, head_mps)
        for limit, table in ((DRIVE, exact.drive_mps2), (BRAKE, exact.brake_mps2)):
            found = acceleration_at(by_wind, one, limit, 0, speed_mps, 0.0)
            assert found == approx(longitudinal_limit(exact, table, speed_mps, 0.0), abs=0.1)


def test_against_the_wind_a_car_corners_and_brakes_harder_and_drives_less(by_wind):
    tail, calm, head = by_wind
    assert lateral_limit(tail, 45.0) < lateral_limit(calm, 45.0) < lateral_limit(head, 45.0)
    for name, sign in (("brake_mps2", 1.0), ("drive_mps2", -1.0)):
        at = [sign * longitudinal_limit(each, getattr(each, name), 50.0, 0.0) for each in by_wind]
        assert at[0] < at[1] < at[2]


def test_drag_in_the_wind_is_taken_from_the_drive(car, by_wind):
    moving_kg = car.mass_kg + car.wheels_inertia_kgm2 / car.wheel.radius_m**2
    calm, head = (longitudinal_limit(each, each.drive_mps2, 50.0, 0.0) for each in by_wind[1:])
    assert calm - head == approx(car.aero.drag_kgpm * (60.0**2 - 50.0**2) / moving_kg, rel=0.05)


def test_a_wind_blows_as_much_against_a_lap_as_with_it(line):
    head_mps = head_wind(6.0, -8.0, line)
    assert np.abs(head_mps).max() == approx(10.0, abs=0.05)
    assert (head_mps * line.spacing_m).sum() / line.length_m == approx(0.0, abs=0.02)


def test_a_head_wind_one_way_is_a_tail_wind_on_the_circuit_reversed(line):
    back = middle_line(load_track("ricardo_tormo+reverse"))
    head_mps, back_mps = head_wind(0.0, 10.0, line), head_wind(0.0, 10.0, back)
    for number in range(0, len(line.s_m), 97):
        same = np.hypot(back.x_m - line.x_m[number], back.y_m - line.y_m[number]).argmin()
        assert back_mps[same] == approx(-head_mps[number], abs=0.6)


def onto_top_speed(speed_mps):
    """The stations from the last corner to the lap's top speed, which is before the first one."""
    top = int(speed_mps.argmax())
    first = top
    while speed_mps[first - 1] < speed_mps[first]:
        first -= 1
    return np.arange(first, top)


def test_a_wind_against_the_main_straight_takes_there_what_its_drag_does(car, line, planned):
    calm, head = planned(0.0, 0.0), planned(10.0, STRAIGHT_FROM_DEG)
    straight = onto_top_speed(calm.speed_mps)
    head_mps = head_wind(*against_the_straight(10.0), line)[straight]
    assert head_mps.min() > 9.5
    moving_kg = car.mass_kg + car.wheels_inertia_kgm2 / car.wheel.radius_m**2
    calm_mps, slower_mps = calm.speed_mps[straight], head.speed_mps[straight]
    gained_j = [0.5 * moving_kg * (each[-1] ** 2 - each[0] ** 2) for each in (calm_mps, slower_mps)]
    more_drag_n = car.aero.drag_kgpm * ((slower_mps + head_mps) ** 2 - calm_mps**2)
    more_drag_j = (more_drag_n * line.spacing_m[straight]).sum()
    # At full power motors push a slower car harder, which gives back a part of it.
    assert 0.4 * more_drag_j < gained_j[0] - gained_j[1] < 0.7 * more_drag_j


def test_a_lap_loses_less_than_its_main_straight_in_a_wind_against_that(line, planned):
    calm = planned(0.0, 0.0)
    head, tail = planned(10.0, STRAIGHT_FROM_DEG), planned(10.0, STRAIGHT_FROM_DEG + 180.0)
    lost_s = line.spacing_m * (1.0 / head.speed_mps - 1.0 / calm.speed_mps)
    head_mps = head_wind(*against_the_straight(10.0), line)
    on_straight_s = lost_s[onto_top_speed(calm.speed_mps)].sum()
    # It helps on the way back, and corners against it are faster.
    assert lost_s[head_mps < -5.0].sum() < 0.0
    assert 0.25 * on_straight_s < head.lap_time_s - calm.lap_time_s < 0.75 * on_straight_s
    assert abs(tail.lap_time_s - calm.lap_time_s) < 0.25 * on_straight_s
    assert tail.speed_mps.max() > calm.speed_mps.max()


def against_the_straight(wind_mps):
    """The wind, east and north, that meets cars on the main straight."""
    from_rad = np.radians(STRAIGHT_FROM_DEG)
    return -wind_mps * np.sin(from_rad), -wind_mps * np.cos(from_rad)


def test_a_faint_wind_changes_a_plan_faintly(planned):
    calm, faint = planned(0.0, 0.0), planned(0.01, 200.0)
    assert faint.lap_time_s != calm.lap_time_s
    assert faint.lap_time_s == approx(calm.lap_time_s, abs=0.005)


@pytest.mark.slow
def test_a_split_map_is_predicted_in_a_wind_as_it_is_planned(spec, ricardo_tormo, line, planned):
    split_map = SplitMap(braking=0.7, entry=0.2, middle=0.6, exit=0.3)
    setup = Setup(split_map=split_map)
    car = make_car(in_weather(spec, Weather(wind_mps=8.0, wind_from_deg=90.0)), setup)
    (profile,) = split_profiles(
        car,
        track_conditions(ricardo_tormo, car, setup),
        line,
        [np.ones(len(line.s_m))],
        resolve(split_map, setup, ricardo_tormo),
        hilly_road(ricardo_tormo),
    )
    assert profile.lap_time_s == approx(
        planned(8.0, 90.0, split_map=split_map).lap_time_s, abs=0.03
    )


def test_speeds_and_slopes_in_a_wind_are_the_same_bits_in_plain_python(by_wind, line, monkeypatch):
    def planner():
        return SpeedPlanner(by_wind[1], wind=WindLimits(6.0, -8.0, by_wind[0], by_wind[2]))

    machine = planner()
    monkeypatch.setattr(speed_profile, "uses_machine_code", lambda: False)
    plain = planner()
    assert (plain.profile(line).speed_mps == machine.profile(line).speed_mps).all()
    slopes = plain.gradient(line).by_curvature_sm, machine.gradient(line).by_curvature_sm
    assert (slopes[0] == slopes[1]).all()


def test_power_of_a_steady_drive_grows_by_the_drag_of_the_wind(spec):
    stations, radius_m, speed_mps = 200, 2000.0, 40.0
    angle_rad = np.arange(stations) * 2.0 * np.pi / stations
    none = np.zeros(stations)
    circle = line_through(
        radius_m * angle_rad, none, radius_m * np.cos(angle_rad), radius_m * np.sin(angle_rad), none
    )
    powers = []
    for wind_mps in (0.0, 10.0):
        car = make_car(in_weather(spec, Weather(wind_mps=wind_mps, wind_from_deg=0.0)), Setup())
        shares = SharesAlong(np.full(stations, 0.5), np.full(stations, 0.5))
        profile = SpeedProfile(np.full(stations, speed_mps), none, 0.0)
        powers.append(steady_lap(car, CONDITIONS, circle, profile, shares).power_w)
    calm_w, windy_w = powers
    head_mps = car_head_wind(car, circle)
    more_w = car.aero.drag_kgpm * ((speed_mps + head_mps) ** 2 - speed_mps**2) * speed_mps
    against = head_mps > 5.0
    # From the battery it is more by what motors and gears take on the way.
    assert np.all((windy_w - calm_w)[against] > more_w[against])
    assert np.all((windy_w - calm_w)[against] < 1.25 * more_w[against])
