"""Many stints: the same results however many processes, and lost laps that cost no others."""

import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.errors import InputError
from game.headless.fleet import LapsLost, drive_in_parallel, drive_serially, split_into_stints
from game.headless.results import Results
from game.headless.stint import Conditions

pytestmark = pytest.mark.slow

WAYS_TO_LOSE_A_LAP = {
    "Raises": "ValueError: enough, at 0 m",
    "Hangs": "did not come back within 1 s, at 0 m",
    "TalksNonsense": "decide returned 'left', expected controls(steering, throttle, brake), at 0 m",
    "Exits": "its process ended with exit code 3",
    "IsKilled": "its process was ended by SIGKILL",
}


def driven(entrants, drive):
    """The results of a drive that is given its callback."""
    results = [Results(entrant) for entrant in entrants]
    drive(lambda event: results[event.stint.entrant].add(event))
    return results


@pytest.fixture(scope="module")
def two_of_everything(oval, spec, enter):
    """Two bots with two setups, two stints of two laps each, in this process and in others."""
    entrants = [
        enter(bot, tyre) for bot in ("reference", "follower") for tyre in ("slick", "sport")
    ]
    conditions = Conditions(oval, spec, time_limit_s=60.0)  # a busy machine may stall
    stints = split_into_stints(4, laps=4, laps_per_stint=2)
    found = {"here": driven(entrants, partial(drive_serially, conditions, entrants, stints))}
    for jobs in (1, 2, 3):
        drive = partial(drive_in_parallel, conditions, entrants, stints, jobs)
        found[jobs] = driven(entrants, drive)
    return found


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_do_not_depend_on_the_number_of_processes(two_of_everything, jobs):
    for there, here in zip(two_of_everything[jobs], two_of_everything["here"], strict=True):
        assert there.laps == here.laps
        assert there.state_hash == here.state_hash
        assert there.ticks == here.ticks


def test_all_bots_and_setups_drive_all_their_laps(two_of_everything):
    for results in two_of_everything[2]:
        assert [done.lap.number for done in results.laps] == [1, 2, 3, 4]
        assert [done.stint.number for done in results.laps] == [1, 1, 2, 2]
        assert results.valid_laps == 4
        assert results.lost == []


def test_every_stint_begins_in_the_same_way(two_of_everything):
    for results in two_of_everything[2]:
        first, second, again_first, again_second = (done.lap for done in results.laps)
        assert again_first == first._replace(number=3)
        assert again_second == second._replace(number=4)


@pytest.fixture(scope="module")
def spoilt_run(oval, spec, enter, spoilt):
    """All the spoilt bots and the reference bot, three laps each in a stint, on two processes."""
    names = [*WAYS_TO_LOSE_A_LAP, "NeverStarts"]
    entrants = [*(enter(spoilt(name)) for name in names), enter("reference")]
    conditions = Conditions(oval, spec)
    stints = split_into_stints(len(entrants), laps=3, laps_per_stint=3)
    results = driven(
        entrants, lambda on_event: drive_in_parallel(conditions, entrants, stints, 2, on_event)
    )
    return dict(zip([*names, "reference"], results, strict=True))


@pytest.mark.parametrize("name", WAYS_TO_LOSE_A_LAP)
def test_a_lap_that_a_bot_spoils_is_lost_alone_and_says_why(spoilt_run, name):
    results = spoilt_run[name]
    assert [done.lap.number for done in results.laps] == [1, 3]
    assert [(lost.first_lap, lost.last_lap) for lost in results.lost] == [(2, 2)]
    assert results.lost[0].reason.endswith(WAYS_TO_LOSE_A_LAP[name])


def test_the_laps_of_others_are_all_there(spoilt_run):
    assert spoilt_run["reference"].valid_laps == 3
    assert spoilt_run["reference"].lost == []


def test_a_stint_whose_first_lap_is_lost_is_given_up(spoilt_run):
    (lost,) = spoilt_run["NeverStarts"].lost
    assert (lost.first_lap, lost.last_lap) == (1, 3)


def test_the_lap_after_a_lost_one_is_driven_from_a_new_start(spoilt_run):
    first, third = (done.lap for done in spoilt_run["Raises"].laps)
    assert third == first._replace(number=3)


def test_a_bot_that_cannot_be_found_ends_the_whole_run(oval, spec, enter):
    entrants = [enter("nobody")]
    with pytest.raises(InputError, match="bot 'nobody'"):
        drive_in_parallel(
            Conditions(oval, spec), entrants, split_into_stints(1, 1, 1), 1, lambda _: None
        )


def test_a_car_that_stands_still_loses_its_lap(oval, spec, enter, tmp_path):
    path = tmp_path / "parked.py"
    path.write_text(
        "from game.vehicle.state import controls\n"
        "class Parked:\n"
        "    def decide(self, seen):\n"
        "        return controls(0.0, 0.0, 1.0)\n"
    )
    events = []
    drive_serially(
        Conditions(oval, spec), [enter(str(path))], split_into_stints(1, 1, 1), events.append
    )
    (lost,) = (event for event in events if isinstance(event, LapsLost))
    assert re.match(r"not finished after 8\d s; the car is at ", lost.reason)


@given(entrants=st.integers(1, 5), laps=st.integers(1, 60), laps_per_stint=st.integers(1, 12))
def test_stints_share_every_lap_of_everyone_out_once(entrants, laps, laps_per_stint):
    stints = split_into_stints(entrants, laps, laps_per_stint)
    assert all(1 <= stint.laps <= laps_per_stint for stint in stints)
    for entrant in range(entrants):
        own = [stint for stint in stints if stint.entrant == entrant]
        assert [stint.number for stint in own] == list(range(1, len(own) + 1))
        numbers = [stint.first_lap + lap for stint in own for lap in range(stint.laps)]
        assert numbers == list(range(1, laps + 1))
