"""On the whole circuit corners have their names, none of which touches another."""

import pygame
import pytest

from game.app.context import display
from game.app.ui.box import Box
from game.app.venue import map_view
from game.app.venue.map_view import draw_corner_names, whole_circuit
from game.app.view.camera import whole_view
from game.track.track import load_track

SIZE = (1280, 720)
MIN_PX = 8  # between names


@pytest.mark.parametrize("text_scale", [1.0, 1.5])
def test_names_of_corners_keep_a_distance_from_each_other(monkeypatch, text_scale):
    surface = display.open_offscreen(SIZE)
    track = load_track("ricardo_tormo")
    boxes: list[Box] = []
    monkeypatch.setattr(map_view, "draw_panel", lambda _surface, box, _unit: boxes.append(box))
    view = whole_view(*whole_circuit(track), SIZE)
    draw_corner_names(surface, track, view, text_scale)
    pygame.display.quit()
    assert len(boxes) >= 3
    for number, box in enumerate(boxes):
        assert not any(box.meets(other, MIN_PX) for other in boxes[number + 1 :])
