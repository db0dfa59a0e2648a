"""In photo mode the world stands still and the camera does not."""

import time

import pygame
import pytest
from ui_drivers import Keys

from game.app.input.commands import Command

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _photo(game, driving):
    driving.drive.step(50)
    game.show(game.routes.photo(driving.picture, driving))


def view(game):
    return game.venue.world_view.views[-1]


def hold(game, key, frames=30):
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key))
    game.frames(frames)
    pygame.event.post(pygame.Event(pygame.KEYUP, key=key))
    game.frames(1)


def test_the_world_does_not_move_a_tick(game, driving):
    before = driving.drive.followed.now
    for key in (pygame.K_UP, pygame.K_LEFT, pygame.K_e, pygame.K_RETURN):
        hold(game, key)
    assert driving.drive.followed.now is before
    Keys(game).back()
    assert game.scene is driving
    assert driving.drive.world.tick <= 50 + 4


@pytest.mark.parametrize(
    ("key", "east", "north"),
    [(pygame.K_UP, 0, 1), (pygame.K_DOWN, 0, -1), (pygame.K_LEFT, -1, 0), (pygame.K_RIGHT, 1, 0)],
)
def test_keys_move_the_camera_the_way_they_point(game, key, east, north):
    before = view(game)
    hold(game, key)
    x_m, y_m = view(game).x_m - before.x_m, view(game).y_m - before.y_m
    assert x_m * east + y_m * north > 3.0
    assert x_m * north == pytest.approx(y_m * east)


def test_keys_and_the_wheel_zoom(game):
    start = view(game).pixels_per_m
    hold(game, pygame.K_e)
    near = view(game).pixels_per_m
    assert near > 1.2 * start
    hold(game, pygame.K_q, 60)
    assert view(game).pixels_per_m < start
    pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, y=20, x=0))
    game.frames(1)
    assert view(game).pixels_per_m > 2.0 * start


def test_the_zoom_has_ends(game):
    for lines in (500, -500):
        pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, y=lines, x=0))
        game.frames(1)
        assert 0.5 < view(game).pixels_per_m < 100.0


def test_shift_turns_the_camera(game):
    before = view(game)
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_LSHIFT))
    hold(game, pygame.K_LEFT)
    assert abs(view(game).up_rad - before.up_rad) > 0.3
    assert (view(game).x_m, view(game).y_m) == (before.x_m, before.y_m)


@pytest.mark.parametrize("turned_frames", [0, 20, 75])
def test_what_is_dragged_stays_under_the_mouse_however_the_view_is_turned(game, turned_frames):
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_LSHIFT))
    hold(game, pygame.K_LEFT, turned_frames)
    before = view(game)
    place = before.to_screen(before.x_m, before.y_m)
    for kind, at, more in (
        (pygame.MOUSEBUTTONDOWN, (640, 360), {"button": pygame.BUTTON_LEFT}),
        (pygame.MOUSEMOTION, (540, 300), {"buttons": (1, 0, 0), "rel": (-100, -60)}),
        (pygame.MOUSEBUTTONUP, (540, 300), {"button": pygame.BUTTON_LEFT}),
    ):
        pygame.event.post(pygame.Event(kind, pos=at, touch=False, **more))
    game.frames(1)
    moved = view(game).to_screen(before.x_m, before.y_m)
    assert moved == pytest.approx((place[0] - 100, place[1] - 60))


def test_the_picture_is_saved_in_twice_the_windows_pixels_without_hints(game, tmp_path):
    game.scene.handle(Command.CONFIRM)
    game.frames(2)
    (path,) = (tmp_path / "screenshots").iterdir()
    picture = pygame.image.load(path)
    assert picture.get_size() == (2560, 1440)
    corner = {tuple(picture.get_at((x, 1400))) for x in range(0, 1200, 10)}
    assert corner == {(60, 80, 50, 255)}


def test_the_hints_go_after_a_while_and_come_back_with_the_next_input(game):
    surface = pygame.display.get_surface()

    def corner():
        return {tuple(surface.get_at((x, 690))) for x in range(0, 600, 10)}

    assert len(corner()) > 1
    game.frames(60 * 5)
    assert corner() == {(60, 80, 50, 255)}
    game.scene.handle(Command.UP)
    game.frames(1)
    assert len(corner()) > 1


def test_a_picture_that_cannot_be_saved_is_told(game, tmp_path):
    (tmp_path / "screenshots").write_text("no folder")
    notices = []
    game.context.notice.show = notices.append
    game.scene.handle(Command.CONFIRM)
    game.frames(2)
    assert notices[0] == "saving the picture"
    assert "cannot be written" in notices[1]


def rest(game):
    """Let the view rest until it is painted finely."""
    for _ in range(600):
        game.frames(1)
        if game.venue.world_view.fine.covers(view(game)):
            return
        time.sleep(0.005)
    pytest.fail("the view is never painted finely")


def test_near_ground_is_painted_finely_once_the_view_rests(game):
    ground = game.venue.world_view
    pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, y=8, x=0))
    game.frames(1)
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_UP))
    game.frames(40)
    assert ground.painted_finely == []
    pygame.event.post(pygame.Event(pygame.KEYUP, key=pygame.K_UP))
    rest(game)
    painted = len(ground.painted_finely)
    game.frames(10)
    assert len(ground.painted_finely) == painted


def test_the_picture_uses_the_ground_that_is_painted_finely(game):
    ground = game.venue.world_view
    pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, y=500, x=0))
    rest(game)
    keys = set(ground.painted_finely)
    game.scene.handle(Command.CONFIRM)
    game.frames(3)
    assert len(ground.painted_finely) == len(set(ground.painted_finely))
    assert keys <= set(ground.painted_finely)
    assert ground.fine.covers(view(game))
