"""Water takes a tyre's grip: by a film at any speed, by floating as it gets faster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.spec import TyreSpec
from game.vehicle.tyre import make_tyre
from game.vehicle.wet_grip import aquaplaning_square_m2ps2, wet_grip, wetness

COMPOUNDS = ("slick", "sport", "wet")
TEXTURE_M = 0.0008  # from whose bottom depths are counted
PRESSURE_PA = 2.2e5
KMH = 1.0 / 3.6

depths = st.floats(0.0, 0.006)
speeds = st.floats(0.0, 70.0)


@pytest.fixture(scope="module")
def left(spec):
    """Return the share of its grip that a compound has: `left("slick", 0.001, 25.0)`."""
    tyres = {name: make_tyre(tyre) for name, tyre in spec.tyres.items()}

    def share(name, water_m, speed_mps, pressure_pa=PRESSURE_PA, rubbered=0.0):
        return wet_grip(tyres[name], water_m, rubbered, speed_mps**2, pressure_pa)

    return share


@pytest.mark.parametrize(
    ("psi", "mph"),
    [(24.0, 50.7), (32.0, 58.5), (100.0, 103.5)],  # 10.35 times the root
)
def test_deep_water_carries_a_tyre_at_hornes_speed(psi, mph):
    speed_mps = aquaplaning_square_m2ps2(psi * 6894.757) ** 0.5
    assert speed_mps / 0.44704 == approx(mph, abs=0.1)


@pytest.mark.parametrize(
    ("film_mm", "kmh", "worn", "new"),
    [  # friction over the dry one: Bosch, Automotive Handbook
        (0.2, 50, 0.50, 0.76),
        (0.2, 90, 0.21, 0.75),
        (0.2, 130, 0.22, 0.73),
        (1.0, 50, 0.40, 0.65),
        (1.0, 90, 0.11, 0.375),
        (1.0, 130, 0.11, 0.27),
        (2.0, 50, 0.25, 0.59),
        (2.0, 90, 0.05, 0.06),
        (2.0, 130, 0.00, 0.00),
    ],
)
def test_slick_and_sport_lose_grip_as_published_of_a_worn_and_a_new_tyre(
    left, film_mm, kmh, worn, new
):
    water_m = 1e-3 * film_mm + TEXTURE_M
    assert left("slick", water_m, kmh * KMH) == approx(worn, abs=0.13)
    assert left("sport", water_m, kmh * KMH) == approx(new, abs=0.09)


@pytest.mark.parametrize("name", COMPOUNDS)
def test_a_dry_road_takes_nothing(left, name):
    assert left(name, 0.0, 50.0, rubbered=1.0) == 1.0


@given(st.sampled_from(COMPOUNDS), depths, depths, speeds, speeds)
def test_more_water_and_more_speed_never_give_grip(
    left, name, water_m, more_m, speed_mps, more_mps
):
    here = left(name, water_m, speed_mps)
    assert 0.0 < left(name, water_m + more_m, speed_mps) <= here + 1e-12
    assert left(name, water_m, speed_mps + more_mps) <= here + 1e-12


@given(st.sampled_from(COMPOUNDS), depths, speeds, st.floats(1.2e5, 3e5))
def test_a_tyre_of_more_pressure_floats_later(left, name, water_m, speed_mps, pressure_pa):
    soft = left(name, water_m, speed_mps, pressure_pa)
    assert left(name, water_m, speed_mps, 1.2 * pressure_pa) >= soft


@given(st.sampled_from(COMPOUNDS), st.floats(0.0002, 0.004), speeds)
def test_rubber_is_slippery_when_wet(left, name, water_m, speed_mps):
    assert left(name, water_m, speed_mps, rubbered=1.0) < left(name, water_m, speed_mps)


def test_a_slick_is_best_on_a_dry_road_and_worst_from_half_a_millimetre_on(left, spec):
    def friction(name, water_mm):
        return spec.tyres[name].friction_left * left(name, 1e-3 * water_mm, 25.0, rubbered=1.0)

    assert friction("slick", 0.0) > friction("sport", 0.0) > friction("wet", 0.0)
    assert friction("slick", 0.1) > friction("wet", 0.1)
    for tenths in range(4, 30):
        assert friction("wet", 0.1 * tenths) > friction("sport", 0.1 * tenths)
        assert friction("sport", 0.1 * tenths) > friction("slick", 0.1 * tenths)


def test_a_compound_without_numbers_for_water_is_a_road_tyre(spec):
    given_numbers = {
        name: getattr(spec.tyres["sport"], name)
        for name in TyreSpec.__struct_fields__
        if name not in ("water", "state")
    }
    tyre = make_tyre(TyreSpec(**given_numbers))
    assert wet_grip(tyre, 0.001, 0.0, 14.0**2, PRESSURE_PA) == approx(0.76, abs=0.02)


def test_ground_is_damp_before_it_is_wet():
    assert [wetness(1e-4 * tenth) for tenth in (0, 1, 2, 20)] == approx([0.0, 0.5, 1.0, 1.0])
