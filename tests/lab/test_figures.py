"""The published figures, as the simulation gives them, at the published mass and on slicks."""

import pytest
from pytest import approx

from game.lab.figures import measure_figures
from game.vehicle.setup import Setup


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
    assert sport.braking_100_0_m > figures.braking_100_0_m + 2.0
    assert sport.zero_to_100_kmh_s == approx(figures.zero_to_100_kmh_s, abs=0.05)
