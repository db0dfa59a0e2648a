"""Races of bots: what one of them does wrong costs it the race, and nobody else."""

import dataclasses
import json

import faulty_bots
import pytest

from game.compiled import Backend
from game.errors import InputError
from game.headless.stint import Conditions
from game.racing.guarded_race import drive_guarded_race
from game.racing.qualifying import qualified
from game.racing.race import Race, RaceEntry, check_grid, drive_race
from game.racing.race_length import RaceLength
from game.racing.rules import race_rules
from game.recording.replay import load_replay
from game.recording.replay_player import ReplayPlayer
from game.vehicle.setup import Setup
from game.vehicle.state import Controls

pytestmark = pytest.mark.slow

FAULTY = faulty_bots.__file__


@pytest.fixture(scope="module")
def conditions(oval, spec):
    """Standing starts on the oval, compiled; a decision may take long, but not for ever."""
    return Conditions(oval, spec, standing=True, backend=Backend.COMPILED, time_limit_s=2.0)


def entries(*bots):
    return tuple(RaceEntry(bot.rpartition(":")[2], bot, Setup()) for bot in bots)


@pytest.fixture(scope="module")
def field():
    """Two sound bots around one that raises on its second lap."""
    return entries(f"{FAULTY}:Chatters", f"{FAULTY}:Raises", f"{FAULTY}:Chatters")


@pytest.fixture(scope="module")
def race(conditions, field, tmp_path_factory):
    """A race of two laps, and its replay."""
    return Race(
        conditions, field, RaceLength(2), replay=tmp_path_factory.mktemp("race") / "race.replay"
    )


@pytest.fixture(scope="module")
def run(race):
    return drive_race(race)


def test_a_bot_that_raises_is_out_and_the_others_finish(run):
    *finished, out = run.result.classified
    assert [each.laps for each in finished] == [2, 2]
    assert not any(each.retired for each in finished)
    assert out.car == 1
    assert "enough" in out.retired
    assert out.laps == 1


def test_the_same_race_has_the_same_bits(run, race):
    again = drive_race(dataclasses.replace(race, replay=None))
    assert again.state_hash == run.state_hash
    assert again.result == run.result


def test_its_replay_ends_in_the_same_bits(run, race, spec):
    replay = load_replay(race.replay)
    player = ReplayPlayer(replay, race.conditions.track, spec, Backend.COMPILED)
    while not player.at_end:
        player.step()
    assert not player.diverged
    assert replay.state_hash == run.state_hash


def test_a_bot_that_hangs_is_out_where_it_hung_and_the_race_is_the_same_again(conditions):
    hanging = entries(f"{FAULTY}:Hangs", f"{FAULTY}:Chatters")
    wanted = Race(dataclasses.replace(conditions, time_limit_s=0.5), hanging, RaceLength(2))
    run = drive_guarded_race(wanted)
    assert "did not come back" in run.result.classified[-1].retired
    assert [(each.car, each.laps) for each in run.result.classified] == [(1, 2), (0, 1)]


def test_nobody_moves_until_the_lights_are_out(conditions):
    class Eager:
        ticks_per_decision = 4
        asked = 0

        def decide(self, seen):
            type(self).asked += 1
            assert seen.race.is_started
            assert seen.race.lights == 0
            return Controls(throttle=255)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.racing.race.find_driver", lambda *_: Eager)
        patch.setattr("game.racing.race_control.RaceControl.phase", property(is_under_way))
        run = drive_race(Race(conditions, entries("eager"), RaceLength(1)))
    assert Eager.asked > 0
    assert run.result.penalties == ()


def is_under_way(control):
    """The phase of a race that is over two seconds after its start."""
    return "over" if control.race_s > 2.0 else "racing"


def test_who_starts_itself_may_start_too_early(conditions):
    class Early:
        ticks_per_decision = 4
        starts_itself = True

        def decide(self, _seen):
            return Controls(throttle=255)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.racing.race.find_driver", lambda *_: Early)
        patch.setattr("game.racing.race_control.RaceControl.phase", property(is_under_way))
        run = drive_race(Race(conditions, entries("early"), RaceLength(1)))
    (penalty,) = run.result.penalties
    assert penalty.offence == "jump start"
    assert penalty.time_s == race_rules().penalties.jump_start_s
    assert penalty.race_s < 0.0


def test_qualifying_puts_who_has_no_lap_last_and_the_faster_pace_first(conditions):
    slow, fast = (RaceEntry(str(pace), "reference", Setup(), pace) for pace in (0.8, 0.95))
    none = RaceEntry("none", f"{FAULTY}:NeverStarts", Setup())
    flying = dataclasses.replace(conditions, standing=False)
    assert qualified(flying, [none, slow, fast]) == [fast, slow, none]


def test_a_grid_has_room_for_so_many(oval):
    check_grid(oval, len(oval.grid))
    with pytest.raises(InputError, match="boxes"):
        check_grid(oval, len(oval.grid) + 1)


def test_the_command_prints_a_race_for_programs(run_command):
    code, out, _ = run_command(
        "race", "--track", "sandeby", "--bot", "reference@0.9", "--bot", "reference", "--laps", 1,
        "--grid", "reversed", "--json",
    )  # fmt: skip
    assert code == 0
    report = json.loads(out)
    first, second = report["results"]
    assert {first["name"], second["name"]} == {"reference 0.900", "reference 1.000"}
    assert {each["grid"] for each in report["results"]} == {1, 2}
    assert next(each["grid"] for each in (first, second) if each["pace"] == 0.9) == 1
    assert first["time_s"] + second["gap_s"] == pytest.approx(second["time_s"])


def test_the_command_prints_a_race_by_minutes_and_its_replay_verifies(run_command, tmp_path):
    path = tmp_path / "race.replay"
    bots = ("--bot", "reference", "--bot", "reference@0.9", "--grid", "listed")
    options = ("--track", "sandeby", "--minutes", 1, *bots, "--json", "--replay", path)
    code, out, _ = run_command("race", *options)
    assert code == 0
    report = json.loads(out)
    assert (report["laps"], report["minutes"], report["laps_driven"]) == (None, 1.0, 2)
    first, second = report["results"]
    assert first["time_s"] - first["lap_times_s"][-1] < 60.0 <= first["time_s"]
    assert second["time_s"] >= first["time_s"]
    assert run_command("verify", path)[0] == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--bot", "reference@2"), "--bot reference@2"),
        (("--bot", "nobody"), "there is no such bot"),
        (("--bot", "reference", "--bot", "reference", "--field", 1), "--field 1"),
        (("--bot", "reference", "--setup", "45-55", "--setup", "50-50"), "--setup"),
        (("--laps", 3, "--minutes", 5), "leave out --laps"),
        (("--minutes", 0), "--minutes"),
        (("--field", 20, "--track", "sandeby"), "16 boxes"),
        (("--replay", "no_folder/a.replay"), "cannot be written"),
    ],
)
def test_wrong_options_are_named_before_anybody_drives(run_command, options, said):
    code, out, err = run_command("race", *options)
    assert code != 0
    assert said in err
    assert out == ""
