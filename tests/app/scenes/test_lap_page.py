"""After a lap the player sees where it lost time, on the bot's lap or on another one, and why."""

from dataclasses import replace

import numpy as np
import pytest
from stub_profiles import StubLog, profile, stub_log

from game.app.context.settings import Settings, with_part
from game.app.input.commands import Command
from game.app.scenes.lap_comparisons import BEST, BOT, ROW, LapComparisons
from game.app.scenes.lap_page import LapPageScene
from game.app.venue.reference_ahead import ReferenceAhead
from game.simulation.world import World
from game.units import lap_time_text

pytestmark = pytest.mark.slow


@pytest.fixture
def log(driving, oval):
    """A quick lap, and a slow one after it that left the track."""
    driving.drive.followed.log = stub_log(oval)
    return driving.drive.followed.log


@pytest.fixture
def bots_lap(routes, driving, oval):
    """The bot has driven a lap from where the player started."""
    ahead, start = routes.garage.reference_ahead, driving.drive.world.starts[0]
    ahead.find_start = lambda: start
    ahead._of, ahead._laps = start, {1: profile(45.0, oval.length_m)}
    return ahead._laps[1]


def open_page(game, driving):
    game.scene = driving.handle(Command.PAUSE)
    next(row for row in game.scene.page.rows if row.label == ROW).confirm()
    game.scene = game.scene.handle(Command.HUD)
    game.frames(1)
    return game.scene


@pytest.mark.usefixtures("log", "bots_lap")
def test_the_pause_leads_to_the_last_lap_compared_with_the_bot_s(game, driving, written, bots_lap):
    page = open_page(game, driving)
    assert isinstance(page, LapPageScene)
    slow = driving.drive.followed.log.laps[-1]
    gap_s = slow.time_s - bots_lap.lap.time_s
    assert any(
        text.startswith(f"{lap_time_text(slow.time_s)}, {gap_s:.3f} s slower") for text in written
    )
    assert any("all four wheels off by 12.34 m" in text for text in written)
    assert {"T1", "T2"} <= set(written)
    game.scene = page.handle(Command.BACK)
    game.frames(1)
    assert game.name == "PausedScene"


def test_a_drive_without_a_lap_has_no_page(driving):
    paused = driving.handle(Command.PAUSE)
    assert ROW not in [row.label for row in paused.page.rows]


@pytest.mark.usefixtures("log")
def test_the_result_leads_there_too(game, driving):
    result = game.show(game.routes.result(driving))
    assert ROW in [row.label for row in result.page.rows]


@pytest.mark.usefixtures("log")
def test_without_the_bot_s_laps_it_says_so_and_other_laps_compare(game, driving, written):
    page = open_page(game, driving)
    assert page.comparison is None
    assert "There is no other lap to compare with yet." in written
    page._against.put(BEST)
    game.frames(1)
    assert page.comparison.reference.lap.number == 1


@pytest.mark.usefixtures("log", "bots_lap")
def test_a_lap_is_not_offered_to_be_compared_with_itself(game, driving):
    page = open_page(game, driving)
    for lap, other in ((2, 1), (1, 2)):
        page._against.put(lap)
        page._lap.put(lap)
        game.frames(1)
        assert page._against.get() == BOT
        assert [value for value, _name in page._other._options] == [BOT, BEST, other]


@pytest.mark.usefixtures("log", "bots_lap")
def test_every_chart_is_drawn_for_the_lap_and_for_one_corner(game, driving):
    page = open_page(game, driving)
    for corner in (0, 2):
        page._corner.put(corner)
        pictures = []
        for _ in range(4):
            game.frames(2)
            page.handle(Command.NEXT_TAB)
            pictures.append(page._view.get())
        assert len(set(pictures)) == 4


@pytest.mark.usefixtures("bots_lap")
def test_a_finished_lap_is_told_in_a_sentence_within_three_frames(game, driving, oval, written):
    game.show(driving)
    slow = profile(np.linspace(30.0, 40.0, profile(1.0, oval.length_m).marks.total), oval.length_m)
    driving.drive.followed.log = StubLog([slow])
    written.clear()
    game.frames(3)
    assert any("s lost, mostly" in text for text in written)
    game.frames(3)
    assert driving._feedback._told == 1


def test_with_the_instruments_off_nothing_is_told(game, driving, oval, written):
    settings = with_part(Settings(), False, "hud", "shown")
    game.routes.context.apply(settings)
    driving.drive.followed.log = stub_log(oval)
    game.show(driving)
    game.frames(4)
    assert not any("mostly" in text for text in written)


def test_a_lap_is_not_compared_with_itself(driving, routes, log):
    comparisons = LapComparisons(driving.drive, routes.garage.reference_ahead)
    assert comparisons.compared(2, 2) is None
    assert comparisons.compared(1, BEST) is None  # the other one does not count
    assert comparisons.compared(2, 1).time_s > 0.0
    assert comparisons.compared(2, 1) is comparisons.compared(2, 1)
    driving.drive.followed.log = stub_log(driving.drive.track)
    assert comparisons.compared(2, 1).profile is not log.profile(2)


def test_comparisons_of_laps_that_are_no_longer_kept_are_forgotten(driving, routes, log):
    comparisons = LapComparisons(driving.drive, routes.garage.reference_ahead)
    third = log.profile(1)
    log._profiles[3] = replace(third, lap=third.lap._replace(number=3))
    comparisons.compared(2, 1)
    del log._profiles[1]
    comparisons.compared(2, 3)
    assert list(comparisons._made) == [(2, 3)]


def test_the_bot_drives_once_the_player_is_on_a_timed_lap(routes, monkeypatch, oval):
    asked = []
    monkeypatch.setattr(ReferenceAhead, "_send", lambda _, start: asked.append(start))
    ahead = ReferenceAhead(oval)
    driving = routes.drive()
    ahead.find_start = routes.garage.reference_ahead.find_start
    ahead.begin()
    assert asked == []
    assert not ahead.is_driving
    drive = driving.drive
    monkeypatch.setattr(type(drive.followed), "now", drive.followed.now._replace(lap=1))
    ahead.begin()
    assert asked == [drive.world.starts[0]]
    assert ahead.is_driving


def test_starts_of_two_drives_alike_are_the_same_to_the_bot(routes):
    one, other = (routes.drive().drive.world for _ in range(2))
    assert isinstance(one, World)
    assert one.starts[0] == other.starts[0]
    assert BOT not in (1, 2, 3)
