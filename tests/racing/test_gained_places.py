"""A place gained by an offence is given back, or costs the penalty; nothing else is asked back."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.drivers.driver import BaseDriver
from game.drivers.race_view import LetBy
from game.racing.race_result import classify
from game.racing.race_standings import race_standings
from game.racing.rules import race_rules
from game.racing.yielding_driver import YieldingDriver
from game.simulation.events import Contact, HitCar, HitWall, LeftTrack
from game.vehicle.state import Controls

RULES = race_rules()
GIVE_BACK_STEPS = math.ceil(10.0 * RULES.gained_place.give_back_s) + 2


def contact(one, other, impulse_ns=5000.0):
    return [Contact(one, 0, impulse_ns, HitCar(other)), Contact(other, 0, impulse_ns, HitCar(one))]


def off(race, car, beyond_m=1.0):
    race.snapshots[car] = race.snapshots[car]._replace(beyond_limit_m=beyond_m)


def started(cars, *distances_m, laps=9):
    """Cars that race so far from the line, on the track."""
    race = cars(len(distances_m), laps=laps)
    race.wait_for_the_start()
    race.put(*distances_m)
    for car in range(len(distances_m)):
        off(race, car, -1.0)
    race.step([50.0] * len(distances_m))
    return race


def pass_off_the_track(race, car=0, speeds_mps=(60.0, 50.0)):
    """The car leaves the track, passes who is within 10 m ahead, and comes back."""
    off(race, car)
    race.step(speeds_mps, [LeftTrack(car, 0, 0.0, 1)])
    for _ in range(15):
        race.step(speeds_mps)
    off(race, car, -1.0)
    race.step(speeds_mps)


def gained(race):
    (found,) = race.control.log.gained
    return found


def test_a_place_gained_off_the_track_is_to_be_given_back(cars):
    race = started(cars, 100.0, 104.0)
    pass_off_the_track(race)
    let_by = race.control.view(0).let_by
    assert let_by.car == 1
    assert let_by.gap_m == pytest.approx(race.distance_m[0] - race.distance_m[1])
    assert 0.0 < let_by.left_s < RULES.gained_place.give_back_s
    assert race.control.view(1).let_by is None
    assert (gained(race).car, gained(race).passed, gained(race).outcome) == (0, (1,), "asked")


def test_who_falls_behind_again_is_not_penalised(cars):
    race = started(cars, 100.0, 104.0)
    pass_off_the_track(race)
    while race.control.let_by(0) is not None:
        assert race.distance_m[1] < race.distance_m[0] + 6.0
        race.step([40.0, 50.0])
    assert race.distance_m[1] > race.distance_m[0]
    for _ in range(GIVE_BACK_STEPS):
        race.step([40.0, 50.0])
    assert gained(race).outcome == "given back"
    assert race.control.log.penalties == []


def test_who_keeps_the_place_is_penalised_once_its_time_is_over(cars):
    race = started(cars, 100.0, 104.0)
    pass_off_the_track(race)
    for _ in range(GIVE_BACK_STEPS):
        assert race.control.penalty_s(0) == 0.0 or gained(race).outcome == "not given back"
        race.step([50.0, 50.0])
    assert race.control.let_by(0) is None
    (penalty,) = race.control.log.penalties
    assert (penalty.offence, penalty.time_s) == ("track limits", RULES.penalties.track_limits_s)


def test_who_finishes_in_front_has_not_given_the_place_back(cars):
    race = started(cars, 100.0, 104.0, laps=1)
    pass_off_the_track(race)
    race.put(race.lap_m - 10.0, race.lap_m - 20.0)
    race.crossed = [1, 1]
    while race.control.phase != "over":
        race.step([50.0, 50.0])
    assert gained(race).outcome == "not given back"
    assert [each.car for each in classify(race.control).classified] == [1, 0]


def test_an_excursion_that_was_penalised_costs_nothing_if_the_place_is_given_back(cars):
    race = started(cars, 100.0, 104.0)
    for _ in range(RULES.penalties.warnings + 1):
        off(race, 0)
        race.step([50.0, 50.0], [LeftTrack(0, 0, 0.0, 1)])
    assert race.control.penalty_s(0) == RULES.penalties.track_limits_s
    for _ in range(12):
        race.step([60.0, 50.0])
    assert race.control.penalty_s(0) == 0.0  # held
    while race.control.let_by(0) is not None:
        race.step([40.0, 50.0])
    assert race.control.penalty_s(0) == 0.0


@pytest.mark.parametrize("gives_back", [True, False])
def test_a_place_gained_by_a_contact_may_be_given_back(cars, gives_back):
    race = started(cars, 100.0, 104.0)
    race.step([50.0, 50.0], contact(0, 1))
    assert race.control.penalty_s(0) == RULES.penalties.contact_s
    for _ in range(8):
        race.step([60.0, 45.0])
    assert race.control.let_by(0).car == 1
    assert race.control.penalty_s(0) == 0.0
    for _ in range(GIVE_BACK_STEPS):
        race.step([35.0 if gives_back else 50.0, 50.0])
    assert race.control.penalty_s(0) == (0.0 if gives_back else RULES.penalties.contact_s)
    assert gained(race).outcome == ("given back" if gives_back else "not given back")


def test_a_contact_that_gains_no_place_costs_what_it_did(cars):
    race = started(cars, 100.0, 104.0)
    race.step([50.0, 50.0], contact(0, 1))
    for _ in range(GIVE_BACK_STEPS):
        race.step([50.0, 50.0])
    for _ in range(20):
        race.step([60.0, 50.0])  # a fair pass, later
    assert race.control.log.gained == []
    assert race.control.penalty_s(0) == RULES.penalties.contact_s


def stands(race):
    race.step([50.0, 0.0])


def retires(race):
    race.control.retire(1, "no battery")


def hits_a_wall(race):
    race.step([60.0, 50.0], [Contact(1, 0, 9000.0, HitWall(0, "tyres"))])


def leaves_the_track(race):
    race.step([60.0, 50.0], [LeftTrack(1, 0, 0.0, 1)])


@pytest.mark.parametrize("happens", [stands, retires, hits_a_wall, leaves_the_track])
def test_nothing_is_asked_where_the_other_car_has_lost_its_place_by_itself(cars, happens):
    race = started(cars, 100.0, 104.0)
    off(race, 0)
    race.step([50.0, 50.0], [LeftTrack(0, 0, 0.0, 1)])
    happens(race)
    for _ in range(20):
        race.step([60.0, 0.0 if happens is stands else 50.0])
    assert race.control.log.gained == []
    assert race.control.log.penalties == []


def test_who_passes_a_far_slower_car_off_the_track_has_gained_nothing(cars):
    race = started(cars, 100.0, 104.0)
    pass_off_the_track(race, speeds_mps=(50.0, 20.0))
    assert race.control.log.gained == []


def test_nothing_more_is_asked_once_the_other_car_is_out(cars):
    race = started(cars, 100.0, 104.0)
    race.step([50.0, 50.0], contact(0, 1))
    for _ in range(8):
        race.step([60.0, 45.0])
    assert race.control.let_by(0) is not None
    race.control.retire(1, "no battery")
    race.step([50.0, 50.0])
    assert race.control.let_by(0) is None
    assert gained(race).outcome == "dropped"
    assert race.control.penalty_s(0) == RULES.penalties.contact_s  # as without a place gained


def test_a_car_a_lap_apart_is_not_let_by(cars):
    race = started(cars, 100.0, 104.0)
    race.control.timing.cars[1].distance_m -= race.lap_m
    pass_off_the_track(race)
    assert race.control.log.gained == []


def test_who_is_pushed_off_the_track_owes_nothing(cars):
    race = started(cars, 100.0, 104.0, 96.0)
    race.step([50.0, 50.0, 50.0], contact(2, 0))
    pass_off_the_track(race, speeds_mps=(60.0, 50.0, 50.0))
    assert race.control.log.gained == []


def test_of_two_cars_passed_both_are_let_by_for_one_penalty(cars):
    race = started(cars, 100.0, 104.0, 106.0)
    pass_off_the_track(race, speeds_mps=(62.0, 50.0, 50.0))
    assert gained(race).passed == (1, 2)
    assert race.control.let_by(0).car == 2  # the one that comes past first
    while race.control.let_by(0).car == 2:
        race.step([45.0, 50.0, 50.0])
    assert race.control.let_by(0).car == 1
    for _ in range(GIVE_BACK_STEPS):
        race.step([50.0, 50.0, 50.0])
    assert gained(race).outcome == "not given back"
    assert race.control.penalty_s(0) == RULES.penalties.track_limits_s


@settings(max_examples=30)
@given(
    moves=st.lists(
        st.tuples(st.floats(30.0, 70.0), st.floats(30.0, 70.0), st.integers(0, 12)), max_size=40
    )
)
def test_whatever_two_cars_do_each_contact_is_penalised_held_or_made_good_once(cars, moves):
    race = started(cars, 100.0, 104.0)
    for *speeds_mps, number in moves:
        events = contact(0, 1) if number == 0 else []
        if number in (1, 2):
            events = [LeftTrack(number - 1, 0, 0.0, 1)]
        for _ in range(10):
            race.step(speeds_mps, events)
            events = []
    log = race.control.log
    of_contacts = [each for each in log.gained if each.offence == "contact"]
    unpenalised = [each for each in of_contacts if each.outcome in ("asked", "given back")]
    penalties = [each for each in log.penalties if each.offence == "contact"]
    blamed = [each for each in log.contacts if each.to_blame is not None]
    before_out = [each for each in blamed if not race.control.is_out(each.to_blame)]
    assert len(set(log.penalties)) == len(log.penalties)
    assert len(penalties) + len(unpenalised) <= len(blamed)
    if len(before_out) == len(blamed):
        assert len(penalties) + len(unpenalised) == len(blamed)


def hit_often(race, times):
    """The first car runs into the second one, again and again, and gains nothing by it."""
    apart_s = RULES.contact.again_s + RULES.gained_place.hit_s
    for _ in range(times):
        race.step([50.0] * 3, contact(0, 1))
        for _ in range(math.ceil(10.0 * apart_s) + 2):
            race.step([50.0] * 3)


def test_who_is_penalised_too_often_for_contacts_is_disqualified_and_last(cars):
    most = RULES.penalties.disqualifying_contacts
    race = started(cars, 100.0, 104.0, 50.0)
    hit_often(race, most - 1)
    assert not race.control.is_out(0)
    hit_often(race, 1)
    assert race.control.is_disqualified(0)
    assert str(most) in race.control.retired(0)
    race.control.retire(2, "no battery")
    race.step([50.0] * 3)
    assert [each.car for each in race_standings(race.control)] == [1, 2, 0]
    result = classify(race.control)
    assert [each.car for each in result.classified] == [1, 2, 0]
    assert [each.is_disqualified for each in result.classified] == [False, False, True]


def test_contacts_that_are_made_good_disqualify_nobody(cars):
    race = started(cars, 100.0, 104.0)
    for _ in range(RULES.penalties.disqualifying_contacts + 1):
        race.step([50.0, 50.0], contact(0, 1))
        for _ in range(8):
            race.step([60.0, 45.0])
        while race.control.let_by(0) is not None:
            race.step([40.0, 50.0])
        for _ in range(30):
            race.step([50.0, 50.0])
    assert len(race.control.log.contacts) == RULES.penalties.disqualifying_contacts + 1
    assert not race.control.is_out(0)
    assert race.control.log.penalties == []


class Presses(BaseDriver):
    def decide(self, _seen):
        return Controls(throttle=255)


@pytest.mark.parametrize(
    ("speed_mps", "yaw_rate_radps", "throttle"),
    [(50.0, 0.01, 0), (50.0, 0.4, 255), (10.0, 0.0, 255)],
)
def test_a_bot_lifts_to_let_a_car_by_where_that_is_safe(speed_mps, yaw_rate_radps, throttle):
    car = SimpleNamespace(velocity_forward_mps=speed_mps, yaw_rate_radps=yaw_rate_radps)
    seen = SimpleNamespace(car=car)
    asked = [LetBy(1, 8.0, 12.0)]
    driver = YieldingDriver(Presses, lambda: asked[0])
    assert driver.decide(seen) == Controls(throttle=throttle)
    asked[0] = LetBy(1, 40.0, 12.0)
    assert (driver.decide(seen).brake > 0) == (throttle == 0)
    asked[0] = None
    assert driver.decide(seen) == Controls(throttle=255)
