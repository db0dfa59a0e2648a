"""What the driving scene shows a player who needs it."""

import math

import pytest
from ui_drivers import Game, Keys

from game.app.car.livery import GHOST
from game.app.car.sprite import CarSprite
from game.app.context.settings import Settings, with_part
from game.app.driving.rival import Rival, RivalAt
from game.app.input.commands import Command
from game.app.view.camera import CameraSettings
from game.app.view.car_pose import CarPose
from game.app.view.road_feel import RoadFeel
from game.recording.ghost import GhostLap


@pytest.fixture
def said(monkeypatch, routes):
    """All the news there were."""
    news = []
    monkeypatch.setattr(routes.context.notice, "show", news.append)
    return news


def test_who_sits_on_the_grid_is_told_once_which_keys_drive(game, driving, said):
    game.show(driving)
    game.frames(120)
    assert said == []
    game.frames(60)
    (words,) = said
    assert words.split(" \N{MIDDLE DOT} ") == [
        "Up: throttle",
        "Down: brake",
        "Left: steer left",
        "Right: steer right",
        "R: restart",
        "Esc: pause",
    ]
    driving.restart()
    game.frames(240)
    assert len(said) == 1


def test_who_holds_a_controller_is_told_its_buttons(game, driving, said):
    game.context.inputs.last_device = "pad"
    game.show(driving)
    game.frames(180)
    assert said[0].startswith("RT: throttle \N{MIDDLE DOT} LT: brake")


def test_who_drives_off_is_told_nothing(game, driving, said):
    game.show(driving)
    driving.drive.world.place(0, driving.drive.track.centreline.pose(10.0), 10.0, speed_mps=20.0)
    game.frames(240)
    assert said == []


def test_the_key_for_the_camera_says_what_it_chose(game, driving, said):
    game.show(driving)
    keys = Keys(game)
    keys.press(ord("c"))
    keys.press(ord("c"))
    assert said == ["the car's way up", "north up"]
    calm = with_part(game.context.settings, True, "camera", "reduced_motion")
    game.context.apply(calm)
    keys.press(ord("c"))
    assert said[-1] == "the car's way up, but reduced motion keeps north up"


def test_a_drive_with_the_way_up_begins_so(offscreen, new_routes):
    offscreen((1280, 720))
    routes = new_routes(Settings(camera=CameraSettings(mode="heading_up")))
    scene = routes.drive()
    Game(routes, scene).frames(1)
    (view,) = routes.venue.world_view.views
    assert math.cos(view.up_rad - scene.drive.followed.now.heading_rad) > 1.0 - 1e-6


@pytest.mark.parametrize("feel", [RoadFeel(kerb=1.0), RoadFeel(loose=1.0), RoadFeel(slip_rear=1.0)])
def test_kerbs_and_loose_ground_shake_the_view_and_nothing_else_does(
    game, driving, monkeypatch, feel
):
    monkeypatch.setattr("game.app.scenes.driving.feel_road", lambda *_: feel)
    game.show(driving)
    game.frames(20)
    places_m = {round(view.x_m, 6) for view in game.venue.world_view.views[-20:]}
    assert (len(places_m) > 10) == (feel.slip_rear == 0.0)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_ghost_is_drawn_if_it_is_wanted(game, driving, monkeypatch, wanted):
    drawn = []
    monkeypatch.setattr(CarSprite, "draw", lambda *_, ghost=False, **__: drawn.append(ghost))
    ghost = RivalAt(Rival("", GHOST, GhostLap(0.0, (), ())), CarPose(0.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(driving.drive.followed, "ghosts_at", lambda _: (ghost,))
    game.context.apply(with_part(game.context.settings, wanted, "hud", "ghost"))
    game.show(driving)
    assert drawn == ([True, False] if wanted else [False])


@pytest.mark.parametrize(
    "command", [Command.PAUSE, Command.PHOTO, Command.FOCUS_LOST, Command.UNPLUGGED]
)
def test_whatever_stops_the_car_silences_it(game, driving, monkeypatch, command):
    rested = []
    game.show(driving)
    monkeypatch.setattr(game.context.sound, "silence", lambda: rested.append(command))
    assert driving.handle(command) is not driving
    assert rested == [command]


def test_a_ghost_is_fainter_the_nearer_it_is_to_the_car(driving):
    view = driving.picture.cars[0]
    own = driving.drive.followed.pose(1.0)
    clarities = [
        view._clarity(own._replace(x_m=own.x_m + away_m), 1.0) for away_m in (0.0, 8.0, 40.0)
    ]
    assert clarities == sorted(clarities)
    assert 0.0 < clarities[0] < 0.5
    assert clarities[-1] == 1.0


def test_a_rival_has_its_name_beside_its_ghost_and_the_own_best_lap_has_none(
    game, driving, monkeypatch
):
    named = []
    monkeypatch.setattr(
        "game.app.driving.car_view.draw_tag", lambda _, name, *__: named.append(name)
    )
    own = driving.drive.followed.pose(1.0)
    ghosts = tuple(
        RivalAt(Rival(name, GHOST, GhostLap(0.0, (), ())), own) for name in ("", "Silver")
    )
    monkeypatch.setattr(driving.drive.followed, "ghosts_at", lambda _: ghosts)
    game.show(driving)
    assert named == ["Silver"]
