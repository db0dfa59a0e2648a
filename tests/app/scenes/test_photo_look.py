"""Filters, blur and frame of a photo."""

import numpy as np
import pygame
import pytest
from ui_drivers import Keys

from game.app.input.commands import Command
from game.app.scenes.photo_look import BLURS, FILTERS, PhotoLook

SIZE = (320, 180)
MIDDLE = (160.0, 90.0)
NAMES = [each.name for each in FILTERS]


def noise(size=SIZE):
    picture = pygame.Surface(size, depth=32)
    values = np.random.default_rng(1).integers(0, 256, (*size, 3), dtype=np.uint8)
    pygame.surfarray.blit_array(picture, values)
    return picture


def plain(colour, size=SIZE):
    picture = pygame.Surface(size, depth=32)
    picture.fill(colour)
    return picture


def colours(picture):
    return pygame.surfarray.array3d(picture).astype(int)


def developed(picture, **look):
    changed = picture.copy()
    PhotoLook(**look).develop(changed, MIDDLE, ("Nissan", "Circuit"))
    return changed


def test_without_a_look_a_picture_stays_as_it_is():
    picture = noise()
    assert PhotoLook().is_plain
    assert np.array_equal(colours(developed(picture)), colours(picture))


@pytest.mark.parametrize("number", range(1, len(FILTERS)), ids=NAMES[1:])
def test_every_filter_changes_the_picture_and_keeps_bright_brighter_than_dark(number):
    picture = plain((40, 44, 38))
    picture.fill((170, 176, 168), (100, 50, 120, 80))
    after = colours(developed(picture, filter=number))
    assert not np.array_equal(after, colours(picture))
    assert after[160, 90].sum() > after[20, 90].sum() + 60


def test_black_and_white_has_no_colour():
    after = colours(developed(noise(), filter=NAMES.index("black and white")))
    assert np.ptp(after, axis=2).max() <= 1


def test_the_golden_hour_is_warm_and_dusk_is_cold_and_dark():
    grey = plain((120, 120, 120))
    warm = colours(developed(grey, filter=NAMES.index("golden hour")))[160, 90]
    cold = colours(developed(grey, filter=NAMES.index("dusk")))[160, 90]
    assert warm[0] > warm[2] + 10
    assert cold[2] > cold[0]
    assert cold.sum() < 0.8 * 360


def test_a_filter_looks_the_same_whichever_way_channels_lie_in_memory():
    picture = noise()
    turned = pygame.Surface(SIZE, 0, 32, (0xFF, 0xFF00, 0xFF0000, 0))
    turned.blit(picture, (0, 0))
    for number in range(1, len(FILTERS)):
        one, other = developed(picture, filter=number), developed(turned, filter=number)
        assert np.abs(colours(one) - colours(other)).max() <= 1


@pytest.mark.parametrize("blur", range(1, len(BLURS)))
def test_blur_spares_what_the_picture_is_about(blur):
    picture = noise()
    before, after = colours(picture), colours(developed(picture, blur=blur))
    assert np.array_equal(before[150:170, 80:100], after[150:170, 80:100])
    assert after[:30, :30].std() < 0.6 * before[:30, :30].std()


def test_a_stronger_blur_blurs_more():
    spread = [colours(developed(noise(), blur=blur))[:30, :30].std() for blur in (1, 2)]
    assert spread[1] < spread[0]


def test_a_picture_of_twice_the_size_has_the_same_look(offscreen):
    offscreen((64, 64))
    small, large = plain((90, 110, 80)), plain((90, 110, 80), (640, 360))
    look = PhotoLook(filter=NAMES.index("golden hour"), framed=True)
    look.develop(small, MIDDLE, None)
    look.develop(large, (320.0, 180.0), None)
    halved = pygame.transform.smoothscale(large, SIZE)
    assert np.abs(colours(halved) - colours(small)).max() <= 3


def test_a_frame_is_around_the_picture_and_has_its_caption(offscreen, monkeypatch):
    offscreen((64, 64))
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    after = colours(developed(plain((10, 10, 10), (1280, 720)), framed=True))
    assert after[2, 300].min() > 230
    assert after[640, 300].max() < 20
    assert {"Nissan", "Circuit", "leaf-rc"} <= set(written)


def test_keys_choose_the_look_and_the_saved_picture_has_it(game, driving, tmp_path):
    scene = game.show(game.routes.photo(driving.picture, driving))
    keys = Keys(game)
    keys.press(pygame.K_TAB, pygame.K_p, pygame.K_r)
    assert (scene.look.filter, scene.look.blur, scene.look.framed) == (1, 1, True)
    for _ in FILTERS[1:]:
        keys.press(pygame.K_TAB)
    assert scene.look.filter == 0
    scene.handle(Command.CONFIRM)
    game.frames(4)
    (path,) = (tmp_path / "screenshots").iterdir()
    saved = pygame.image.load(path)
    assert saved.get_at((4, 4))[:3] == (244, 243, 239)


def test_the_frame_makes_room_for_the_hints(game, driving):
    scene = game.show(game.routes.photo(driving.picture, driving))
    surface = pygame.display.get_surface()
    Keys(game).press(pygame.K_r)
    assert surface.get_at((3, 3))[:3] == (244, 243, 239)
    Keys(game).press(pygame.K_TAB)
    assert surface.get_at((3, 3))[:3] != (244, 243, 239)
    assert scene.look.framed
