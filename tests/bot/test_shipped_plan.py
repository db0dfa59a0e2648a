"""A plan ships for the shipped circuit and car, as good as the one that is worked out today."""

import dataclasses
import platform

import numpy as np
import pytest
from pytest import approx

from game.bot import shipped_plan as shipped_plans
from game.bot.planning import make_plan, plan_if_ready, work_out_plan
from game.bot.shipped_plan import plan_beside, ship_plan, shipped_plan
from game.vehicle.setup import Setup, default_setup

TO_SHIP_IT = "leaf-rc track plan ricardo_tormo --write"


@pytest.fixture
def shipped(ricardo_tormo, spec):
    plan = shipped_plan(ricardo_tormo, spec, default_setup(spec))
    assert plan is not None, f"the circuit, the car or the bot has changed: {TO_SHIP_IT}"
    return plan


def same(one, other):
    return all(np.array_equal(vars(one)[name], vars(other)[name]) for name in _fields(one))


def _fields(plan):
    return [field.name for field in dataclasses.fields(plan)]


def test_the_plan_that_ships_is_the_one_that_drives(ricardo_tormo, spec, shipped):
    rounds = []
    made = make_plan(ricardo_tormo, spec, default_setup(spec), lambda *each: rounds.append(each))
    assert same(made, shipped)
    assert rounds == []
    assert same(plan_if_ready(ricardo_tormo, spec, default_setup(spec)), shipped)


def test_a_plan_that_is_read_again_brings_its_table_along(ricardo_tormo, spec, shipped):
    assert shipped_plan(ricardo_tormo, spec, default_setup(spec)).table is shipped.table


@pytest.fixture(scope="module")
def today(ricardo_tormo, spec):
    """The plan for the shipped circuit and car, worked out here and now."""
    return work_out_plan(ricardo_tormo, spec, default_setup(spec))


@pytest.mark.slow
@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64"), reason="other families of processors fuse sums"
)
def test_the_plan_that_ships_is_what_is_worked_out_today_to_the_bit(shipped, today):
    assert same(today, shipped), TO_SHIP_IT


@pytest.mark.slow
def test_the_plan_that_ships_is_as_good_as_what_any_processor_works_out_today(shipped, today):
    """Where another one rounds otherwise, its search ends a little elsewhere."""
    assert shipped.station_m == today.station_m
    for name in ("lap_time_s", "quasi_steady_s"):
        assert getattr(shipped, name) == approx(getattr(today, name), rel=1e-4), name
    assert np.hypot(shipped.x_m - today.x_m, shipped.y_m - today.y_m).max() < 0.5
    assert shipped.speed_mps == approx(today.speed_mps, abs=0.5)
    assert shipped.slower_speed_mps == approx(today.slower_speed_mps, abs=0.5)
    assert shipped.grip == approx(today.grip, abs=1e-3)
    assert shipped.charge_per_lap == approx(today.charge_per_lap, rel=1e-3)
    assert shipped.charge_factor == approx(today.charge_factor, rel=1e-3)
    assert shipped.water_grip.tolist() == today.water_grip.tolist() == [1.0]


@pytest.fixture
def own_tracks(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped_plans, "tracks_folder", lambda: tmp_path)
    return tmp_path


def test_a_plan_ships_for_exactly_its_circuit_and_setup(
    ricardo_tormo, oval, spec, shipped, own_tracks
):
    path = ship_plan(shipped, ricardo_tormo, spec, Setup())
    assert path.parent == own_tracks / "ricardo_tormo"
    assert same(shipped_plan(ricardo_tormo, spec, Setup()), shipped)
    assert shipped_plan(ricardo_tormo, spec, Setup(wing=0.5)) is None
    assert shipped_plan(oval, spec, Setup()) is None


def test_a_plan_takes_the_place_of_the_one_of_an_earlier_program(
    ricardo_tormo, spec, shipped, own_tracks, monkeypatch
):
    slick, sport = Setup(), Setup(tyre="sport")
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_plans, "program_digest", lambda *_, **__: "earlier")
        ship_plan(shipped, ricardo_tormo, spec, sport)
        ship_plan(shipped, ricardo_tormo, spec, slick)
    assert shipped_plan(ricardo_tormo, spec, slick) is None
    path = ship_plan(shipped, ricardo_tormo, spec, slick)
    assert [each.name for each in own_tracks.rglob("*slick*")] == [path.name]
    assert len(list(own_tracks.rglob("*sport*"))) == 1


def test_pictures_have_the_plan_of_an_earlier_program_until_it_is_made_anew(
    ricardo_tormo, oval, spec, shipped, own_tracks, monkeypatch
):
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_plans, "program_digest", lambda *_, **__: "earlier")
        path = ship_plan(shipped, ricardo_tormo, spec, Setup())
    assert path.is_relative_to(own_tracks)
    assert shipped_plan(ricardo_tormo, spec, Setup()) is None
    assert same(plan_beside(ricardo_tormo, spec, Setup()), shipped)
    assert plan_beside(oval, spec, Setup()) is None


def test_a_damaged_plan_that_ships_is_none(ricardo_tormo, spec, shipped, own_tracks):
    ship_plan(shipped, ricardo_tormo, spec, Setup())
    (path,) = own_tracks.rglob("*.plan")
    path.write_bytes(b"PK")
    assert shipped_plan(ricardo_tormo, spec, Setup()) is None
