"""The window's icon is the program's own drawing."""

import numpy as np
import pygame

from game.app.tools.icon import draw_icon
from game.files import assets_folder


def test_the_stored_icon_is_the_car_as_it_is_drawn_today(offscreen, spec):
    offscreen((64, 64))
    stored = pygame.image.load(assets_folder() / "icon.png")
    drawn = draw_icon(spec, stored.get_width())
    pixels = [pygame.surfarray.array3d(icon).astype(int) for icon in (stored, drawn)]
    assert np.abs(pixels[0] - pixels[1]).mean() < 2.0, "run: leaf-rc shot --scene icon"


def test_the_icons_corners_are_clear(offscreen):
    offscreen((64, 64))
    icon = pygame.image.load(assets_folder() / "icon.png")
    assert icon.get_at((1, 1)).a == 0
    assert icon.get_at((128, 128)).a == 255


def test_the_window_gets_the_icon_before_it_opens(monkeypatch):
    from game.app.context import display

    given = []
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(pygame.display, "set_icon", given.append)
    display.open_window()
    display.close()
    assert given[0].get_size() == (256, 256)
