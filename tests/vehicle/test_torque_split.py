"""What one motor cannot deliver goes to the other, and an axle that is off stays off."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.state import AxlePair, controls
from game.vehicle.torque_split import (
    FIXED,
    LOAD_FOLLOWING,
    SLIP_BALANCING,
    front_share,
    split_torque,
)

torques = st.floats(0.0, 1000.0)
shares = st.floats(0.0, 1.0)
inner_shares = st.floats(0.001, 0.999)
modes = st.sampled_from([FIXED, LOAD_FOLLOWING, SLIP_BALANCING])


@given(torques, inner_shares, torques, torques)
def test_the_axles_deliver_the_demand_or_all_they_have(demand, share, front_limit, rear_limit):
    split = split_torque(demand, share, AxlePair(front_limit, rear_limit))
    assert sum(split) == approx(min(demand, front_limit + rear_limit), abs=1e-9)


@given(torques, shares, torques, torques)
def test_no_axle_gives_more_than_its_limit_or_less_than_nothing(
    demand, share, front_limit, rear_limit
):
    split = split_torque(demand, share, AxlePair(front_limit, rear_limit))
    assert 0.0 <= split.front <= front_limit
    assert -1e-9 <= split.rear <= rear_limit


@given(torques, inner_shares)
def test_within_the_limits_the_share_is_kept_exactly(demand, share):
    split = split_torque(demand, share, AxlePair(1000.0, 1000.0))
    assert split.front == approx(demand * share, abs=1e-9)


def test_torque_the_front_motor_cannot_deliver_goes_to_the_rear():
    assert split_torque(400.0, 0.75, AxlePair(200.0, 320.0)) == (200.0, 200.0)


def test_torque_the_rear_motor_cannot_deliver_goes_to_the_front():
    assert split_torque(400.0, 0.25, AxlePair(320.0, 200.0)) == (200.0, 200.0)


@given(torques, torques, torques)
def test_a_share_of_zero_or_one_drives_one_axle_only(demand, front_limit, rear_limit):
    limits = AxlePair(front_limit, rear_limit)
    assert split_torque(demand, 0.0, limits) == (0.0, min(demand, rear_limit))
    assert split_torque(demand, 1.0, limits) == (min(demand, front_limit), 0.0)


@given(torques, torques, shares, torques, torques)
def test_asking_for_more_never_gives_less(one, other, share, front_limit, rear_limit):
    less = split_torque(min(one, other), share, AxlePair(front_limit, rear_limit))
    more = split_torque(max(one, other), share, AxlePair(front_limit, rear_limit))
    assert sum(more) >= sum(less) - 1e-9


@given(torques, inner_shares, inner_shares, torques, torques)
def test_a_higher_front_share_never_moves_torque_to_the_rear(
    demand, one, other, front_limit, rear_limit
):
    low = split_torque(demand, min(one, other), AxlePair(front_limit, rear_limit))
    high = split_torque(demand, max(one, other), AxlePair(front_limit, rear_limit))
    assert high.front >= low.front - 1e-9
    assert high.rear <= low.rear + 1e-9


@given(modes, shares, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_every_mode_gives_a_share_between_none_and_all(mode, share, load_share, front, rear):
    assert 0.0 <= front_share(mode, share, load_share, AxlePair(front, rear), 0.35) <= 1.0


@given(modes, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_no_mode_wakes_an_axle_that_is_off(mode, load_share, front, rear):
    assert front_share(mode, 0.0, load_share, AxlePair(front, rear), 0.35) == 0.0
    assert front_share(mode, 1.0, load_share, AxlePair(front, rear), 0.35) == 1.0


@given(inner_shares, shares, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_fixed_is_the_drivers_share_whatever_happens(share, load_share, front, rear):
    assert front_share(FIXED, share, load_share, AxlePair(front, rear), 0.35) == share


def test_load_following_at_50_50_gives_each_axle_its_share_of_the_load():
    assert front_share(LOAD_FOLLOWING, 0.5, 0.37, AxlePair(0.0, 0.0), 0.35) == approx(0.37)
    assert front_share(LOAD_FOLLOWING, 0.45, 0.37, AxlePair(0.0, 0.0), 0.35) == approx(0.32)


def test_slip_balancing_moves_torque_away_from_the_axle_that_slips_more():
    assert front_share(SLIP_BALANCING, 0.5, 0.4, AxlePair(1.2, 0.6), 0.35) < 0.5
    assert front_share(SLIP_BALANCING, 0.5, 0.4, AxlePair(0.6, 1.2), 0.35) > 0.5
    assert front_share(SLIP_BALANCING, 0.5, 0.4, AxlePair(0.8, 0.8), 0.35) == 0.5


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
