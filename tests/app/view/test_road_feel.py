"""A driver feels kerbs, loose ground, sliding tyres and hits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.view.road_feel import road_feel_of
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL, KERB, SURFACE_NAMES, TARMAC

WHEELS = ("front_left", "front_right", "rear_left", "rear_right")


def car(speed_mps=40.0, surface=TARMAC, normalised_slip=0.0, **others):
    """A car with all wheels on this ground and sliding so much."""
    still = Snapshot(*[0] * len(Snapshot._fields))
    on = {f"{wheel}_surface": surface for wheel in WHEELS}
    sliding = {f"{wheel}_normalised_slip": normalised_slip for wheel in WHEELS}
    return still._replace(**{"velocity_forward_mps": speed_mps, **on, **sliding, **others})


@pytest.fixture
def surfaces(track):
    return track.tables.surfaces


@pytest.mark.parametrize(
    ("normalised_slip", "slip"), [(0.0, 0.0), (0.7, 0.0), (0.95, 0.5), (1.2, 1.0)]
)
def test_tyres_are_felt_from_seven_tenths_of_their_grip_to_a_fifth_beyond(
    surfaces, normalised_slip, slip
):
    feel = road_feel_of(car(normalised_slip=normalised_slip), surfaces, 0.0)
    assert feel.slip_front == pytest.approx(slip)
    assert feel.slip_rear == pytest.approx(slip)


def test_each_axle_is_felt_by_itself(surfaces):
    feel = road_feel_of(car(rear_left_normalised_slip=1.5), surfaces, 0.0)
    assert (feel.slip_front, feel.slip_rear) == (0.0, 1.0)


def test_a_car_at_rest_is_not_shaken(surfaces):
    assert not any(road_feel_of(car(0.0, KERB, 1.5), surfaces, 0.0))


def test_only_its_own_ground_is_felt_as_a_kerb_or_as_loose(surfaces):
    kerb = road_feel_of(car(surface=KERB), surfaces, 0.0)
    grass = road_feel_of(car(surface=GRASS), surfaces, 0.0)
    assert kerb.kerb > 0.0 == kerb.loose
    assert grass.loose > 0.0 == grass.kerb
    assert not any(road_feel_of(car(), surfaces, 0.0))


@pytest.mark.parametrize("surface", [KERB, GRAVEL])
def test_rougher_ground_is_felt_more(surfaces, surface):
    smooth, rough = (
        [surface._replace(roughness_m=height_m) for surface in surfaces]
        for height_m in (0.004, 0.03)
    )
    less, more = (road_feel_of(car(surface=surface), ground, 0.0) for ground in (smooth, rough))
    assert max(more) > 1.3 * max(less) > 0.0


@given(
    st.floats(-100.0, 100.0),
    st.integers(0, len(SURFACE_NAMES) - 1),
    st.floats(0.0, 50.0),
    st.floats(0.0, 1e6),
)
def test_every_strength_is_between_nothing_and_all(
    track, speed_mps, surface, normalised_slip, hit_ns
):
    feel = road_feel_of(car(speed_mps, surface, normalised_slip), track.tables.surfaces, hit_ns)
    assert all(0.0 <= strength <= 1.0 for strength in feel)


def test_a_flat_spot_is_felt_at_speed_and_not_at_rest(surfaces):
    def felt(speed_mps, flat_spot):
        return road_feel_of(car(speed_mps, rear_left_flat_spot=flat_spot), surfaces, 0.0).flat_spot

    assert felt(40.0, 0.3) == 0.5
    assert felt(0.0, 0.3) == felt(40.0, 0.0) == 0.0
