"""Pages of rows: what is chosen, what is in view, what controls do."""

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Slider, Toggle
from game.app.ui.footer import BACK, CHOOSE, SELECT, Footer
from game.app.ui.page import Page
from game.app.ui.rows import Action, Heading, Plain, Remark, TextScale
from game.app.ui.tab_bar import TabBar
from game.app.ui.table import Column, Table
from game.app.ui.text import forget_fonts
from game.app.ui.text_layout import line_width, wrapped
from game.app.ui.theme import EASE_S, eased, metrics

SIZE = (1280, 720)
LOOK = TextScale(metrics(SIZE, 1.0), 17)
BOX = Box(60, 100, 600, 400)


class Kept:
    """A value in a row."""

    def __init__(self, value):
        self.value = value

    def get(self):
        return self.value

    def put(self, value):
        self.value = value


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    pygame.font.init()
    yield
    forget_fonts()
    pygame.font.quit()


def page_of(*rows, box=BOX):
    page = Page(rows)
    page.lay_out(box, LOOK)
    page.update(1.0, calm=True)
    return page


def many(count):
    return [Plain(f"row {number}") for number in range(count)]


def test_headings_and_remarks_are_passed_over():
    page = page_of(Heading("one"), Plain("a"), Heading("two"), Remark("words"), Plain("b"))
    assert page.row.label == "a"
    page.handle(Command.DOWN)
    assert page.row.label == "b"
    page.handle(Command.DOWN)
    assert page.row.label == "a"
    page.handle(Command.UP)
    assert page.row.label == "b"


@given(
    count=st.integers(1, 60),
    height=st.integers(140, 700),
    moves=st.lists(st.sampled_from([Command.UP, Command.DOWN]), max_size=80),
)
def test_the_chosen_row_is_always_whole_in_view(count, height, moves):
    page = page_of(*many(count), box=BOX._replace(height=height))
    for move in moves:
        page.handle(move)
        page.update(1.0, calm=True)
        box = page.row_box(page.chosen)
        assert box.top >= BOX.top
        assert box.bottom <= BOX.top + height
        assert page.chosen in page.shown_rows()


@given(lines=st.lists(st.integers(-9, 9), max_size=30))
def test_the_wheel_never_leaves_the_page(lines):
    page = page_of(*many(40))
    for count in lines:
        page.handle_pointer(Pointer((300, 300), scrolled=count))
        page.update(1.0, calm=True)
        shown = page.shown_rows()
        assert len(shown) >= 8
        assert 0 <= shown[0] <= shown[-1] <= 39


def test_the_wheel_reaches_both_ends():
    page = page_of(*many(40))
    for count, end in ((-99, 39), (99, 0)):
        page.handle_pointer(Pointer((300, 300), scrolled=count))
        page.update(1.0, calm=True)
        assert end in page.shown_rows()


def test_the_row_under_the_mouse_is_chosen_and_a_press_follows_it():
    done = []
    page = page_of(*[Action(f"{n}", lambda n=n: done.append(n)) for n in range(5)])
    box = page.row_box(3)
    place = (box.left + 5, box.top + 5)
    page.handle_pointer(Pointer(place))
    assert (page.chosen, done) == (3, [])
    page.handle_pointer(Pointer(place, pressed=True, held=True))
    page.handle_pointer(Pointer(place, released=True))
    assert done == [3]


def test_a_press_beside_the_rows_does_nothing():
    done = []
    page = page_of(Action("one", lambda: done.append(1)))
    for place in ((5, 5), (BOX.right + 5, BOX.top + 5), (BOX.left + 5, BOX.bottom - 5)):
        page.handle_pointer(Pointer(place, pressed=True, held=True))
    assert done == []


def test_a_choice_stops_at_its_ends_by_keys_and_goes_round_by_confirming():
    value = Kept("b")
    page = page_of(Choice("c", value, [(name, name) for name in "abc"]))
    for command, expected in (
        (Command.RIGHT, "c"),
        (Command.RIGHT, "c"),
        (Command.CONFIRM, "a"),
        (Command.LEFT, "a"),
        (Command.CONFIRM, "b"),
    ):
        page.handle(command)
        assert value.value == expected


def test_the_mouse_goes_back_on_the_left_of_a_choice_and_on_at_its_right():
    value = Kept(1)
    page = page_of(Choice("c", value, [(n, str(n)) for n in range(3)]))
    control = page.row.control_box(page.row_box(0), LOOK)
    middle = control.top + control.height // 2
    for x, expected in ((control.right - 4, 2), (control.left + 4, 1), (control.left + 4, 0)):
        page.handle_pointer(Pointer((x, middle), pressed=True, held=True))
        page.handle_pointer(Pointer((x, middle), released=True))
        assert value.value == expected


def test_a_switch_goes_off_to_the_left_and_on_to_the_right():
    value = Kept(False)
    page = page_of(Toggle("t", value))
    for command, expected in (
        (Command.LEFT, False),
        (Command.RIGHT, True),
        (Command.RIGHT, True),
        (Command.CONFIRM, False),
    ):
        page.handle(command)
        assert value.value is expected


@given(start=st.floats(0.0, 1.0), steps=st.lists(st.sampled_from([-1, 1]), max_size=60))
def test_a_slider_keeps_to_its_bounds_and_its_steps(start, steps):
    value = Kept(start)
    row = Slider("s", value, (0.0, 1.0), 0.05, str)
    for step in steps:
        row.change(step)
        assert 0.0 <= value.value <= 1.0
        assert value.value * 20 == pytest.approx(round(value.value * 20), abs=1e-6)


def test_a_slider_steps_down_exactly_where_it_came_up():
    value = Kept(0.3)
    row = Slider("s", value, (0.0, 1.0), 0.1, str)
    for step in (1, 1, 1, -1, -1, -1):
        row.change(step)
    assert value.value == 0.3


def test_a_label_without_room_beside_its_control_stands_above_it():
    row = Toggle("a label that is far too long for so narrow a page, really", Kept(True))
    wide, narrow = row.height(LOOK, 900), row.height(LOOK, 300)
    assert narrow > 1.5 * wide
    box = Box(0, 0, 300, narrow)
    assert row.control_box(box, LOOK).top >= 0.4 * narrow


@given(text=st.text(alphabet="ab cdefg", max_size=120), width=st.integers(60, 400))
def test_wrapped_lines_fit_and_lose_no_word(text, width):
    lines = wrapped(text, width, 17)
    assert all(line_width(line, 17) <= width for line in lines)
    if all(line_width(word, 17) <= width for word in text.split()):
        assert " ".join(lines).split() == text.split()


def test_what_moves_is_there_in_time_and_at_once_when_calm():
    value = 0.0
    for _ in range(round(EASE_S * 120)):
        value = eased(value, 100.0, 1.0 / 120.0, calm=False)
    assert value == pytest.approx(100.0, abs=2.0)
    assert eased(0.0, 100.0, 0.0, calm=True) == 100.0


@given(width=st.integers(120, 1200), chosen=st.integers(0, 6))
def test_the_chosen_tab_is_in_view_and_no_two_tabs_meet(width, chosen):
    bar = TabBar(["Driving", "Controller", "Bindings", "Camera", "Screen", "Sound", "Display"])
    bar.turn(chosen)
    surface = pygame.Surface((1280, 100))
    bar.draw(surface, Box(10, 10, width, 40), LOOK)
    assert chosen in bar.boxes
    boxes = list(bar.boxes.values())
    assert all(box.right <= 10 + width for box in boxes)
    assert not any(a.meets(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert bar.press((boxes[0].left + 1, 20))
    assert bar.chosen == min(bar.boxes)


def test_a_table_without_room_leaves_out_what_matters_least(monkeypatch):
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    columns = [Column("LAP", ["1"]), Column("TIME", ["1:46.000"]), Column("SPEED", ["219 km/h"], 2)]
    surface = pygame.Surface(SIZE)
    for width, expected in ((600, True), (170, False)):
        written.clear()
        Table(columns).draw(surface, Box(0, 0, width, 200), LOOK)
        assert "1:46.000" in written
        assert ("219 km/h" in written) is expected


def test_hints_without_room_in_one_row_go_on_in_the_next():
    footer = Footer()
    surface = pygame.Surface(SIZE)
    hints = (SELECT, BACK, CHOOSE)
    for width, rows in ((1280, 1), (330, 2), (240, 3)):
        sizes = metrics(SIZE, 1.0)._replace(width=width)
        footer.draw(surface, sizes, hints, pad=False)
        assert {hint for _, hint in footer.boxes} == set(hints)
        tops = [box.top for box, _ in footer.boxes]
        assert len(set(tops)) == rows
        assert footer.height(sizes) >= SIZE[1] - min(tops)


def test_hints_without_any_room_are_left_out_the_last_ones_first_with_a_sign(monkeypatch):
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    footer = Footer()
    hints = tuple(CHOOSE._replace(words=f"Choose number {number}") for number in range(9))
    for width, all_fit in ((1280, True), (400, False)):
        written.clear()
        sizes = metrics(SIZE, 1.0)._replace(width=width)
        footer.draw(pygame.Surface(SIZE), sizes, hints, pad=False)
        shown = {hint for _, hint in footer.boxes}
        assert shown == set(hints[: len(shown)])
        assert (len(shown) == len(hints)) is all_fit
        assert ("\N{HORIZONTAL ELLIPSIS}" in written) is not all_fit


def test_large_hints_are_smaller_before_any_is_left_out():
    footer = Footer()
    hints = (SELECT, BACK, CHOOSE) * 2
    heights = []
    for scale in (1.0, 2.0):
        footer.draw(pygame.Surface(SIZE), metrics(SIZE, scale), hints, pad=False)
        assert tuple(hint for _, hint in footer.boxes) == hints
        heights.append(footer.boxes[0][0].height)
    assert heights[0] < heights[1] < 2 * heights[0]


def test_a_click_on_a_hint_asks_for_what_it_says():
    footer = Footer()
    footer.draw(pygame.Surface(SIZE), metrics(SIZE, 1.0), (SELECT, BACK, CHOOSE), pad=True)
    asked = [footer.command_at((box.left + 2, box.top + 2)) for box, _ in footer.boxes]
    assert asked == [Command.CONFIRM, Command.BACK, None]
    assert footer.command_at((640, 10)) is None
