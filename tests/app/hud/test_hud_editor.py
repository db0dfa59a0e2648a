"""Arranging the instruments by keys and by mouse."""

from types import SimpleNamespace

import msgspec
import pygame
import pytest

from game.app.context.settings import Settings
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import lay_out
from game.app.hud.placement import MIN_SCALE
from game.app.hud.presets import arrangement, rearranged
from game.app.hud.settings import HudSettings, Placements
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.scenes.hud_editor import HudEditorScene
from game.app.ui.notice import Notice

pytestmark = pytest.mark.slow

SIZE = (1280, 720)


class Context:
    """The part of the context that the editor needs."""

    def __init__(self):
        self.settings = Settings(hud=HudSettings(preset="engineer"))
        self.applied = []
        self.notice = Notice()

    def apply(self, settings):
        self.settings = settings
        self.applied.append(settings)


class Picture:
    """A scene to come back to."""

    def draw(self, surface):
        surface.fill((60, 90, 50))


@pytest.fixture
def context():
    return Context()


@pytest.fixture
def garage(context, track, spec, setup):
    return SimpleNamespace(context=context, track=track, spec=spec, setup=setup)


@pytest.fixture
def back():
    return Picture()


@pytest.fixture
def editor(garage, back, offscreen):
    scene = HudEditorScene(garage, back)
    scene.draw(offscreen(SIZE))
    return scene


def kept(editor, context):
    """The arrangement after leaving."""
    editor.handle(Command.BACK)
    return context.settings.hud.places


def press(editor, *commands):
    for command in commands:
        assert editor.handle(command) is editor


def drag(editor, begin, end):
    editor.handle_pointer(Pointer(begin, pressed=True, held=True))
    editor.handle_pointer(Pointer(end, held=True))
    editor.handle_pointer(Pointer(end, released=True))


def middle(box):
    return (box.left + box.width // 2, box.top + box.height // 2)


def test_leaving_keeps_the_settings_and_leads_back(editor, context, back):
    assert editor.handle(Command.BACK) is back
    assert context.applied[-1] == Settings(hud=HudSettings(preset="engineer"))


def test_the_picture_behind_is_drawn_without_its_own_instruments_while_they_are_arranged(
    editor, context
):
    assert not context.settings.hud.shown
    editor.handle(Command.BACK)
    assert context.settings.hud.shown


def test_closing_the_window_keeps_what_was_arranged(editor, context):
    press(editor, Command.LEFT)
    assert editor.handle(Command.QUIT) is None
    assert context.applied[-1].hud.places.speed.scale == pytest.approx(0.9)


def test_an_instrument_is_dragged_with_the_mouse(editor, context):
    box = lay_out(SIZE, HudSettings(preset="engineer")).placed["lap_times"].box
    begin = middle(box)
    drag(editor, begin, (begin[0] + 300, begin[1] + 210))
    places = kept(editor, context)
    moved = lay_out(SIZE, HudSettings(places=places)).placed["lap_times"].box
    assert abs(moved.left - box.left - 300) <= 9  # it may have lined up with something
    assert abs(moved.top - box.top - 210) <= 9


def test_an_instrument_cannot_be_dragged_out_of_the_window(editor, context):
    box = lay_out(SIZE, HudSettings(preset="engineer")).placed["minimap"].box
    drag(editor, middle(box), (5000, -4000))
    places = kept(editor, context)
    moved = lay_out(SIZE, HudSettings(places=places)).placed["minimap"].box
    assert moved.right <= SIZE[0]
    assert moved.top >= 0


def test_an_instrument_is_carried_with_keys_and_put_down(editor, context):
    before = lay_out(SIZE, HudSettings(preset="engineer")).placed["speed"].box
    press(editor, Command.CONFIRM, *[Command.UP] * 10, Command.LEFT, Command.CONFIRM)
    press(editor, Command.DOWN)  # chooses again, moves nothing
    places = kept(editor, context)
    after = lay_out(SIZE, HudSettings(places=places)).placed["speed"].box
    assert before.top - after.top == 80
    assert before.left - after.left == 8


def test_smaller_than_the_least_is_hidden_and_larger_shows_again(editor, context):
    steps = round((1.0 - MIN_SCALE) / 0.1)
    press(editor, *[Command.LEFT] * steps)
    assert lay_out(SIZE, editor.settings).placed["speed"].unit == pytest.approx(MIN_SCALE)
    press(editor, Command.LEFT)
    assert not editor.settings.places.speed.shown
    press(editor, Command.RIGHT)
    assert kept(editor, context).speed.shown


def test_the_wheel_scales_what_is_under_the_mouse(editor, context):
    box = lay_out(SIZE, HudSettings(preset="engineer")).placed["delta"].box
    editor.handle_pointer(Pointer(middle(box), scrolled=2))
    assert kept(editor, context).delta.scale == pytest.approx(1.1)


def test_one_instrument_or_all_come_back_as_they_came(editor, context, garage):
    press(editor, Command.LEFT, Command.DOWN, Command.LEFT, Command.DEFAULT)
    changed = kept(editor, context)
    assert changed.lap_times == Placements().lap_times
    assert changed.speed != Placements().speed
    again = HudEditorScene(garage, editor)
    press(again, Command.UP, Command.UP, Command.CONFIRM)  # the line before "Done"
    assert kept(again, context) == Placements()


def test_the_last_line_leaves(editor, back):
    press(editor, Command.UP)
    assert editor.handle(Command.CONFIRM) is back


def test_a_click_on_a_line_chooses_and_on_its_mark_hides(editor, context):
    row = editor.list.box_of("battery")
    place = (row.left + row.width // 2, row.top + row.height // 2)
    editor.handle_pointer(Pointer(place, pressed=True, held=True))
    editor.handle_pointer(Pointer((row.left + 10, place[1]), pressed=True, held=True))
    assert not kept(editor, context).battery.shown


def test_whoever_takes_the_mouse_has_put_down_what_the_keys_carried(editor, context):
    press(editor, Command.CONFIRM)
    place = middle(lay_out(SIZE, HudSettings(preset="engineer")).placed["delta"].box)
    editor.handle_pointer(Pointer(place, pressed=True, held=True))
    editor.handle_pointer(Pointer(place, released=True))
    press(editor, Command.DOWN)
    assert editor.list.chosen == list(INSTRUMENTS)[list(INSTRUMENTS).index("delta") + 1]
    assert kept(editor, context) == Placements()


def test_what_found_no_room_is_said(context, garage, back, offscreen):
    hud = HudSettings(text_scale=2.0, preset="engineer")
    context.settings = msgspec.structs.replace(context.settings, hud=hud)
    scene = HudEditorScene(garage, back)
    scene.draw(offscreen((800, 600)))
    left_out = lay_out((800, 600), hud).without_room
    states = {row.name: row.state for row in scene.rows()}
    assert left_out
    assert {name for name in INSTRUMENTS if states[name] == "no room"} == set(left_out)


def test_the_settings_survive_being_written_and_read():
    places = msgspec.structs.replace(Placements(), speed=Placements().delta)
    written = msgspec.toml.encode(HudSettings(text_scale=1.5, places=places))
    assert msgspec.toml.decode(written, type=HudSettings).places == places


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_the_list_moves_aside_from_the_instrument_that_is_chosen(
    garage, back, offscreen, monkeypatch, text_scale
):
    surface = offscreen(SIZE)
    panels = []
    monkeypatch.setattr(
        "game.app.hud.hud_canvas.HudCanvas.panel", lambda _canvas, box, *_: panels.append(box)
    )
    context = garage.context
    context.settings = Settings(hud=HudSettings(text_scale=text_scale))
    editor = HudEditorScene(garage, back)
    for _ in INSTRUMENTS:
        editor.draw(surface)
        filled = editor._hud.filled_boxes(SIZE, editor._data, editor.settings)
        box = filled.get(editor.list.chosen)
        if box is not None and box.width < SIZE[0] / 2:
            assert not panels[-1].meets(box), editor.list.chosen
        editor.handle(Command.DOWN)


def test_the_frame_of_an_instrument_fits_what_it_draws(garage, back, offscreen, monkeypatch):
    surface = offscreen(SIZE)
    frames = []
    monkeypatch.setattr(
        "game.app.scenes.hud_editor._outline", lambda _s, box, _unit, **_: frames.append(box)
    )
    editor = HudEditorScene(garage, back)
    editor.list.choose("corner")
    editor.draw(surface)
    whole = lay_out(SIZE, editor.settings).placed["corner"].box
    frame = frames[-1]
    assert frame.width < whole.width
    before = surface.copy()
    editor.settings = rearranged(editor.settings, hidden(editor, "corner"))
    editor.draw(surface)
    changed = [
        x
        for x in range(whole.left, whole.right)
        if before.get_at((x, whole.top + whole.height // 2))
        != surface.get_at((x, whole.top + whole.height // 2))
    ]
    assert frame.left <= min(changed)
    assert max(changed) < frame.right


def hidden(editor, name):
    places = arrangement(editor.settings)
    return places.with_placement(name, msgspec.structs.replace(places.of(name), shown=False))


def test_news_are_shown_beside_the_list(editor, context, offscreen):
    surface = offscreen(SIZE)
    editor.draw(surface)
    context.notice.show("Kept.")
    listed = surface.subsurface(editor.list.panel)
    before = pygame.image.tobytes(listed, "RGB"), pygame.image.tobytes(surface, "RGB")
    context.notice.draw(surface, 0.0)
    assert pygame.image.tobytes(listed, "RGB") == before[0]
    assert pygame.image.tobytes(surface, "RGB") != before[1]
