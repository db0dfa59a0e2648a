"""Race control times, orders, judges and ends a race by what the cars do."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.racing.race_result import classify
from game.racing.rules import race_rules
from game.racing.start_lights import StartLights
from game.simulation.events import Contact, HitCar, HitWall, LeftTrack

RULES = race_rules()
KWH_J = 3.6e6


def contact(one, other, impulse_ns):
    return [Contact(one, 0, impulse_ns, HitCar(other)), Contact(other, 0, impulse_ns, HitCar(one))]


@given(seed=st.integers(0, 10_000))
def test_lights_come_on_one_after_another_and_go_out_within_their_bounds(seed):
    lights = StartLights.drawn(RULES.start, seed)
    assert lights == StartLights.drawn(RULES.start, seed)
    lit = [lights.lit(lights.out_s * share / 1000.0) for share in range(1000)]
    assert lit == sorted(lit)
    assert (lit[0], lit[-1], lights.lit(lights.out_s)) == (0, RULES.start.lights, 0)
    low_s, high_s = RULES.start.hold_s
    assert low_s <= lights.out_s - RULES.start.lights * RULES.start.light_s <= high_s


def test_races_differ_in_when_the_lights_go_out():
    assert len({StartLights.drawn(RULES.start, seed).out_s for seed in range(20)}) == 20


def test_time_begins_when_the_lights_go_out_and_ends_at_the_line(cars):
    race = cars(1)
    race.wait_for_the_start()
    way_m = -race.distance_m[0] + 2 * race.lap_m
    began_s = race.control.race_s
    while race.control.phase != "over":
        race.step([50.0])
    (winner,) = classify(race.control).classified
    assert winner.laps == 2
    assert winner.time_s == pytest.approx(began_s + way_m / 50.0, abs=1e-9)
    assert winner.time_s == pytest.approx(math.fsum(winner.lap_times_s), abs=1e-9)
    assert winner.best_lap_s == pytest.approx(race.lap_m / 50.0, abs=1e-9)


@given(speeds_mps=st.lists(st.floats(40.0, 90.0), min_size=2, max_size=5, unique=True))
def test_whoever_is_faster_is_in_front_and_behind_the_flag_everybody_finishes_the_lap_under_way(
    cars, speeds_mps
):
    race = cars(len(speeds_mps), laps=3)
    race.wait_for_the_start()
    for _ in range(10_000):
        if race.control.phase == "over":
            break
        race.step(speeds_mps)
        order = race.control.timing.order()
        racing = [car for car in order if not race.control.timing.cars[car].is_finished]
        assert racing == sorted(racing, key=lambda car: -race.distance_m[car])
    result = classify(race.control)
    first = result.classified[0]
    assert first.laps == 3
    for each in result.classified:
        assert not each.retired
        assert each.laps <= 3
        assert each.time_s >= first.time_s or each.laps < 3
        missed_s = each.time_s - first.time_s  # of who is a lap down: until the line is crossed
        assert each.laps == 3 or missed_s < race.lap_m / speeds_mps[each.car] + 0.1


def test_a_gap_is_the_time_between_two_cars_at_the_same_place(cars):
    race = cars(2)
    race.wait_for_the_start()
    for _ in range(60):
        race.step([50.0, 40.0])
    marks = len(race.control.timing.cars[1].mark_times_s)
    place_m = (marks - 1) * race.control.timing._marks.spacing_m
    ahead_m = [-place_m + race.distance_m[car] for car in (0, 1)]
    gap_s = race.control.timing.gap_s(1, 0)
    assert gap_s == pytest.approx(ahead_m[0] / 50.0 - ahead_m[1] / 40.0, abs=1e-6)
    assert race.control.view(1).gap_ahead_s == gap_s == race.control.view(0).gap_behind_s


def test_a_lap_with_a_gate_missed_is_driven_again(cars):
    race = cars(2, laps=2)
    race.wait_for_the_start()
    while not race.control.timing.is_won:
        race.step([50.0, 49.0], voided=() if race.control.timing.cars[0].laps_done else (0,))
        if race.crossed[0] >= 2:
            break
    assert race.control.timing.order() == [1, 0]
    assert race.control.timing.cars[0].laps_done == 0


def test_who_moves_before_the_lights_are_out_is_penalised_once(cars):
    race = cars(2)
    race.step([0.0, 0.0])
    for number, metres in enumerate((0.1, 0.15, 0.5, 1.0)):
        race.snapshots[1] = race.snapshots[1]._replace(x_m=race.snapshots[1].x_m + metres)
        race.step([0.0, 0.0])
        assert len(race.control.log.penalties) == (number >= 2)
    assert race.control.penalty_s(1) == RULES.penalties.jump_start_s
    assert race.control.penalty_s(0) == 0.0


def test_the_fastest_lap_is_one_within_the_track_limits(cars):
    race = cars(1, laps=3)
    race.wait_for_the_start()
    while race.control.phase != "over":
        lap = race.control.timing.cars[0].laps_done
        race.is_within_limits = lap != 1
        race.step([(40.0, 60.0, 50.0)[lap]])
    result = classify(race.control)
    _, quickest_s, valid_s = result.classified[0].lap_times_s
    assert result.fastest_lap.best_lap_s == valid_s > quickest_s


def test_the_penalty_is_added_and_may_cost_a_place(cars):
    race = cars(2, laps=1)
    race.snapshots[0] = race.snapshots[0]._replace(x_m=race.snapshots[0].x_m + 1.0)
    race.wait_for_the_start()
    while race.control.phase != "over":
        race.step([50.0, 49.0])
    first, second = classify(race.control).classified
    assert (first.car, second.car) == (1, 0)
    assert second.time_s - second.penalty_s < first.time_s
    assert second.gap_s == pytest.approx(second.time_s - first.time_s)


@pytest.mark.parametrize(
    ("ahead_m", "impulse_ns", "to_blame"),
    [
        (4.0, 5000.0, 1),  # into the one in front
        (-4.0, 5000.0, 0),
        (1.0, 5000.0, None),  # side by side
        (4.0, 500.0, None),  # a touch
    ],
)
def test_whoever_runs_into_the_car_in_front_is_to_blame(cars, ahead_m, impulse_ns, to_blame):
    race = cars(2)
    race.wait_for_the_start()
    race.distance_m = [100.0 + ahead_m, 100.0]
    race.step([50.0, 50.0], contact(0, 1, impulse_ns))
    race.step([50.0, 50.0], contact(0, 1, 100.0))  # of the same contact
    (found,) = race.control.log.contacts
    assert found.cars == (0, 1)
    assert found.impulse_ns == impulse_ns
    assert found.to_blame == to_blame
    penalised = [each.car for each in race.control.log.penalties]
    assert penalised == ([] if to_blame is None else [to_blame])


def test_energy_is_lost_in_the_hit_that_takes_it(cars, monkeypatch):
    race = cars(3)
    race.wait_for_the_start()
    lost_j = [0.0, 0.0, 0.0]

    def runtime(car):
        return SimpleNamespace(position=SimpleNamespace(contact_j=lost_j[car]))

    def lose(*more_j):
        lost_j[:] = [sum(pair) for pair in zip(lost_j, more_j, strict=True)]

    monkeypatch.setattr(race.world, "runtime", runtime)

    race.distance_m = [104.0, 100.0, 96.0]
    lose(-20e3, 50e3, 0.0)  # the one in front is pushed on
    race.step([50.0, 50.0, 50.0], contact(0, 1, 5000.0))
    lose(0.0, -8e3, 9e3)  # before the first hit is over
    race.step([50.0, 50.0, 50.0], contact(1, 2, 900.0))
    lose(70e3, 0.0, 0.0)
    race.step([50.0, 50.0, 50.0], [Contact(0, race.world.tick, 9000.0, HitWall(0, "tyres"))])
    for _ in range(round(10.0 * RULES.contact.again_s) + 2):
        race.step([50.0, 50.0, 50.0])
    assert [each.cars for each in race.control.log.contacts] == [(0, 1), (1, 2)]
    assert [each.lost_j for each in race.control.log.contacts] == pytest.approx([30e3, 1e3])


def test_a_car_that_is_hit_while_it_touches_another_shares_what_all_of_them_lose(cars, monkeypatch):
    race = cars(3)
    race.wait_for_the_start()
    parts = [SimpleNamespace(position=SimpleNamespace(contact_j=0.0)) for _car in range(3)]
    monkeypatch.setattr(race.world, "runtime", lambda car: parts[car])

    def lose(*more_j):
        for part, more in zip(parts, more_j, strict=True):
            part.position.contact_j += more

    race.distance_m = [104.0, 100.0, 96.0]
    lose(-40e3, 44e3, 0.0)
    race.step([50.0, 50.0, 50.0], contact(0, 1, 3000.0))
    # The one in the middle touches the first one still: it has no event of its own.
    lose(0.0, -30e3, 32e3)
    race.step([50.0, 50.0, 50.0], [Contact(2, race.world.tick, 1000.0, HitCar(1))])
    lose(-5e3, 6e3, 0.0)
    for _ in range(round(10.0 * RULES.contact.again_s) + 2):
        race.step([50.0, 50.0, 50.0])
    first, second = race.control.log.contacts
    assert (first.cars, second.cars) == ((0, 1), (1, 2))
    assert first.lost_j + second.lost_j == pytest.approx(7e3)
    assert first.lost_j == pytest.approx(3.0 * second.lost_j)


def test_cars_that_lean_on_each_other_for_long_are_in_one_hit(cars, monkeypatch):
    race = cars(2)
    race.wait_for_the_start()
    parts = [SimpleNamespace(position=SimpleNamespace(contact_j=0.0)) for _car in range(2)]
    monkeypatch.setattr(race.world, "runtime", lambda car: parts[car])
    race.distance_m = [102.0, 100.0]
    race.step([50.0, 50.0], contact(0, 1, 900.0))
    steps = round(30.0 * RULES.contact.again_s)
    for _ in range(steps):
        parts[0].position.contact_j -= 100.0
        parts[1].position.contact_j += 110.0
        race.step([50.0, 50.0])
    (found,) = race.control.log.contacts
    assert found.lost_j == pytest.approx(10.0 * steps)


def test_the_track_may_be_left_a_few_times(cars):
    race = cars(1)
    race.wait_for_the_start()
    for number in range(1, 6):
        race.step([50.0], [LeftTrack(0, 0, 100.0, 1)])
        further = max(0, number - RULES.penalties.warnings)
        assert race.control.penalty_s(0) == further * RULES.penalties.track_limits_s


def test_a_car_that_stands_is_shown_by_yellow_flags_and_at_last_is_out(cars):
    race = cars(2, laps=100)
    race.wait_for_the_start()
    race.step([50.0, 50.0])
    for _ in range(round(10.0 * RULES.flags.standing_s) + 3):
        race.step([0.0, 10.0])
    assert race.control.view(1).yellow_m == (race.snapshots[0].s_m,)
    assert race.control.view(0).yellow_m == ()
    for _ in range(round(10.0 * RULES.end.standing_s)):
        race.step([0.0, 10.0])
    assert "stands at" in race.control.retired(0)
    assert race.control.retired(1) == ""


def test_a_car_about_to_be_lapped_sees_blue(cars):
    race = cars(2, laps=100)
    race.wait_for_the_start()
    blue = []
    while race.distance_m[0] < race.distance_m[1] + race.lap_m:
        race.step([60.0, 20.0])
        behind_m = race.distance_m[1] - race.distance_m[0] + race.lap_m
        assert race.control.view(1).is_blue == (0.0 < behind_m < 20.0 * RULES.flags.blue_s)
        assert not race.control.view(0).is_blue
        blue.append(race.control.view(1).is_blue)
    assert any(blue)


def test_nobody_waits_for_a_car_that_takes_three_times_as_long(cars):
    race = cars(2, laps=2)
    race.wait_for_the_start()
    for _ in range(10_000):
        if race.control.phase == "over":
            break
        race.step([60.0, 5.0])
    assert "on its lap" in race.control.retired(1)
    assert [each.car for each in classify(race.control).classified] == [0, 1]


def test_who_uses_more_than_the_cap_of_all_laps_together_is_out_where_it_does(cars):
    race = cars(2, laps=4, cap_kwh=0.5)
    race.use_j(5000.0, 5000.0)  # on the grid, which does not count
    race.wait_for_the_start()
    assert race.control.view(0).energy_left_j == pytest.approx(2.0 * KWH_J)
    race.use_j(0.6 * KWH_J, -0.1 * KWH_J)  # the other one regains
    race.step([50.0, 40.0])
    assert race.control.view(0).energy_left_j == pytest.approx(1.4 * KWH_J)
    assert race.control.view(1).energy_left_j == pytest.approx(2.1 * KWH_J)
    assert not race.control.is_out(0)  # it may spend on one lap what it saves on others
    race.use_j(1.41 * KWH_J, 0.0)
    race.step([50.0, 40.0])
    assert "has used its 2.00 kWh at" in race.control.retired(0)
    assert not race.control.is_out(1)


def test_energy_counts_until_the_line_behind_the_flag(cars):
    race = cars(2, laps=1, cap_kwh=1.0)
    race.wait_for_the_start()
    race.use_j(0.9 * KWH_J, 0.5 * KWH_J)
    while not race.control.timing.cars[0].is_finished:
        race.step([60.0, 40.0])
    race.use_j(0.3 * KWH_J, 0.0)  # on its way home
    while race.control.phase != "over":
        race.step([60.0, 40.0])
    first, second = classify(race.control).classified
    assert (first.car, first.retired) == (0, "")
    assert first.net_j == pytest.approx(0.9 * KWH_J)
    assert second.net_j == pytest.approx(0.5 * KWH_J)


def test_a_car_that_is_out_keeps_its_laps_and_its_place_behind_all_that_finished(cars):
    race = cars(3, laps=2)
    race.wait_for_the_start()
    while race.control.timing.cars[0].laps_done < 1:
        race.step([60.0, 55.0, 50.0])
    race.control.retire(0, "no battery")
    while race.control.phase != "over":
        race.step([0.0, 55.0, 50.0])
    result = classify(race.control).classified
    assert [each.car for each in result] == [1, 2, 0]
    assert (result[2].laps, result[2].retired) == (1, "no battery")
    assert math.isinf(result[2].time_s)


def test_who_is_pushed_on_the_grid_by_a_car_that_jumped_has_not_jumped_the_start(cars):
    race = cars(3)
    for number, snapshot in enumerate(race.snapshots[:2]):
        race.snapshots[number] = snapshot._replace(x_m=snapshot.x_m + (1.0 if number else 0.0))
    race.step([0.0] * 3)
    race.snapshots[0] = race.snapshots[0]._replace(x_m=race.snapshots[0].x_m + 1.0)
    race.step([0.0] * 3, contact(0, 1, 900.0))
    assert [penalty.car for penalty in race.control.log.penalties] == [1]


def test_laps_that_are_driven_after_a_car_is_out_do_not_count(cars):
    race = cars(2)
    race.wait_for_the_start()
    race.control.retire(0, "enough")
    while race.control.timing.cars[1].laps_done < 2:
        race.step([60.0, 50.0])
    last = classify(race.control).classified[-1]
    assert (last.car, last.laps) == (0, 0)


def until_over(race, speeds_mps):
    """Drive to the end of a race; gives the time left as each step saw it."""
    left_s = []
    while race.control.phase != "over":
        left_s.append(race.control.view(0).time_left_s)
        race.step(speeds_mps)
    return left_s


@settings(max_examples=20)
@given(
    speeds_mps=st.lists(st.floats(40.0, 90.0), min_size=1, max_size=4, unique=True),
    minutes=st.floats(0.1, 1.5),
)
def test_by_minutes_the_leader_ends_the_race_where_it_crosses_the_line_next(
    cars, speeds_mps, minutes
):
    race = cars(len(speeds_mps), laps=1, minutes=minutes)
    race.wait_for_the_start()
    left_s = until_over(race, speeds_mps)
    assert left_s == sorted(left_s, reverse=True)
    assert left_s[-1] == 0.0
    result = classify(race.control)
    first = result.classified[0]
    assert first.time_s >= 60.0 * minutes > math.fsum(first.lap_times_s[:-1])
    for each in result.classified:
        assert each.laps <= first.laps == result.laps_driven
        assert each.time_s >= first.time_s or each.laps < first.laps
        assert each.time_s - first.time_s < race.lap_m / speeds_mps[each.car] + 0.1


def test_by_minutes_a_leader_that_retires_leaves_the_flag_to_the_next_car(cars):
    race = cars(2, minutes=0.5)
    race.wait_for_the_start()
    while race.control.timing.cars[0].laps_done < 2:
        race.step([80.0, 60.0])
    race.control.retire(0, "no battery")
    until_over(race, [0.0, 60.0])
    first, second = classify(race.control).classified
    assert (first.car, second.car) == (1, 0)
    assert first.time_s >= 30.0 > first.time_s - first.lap_times_s[-1]


def test_by_laps_no_time_is_left_or_lacks(cars):
    race = cars(1)
    race.wait_for_the_start()
    assert set(until_over(race, [60.0])) == {math.inf}


def test_the_last_lap_is_known_once_the_time_is_up_and_true(cars):
    race = cars(3, minutes=0.7)
    race.wait_for_the_start()
    known = {}
    timing = race.control.timing
    while race.control.phase != "over":
        for car, its in enumerate(timing.cars):
            if timing.is_on_last_lap(car):
                known.setdefault(car, its.laps_done)
        is_known_early = bool(known) and timing.time_left_s > 0.0
        assert not is_known_early
        race.step([80.0, 70.0, 45.0])
    driven = {each.car: each.laps for each in classify(race.control).classified}
    assert driven == {car: laps + 1 for car, laps in known.items()}


def test_by_minutes_a_cap_on_energy_is_that_of_the_laps_that_are_expected(cars):
    race = cars(1, laps=4, minutes=0.5, cap_kwh=0.5)
    assert race.control.budget_j == pytest.approx(2.0 * KWH_J)
