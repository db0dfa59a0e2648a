"""Planned grip where rubber lacks: a compound's share of it, all of it on a rubbered line."""

import numpy as np
import pytest
from pytest import approx

from game.bot.corridor import corridor, line_at
from game.quasi_steady.ggv_limits import ggv_limits, lateral_limit
from game.quasi_steady.track_conditions import ground_grip, track_conditions
from game.quasi_steady.wet_line import wet_line
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.weather.weather import CLEAR_NOON, Weather


@pytest.fixture(scope="module")
def under(spec, ricardo_tormo):
    """A car and its conditions in a weather: `under(Weather(rubber=0.5))`."""

    def made(weather, **setup):
        chosen = Setup(**setup)
        car = make_car(in_weather(spec, weather), chosen)
        return car, track_conditions(ricardo_tormo, car, chosen)

    return made


@pytest.mark.parametrize("tyre", ["slick", "sport", "wet"])
def test_grip_falls_evenly_with_the_rubber_that_lacks_on_the_line(under, spec, tyre):
    noon = ground_grip(*under(CLEAR_NOON, tyre=tyre), 30.0)
    green, half, full = (
        ground_grip(*under(Weather(rubber=rubber), tyre=tyre), 30.0) for rubber in (0.0, 0.5, 1.0)
    )
    assert full == noon
    assert green / noon == approx(spec.tyres[tyre].green_grip)
    assert half == approx(0.5 * (green + full))


def test_a_green_road_lowers_the_limit_as_less_grip_does(under, spec):
    car, green = under(Weather(rubber=0.0))
    _, noon = under(CLEAR_NOON)
    less = noon._replace(grip=spec.tyres["slick"].green_grip * noon.grip)
    usual = make_car(spec, Setup())
    lowered, wanted = ggv_limits(car, green), ggv_limits(usual, less)
    assert lateral_limit(lowered, 30.0) == approx(lateral_limit(wanted, 30.0))


def test_a_line_beside_the_rubbered_one_has_the_grip_of_a_green_road(under, spec, ricardo_tormo):
    weather = Weather(rubber=1.0)
    car, conditions = under(weather)
    known = wet_line(ricardo_tormo, car, conditions, weather)
    way = corridor(ricardo_tormo, spec.chassis.width_m)
    places = ricardo_tormo.wet_places
    driven_m = np.interp(
        way.s_m,
        np.arange(len(places)) * ricardo_tormo.length_m / len(places),
        [place.line_m for place in places],
        period=ricardo_tormo.length_m,
    )
    on_line = known.along(line_at(way, driven_m)).share
    assert on_line == approx(np.ones(len(way.s_m)), abs=1e-3)
    aside_m = np.where(driven_m > 0.0, driven_m - 6.0, driven_m + 6.0)
    beside = known.along(line_at(way, aside_m)).share
    assert beside == approx(np.full(len(way.s_m), spec.tyres["slick"].green_grip), abs=1e-3)


def test_nothing_is_looked_up_where_nothing_is_said_of_rubber(under, ricardo_tormo):
    assert wet_line(ricardo_tormo, *under(CLEAR_NOON), CLEAR_NOON) is None
