"""An optimal lap of a circle is known: at its inner edge, at the tyres' limit, at one speed."""

import math

import numpy as np
import pytest
from pytest import approx

pytest.importorskip("casadi")


from game.bot.corridor import corridor, line_at
from game.bot.speed_plan import speed_planner
from game.optimum import optimal_lap as module
from game.optimum.kept_laps import kept_lap
from game.optimum.optimal_lap import NotConvergedError, optimal_lap
from game.units import G_MPS2
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import in_weather
from game.weather.weather import load_weather

MESH_M = 15.0


@pytest.fixture(scope="module")
def steps():
    return []


@pytest.fixture(scope="module")
def lap(circle, spec, setup, plan_of_circle, steps):
    def on_progress(*step):
        steps.append(step)

    return optimal_lap(circle, spec, setup, plan_of_circle, MESH_M, on_progress=on_progress)


@pytest.mark.slow
def test_the_inner_edge_is_fastest_at_the_speed_of_the_skid_pad(circle, spec, lap):
    inner_m = corridor(circle, spec.chassis.width_m).left_m.min()
    assert lap.trajectory.row("offset_m") == approx(inner_m, abs=0.02)
    radius_m = 50.0 - inner_m
    speed_mps = math.tau * radius_m / lap.lap_time_s
    assert lap.trajectory.row("forward_mps") == approx(speed_mps, rel=0.01)
    # The tick holds 1.41 g at 50 m of radius, at more downforce.
    assert speed_mps**2 / radius_m / G_MPS2 == approx(1.39, abs=0.03)


def test_a_quasi_steady_lap_of_the_circle_takes_as_long_as_the_optimum(circle, spec, setup, lap):
    way = corridor(circle, spec.chassis.width_m)
    inside = line_at(way, np.full(len(way.s_m), way.left_m.min()))
    profile = speed_planner(circle, spec, on_frozen_tyres(setup)).profile(inside)
    assert profile.lap_time_s == approx(lap.lap_time_s, rel=0.004)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("weather", "tyre", "times"), [("rain", "wet", 1.04), ("green_road", "slick", 1.015)]
)
def test_in_rain_and_on_a_green_road_it_takes_as_long_as_a_quasi_steady_lap_of_the_inner_edge(
    circle, spec, plan_of_circle, weather, tyre, times
):
    there = in_weather(spec, load_weather(weather))
    setup = Setup(tyre=tyre, tyre_state="frozen")
    lap = optimal_lap(circle, there, setup, plan_of_circle, MESH_M)
    way = corridor(circle, spec.chassis.width_m, 0.0)
    inside = line_at(way, np.full(len(way.s_m), way.left_m.min()))
    profile = speed_planner(circle, there, setup).profile(inside)
    assert profile.lap_time_s == approx(lap.lap_time_s, rel=0.004)
    noon_s = speed_planner(circle, spec, setup).profile(inside).lap_time_s
    assert profile.lap_time_s > times * noon_s


def test_times_add_up_to_the_lap(lap):
    assert lap.time_s[-1] == lap.lap_time_s
    assert np.all(np.diff(lap.time_s) > 0.0)


def test_slips_stay_within_what_the_assists_let_pass(lap):
    assert 0.9 < lap.slip.max() <= 1.0 + 1e-3
    assert lap.infeasibility < 1e-4


@pytest.mark.usefixtures("lap")
def test_each_step_of_the_search_is_told(steps):
    meshes = list(dict.fromkeys(mesh for mesh, *_ in steps))
    assert meshes == ["mesh of 60 m", "mesh of 30 m", "mesh of 15 m"]
    last = [step for step in steps if step[0] == meshes[-1]]
    assert [number for _, number, _, _ in last] == list(range(len(last)))
    assert last[-1][2] > 0.0
    assert last[-1][3] < 1e-4


def test_a_lap_is_kept_for_its_circuit_car_setup_and_mesh(circle, spec, setup, lap):
    kept = kept_lap(circle, spec, setup, MESH_M)
    assert kept is not None
    assert kept.lap_time_s == lap.lap_time_s
    assert np.array_equal(kept.values, lap.values)
    assert kept_lap(circle, spec, setup, MESH_M + 1.0) is None
    assert kept_lap(circle, spec, module.Setup(wing=1.0), MESH_M) is None


def test_a_search_that_does_not_end_gives_no_time(monkeypatch, circle, spec, setup, plan_of_circle):
    monkeypatch.setattr(module, "_LAST", module._LAST._replace(iterations=2))
    monkeypatch.setattr(module, "_COARSENESS", (1.0,))
    with pytest.raises(NotConvergedError, match=r"did not converge in 2 iterations \(its"):
        optimal_lap(circle, spec, setup, plan_of_circle, 20.0)
    assert kept_lap(circle, spec, setup, 20.0) is None
