"""A day is chosen, driven as it prescribes, and its laps stand on a board of its own."""

import datetime
import math
from types import SimpleNamespace

import pytest
from here_worker import HereWorker

from game.app.input.commands import Command
from game.app.scenes.daily import DailyScene
from game.app.scenes.day_board import best_by_driver, day_laps
from game.app.scenes.loading import LoadingScene
from game.app.scenes.player_drive import player_drive
from game.app.venue.day_ahead import DayAhead
from game.boards.lap_database import LapDatabase
from game.boards.lap_writer import LapWriter
from game.goals.daily import DailyConditions, daily_conditions
from game.goals.day_target import Day, DayTarget
from game.recording.ghost import GhostLap, TapedPose
from game.recording.lap_recorder import Lap

KWH = 3.6e6
TODAY = datetime.date(2026, 11, 30)
LAP_TO_BEAT = GhostLap(40.0, (0.0, 40.0), (TapedPose(0.0, 0.0, 0.0, 0.0),) * 2)


@pytest.fixture
def at_home(home, monkeypatch):  # noqa: ARG001 - the circuit has to be there
    """Every day is driven on the player's own circuit."""
    monkeypatch.setattr(
        "game.app.scenes.daily.daily_conditions",
        lambda date: DailyConditions(date, "home", "overcast", "sport", 0.6, 0.9),
    )


def day(cap_kwh=0.0, date=TODAY):
    conditions = DailyConditions(date, "home", "overcast", "sport", 0.6, 0.9)
    return Day(conditions, DayTarget(cap_kwh, 0.5, LAP_TO_BEAT))


@pytest.fixture
def routes(at_home, new_routes, oval, spec, offscreen):  # noqa: ARG001 - as above
    offscreen((640, 360))
    return new_routes(lap_writer=LapWriter(oval, spec))


def finish(drive, garage, lap):
    """Let the player's car finish a lap, and wait until it is written."""
    drive.followed.on_lap(lap)
    garage.lap_writer.close()
    return [each.lap for each in LapDatabase().laps("home")[0]]


def lap(time_s=41.0, net_kwh=0.5):
    return Lap(1, time_s, (13.0, 14.0, time_s - 27.0), True, net_kwh * KWH, 0.0, 50.0, ())


def test_a_days_drive_has_its_tyres_charge_weather_and_cap_and_the_players_setup(routes):
    before = routes.garage.setup
    routes.open_day(day(1.5))
    garage = routes.garage
    drive = player_drive(garage)
    assert garage.track.name == "home"
    assert garage.spec.weather.name == "overcast"
    assert (drive.followed.setup.tyre, drive.followed.setup.initial_charge) == ("sport", 0.6)
    assert drive.followed.entry.cap_kwh == garage.cap_kwh == 1.5
    assert drive.followed.setup.front_torque_share == before.front_torque_share
    assert garage.setup == before
    assert "2026-11-30" in garage.place_text


def test_the_goals_of_a_day_are_the_bots_lap_in_it(routes):
    routes.open_day(day())
    times = routes.garage.targets.lap_times
    assert min(times.values()) == 40.0
    assert routes.garage.circuit_targets is None


def test_a_lap_stands_on_the_days_board_if_it_keeps_the_cap(routes):
    routes.open_day(day(cap_kwh=0.6))
    (kept,) = finish(player_drive(routes.garage), routes.garage, lap(net_kwh=0.55))
    assert (kept.day, kept.tyre, kept.valid) == ("2026-11-30", "sport", True)
    assert day_laps(day().conditions, routes.garage.spec) == [kept]
    assert day_laps(day(date=TODAY.replace(day=29)).conditions, routes.garage.spec) == []


def test_a_lap_over_the_cap_is_kept_but_not_as_one_of_the_day(routes):
    routes.open_day(day(cap_kwh=0.5))
    (kept,) = finish(player_drive(routes.garage), routes.garage, lap(net_kwh=0.55))
    assert (kept.day, kept.valid) == ("", True)
    assert math.isinf(routes.garage.best_s)


def test_another_circuit_ends_the_day(routes):
    routes.open_day(day())
    routes.open_circuit("home", routes.title(), to_drive=False)
    assert routes.garage.day is None
    assert routes.garage.drive_setup == routes.garage.setup


@pytest.fixture
def scene(routes):
    scene = routes.daily(routes.title())
    assert isinstance(scene, DailyScene)
    yield scene
    scene.leave()


def test_today_and_the_days_before_can_be_chosen(scene):
    assert scene.conditions.date == datetime.date.today()
    scene.handle(Command.DOWN)
    scene.handle(Command.RIGHT)
    assert scene.conditions.date == datetime.date.today() - datetime.timedelta(1)


def test_a_day_is_driven_once_the_bot_has_driven_it(scene):
    waiting = scene.handle(Command.CONFIRM)
    assert isinstance(waiting, LoadingScene)
    assert waiting.following() is waiting
    assert waiting.handle(Command.BACK) is scene
    scene._ahead._found[scene.conditions] = day().target
    waiting.update(1.0 / 60.0)
    assert waiting.following() not in (waiting, scene)


def test_a_bot_that_gets_nowhere_is_said_and_nothing_is_driven(scene, monkeypatch):
    said = []
    monkeypatch.setattr(scene.context.notice, "show", said.append)
    scene._ahead.error = "the bot could not drive the day"
    scene.update(1.0 / 60.0)
    assert scene.handle(Command.CONFIRM) is scene
    assert said == ["the bot could not drive the day"]


def test_another_day_does_not_wait_for_the_one_before(scene, monkeypatch):
    sent = []
    monkeypatch.setattr(scene._ahead, "_send", sent.append)
    scene.update(1.0 / 60.0)
    scene.update(1.0 / 60.0)
    scene.handle(Command.DOWN)
    scene.handle(Command.RIGHT)
    scene.update(1.0 / 60.0)
    assert [each.date for each in sent] == [each.date for each in scene._days[:2]]


def test_a_board_has_the_first_lap_of_each_driver():
    laps = [SimpleNamespace(driver=driver) for driver in ("", "Anna", "", "Ben", "Anna")]
    assert [lap.driver for lap in best_by_driver(laps)] == ["", "Anna", "Ben"]


def test_the_bots_lap_of_a_day_comes_once_its_worker_has_driven_it(spec, monkeypatch):
    monkeypatch.setattr("game.app.venue.background_work.Worker", HereWorker)
    conditions, driven = day()
    asked = []

    def drive(*task):
        asked.append(task[:2])
        return driven

    monkeypatch.setattr("game.app.venue.day_ahead.make_day_target", drive)
    ahead = DayAhead(spec)
    ahead.begin(conditions)
    assert ahead.of(conditions) is None
    ahead.poll()
    assert ahead.of(conditions) == driven
    assert asked == [(conditions, spec.id)]
    assert ahead.error == ""


def test_a_real_day_is_shown_in_whole(routes, monkeypatch):
    monkeypatch.setattr("game.app.scenes.daily.daily_conditions", daily_conditions)
    scene = routes.daily(routes.title())
    words = scene._board.words()
    assert len(words) == 2
    assert "charge" in words[1]
    scene.leave()
