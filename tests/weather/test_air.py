"""The density of air is that of published tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.weather.air import air_density, saturation_pressure_pa
from game.weather.weather import CLEAR_NOON

temperatures = st.floats(243.15, 323.15)


@pytest.mark.parametrize(
    ("celsius", "pressure_pa", "humidity", "density_kgpm3"),
    [
        (15.0, 101325.0, 0.0, 1.2250),  # ISO 2533, sea level
        (8.5, 89874.6, 0.0, 1.1116),  # ISO 2533, 1,000 m
        (20.0, 101325.0, 0.5, 1.1992),  # CIPM-2007 (Picard et al., Metrologia 45, 2008)
    ],
)
def test_density_is_that_of_the_tables_within_a_thousandth(
    celsius, pressure_pa, humidity, density_kgpm3
):
    assert air_density(celsius + 273.15, pressure_pa, humidity) == approx(density_kgpm3, rel=1e-3)


@pytest.mark.parametrize(("celsius", "pascals"), [(0.0, 611.2), (20.0, 2339.0), (40.0, 7384.0)])
def test_saturated_vapour_has_the_pressure_of_the_steam_table(celsius, pascals):
    assert saturation_pressure_pa(celsius + 273.15) == approx(pascals, rel=2e-3)


@given(temperatures, st.floats(8e4, 1.1e5), st.floats(0.0, 0.9))
def test_warm_air_thin_air_and_humid_air_are_lighter(temperature_k, pressure_pa, humidity):
    here = air_density(temperature_k, pressure_pa, humidity)
    assert air_density(temperature_k + 5.0, pressure_pa, humidity) < here
    assert air_density(temperature_k, pressure_pa - 500.0, humidity) < here
    assert air_density(temperature_k, pressure_pa, humidity + 0.1) < here


def test_a_clear_noon_has_the_density_that_the_shipped_car_was_measured_in(spec):
    assert CLEAR_NOON.air_density_kgpm3 == approx(spec.aero.air_density_kgpm3, rel=1e-5)
