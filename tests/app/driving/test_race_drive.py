"""A person races against bots under race control."""

from types import SimpleNamespace

import pytest

from game.app.car.livery import LIVERIES, WORKS
from game.app.driving.driven_car import CarEntry
from game.app.driving.race_drive import RaceDrive, race_entries
from game.app.driving.race_field import RaceEntrant
from game.app.driving.race_news import NewsKind, RaceNews
from game.compiled import Backend
from game.drivers.human_driver import HumanDriver, InputState
from game.drivers.race_view import LetBy
from game.racing.race_length import RaceLength
from game.racing.race_log import GainedPlace, Penalty, RaceLog
from game.racing.rules import race_rules
from game.recording.replay_player import ReplayPlayer
from game.recording.replay_recorder import replay_of
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

OWN = 1  # the player's place on the grid
NAMES = ("You", "Lime")


@pytest.fixture
def held():
    return InputState()


@pytest.fixture
def race(monkeypatch, oval, spec, slow_plan, held):
    """The player between two bots, over a lap."""
    monkeypatch.setattr("game.bot.bot.make_plan", lambda *_, **__: slow_plan)
    entrants = [
        RaceEntrant(LIVERIES[1]),
        RaceEntrant(WORKS, is_player=True),
        RaceEntrant(LIVERIES[2]),
    ]
    player = CarEntry(spec, Setup(), lambda: HumanDriver(held, spec, Setup()))
    entries = race_entries(entrants, [player], Setup())
    return RaceDrive(oval, entrants, entries, length=RaceLength(1), seed=5, bots_setup=Setup())


def until_the_lights_are_out(race):
    while race.control.race_s < 0.0:
        race.step(24)


def speeds_mps(race):
    return [car.now.velocity_forward_mps for car in race.cars]


def test_all_stand_until_the_lights_are_out_and_the_brake_only_holds(race, held):
    held.down = True
    until_the_lights_are_out(race)
    assert max(map(abs, speeds_mps(race))) < 0.05
    assert race.control.log.penalties == []
    held.down, held.up = False, True
    race.step(480)
    assert min(speeds_mps(race)) > 5.0


def test_a_player_who_drives_too_early_is_penalised(race, held):
    held.up = True
    race.step(480)
    (penalty,) = race.control.log.penalties
    assert (penalty.car, penalty.offence) == (OWN, "jump start")
    news = RaceNews(race.control, OWN, race.track.length_m, race.names).found(lambda: 1)
    assert news.kind is NewsKind.PENALTY
    assert race.race_board.own.standing.penalty_s == penalty.time_s


def test_news_are_told_once(race, held):
    news = RaceNews(race.control, OWN, race.track.length_m, race.names)
    held.up = True
    race.step(480)
    assert news.found(lambda: 1) is not None
    assert news.found(lambda: 1) is None


def test_behind_the_flag_a_bot_drives_the_players_car_on(race):
    until_the_lights_are_out(race)
    race.step(480)
    assert race.cars[OWN].now.velocity_forward_mps < 0.05
    race.control.retire(OWN, "enough")
    race.step(960)
    assert race.cars[OWN].now.velocity_forward_mps > 5.0
    assert race.race_board.rows[-1].is_own


def test_a_restart_is_another_race_of_the_same_cars(race, held):
    held.up = True
    until_the_lights_are_out(race)
    before, places = race.control, [car.entry for car in race.cars]
    race.restart()
    assert race.control is not before
    assert race.control.log.penalties == []
    assert race.control.lights.out_s != before.lights.out_s
    assert [car.entry for car in race.cars] == places
    board = race.race_board
    assert (board.place, board.lap, board.own.name) == (OWN + 1, 1, "You")
    assert (board.ahead.number, board.behind.number) == (LIVERIES[1].number, LIVERIES[2].number)


def test_the_recording_of_a_race_with_a_person_verifies(race, held, oval, spec):
    until_the_lights_are_out(race)
    held.up = True
    race.step(1200)
    while not race.can_be_put_back(race.followed):
        race.step(24)
    race.reset_to_track()
    race.step(600)
    replay = replay_of(race.recording())
    player = ReplayPlayer(replay, oval, spec, Backend.COMPILED)
    while not player.at_end:
        player.step()
    assert player.diverged_tick is None


def test_nobody_is_put_back_onto_another_car_or_before_the_start(race):
    assert not race.can_be_put_back(race.followed)
    until_the_lights_are_out(race)
    assert not race.can_be_put_back(race.followed)  # the others are beside it
    race.step(1200)
    assert race.can_be_put_back(race.followed)


def stub_control(**changed):
    """Race control of a race under way, as one car's news ask it."""
    view = SimpleNamespace(yellow_m=(), is_blue=False, let_by=None)
    timing = SimpleNamespace(
        cars=[SimpleNamespace(laps_done=0, finish_s=200.0)],
        is_won=False,
        is_on_last_lap=lambda _: timing.cars[0].laps_done == 2,
    )
    control = SimpleNamespace(
        race_s=9.0,
        length=RaceLength(3),
        view=lambda _: view,
        is_done=lambda _: False,
        retired=lambda _: "",
        is_disqualified=lambda _: False,
        let_by=lambda _: None,
        penalty_s=lambda _: 0.0,
        warnings=lambda _: 0,
        snapshots=[SimpleNamespace(s_m=600.0)],
        timing=timing,
        log=RaceLog(),
        rules=race_rules(),
    )
    vars(control).update(changed)
    return control


@pytest.mark.parametrize(
    ("yellow_m", "is_blue", "flag"),
    [((), False, None), ((50.0,), True, NewsKind.YELLOW), ((500.0,), True, NewsKind.BLUE)],
)
def test_a_car_that_stands_ahead_is_yellow_and_comes_before_blue(yellow_m, is_blue, flag):
    view = SimpleNamespace(yellow_m=yellow_m, is_blue=is_blue, let_by=None)
    shown = RaceNews(stub_control(view=lambda _: view), 0, 700.0, NAMES).flag()
    assert (None if shown is None else shown.kind) == flag


def test_warnings_the_last_lap_and_the_flag_are_told_in_turn():
    control = stub_control()
    news = RaceNews(control, 0, 700.0, NAMES)
    assert news.found(lambda: 2) is None
    control.warnings = lambda _: 1
    assert news.found(lambda: 2).kind is NewsKind.WARNING
    control.timing.cars[0].laps_done = 2
    assert news.found(lambda: 2).kind is NewsKind.LAST_LAP
    control.is_done = lambda _: True
    finish = news.found(lambda: 2)
    assert (finish.kind, finish.title) == (NewsKind.FINISH, "FINISHED P2")
    assert news.found(lambda: 2) is None


@pytest.mark.parametrize("length", [RaceLength(1), RaceLength(1, minutes=2.0)])
def test_the_last_lap_is_told_unless_it_is_the_only_one(length):
    control = stub_control(length=length)
    news = RaceNews(control, 0, 700.0, NAMES)
    assert news.found(lambda: 1) is None
    control.timing.cars[0].laps_done = 2
    found = news.found(lambda: 1)
    assert (found is not None and found.kind is NewsKind.LAST_LAP) == length.is_by_minutes
    assert news.found(lambda: 1) is None


def test_who_has_to_let_a_car_by_is_told_so_until_it_has():
    control, contact = stub_control(), Penalty(0, "contact", 10.0, 5.0, 500.0)
    control.log.penalties.append(contact)
    news = RaceNews(control, 0, 700.0, NAMES)
    assert news.found(lambda: 1).kind is NewsKind.PENALTY
    control.log.penalties.remove(contact)  # held
    control.log.gained.append(GainedPlace(0, (1,), "contact", 6.0, 550.0, 26.0))
    told = LetBy(1, 12.0, 14.2)
    control.let_by = lambda _: told
    control.view = lambda _: SimpleNamespace(yellow_m=(), is_blue=True, let_by=told)
    for shown in (news.found(lambda: 1), news.flag()):
        assert (shown.kind, shown.words) == (NewsKind.GIVE_BACK, "let Lime by: 15 s")
    assert news.found(lambda: 1) is None
    control.view = lambda _: SimpleNamespace(yellow_m=(650.0,), is_blue=True, let_by=told)
    assert news.flag().kind is NewsKind.YELLOW  # danger comes first
    control.let_by = lambda _: None
    control.log.gained[0] = control.log.gained[0]._replace(outcome="given back")
    assert news.found(lambda: 1).kind is NewsKind.GIVEN_BACK
    assert news.found(lambda: 1) is None


def test_who_does_not_give_a_place_back_is_told_of_the_penalty_that_was_held():
    control, contact = stub_control(), Penalty(0, "contact", 10.0, 5.0, 500.0)
    control.log.penalties.append(contact)
    news = RaceNews(control, 0, 700.0, NAMES)
    news.found(lambda: 1)
    control.log.penalties.clear()
    assert news.found(lambda: 1) is None
    control.log.penalties.append(contact)
    assert news.found(lambda: 1).kind is NewsKind.PENALTY


def test_a_disqualified_driver_is_told_so():
    control = stub_control(is_done=lambda _: True, is_disqualified=lambda _: True)
    control.retired = lambda _: "disqualified: 5 penalties for contacts"
    news = RaceNews(control, 0, 700.0, NAMES).found(lambda: 1)
    assert (news.kind, news.title) == (NewsKind.RETIRED, "DISQUALIFIED")
