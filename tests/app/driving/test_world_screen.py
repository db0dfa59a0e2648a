"""The world is painted at the render scale; all else keeps the window's own pixels."""

import msgspec
import numpy as np
import pygame
import pytest
from pytest import approx

from game.app.context.settings import Settings, with_part
from game.app.driving.world_screen import WorldScreen
from game.app.view.camera import View
from game.app.view.render_scale import RenderScale

SIZE = (640, 360)
VIEW = View(10.0, 20.0, 4.0, *SIZE)


def screen(percent):
    return WorldScreen(RenderScale(percent))


@pytest.mark.parametrize("percent", [50, 70, 100, 200])
def test_a_place_of_the_world_is_at_the_same_place_of_the_window(percent):
    painted = screen(percent).view(VIEW)
    x, y = painted.to_screen(33.0, -7.0)
    share = painted.width / VIEW.width
    assert (x / share, y / share) == approx(VIEW.to_screen(33.0, -7.0))
    assert share == approx(percent / 100.0)


def test_at_full_scale_the_world_is_painted_straight_into_the_window(offscreen):
    window = offscreen(SIZE)
    assert screen(100).begin(window) is window


@pytest.mark.parametrize("percent", [50, 60, 150, 200])
def test_what_is_painted_fills_the_window(offscreen, percent):
    window = offscreen(SIZE)
    world = screen(percent)
    painted = world.begin(window)
    painted.fill((20, 40, 60))
    right = painted.get_width() // 2
    painted.fill((200, 100, 50), (right, 0, right, painted.get_height()))
    world.show(painted, window)
    for x in (2, 150, 316):
        assert window.get_at((x, 180))[:3] == (20, 40, 60)
    for x in (324, 500, 637):
        assert window.get_at((x, 180))[:3] == (200, 100, 50)


def test_where_frames_are_too_slow_each_pixel_of_the_world_is_a_square_of_the_windows():
    window, scale = pygame.Surface((2560, 1440), depth=32), RenderScale()
    world = WorldScreen(scale)
    for _ in range(90):
        world.begin(window)
        scale.judge(30.0, 20.0)
    painted = world.begin(window)
    colours = np.random.default_rng(1).integers(0, 255, (1280, 720, 3), np.uint8)
    pygame.surfarray.blit_array(painted, colours)
    world.show(painted, window)
    shown = pygame.surfarray.array3d(window)
    assert np.array_equal(shown, colours.repeat(2, axis=0).repeat(2, axis=1))


def test_surfaces_of_another_format_are_scaled_too():
    window = pygame.Surface(SIZE, depth=24)
    world = screen(50)
    painted = world.begin(window)
    painted.fill((20, 40, 60))
    world.show(painted, window)
    assert window.get_at((630, 350))[:3] == (20, 40, 60)


def test_instruments_have_the_windows_own_pixels_at_any_render_scale(offscreen, new_routes):
    offscreen((1280, 720))
    pictures = []
    for percent in (50, 100):
        settings = with_part(Settings(), percent, "display", "render_percent")
        solid = msgspec.structs.replace(settings.hud, opacity=1.0)
        driving = new_routes(msgspec.structs.replace(settings, hud=solid)).drive()
        surface = pygame.Surface((1280, 720))
        driving.draw(surface)
        boxes = driving._hud.layout_at((1280, 720), solid)
        box = boxes["split"] if "split" in boxes else next(iter(boxes.values()))
        pictures.append(pygame.surfarray.array3d(surface.subsurface(box)))
    assert pictures[0].std() > 5.0
    assert np.abs(pictures[0].astype(int) - pictures[1]).max() <= 1
