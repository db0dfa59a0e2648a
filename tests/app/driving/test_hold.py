"""A held drive: five lights that go out, a countdown after a pause, and no tick meanwhile."""

import itertools

import pytest
from ui_drivers import Game, Keys

from game.app.context.settings import Settings, with_part
from game.app.driving.hold import COUNTS, LIGHTS, Hold
from game.app.input.commands import Command
from game.app.objects.gantry import Gantry
from game.app.view.camera import View

pytestmark = pytest.mark.slow

FRAME_S = 1.0 / 60.0


def run(hold, read):
    """All values that a hold goes through, each once, and all its signals."""
    seen, signals = [read(hold)], []
    for _ in range(600):
        signals += hold.update(FRAME_S)
        if read(hold) != seen[-1]:
            seen.append(read(hold))
        if not hold.active:
            return seen, signals
    raise AssertionError("it never ends")


def test_five_lights_come_on_one_by_one_and_go_out_together():
    hold = Hold()
    hold.begin_lights()
    lit, signals = run(hold, lambda hold: hold.lights)
    assert lit == [0, 1, 2, 3, 4, 5, 0]
    assert signals == ["light"] * LIGHTS + ["go"]


def test_a_countdown_counts_three_two_one():
    hold = Hold()
    hold.begin_countdown()
    counts, signals = run(hold, lambda hold: hold.count)
    assert counts == [0, 3, 2, 1, 0]
    assert signals == ["light"] * COUNTS + ["go"]


def test_a_long_frame_skips_no_signal():
    hold = Hold()
    hold.begin_lights()
    assert len(hold.update(60.0)) == LIGHTS + 1
    assert not hold.active


@pytest.fixture
def lit_routes(offscreen, new_routes):
    offscreen((1280, 720))
    return new_routes(Settings())


@pytest.fixture
def played(monkeypatch, lit_routes):
    played = []
    monkeypatch.setattr(lit_routes.context.sound, "play", played.append)
    return played


def frames_until_the_first_tick(game, scene):
    for frame in range(600):
        if scene.drive.world.tick:
            return frame
        game.frames(1)
    raise AssertionError("it never starts")


def test_the_first_start_waits_for_the_lights_without_a_tick(lit_routes, played):
    scene = lit_routes.drive()
    game = Game(lit_routes, scene)
    game.context.inputs.state.up = True
    seen = set()
    while not scene.drive.world.tick:
        seen.add(scene.picture.lights)
        game.frames(1)
    assert seen == set(range(LIGHTS + 1))
    assert played.count("go") == 1


def test_the_restart_key_is_instant(lit_routes):
    scene = lit_routes.drive()
    game = Game(lit_routes, scene)
    game.frames(20)
    scene.handle(Command.RESTART)
    assert frames_until_the_first_tick(game, scene) <= 2
    scene.handle(Command.RESTART)
    assert frames_until_the_first_tick(game, scene) <= 2


def test_who_wants_the_lights_every_time_gets_them_and_who_wants_none_has_none(lit_routes):
    context = lit_routes.context
    context.apply(with_part(context.settings, "always", "drive", "start_lights"))
    scene = lit_routes.drive()
    game = Game(lit_routes, scene)
    scene.handle(Command.RESTART)
    assert frames_until_the_first_tick(game, scene) > 100
    context.apply(with_part(context.settings, "off", "drive", "start_lights"))
    scene = lit_routes.drive()
    assert frames_until_the_first_tick(Game(lit_routes, scene), scene) <= 2


def test_restart_in_the_menu_has_the_lights_again(lit_routes):
    scene = lit_routes.drive()
    game = Game(lit_routes, scene)
    scene.handle(Command.RESTART)
    game.frames(5)
    game.scene = scene.handle(Command.PAUSE)
    Keys(game).choose("Restart")
    assert game.scene is scene
    assert frames_until_the_first_tick(game, scene) > 100


def paused_at(routes, speed_mps):
    scene = routes.drive()
    game = Game(routes, scene)
    scene.handle(Command.RESTART)
    scene.drive.world.place(0, scene.drive.track.centreline.pose(10.0), 10.0, speed_mps=speed_mps)
    game.frames(5)
    game.scene = scene.handle(Command.PAUSE)
    game.frames(2)
    Keys(game).choose("Resume")
    return game, scene


def ticks_in(game, scene, frames):
    before = scene.drive.world.tick
    game.frames(frames)
    return scene.drive.world.tick - before


def test_a_fast_car_goes_on_after_a_countdown_and_a_slow_one_at_once(lit_routes):
    game, scene = paused_at(lit_routes, 30.0)
    assert ticks_in(game, scene, 60) == 0
    assert ticks_in(game, scene, 120) > 0
    game, scene = paused_at(lit_routes, 2.0)
    assert ticks_in(game, scene, 10) > 0


def test_the_countdown_is_an_option(lit_routes):
    context = lit_routes.context
    context.apply(with_part(context.settings, False, "drive", "resume_countdown"))
    game, scene = paused_at(lit_routes, 30.0)
    assert ticks_in(game, scene, 10) > 0


def test_the_gantry_shows_the_lamps_that_are_lit(offscreen, track):
    surface = offscreen((600, 300))
    x_m, y_m = track.centreline.point(9.0, 0.0)
    view = View(x_m, y_m, 24.0, 600, 300)
    reds = []
    for lit in range(LIGHTS + 1):
        surface.fill((90, 90, 90))
        Gantry(track).draw(surface, view, lit)
        reds.append(
            sum(
                surface.get_at((x, y))[:3] == (255, 58, 44)
                for x in range(0, 600, 2)
                for y in range(0, 300, 2)
            )
        )
    assert reds[0] == 0
    assert all(more > less for less, more in itertools.pairwise(reds))
