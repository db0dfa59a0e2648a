"""The next medal drives along, is named on the title and at the line, and is seen when won."""

import math

import msgspec
import pygame
import pytest

from game.app.car.medal_liveries import MEDAL_LIVERIES
from game.app.context.settings import Settings, with_part
from game.app.driving.driven_car import Best
from game.app.hud.moment_banner import words_of
from game.app.scenes.goal_words import goal_ahead
from game.app.scenes.medal_list import medal_rows
from game.app.ui.medals import MEDAL_COLOURS, draw_medals
from game.goals.medals import Medal
from game.goals.targets import Targets
from game.recording.ghost import GhostLap, TapedPose
from game.recording.lap_recorder import Lap
from game.recording.traced_lap import TracedLap

TIMES = {Medal.BRONZE: 60.0, Medal.SILVER: 57.0, Medal.GOLD: 54.0, Medal.AUTHOR: 51.0}


def lap_of(time_s, valid=True):
    return Lap(1, time_s, (time_s,), valid, 0.0, 0.0, 40.0, ())


@pytest.fixture
def targets():
    """Each medal's ghost stands at the line."""
    pose = TapedPose(0.0, 0.0, 0.0, 0.0)
    laps = {medal: GhostLap(time_s, (0.0, time_s), (pose, pose)) for medal, time_s in TIMES.items()}
    return Targets(laps, ())


@pytest.fixture
def with_targets(routes, targets, monkeypatch):
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: targets)
    return routes


@pytest.mark.parametrize(
    ("best_s", "shown", "names"),
    [
        (math.inf, "next", ["Bronze"]),
        (58.0, "next", ["Silver"]),
        (50.0, "next", []),
        (58.0, "all", ["Bronze", "Silver", "Gold", "Author"]),
        (58.0, "none", []),
    ],
)
def test_the_next_medal_drives_along_unless_the_player_wants_all_or_none(
    with_targets, best_s, shown, names
):
    drive = with_targets.drive().drive
    context = with_targets.context
    context.apply(with_part(context.settings, shown, "ghosts", "medals"))
    drive.followed.best = Best(best_s, (best_s,))
    assert [rival.name for rival in drive.followed.ghosts] == names
    assert len({rival.livery for rival in drive.followed.ghosts}) == len(names)


def test_a_lap_that_wins_a_medal_brings_the_next_one_along(with_targets):
    car = with_targets.drive().drive.followed
    car.best = Best(59.0, (59.0,))
    assert [rival.livery for rival in car.ghosts] == [MEDAL_LIVERIES[Medal.SILVER]]
    car.best = Best(56.0, (56.0,))
    assert [rival.livery for rival in car.ghosts] == [MEDAL_LIVERIES[Medal.GOLD]]


def test_until_there_are_medals_the_bot_drives_along_as_it_plans(routes, slow_plan):
    drive = routes.drive().drive
    (rival,) = drive.followed.ghosts
    assert (rival.name, rival.lap.time_s) == ("The bot", slow_plan.lap_time_s)
    for share in (0.0, 0.25, 0.6, 0.99):
        pose = rival.lap.pose_at(share * rival.lap.time_s)
        x_m, y_m = drive.track.centreline.point(share * drive.track.length_m, 0.0)
        assert math.hypot(pose.x_m - x_m, pose.y_m - y_m) < 0.5
    context = routes.context
    context.apply(with_part(context.settings, "none", "ghosts", "medals"))
    assert drive.followed.ghosts == ()


def test_the_bot_drives_along_only_once_it_knows_the_circuit(routes):
    drive = routes.drive().drive
    routes.venue.plan_ahead.plan = None
    assert drive.followed.ghosts == ()


@pytest.mark.parametrize(
    ("best_s", "words"),
    [
        (math.inf, "To beat: Bronze 1:00.000"),
        (57.84, "Best 0:57.840 \N{MIDDLE DOT} Goal 0:57.630 \N{MIDDLE DOT} Silver in 0.84 s"),
        (50.0, "Best 0:50.000 \N{MIDDLE DOT} Goal 0:49.950 \N{MIDDLE DOT} every medal won"),
    ],
)
def test_the_nearest_medal_that_is_not_won_is_named(best_s, words):
    assert goal_ahead(TIMES, best_s) == words


@pytest.mark.parametrize(
    ("lap_s", "before_s", "title", "goal"),
    [
        (61.25, math.inf, "FIRST VALID LAP", "Goal in 0.31 s"),
        (57.84, math.inf, "BRONZE MEDAL", "Goal in 0.21 s"),
        (57.5, 57.84, "GOAL REACHED", "Silver in 0.50 s"),
        (58.4, 58.5, "NEW BEST LAP", "Goal in 0.35 s"),
        (58.5, 57.84, "LAP 1", "Goal in 0.21 s"),
        (50.9, 53.0, "AUTHOR MEDAL", "Goal in 0.05 s"),
        (50.0, 50.9, "GOAL REACHED", "Goal in 0.05 s"),
    ],
)
def test_the_line_tells_what_was_won_and_how_far_the_next_medal_is(
    with_targets, lap_s, before_s, title, goal
):
    scene = with_targets.drive()
    moments = scene.drive.followed.moments
    if math.isfinite(before_s):
        moments.race((before_s,))
    words = words_of(moments.lap(lap_of(lap_s), before_s))
    assert (words.title, words.goal) == (title, goal)


def test_a_lap_that_is_not_valid_wins_nothing(with_targets):
    moment = with_targets.drive().drive.followed.moments.lap(lap_of(50.0, valid=False), math.inf)
    assert (moment.won, moment.goal) == (None, None)


def test_a_medal_is_won_from_its_time_on():
    rows = medal_rows(TIMES, 57.0)
    assert [row.won for row in rows] == [True, True, False, False]
    assert [row.medal for row in rows] == list(Medal)


def test_medals_that_are_won_are_filled_and_others_hollow(offscreen):
    surface = offscreen((400, 100))
    surface.fill((0, 0, 0))
    draw_medals(surface, 20, 50, 40, [Medal.BRONZE])
    filled = [
        pygame.mask.from_threshold(surface, MEDAL_COLOURS[medal], (12, 12, 12)).count()
        for medal in Medal
    ]
    assert filled[0] > 500
    assert max(filled[1:]) < 200


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("scene", ["title", "pause", "result"])
def test_scenes_with_medals_are_drawn_at_every_size_of_text(
    with_targets, game, scene, text_scale, targets
):
    hud = msgspec.structs.replace(game.context.settings.hud, text_scale=text_scale)
    game.context.apply(Settings(hud=hud))
    driving = with_targets.drive()
    driving.drive.followed.best = Best(58.0, (58.0,))
    shown = {
        "title": with_targets.title,
        "pause": lambda: with_targets.pause(driving),
        "result": lambda: with_targets.result(driving),
    }[scene]()
    game.show(shown)
    surface = pygame.display.get_surface()
    gold = pygame.mask.from_threshold(surface, MEDAL_COLOURS[Medal.BRONZE], (6, 6, 6)).count()
    assert (gold > 20) == (scene != "title")  # on the title the player has no best lap
    assert targets.lap_times == TIMES


def test_without_a_lap_of_ones_own_the_delta_is_to_the_easiest_medal(with_targets, monkeypatch):
    even = TracedLap(60.0, 10.0, (0.0, 60.0))
    monkeypatch.setattr("game.app.scenes.references.traced_ghost", lambda *_: even)
    trace = with_targets.drive().drive.followed.trace
    assert (trace.reference, trace.reference_name) == (even, "Bronze")
    own = trace.best = TracedLap(58.0, 10.0, (0.0, 58.0))
    assert (trace.reference, trace.reference_name) == (own, "")


def test_until_there_are_medals_the_delta_is_to_the_bot_as_it_plans(
    routes, slow_plan, targets, monkeypatch
):
    scene = routes.drive()
    trace = scene.drive.followed.trace
    assert trace.reference_name == "The bot"
    assert trace.reference.time_s == slow_plan.lap_time_s
    length_m = scene.drive.track.length_m
    for share in (0.0, 0.25, 0.6, 1.0):
        time_s = trace.reference.time_at(share * length_m)
        assert time_s == pytest.approx(share * slow_plan.lap_time_s, abs=0.05)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: targets)
    assert (trace.reference.time_s, trace.reference_name) == (60.0, "Bronze")


def test_a_plan_that_comes_during_the_drive_is_compared_with_from_then_on(routes, slow_plan):
    ahead = routes.venue.plan_ahead
    plan, ahead.plan = ahead.plan, None
    trace = routes.drive().drive.followed.trace
    assert trace.reference is None
    ahead.plan = plan
    assert trace.reference.time_s == slow_plan.lap_time_s
