"""The axles keep their shares or help each other out, by the law; one that is off stays off."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.state import AxlePair, controls
from game.vehicle.torque_split import (
    FILL,
    FIXED,
    LIMIT,
    LOAD_FOLLOWING,
    SLIP_BALANCING,
    front_share,
    full_drive,
    split_drive,
    split_torque,
)

pytestmark = pytest.mark.slow

torques = st.floats(0.0, 1000.0)
some_torque = st.floats(1.0, 1000.0)
shares = st.floats(0.0, 1.0)
inner_shares = st.floats(0.001, 0.999)
modes = st.sampled_from([FIXED, LOAD_FOLLOWING, SLIP_BALANCING])
laws = st.sampled_from([LIMIT, FILL])


def pulled(share, limits, law=LIMIT):
    """The torques of the axles at full throttle."""
    return split_torque(law, full_drive(law, share, limits), share, limits)


@given(torques, inner_shares, torques, torques)
def test_under_fill_the_axles_deliver_the_demand_or_all_they_have(
    demand, share, front_limit, rear_limit
):
    split = split_torque(FILL, demand, share, AxlePair(front_limit, rear_limit))
    assert sum(split) == approx(min(demand, front_limit + rear_limit), abs=1e-9)


@given(laws, torques, shares, torques, torques)
def test_no_axle_gives_more_than_its_limit_or_less_than_nothing(
    law, demand, share, front_limit, rear_limit
):
    limits = AxlePair(front_limit, rear_limit)
    for split in (split_torque(law, demand, share, limits), pulled(share, limits, law)):
        assert 0.0 <= split.front <= front_limit
        assert -1e-9 <= split.rear <= rear_limit


@given(laws, torques, inner_shares)
def test_within_the_limits_the_share_is_kept_exactly(law, demand, share):
    split = split_torque(law, demand, share, AxlePair(1000.0, 1000.0))
    assert split.front == approx(demand * share, abs=1e-9)


def test_under_fill_torque_the_front_motor_cannot_deliver_goes_to_the_rear():
    assert split_torque(FILL, 400.0, 0.75, AxlePair(200.0, 320.0)) == (200.0, 200.0)


def test_under_fill_torque_the_rear_motor_cannot_deliver_goes_to_the_front():
    assert split_torque(FILL, 400.0, 0.25, AxlePair(320.0, 200.0)) == (200.0, 200.0)


def test_under_limit_regeneration_that_a_motor_cannot_give_is_left_to_the_friction_brakes():
    assert split_torque(LIMIT, 400.0, 0.75, AxlePair(200.0, 320.0)) == (200.0, 100.0)
    assert split_torque(LIMIT, 400.0, 0.25, AxlePair(320.0, 200.0)) == (100.0, 200.0)


def test_under_limit_drive_that_a_motor_cannot_give_the_other_holds_back_in_proportion():
    assert split_drive(LIMIT, 400.0, 0.75, AxlePair(150.0, 320.0)) == (150.0, 50.0)
    assert split_drive(LIMIT, 400.0, 0.25, AxlePair(320.0, 150.0)) == (50.0, 150.0)
    assert split_drive(FILL, 400.0, 0.75, AxlePair(150.0, 320.0)) == (150.0, 250.0)


@given(st.floats(0.0, 2000.0), shares, torques, torques)
def test_under_limit_drive_stands_in_the_set_share_however_much_is_asked_for(
    demand, share, front_limit, rear_limit
):
    split = split_drive(LIMIT, demand, share, AxlePair(front_limit, rear_limit))
    assert split.front == approx(share * sum(split), rel=1e-12, abs=1e-12)


@given(shares, shares, some_torque, some_torque)
def test_under_limit_full_throttle_changes_evenly_with_the_share_as_far_as_0_and_1(
    one, other, front_limit, rear_limit
):
    limits = AxlePair(front_limit, rear_limit)
    apart_nm = abs(full_drive(LIMIT, one, limits) - full_drive(LIMIT, other, limits))
    steepest_nm = (front_limit + rear_limit) ** 2 / min(front_limit, rear_limit)
    assert apart_nm <= abs(one - other) * steepest_nm * (1.0 + 1e-9) + 1e-9


@given(shares, some_torque, some_torque)
def test_under_limit_both_motors_give_all_only_at_the_share_of_the_front_motor(
    share, front_limit, rear_limit
):
    limits = AxlePair(front_limit, rear_limit)
    both_nm = front_limit + rear_limit
    even = front_limit / both_nm
    assert full_drive(LIMIT, even, limits) == approx(both_nm, rel=1e-12)
    assert full_drive(LIMIT, share, limits) <= both_nm * (1.0 + 1e-12)
    assume(abs(share - even) > 1e-3)
    assert full_drive(LIMIT, share, limits) < both_nm


@pytest.mark.parametrize(("share", "total"), [(0.0, 200.0), (0.25, 800.0 / 3.0), (0.5, 400.0)])
def test_of_two_equal_motors_the_lesser_share_gives_less_by_as_much_as_it_is_less(share, total):
    limits = AxlePair(200.0, 200.0)
    assert full_drive(LIMIT, share, limits) == approx(total)
    assert full_drive(LIMIT, 1.0 - share, limits) == approx(total)
    assert full_drive(FILL, share, limits) == (400.0 if share > 0.0 else 200.0)


@given(laws, torques, torques, torques)
def test_a_share_of_zero_or_one_drives_one_axle_only(law, demand, front_limit, rear_limit):
    limits = AxlePair(front_limit, rear_limit)
    assert split_torque(law, demand, 0.0, limits) == (0.0, min(demand, rear_limit))
    assert split_torque(law, demand, 1.0, limits) == (min(demand, front_limit), 0.0)
    assert pulled(0.0, limits, law) == (0.0, rear_limit)
    assert pulled(1.0, limits, law) == (front_limit, 0.0)


@given(laws, torques, torques, shares, torques, torques)
def test_asking_for_more_never_gives_less(law, one, other, share, front_limit, rear_limit):
    limits = AxlePair(front_limit, rear_limit)
    for split in (split_torque, split_drive):
        less = split(law, min(one, other), share, limits)
        more = split(law, max(one, other), share, limits)
        assert sum(more) >= sum(less) - 1e-9


@given(laws, torques, inner_shares, inner_shares, torques, torques)
def test_a_higher_front_share_never_moves_torque_to_the_rear(
    law, demand, one, other, front_limit, rear_limit
):
    low = split_torque(law, demand, min(one, other), AxlePair(front_limit, rear_limit))
    high = split_torque(law, demand, max(one, other), AxlePair(front_limit, rear_limit))
    assert high.front >= low.front - 1e-9
    assert high.rear <= low.rear + 1e-9


@given(modes, laws, shares, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_every_mode_gives_a_share_between_none_and_all(mode, law, share, load_share, front, rear):
    assert 0.0 <= front_share(mode, law, share, load_share, AxlePair(front, rear), 0.35) <= 1.0


@given(modes, laws, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_no_mode_wakes_an_axle_that_is_off(mode, law, load_share, front, rear):
    assert front_share(mode, law, 0.0, load_share, AxlePair(front, rear), 0.35) == 0.0
    assert front_share(mode, law, 1.0, load_share, AxlePair(front, rear), 0.35) == 1.0


@given(modes, st.floats(0.0, 0.5), shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_under_limit_a_mode_hardly_wakes_an_axle_that_is_hardly_on(
    mode, share, load_share, front, rear
):
    slip = AxlePair(front, rear)
    assert front_share(mode, LIMIT, share, load_share, slip, 0.35) <= 2.0 * share + 1e-15
    assert (
        front_share(mode, LIMIT, 1.0 - share, load_share, slip, 0.35) >= 1.0 - 2.0 * share - 1e-15
    )


@given(modes, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_from_50_50_a_mode_moves_the_share_alike_under_either_law(mode, load_share, front, rear):
    slip = AxlePair(front, rear)
    assert front_share(mode, LIMIT, 0.5, load_share, slip, 0.35) == front_share(
        mode, FILL, 0.5, load_share, slip, 0.35
    )


@given(laws, inner_shares, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_fixed_is_the_drivers_share_whatever_happens(law, share, load_share, front, rear):
    assert front_share(FIXED, law, share, load_share, AxlePair(front, rear), 0.35) == share


@pytest.mark.parametrize("law", [LIMIT, FILL])
def test_load_following_at_50_50_gives_each_axle_its_share_of_the_load(law):
    level = AxlePair(0.0, 0.0)
    assert front_share(LOAD_FOLLOWING, law, 0.5, 0.37, level, 0.35) == approx(0.37)
    assert front_share(LOAD_FOLLOWING, law, 0.45, 0.37, level, 0.35) == approx(0.32)


@pytest.mark.parametrize("law", [LIMIT, FILL])
def test_slip_balancing_moves_torque_away_from_the_axle_that_slips_more(law):
    assert front_share(SLIP_BALANCING, law, 0.5, 0.4, AxlePair(1.2, 0.6), 0.35) < 0.5
    assert front_share(SLIP_BALANCING, law, 0.5, 0.4, AxlePair(0.6, 1.2), 0.35) > 0.5
    assert front_share(SLIP_BALANCING, law, 0.5, 0.4, AxlePair(0.8, 0.8), 0.35) == 0.5


def test_a_car_set_to_one_axle_leaves_the_other_motor_idle_at_full_throttle(rig):
    rear_driven = rig(front_torque_share=0.0).step(controls(throttle=1.0), 240)
    assert rear_driven.state.front.torque_nm == 0.0
    assert rear_driven.state.rear.torque_nm > 100.0
    front_driven = rig(front_torque_share=1.0).step(controls(throttle=1.0), 240)
    assert front_driven.state.rear.torque_nm == 0.0
    assert front_driven.state.front.torque_nm > 100.0


def test_the_set_share_is_the_share_of_torque_at_part_throttle(rig):
    car = rig(15.0, front_torque_share=0.3).step(controls(throttle=0.4), 120)
    front_nm, rear_nm = car.state.front.torque_nm, car.state.rear.torque_nm
    assert front_nm / (front_nm + rear_nm) == approx(0.3, abs=0.001)


def test_under_load_following_a_launch_drives_the_rear_more_than_the_front(rig):
    car = rig(5.0, split_mode="load-following").step(controls(throttle=0.5), 60)
    assert car.state.front_torque_share < 0.45
