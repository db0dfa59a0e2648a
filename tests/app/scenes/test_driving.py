"""The driving scene shows a player what is needed."""

import math
from itertools import combinations

import numpy as np
import pygame
import pytest
from ui_drivers import Game, Keys

from game.app.car.livery import GHOST
from game.app.car.settings import chosen_livery
from game.app.car.sprite import CarSprite
from game.app.context.settings import Settings, with_part
from game.app.driving.driven_car import DrivenCar
from game.app.driving.ghost_tag import GhostTag, draw_tag
from game.app.driving.rival import Rival, RivalAt
from game.app.driving.settings import GhostSettings
from game.app.input.commands import Command
from game.app.scenes import driving as driving_scene
from game.app.ui.box import Box
from game.app.view.camera import CameraSettings, View
from game.app.view.road_feel import RoadFeel
from game.recording.ghost import GhostLap, TapedPose

pytestmark = pytest.mark.slow

LONG_FRAME_S = 0.25  # a longer one slows the drive


@pytest.fixture
def taught(monkeypatch, routes):
    """All hints on keys that were shown: words, keys and whether they are a controller's."""
    shown = []

    def show(hints, *, pad):
        shown.append([(each.words, each.buttons if pad else each.keys) for each in hints])

    monkeypatch.setattr(routes.context.notice, "show_hints", show)
    return shown


def place(driving, speed_mps, offset_m=0.0):
    pose = driving.drive.track.centreline.pose(10.0)
    driving.drive.world.place(
        0,
        pose._replace(
            x_m=pose.x_m - offset_m * math.sin(pose.heading_rad),
            y_m=pose.y_m + offset_m * math.cos(pose.heading_rad),
        ),
        10.0,
        speed_mps=speed_mps,
    )


def seconds(game, time_s):
    """Let time pass in few frames, of which only what is said is drawn."""
    for _ in range(round(time_s / LONG_FRAME_S)):
        game.scene.update(LONG_FRAME_S)
        game.context.notice.draw(pygame.display.get_surface(), LONG_FRAME_S, 1.0)


def test_who_sits_on_the_grid_is_told_once_which_keys_drive(game, driving, taught):
    game.show(driving)
    seconds(game, 2.0)
    assert taught == []
    seconds(game, 1.0)
    (hints,) = taught
    assert hints == [
        ("Throttle", ("up",)),
        ("Brake", ("down",)),
        ("Steer", ("left", "right")),
        ("Pause", ("Esc",)),
    ]
    driving.restart()
    seconds(game, 15.0)
    assert len(taught) == 1
    game.show(game.routes.drive())
    seconds(game, 4.0)
    assert len(taught) == 1  # nor in the next drive


def test_who_holds_a_controller_is_told_its_buttons(game, driving, taught):
    game.context.inputs.last_device = "pad"
    game.show(driving)
    seconds(game, 3.0)
    assert taught[0][:2] == [("Throttle", ("RT",)), ("Brake", ("LT",))]


def test_who_drives_off_is_told_nothing(game, driving, said, taught):
    game.show(driving)
    place(driving, 20.0)
    seconds(game, 4.0)
    assert said == []
    assert taught == []


def test_who_stands_before_a_wall_is_told_how_to_reverse(game, driving, taught):
    game.show(driving)
    place(driving, 20.0)
    seconds(game, 0.5)
    place(driving, 0.0)
    seconds(game, 2.0)
    assert taught == [[("Hold at a standstill: reverse", ("down",))]]


def test_who_stays_off_the_track_is_told_the_way_back_unless_he_knows_it(game, driving, taught):
    game.show(driving)
    for _ in range(6):
        place(driving, 5.0, offset_m=40.0)
        seconds(game, 1.0)
    assert [("Back to the track", ("P",))] in taught
    game.context.apply(with_part(game.context.settings, (), "drive", "keys_taught"))
    Keys(game).press(ord("p"))
    taught.clear()
    for _ in range(20):
        place(driving, 5.0, offset_m=40.0)
        seconds(game, 1.0)
    assert [("Back to the track", ("P",))] not in taught


def test_who_spoils_a_lap_is_told_at_once_and_only_once_how_to_start_again(
    game, driving, taught, monkeypatch
):
    game.show(driving)
    place(driving, 20.0)
    now = {"lap": 0, "lap_valid": 0}
    real = DrivenCar.now.fget
    monkeypatch.setattr(DrivenCar, "now", property(lambda car: real(car)._replace(**now)))
    game.frames(1)
    assert taught == []  # on the way to the first lap nothing is judged
    now["lap"] = 3
    game.frames(1)
    assert taught == [[("Start the lap again", ("R",))]]
    seconds(game, 5.0)
    assert len(taught) == 1


def test_keys_of_the_view_come_one_by_one_while_driving_and_only_unused_ones(game, driving, taught):
    game.show(driving)
    Keys(game).press(ord("c"))
    for _ in range(100):
        place(driving, 20.0)
        seconds(game, 1.0)
    words = [hints[0][0] for hints in taught]
    assert words == ["See the whole circuit", "Change the instruments"]


def test_who_wants_no_hints_gets_none(game, driving, taught):
    game.context.apply(with_part(game.context.settings, False, "drive", "key_hints"))
    game.show(driving)
    seconds(game, 4.0)
    assert taught == []


def test_the_key_for_the_camera_says_what_it_chose(game, driving, said):
    game.show(driving)
    keys = Keys(game)
    keys.press(ord("c"))
    keys.press(ord("c"))
    assert said == ["heading up", "north up"]
    calm = with_part(game.context.settings, True, "camera", "reduced_motion")
    game.context.apply(calm)
    keys.press(ord("c"))
    assert said[-1] == "heading up, but reduced motion keeps north up"


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
    monkeypatch.setattr("game.app.scenes.driving.road_feel_of", lambda *_: feel)
    game.show(driving)
    game.frames(20)
    places_m = {round(view.x_m, 6) for view in game.venue.world_view.views[-20:]}
    assert (len(places_m) > 10) == (feel.slip_rear == 0.0)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_ghost_is_drawn_if_it_is_wanted(game, driving, monkeypatch, wanted):
    drawn = []
    monkeypatch.setattr(CarSprite, "draw", lambda *_, **__: drawn.append("car"))
    monkeypatch.setattr(CarSprite, "draw_ghost", lambda *_: drawn.append("ghost"))
    car = driving.drive.followed
    pose = TapedPose(*car.pose(1.0))
    car.ghost_recorder.best = GhostLap(60.0, (0.0, 60.0), (pose, pose))
    monkeypatch.setattr(DrivenCar, "now", car.now._replace(lap=1))
    chosen = GhostSettings(best=wanted, medals="none")
    game.context.apply(with_part(game.context.settings, chosen, "ghosts"))
    game.show(driving)
    assert drawn == (["ghost", "car"] if wanted else ["car"])


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


def test_names_of_ghosts_side_by_side_do_not_lie_over_one_another(game, driving, monkeypatch):
    boxes = []

    def noted(*call):
        boxes.append(draw_tag(*call))
        return boxes[-1]

    monkeypatch.setattr("game.app.driving.car_view.draw_tag", noted)
    own = driving.drive.followed.pose(1.0)
    ghosts = tuple(
        RivalAt(Rival(f"Rival {number}", GHOST, GhostLap(0.0, (), ())), own) for number in range(8)
    )
    monkeypatch.setattr(driving.drive.followed, "ghosts_at", lambda _: ghosts)
    game.show(driving)
    drawn = [box for box in boxes if box is not None]
    assert len(boxes) == 8
    assert len(drawn) > 3
    assert not any(one.meets(other) for one, other in combinations(drawn, 2))


@pytest.mark.parametrize(("x_m", "y_m"), [(4.0, 0.0), (-4.0, 0.0), (0.0, 4.0), (0.0, -4.0)])
def test_the_name_of_a_ghost_is_on_the_side_away_from_the_car(driving, monkeypatch, x_m, y_m):
    places = []
    monkeypatch.setattr(
        "game.app.driving.car_view.draw_tag", lambda *call: places.append(call[2:4])
    )
    own = driving.drive.followed.pose(1.0)
    ghost = own._replace(x_m=own.x_m + x_m, y_m=own.y_m + y_m)
    rival = RivalAt(Rival("Silver", GHOST, GhostLap(0.0, (), ())), ghost)
    monkeypatch.setattr(driving.drive.followed, "ghosts_at", lambda _: (rival,))
    surface = pygame.Surface((1280, 720))
    view = driving.view(surface.get_size())
    driving.picture.cars[0].draw_tags(surface, view, 1.0, 1.0)
    ((place, away),) = places
    car = view.to_screen(own.x_m, own.y_m)
    from_car = place[0] - car[0], place[1] - car[1]
    cosine = np.dot(from_car, away) / math.hypot(*from_car) / math.hypot(*away)
    assert cosine > 0.9


@pytest.mark.parametrize("side", [1, -1])
def test_the_name_of_a_ghost_is_not_drawn_where_a_message_is(driving, side):  # noqa: ARG001
    tag, place = GhostTag("Silver", (255, 0, 0), 1.0), (320, 180)
    message = Box(320 if side > 0 else 0, 0, 320, 360)
    surface = pygame.Surface((640, 360))
    draw_tag(surface, tag, place, (side, 0.0), 20.0, [message])
    columns = np.flatnonzero(pygame.surfarray.array2d(surface).any(axis=1))
    assert len(columns)
    assert columns.max() < 320 if side > 0 else columns.min() >= 320


def test_the_whole_circuit_has_corner_names_instead_of_instruments(game, driving, monkeypatch):
    drawn = []
    monkeypatch.setattr(driving._hud, "draw", lambda *_: drawn.append("instruments"))
    monkeypatch.setattr(
        "game.app.scenes.driving.draw_corner_names", lambda *_: drawn.append("names")
    )
    game.show(driving)
    assert drawn == ["instruments"]
    driving.handle(Command.WHOLE_TRACK)
    game.frames(60)
    drawn.clear()
    game.frames(1)
    assert drawn == ["names"]
    driving.handle(Command.WHOLE_TRACK)
    game.frames(60)
    drawn.clear()
    game.frames(1)
    assert drawn == ["instruments"]


def test_a_car_far_below_is_a_marker_in_its_colour_that_points_ahead(game, driving):
    game.context.apply(with_part(game.context.settings, "lime", "car", "livery"))
    game.show(driving)
    surface = pygame.Surface((1280, 720))
    pose = driving.drive.followed.pose(1.0)
    view = View(pose.x_m, pose.y_m, 0.8, 1280, 720)
    driving.picture.cars[0].draw(surface, view, 1.0)
    x, y = 640.0, 360.0
    colour = chosen_livery(game.context.settings.car).signal
    places = [
        (column, row)
        for column in range(round(x) - 14, round(x) + 15)
        for row in range(round(y) - 14, round(y) + 15)
        if surface.get_at((column, row))[:3] == colour
    ]
    assert len(places) > 40
    tip = max(places, key=lambda place: math.dist(place, (x, y)))
    assert math.cos(math.atan2(y - tip[1], tip[0] - x) - pose.heading_rad) > 0.9


def test_a_livery_that_is_chosen_meanwhile_is_worn_at_once(game, driving, monkeypatch):
    worn = []
    monkeypatch.setattr(CarSprite, "draw", lambda sprite, *_, **__: worn.append(sprite.livery))
    game.show(driving)
    game.context.apply(with_part(game.context.settings, "violet", "car", "livery"))
    game.context.apply(with_part(game.context.settings, 88, "car", "number"))
    game.frames(1)
    assert [each.name for each in worn] == ["works", "violet"]
    assert worn[-1].number == "88"


@pytest.mark.parametrize(
    ("painting", "error", "shown"),
    [(True, "", True), (False, "", False), (True, "the disk is full", False)],
)
def test_how_much_is_painted_is_shown_while_it_is_being_painted(
    game, driving, monkeypatch, painting, error, shown
):
    drawn = []
    monkeypatch.setattr(driving_scene, "draw_background_progress", lambda *_: drawn.append(True))
    ground = driving.world_view
    ground.progress, ground.is_painting, ground.error = 0.4, painting, error
    game.scene = driving
    game.frames(1)
    assert bool(drawn) == shown


def test_how_far_the_bot_is_with_its_plan_is_shown_while_it_has_none(game, driving, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        driving_scene, "draw_background_progress", lambda _, shares, *__: drawn.append(shares)
    )
    ahead = game.venue.plan_ahead
    monkeypatch.setattr(type(ahead), "is_working", True)
    ahead.progress = 0.3
    driving.world_view.progress, driving.world_view.is_painting = 0.4, True
    game.scene = driving
    game.frames(1)
    assert list(drawn[-1].values()) == [0.4, 0.3]
    driving.world_view.is_painting = False
    game.frames(1)
    assert list(drawn[-1].values()) == [0.3]
