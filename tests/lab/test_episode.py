"""A step is judged by what moved since the last one, whatever the car did."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.lab.episode import (
    BACKWARDS,
    HIT_A_WALL,
    NOT_ENDED,
    OFF_TRACK,
    STUCK,
    EndLimits,
    Episode,
    RewardWeights,
    Rules,
    StepOutcome,
    begin,
    judge_step,
)
from game.simulation.snapshot import Snapshot

LAP_M = 1000.0
RULES = Rules(RewardWeights(), EndLimits(), LAP_M, 0.125)
REST = Snapshot(*[0] * len(Snapshot._fields))._replace(beyond_limit_m=-1.0)
ROLLING = REST._replace(velocity_forward_mps=10.0)


def judged(cars, rules=RULES, hit_a_wall=False):
    """The outcomes of steps that lead from the first of these snapshots to the last."""
    episode = Episode(off_s=3.0, covered_m=500.0)
    begin(cars[0], episode)
    outcomes = []
    for car in cars[1:]:
        outcome = [0.0] * len(StepOutcome._fields)
        judge_step(rules, car, hit_a_wall, episode, outcome)
        outcomes.append(StepOutcome(*outcome))
    return outcomes


def ends(cars, **others):
    return [outcome.end for outcome in judged(cars, **others)]


@given(st.floats(0.0, 999.0), st.lists(st.floats(-3.0, 20.0), min_size=1, max_size=200))
def test_progress_adds_up_to_the_way_covered_over_any_number_of_laps(s_m, moves_m):
    cars = [ROLLING._replace(s_m=s_m)]
    for moved_m in moves_m:
        cars.append(ROLLING._replace(s_m=(cars[-1].s_m + moved_m) % LAP_M))
    outcomes = judged(cars)
    assert sum(outcome.progress for outcome in outcomes) == approx(sum(moves_m), abs=1e-6)
    assert outcomes[-1].covered_m == approx(sum(moves_m), abs=1e-6)


def test_only_time_off_the_track_in_one_piece_ends_an_episode():
    off = ROLLING._replace(beyond_limit_m=1.0)
    nearly = [off] * 7
    assert set(ends([ROLLING, *nearly, ROLLING, *nearly])) == {NOT_ENDED}
    assert ends([ROLLING, *nearly, off])[-1] == OFF_TRACK


def test_far_off_the_track_an_episode_ends_at_once():
    assert ends([ROLLING, ROLLING._replace(beyond_limit_m=3.01)]) == [OFF_TRACK]


def test_a_car_that_hardly_moves_is_stuck_after_a_while():
    slow = ROLLING._replace(velocity_forward_mps=0.6, velocity_left_mps=-0.6)
    assert ends([slow] * 42) == [NOT_ENDED] * 39 + [STUCK] * 2


def test_going_back_counts_from_the_farthest_place():
    ahead = [ROLLING._replace(s_m=float(s_m)) for s_m in (0, 30, 60, 45, 41, 39)]
    assert ends(ahead) == [NOT_ENDED] * 4 + [BACKWARDS]


def test_a_wall_comes_before_all_other_reasons():
    off = ROLLING._replace(beyond_limit_m=10.0)
    assert ends([ROLLING, off], hit_a_wall=True) == [HIT_A_WALL]


def test_energy_got_back_is_a_gain_where_energy_costs():
    rules = RULES._replace(weights=RewardWeights(energy_per_kj=-2.0))
    used = ROLLING._replace(battery_drawn_j=5000.0)
    regained = used._replace(battery_regained_j=3000.0)
    assert [outcome.energy for outcome in judged([ROLLING, used, regained], rules)] == [
        approx(-10.0),
        approx(6.0),
    ]
