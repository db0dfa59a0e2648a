"""News are shown beside what is read, whole, at any size of text."""

import pygame
import pytest
from corner_targets import corner_targets

from game.app.hud.layout import lay_out
from game.app.hud.settings import HudSettings
from game.app.input.commands import Command
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHOOSE, SELECT
from game.app.ui.notice import Notice
from game.app.ui.theme import metrics

TEXT = "To beat: your 1:38.412 on soft tyres, 2026-06-12"
SIZES = [(1280, 720), (1920, 1080), (2560, 1080)]


@pytest.fixture
def panels(monkeypatch):
    """Return where notices were drawn."""
    boxes = []
    monkeypatch.setattr("game.app.ui.notice.draw_panel", lambda _s, box, *_: boxes.append(box))
    return boxes


def shown(size, scale, panels, read, notice=None):
    notice = notice or Notice()
    if not notice.shown:
        notice.show(TEXT)
    notice.keep_clear(read)
    notice.draw(pygame.Surface(size), 0.1, scale)
    return panels[-1]


def test_with_nothing_to_be_read_news_are_in_the_middle_at_the_top(offscreen, panels):
    offscreen((64, 64))
    box = shown((1280, 720), 1.0, panels, ())
    assert abs(box.left + box.width / 2 - 640) <= 1
    assert box.top == 92


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_news_cover_no_instrument_where_there_is_room(offscreen, panels, size, scale):
    offscreen((64, 64))
    placed = lay_out(size, HudSettings(text_scale=scale)).placed
    read = [each.box for each in placed.values()]
    box = shown(size, scale, panels, read)
    assert Box(0, 0, *size).holds((box.left, box.top))
    assert box.right <= size[0]
    assert box.bottom <= size[1]
    if scale < 2.0 or size[0] > 2 * size[1]:
        assert not any(box.meets(each) for each in read)
    for name in ("speed", "lap_times"):
        assert not box.meets(placed[name].box), name


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", ["pause", "settings"])
def test_news_cover_neither_headings_nor_entries(offscreen, new_routes, panels, scale, name):
    from game.app.context.settings import Settings, with_part

    surface = offscreen((1280, 720))
    routes = new_routes(with_part(Settings(), scale, "hud", "text_scale"))
    scene = routes.pause(routes.drive())
    if name == "settings":
        scene = routes.settings(scene)
        scene.handle(Command.NEXT_TAB)
    scene.draw(surface)
    sizes = metrics((1280, 720), scale)
    read = scene.read_boxes(sizes)
    box = shown((1280, 720), scale, panels, read, routes.context.notice)
    assert not any(box.meets(each) for each in read)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_news_in_a_pause_cover_neither_the_keys_nor_the_map_nor_the_laps(
    offscreen, routes, panels, size
):
    surface = offscreen(size)
    scene = routes.pause(routes.drive())
    scene.draw(surface)
    assert len(scene.read_beside) == 3
    box = shown(size, 1.0, panels, scene.read_boxes(metrics(size, 1.0)), routes.context.notice)
    assert not any(box.meets(each) for each in scene.read_beside)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_news_in_a_practice_cover_neither_its_plate_nor_its_words(
    offscreen, routes, panels, monkeypatch, size
):
    surface = offscreen(size)
    targets = corner_targets(routes.garage)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: targets)
    scene = routes.practise_corner(targets.corners[0], routes.practice(routes.title()))
    assert routes.context.notice.shown
    scene.draw(surface)
    drawn = scene.draw_exercise(surface)
    assert len(drawn) == 2
    panels.clear()
    routes.context.notice.draw(surface, 0.0)
    (box,) = panels
    assert not any(box.meets(each) for each in drawn)


def test_keys_that_were_shown_while_driving_are_gone_in_a_menu(routes):
    notice, drive = routes.context.notice, routes.drive()
    notice.show_hints((SELECT, BACK), pad=False)
    pause = routes.pause(drive)
    assert not notice.shown
    notice.show(TEXT)
    routes.settings(pause)
    assert notice.shown


def test_keys_are_shown_with_what_they_do(offscreen, panels, monkeypatch):
    offscreen((64, 64))
    drawn = []
    monkeypatch.setattr(
        "game.app.ui.notice.draw_hint", lambda _s, box, hint, *_, **__: drawn.append((box, hint))
    )
    notice = Notice()
    notice.show_hints((SELECT, BACK, CHOOSE), pad=False)
    box = shown((1280, 720), 1.0, panels, (), notice)
    assert [hint for _box, hint in drawn] == [SELECT, BACK, CHOOSE]
    for place, _hint in drawn:
        assert box.left <= place.left
        assert place.right <= box.right
        assert box.top <= place.top
        assert place.bottom <= box.bottom
