"""Races of a season are driven by a real Dask scheduler's worker, and are the same there."""

import dataclasses

import faulty_bots
import pytest
from oval import make_oval

pytest.importorskip("distributed")

from local_scheduler import local_scheduler

from game.errors import InputError
from game.headless.stint import Conditions
from game.league.cluster_races import ClusterRaces
from game.league.race_process import RaceOrder, drive_order, program_key
from game.racing.guarded_race import NumberedRace, drive_guarded_races
from game.racing.race import Race, RaceEntry
from game.racing.race_length import RaceLength
from game.vehicle.setup import Setup

# Dask leaves sockets to the garbage collector.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

BOT = f"{faulty_bots.__file__}:Chatters"


@pytest.fixture
def scheduler():
    """The address of a scheduler in this process with a worker of its own."""
    with local_scheduler() as address:
        yield address


@pytest.fixture
def race(spec):
    """A lap of the oval by two bots that print what they like."""
    conditions = Conditions(make_oval(), spec, standing=True)
    return Race(
        conditions, (RaceEntry("a", BOT, Setup()), RaceEntry("b", BOT, Setup())), RaceLength(1)
    )


def test_a_race_on_a_cluster_is_the_same_as_here(scheduler, race):
    there, here = {}, {}
    races = [NumberedRace(7, race)]
    ClusterRaces(scheduler).drive(races, there.__setitem__, lambda *_: None)
    drive_guarded_races(races, 1, here.__setitem__)
    assert there[7].state_hash == here[7].state_hash
    assert there[7].result == here[7].result


def test_another_program_or_bot_there_is_refused(race):
    with pytest.raises(InputError, match="another version of leaf-rc"):
        drive_order(RaceOrder(race, "older", {}))
    with pytest.raises(InputError, match="is another one on a worker"):
        drive_order(RaceOrder(race, program_key(), {BOT: "changed"}))


def test_what_a_race_cannot_be_driven_for_is_said_in_one_line(race):
    full = dataclasses.replace(race, entries=race.entries * 20)
    with pytest.raises(InputError, match="its grid has"):
        drive_order(RaceOrder(full, program_key(), {}))
