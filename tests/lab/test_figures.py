"""The published figures, as the simulation gives them, at the published mass and on slicks."""

import numpy as np
import pytest
from pytest import approx

from game.compiled import Backend
from game.lab.courses import (
    MeasuredCar,
    MiddleOfTheRoad,
    drive_course,
    lateral_mps2,
    main_straight,
    proving_ground,
    world_at,
)
from game.lab.figures import measure_figures
from game.track.track import load_track
from game.units import G_MPS2
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures(spec):
    return measure_figures(spec, Setup(driver_aboard=False))


@pytest.mark.parametrize(
    ("name", "value", "tolerance"),
    [
        ("zero_to_50_kmh_s", 1.59, 0.05),
        ("zero_to_100_kmh_s", 3.40, 0.03),
        ("zero_to_200_kmh_s", 12.5, 0.4),
        ("top_speed_kmh", 220.0, 0.5),
        ("peak_acceleration_g", 0.91, 0.03),
        ("braking_100_0_m", 27.0, 2.0),
        ("braking_200_0_m", 97.0, 6.0),
        ("lateral_100_kmh_g", 1.45, 0.05),
        ("lateral_200_kmh_g", 1.59, 0.06),
        ("skid_pad_50_m_g", 1.42, 0.05),  # at some 95 km/h
        ("skid_pad_100_m_g", 1.51, 0.05),  # at some 138 km/h
        ("slalom_30_m_kmh", 67.0, 2.0),
    ],
)
def test_a_published_or_derived_figure_is_met(figures, name, value, tolerance):
    assert getattr(figures, name) == approx(value, abs=tolerance)


def test_a_driver_of_75_kg_costs_two_tenths_to_100_km_h(spec, figures):
    with_driver = measure_figures(spec, Setup(driver_aboard=True))
    loss_s = with_driver.zero_to_100_kmh_s - figures.zero_to_100_kmh_s
    assert loss_s == approx(0.197, abs=0.02)


def test_sport_tyres_corner_and_brake_less_and_launch_alike(spec, figures):
    sport = measure_figures(spec, Setup(driver_aboard=False, tyre="sport"))
    assert sport.lateral_100_kmh_g < figures.lateral_100_kmh_g - 0.1
    assert sport.skid_pad_50_m_g < figures.skid_pad_50_m_g - 0.1
    assert sport.skid_pad_100_m_g < figures.skid_pad_100_m_g - 0.1
    assert sport.slalom_30_m_kmh < figures.slalom_30_m_kmh
    assert sport.braking_100_0_m > figures.braking_100_0_m + 2.0
    assert sport.zero_to_100_kmh_s == approx(figures.zero_to_100_kmh_s, abs=0.05)


def test_the_straight_of_the_proving_ground_is_a_kilometre_and_leads_into_half_circles():
    track = proving_ground()
    straight = main_straight(track)
    assert straight.length_m == approx(1000.0)
    bends = np.abs(track.frames.curvature_1pm)
    assert bends[track.frames.index_at(straight.from_m + 500.0)] == 0.0
    first, last = track.corners[0], track.corners[-1]
    assert [1.0 / bends[track.frames.index_at(c.apex_m)] for c in (first, last)] == approx(
        [100, 50]
    )


def test_a_car_that_keeps_to_the_middle_goes_round_a_skid_pad_at_its_radius(spec, figures):
    pad = load_track("skid_pad_50")
    car = MeasuredCar(spec, Setup(yaw_control=0), Backend.COMPILED)
    world = world_at(car, pad, 0.0, 20.0)
    driver = MiddleOfTheRoad(pad, spec, 20.0, 0.0005)
    last = list(drive_course(world, driver.decide, 20.0, 8))[-240:]
    assert max(abs(now.offset_m) for now in last) < 0.05
    assert lateral_mps2(last[-1]) == approx(20.0**2 / 50.0, rel=0.02)
    assert figures.skid_pad_50_m_g > 20.0**2 / 50.0 / G_MPS2
