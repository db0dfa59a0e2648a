"""Which setup is best in the rain is asked beside the rows, and the drive keeps its own weather."""

import pygame
import pytest
from fake_measurements import answer, measured_lap

from game.app.input.commands import Command
from game.app.setup.model import what_if as room
from game.app.setup.model.evidence import gather
from game.app.setup.model.variation import vary
from game.app.setup.model.what_if import WhatIf
from game.app.setup.model.workbench import Workbench
from game.app.setup.pages.charts_weather import ChartsWeather
from game.bot.planning import make_plan
from game.errors import InputError
from game.setups.items import item_named
from game.tuning.baseline import Baseline
from game.tuning.prediction import predict_setup
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import in_weather
from game.weather.weather import CLEAR_NOON, load_weather, weather_names

RAIN = load_weather("rain")
ON_WET_TYRES = Setup(tyre="wet")
PAGES = ("Values", "Compare", "Energy", "Split map")
FRAME_S = 1.0 / 60.0


@pytest.fixture
def scene(game):
    return game.show(game.routes.setup(game.routes.title()))


@pytest.fixture
def opened(monkeypatch):
    """The what-ifs whose processes were started, in this order."""
    what_ifs = []
    monkeypatch.setattr(WhatIf, "open", lambda one: what_ifs.append(one))
    monkeypatch.setattr(WhatIf, "is_open", property(lambda one: one in what_ifs[-1:]))
    return what_ifs


def turn_to(scene, name):
    while scene.tab.name != name:
        scene.handle(Command.NEXT_TAB)


def choose_weather(scene, name):
    """Choose a weather by its row on the page in view."""
    page = scene.tab.page
    row = next(row for row in page.rows if isinstance(row, ChartsWeather))
    page.choose(page.rows.index(row))
    for _ in weather_names():
        if scene.garage.workbench.weather.name == name:
            break
        scene.handle(Command.CONFIRM)
    assert scene.garage.workbench.weather.name == name
    scene.update(FRAME_S)


@pytest.fixture
def predicted_s(oval, spec):
    """Gives predicted lap times, all of them on the line of a dry day."""
    plan = make_plan(oval, spec, default_setup(spec))

    def predicted_s(weather, setups):
        baseline = Baseline(oval, in_weather(spec, weather), plan)
        return [predict_setup(baseline, setup).lap_time_s for setup in setups]

    return predicted_s


@pytest.mark.slow
def test_in_rain_a_lap_takes_longer_at_every_split(predicted_s, spec):
    setups = vary(item_named("front_torque_share", spec), ON_WET_TYRES).setups[::4]
    dry_s, wet_s = (predicted_s(weather, setups) for weather in (CLEAR_NOON, RAIN))
    assert len(setups) > 4
    assert all(wet > 1.02 * dry for wet, dry in zip(wet_s, dry_s, strict=True))


@pytest.mark.slow
def test_in_rain_the_compounds_are_quick_in_the_other_order(predicted_s):
    tyres = [Setup(tyre=tyre) for tyre in ("slick", "sport", "wet")]
    slick_s, sport_s, wet_s = predicted_s(CLEAR_NOON, tyres)
    assert slick_s < sport_s < wet_s
    slick_s, sport_s, wet_s = predicted_s(RAIN, tyres)
    assert wet_s < sport_s < slick_s


def test_what_is_asked_in_rain_is_asked_of_the_car_in_rain(oval, spec):
    bench = Workbench(oval, spec, ON_WET_TYRES)
    bench.look_in(RAIN)
    _track, car = bench.what_if._spec(room._predictor, 0).arguments
    assert car == in_weather(spec, RAIN)
    assert bench.spec == spec


def test_back_in_the_first_weather_all_is_known_to_the_bit_and_nothing_is_asked(game, scene):
    scene.update(0.0)
    answer(game.garage)
    bench = game.garage.workbench
    variation = vary(item_named("front_torque_share", bench.spec), bench.setup)

    def known():
        return gather(variation, bench.what_if.predictions, bench.what_if.measurements)

    dry = known()
    assert all(dry.predicted)
    assert all(dry.measured)
    choose_weather(scene, "rain")
    assert not any(known().predicted)
    assert not any(known().measured)
    assert set(bench.what_if.requested("measure")) == set(variation.setups)
    answer(game.garage)
    choose_weather(scene, CLEAR_NOON.name)
    assert known() == dry
    assert bench.what_if.requested("measure") == bench.what_if.requested("predict") == []
    choose_weather(scene, "rain")
    assert bench.what_if.requested("measure") == bench.what_if.requested("predict") == []


def test_the_drive_keeps_its_weather(game, scene):
    choose_weather(scene, "rain")
    assert game.garage.spec.weather == CLEAR_NOON
    assert "Rain" not in game.garage.place_text
    drive = scene.handle(Command.RESTART).drive
    assert drive.followed.entry.spec.weather == CLEAR_NOON


@pytest.mark.parametrize("name", PAGES)
def test_every_page_names_the_weather_that_it_holds_for(game, scene, written, name):
    turn_to(scene, name)
    for _ in range(2):
        scene.update(FRAME_S)
    answer(game.garage)
    scene.update(FRAME_S)
    scene.draw(pygame.display.get_surface())
    assert not any(" · " in text for text in written)
    choose_weather(scene, "rain")
    for _ in range(2):  # while laps are waited for, and when they are there
        written.clear()
        scene.update(FRAME_S)
        scene.draw(pygame.display.get_surface())
        assert any(text.startswith("Rain · ") for text in written), written
        answer(game.garage)


def test_in_rain_the_best_split_is_said_with_what_it_gains(game, scene, written):
    choose_weather(scene, "rain")
    answer(game.garage)
    scene.update(FRAME_S)
    scene.draw(pygame.display.get_surface())
    said = "Rain · Best 40 : 60: 0.03 s quicker than 50 : 50"
    assert any(text.startswith(said) for text in written)


def test_in_a_drive_in_rain_a_clear_noon_is_looked_at_by_its_name(oval, spec, game):
    garage = game.garage.move_to(oval, in_weather(spec, RAIN))
    game.routes.garage = garage
    scene = game.show(game.routes.setup(game.routes.title()))
    assert scene.pages[0].named("Best") == "Rain · Best"
    choose_weather(scene, CLEAR_NOON.name)
    assert scene.pages[0].named("Best") == "Clear noon · Best"
    assert garage.workbench.what_if._car_and_track == (oval, spec)


def test_a_weather_that_is_passed_by_starts_no_process(scene, opened):
    def stay(seconds):
        for _ in range(round(seconds / FRAME_S)):
            scene.update(FRAME_S)

    bench = scene.garage.workbench
    stay(0.1)
    dry = bench.what_if
    assert opened == [dry]
    choose_weather(scene, "damp")
    stay(0.2)
    choose_weather(scene, "rain")
    stay(0.2)
    assert opened == [dry]
    stay(1.0)
    assert opened == [dry, bench.what_if]
    scene.leave()
    opened.clear()
    stay(1.0)
    assert opened == []


def test_processes_of_the_weather_before_end_at_once(scene, monkeypatch):
    closed = []
    dry = scene.garage.workbench.what_if
    monkeypatch.setattr(dry, "close", lambda: closed.append(True))
    choose_weather(scene, "rain")
    assert closed == [True]


def test_the_laps_of_a_person_are_not_among_those_in_another_weather(oval, spec):
    bench = Workbench(oval, spec, Setup())
    best = measured_lap(oval, Setup())
    own = bench.driven_laps.laps({Setup(): best})[0]._replace(by_player=True)
    bench.driven_laps._own.append(own)
    assert own in bench.laps()
    bench.look_in(RAIN)
    bench.what_if.measurements[Setup()] = best
    assert [lap.by_player for lap in bench.laps()] == [False]


def test_a_weather_whose_file_is_gone_is_told_and_the_one_before_stays(scene, monkeypatch):
    def gone(name):
        raise InputError(f"{name}: no such weather")

    page = scene.tab.page
    row = next(row for row in page.rows if isinstance(row, ChartsWeather))
    page.choose(page.rows.index(row))
    monkeypatch.setattr("game.app.menus.weather_by_name.load_weather", gone)
    told = []
    monkeypatch.setattr(scene.garage.context.notice, "show", told.append)
    scene.handle(Command.RIGHT)
    assert scene.garage.workbench.weather == CLEAR_NOON
    assert [text.endswith("no such weather") for text in told] == [True]


def test_while_the_plan_for_a_weather_is_made_it_is_said_how_far_it_is(
    monkeypatch, oval, spec, slow_plan
):
    class Link:
        def __init__(self):
            self.shares = []

        def report(self, share):
            self.shares.append(share)

    def plans(track, spec, on_round=None):
        for _ in range(30):
            on_round("planning the line", 100.0)
        return Baseline(track, spec, slow_plan)

    monkeypatch.setattr(room, "plan_if_ready", lambda *_: None)
    monkeypatch.setattr(room, "make_baseline", plans)
    link = Link()
    room._baseline(link, oval, in_weather(spec, RAIN))
    assert len(link.shares) >= 30
    assert link.shares == sorted(link.shares)
    assert 0.0 <= link.shares[0] < link.shares[-1] == 1.0


def test_the_row_is_turned_by_keys_by_a_controller_and_by_the_mouse(game, device):
    device.choose("Setup")
    device.choose("Charts' weather")
    assert game.garage.workbench.weather != CLEAR_NOON
    assert game.garage.spec.weather == CLEAR_NOON
