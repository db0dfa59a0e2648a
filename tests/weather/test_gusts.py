"""Gusts come from a seed, and their strength and length are those that the file asks for."""

import math
import statistics
from itertools import pairwise

from pytest import approx

from game.weather.tables import gust_at, weather_now, weather_tables
from game.weather.weather import Weather

GUSTY = Weather(wind_mps=5.0, wind_from_deg=270.0, gust_mps=1.5, gust_length_m=23.0)
SECONDS = 512.0  # the period


def test_equal_seeds_give_equal_gusts_and_others_others():
    assert weather_tables(GUSTY) == weather_tables(GUSTY)
    other = Weather(wind_mps=5.0, wind_from_deg=270.0, gust_mps=1.5, gust_seed=2)
    assert weather_tables(other).gusts != weather_tables(GUSTY).gusts


def test_the_wind_has_the_mean_and_the_deviation_of_its_file():
    tables = weather_tables(GUSTY)
    winds = [weather_now(tables, 0.125 * number) for number in range(4096)]
    along, across = [wind.wind_x_mps for wind in winds], [wind.wind_y_mps for wind in winds]
    assert statistics.mean(along) == approx(5.0, abs=0.3)
    assert statistics.mean(across) == approx(0.0, abs=0.3)
    assert statistics.pstdev(along) == approx(1.5, rel=0.1)
    assert statistics.pstdev(across) == approx(1.5, rel=0.1)


def test_a_gust_has_faded_to_a_third_when_a_car_has_passed_its_length():
    gusts = [gust.x for gust in weather_tables(GUSTY).gusts]
    passed = round(23.0 / 35.0 / 0.125)
    both = zip(gusts, gusts[passed:], strict=False)
    correlation = statistics.mean(here * there for here, there in both)
    assert correlation / statistics.pvariance(gusts) == approx(math.exp(-1.0), abs=0.12)


def test_the_wind_never_jumps_not_even_where_the_series_repeats():
    tables = weather_tables(GUSTY)
    for begin_s in (0.0, SECONDS - 1.0):
        winds = [gust_at(tables, begin_s + tick / 240.0).x for tick in range(480)]
        steps = [abs(after - before) for before, after in pairwise(winds)]
        assert max(steps) < 0.1
    assert gust_at(tables, 3.0) == gust_at(tables, 3.0 + SECONDS)
