"""A race is reported with what race control has asked of the cars."""

from types import SimpleNamespace

import pytest

from game.cli.race_report import _notes, race_report
from game.headless.stint import REFERENCE_BOT
from game.racing.race_length import RaceLength
from game.racing.race_log import GainedPlace
from game.racing.race_result import classify
from game.simulation.events import Contact, HitCar
from game.vehicle.setup import Setup


@pytest.fixture
def reported(cars, spec, oval):
    """A race of three: the first is disqualified, the second gave two places back, not a third."""
    race = cars(3, laps=9)
    race.wait_for_the_start()
    race.step([50.0] * 3)
    log = race.control.log
    log.gained.append(GainedPlace(1, (0, 2), "contact", 5.0, 320.0, 35.0, "given back"))
    log.gained.append(GainedPlace(1, (2,), "track limits", 9.0, 400.0, 39.0, "dropped"))
    race.put(100.0, 104.0, 0.0)
    for _ in range(race.control.rules.penalties.disqualifying_contacts):
        impulses = ((0, 1), (1, 0))
        race.step([50.0] * 3, [Contact(one, 0, 9e3, HitCar(other)) for one, other in impulses])
        for _ in range(70):
            race.step([50.0] * 3)
    entries = [
        SimpleNamespace(name=name, bot=REFERENCE_BOT, pace=1.0, level="keen", setup=Setup())
        for name in ("A", "B", "C")
    ]
    conditions = SimpleNamespace(spec=spec, track=oval)
    made = SimpleNamespace(
        entries=entries, conditions=conditions, length=RaceLength(9), seed=0, cap_kwh=0.0
    )
    run = SimpleNamespace(result=classify(race.control), state_hash="", realtime_factor=50.0)
    return made, run


def test_people_read_who_let_whom_by_and_who_is_disqualified(reported):
    notes = _notes(*reported)
    assert "B: told to let A and C by for contact at 320 m: given back" in notes
    assert "B: told to let C by for track limits at 400 m: nobody left to be let by" in notes
    assert "A: disqualified: 5 penalties for contacts" in notes


def test_programs_read_the_same(reported):
    report = race_report(*reported)
    first, second = report["places_gained"]
    assert (first["name"], first["passed"], first["outcome"]) == ("B", ["A", "C"], "given back")
    assert second["offence"] == "track limits"
    assert [each["disqualified"] for each in report["results"]] == [False, False, True]
    last = report["results"][-1]
    assert (last["name"], last["time_s"]) == ("A", None)
