"""Cars that are near but out of view are marked at the window's edge, beside what is read."""

import pygame
import pytest

from game.app.hud.near_cars import NearCar, draw_near_cars
from game.app.ui.box import Box
from game.app.view.camera import View

SIZE = (1280, 720)
VIEW = View(0.0, 0.0, 12.0, *SIZE)  # some 107 m by 60 m


def marked(offscreen, car_m, read=()):
    """Return the box of what is drawn for a car; empty if that is nothing."""
    surface = offscreen(SIZE)
    surface.fill((0, 0, 0))
    car = NearCar(*car_m, "7", (0, 200, 0))
    draw_near_cars(surface, VIEW, (0.0, 0.0), [car], read)
    return pygame.mask.from_threshold(surface, (0, 200, 0), (30, 60, 30)).get_bounding_rects()


@pytest.mark.parametrize("car_m", [(20.0, 10.0), (-50.0, 0.0), (400.0, 0.0)])
def test_a_car_in_view_or_far_away_has_no_mark(offscreen, car_m):
    assert marked(offscreen, car_m) == []


@pytest.mark.parametrize(
    ("car_m", "edge"),
    [
        ((80.0, 0.0), "right"),
        ((-80.0, 0.0), "left"),
        ((0.0, 50.0), "top"),
        ((0.0, -50.0), "bottom"),
    ],
)
def test_the_mark_is_at_the_edge_that_the_car_is_beyond(offscreen, car_m, edge):
    whole = marked(offscreen, car_m)
    box = whole[0].unionall(whole[1:])
    away = {"left": box.left, "right": 1280 - box.right, "top": box.top, "bottom": 720 - box.bottom}
    assert min(away, key=away.get) == edge
    assert 0 <= away[edge] < 40


def test_a_mark_moves_aside_from_an_instrument(offscreen):
    panel = Box(1000, 300, 264, 120)
    whole = marked(offscreen, (80.0, 0.0), [panel])
    box = whole[0].unionall(whole[1:])
    assert not panel.meets(Box(*box))
