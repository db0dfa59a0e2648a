"""The window opens where it was left, and never larger than its screen."""

import os
import subprocess
import sys

import pygame
import pytest

from game.app.context import display
from game.app.context.screens import Area, Screen, screens
from game.app.context.window_place import (
    WindowMemory,
    WindowPlace,
    WindowPlaces,
    first_place,
    place_on,
    screen_of,
)

pytestmark = pytest.mark.slow

TALL_PANEL = 60


def screen(width, height, left=0, panel=0):
    return Screen(Area(left, 0, width, height), Area(left, panel, width, height - panel))


def left_at(*numbers, maximised=False, key="0 1920x1080"):
    return WindowPlaces(key, {key: WindowPlace(*numbers, maximised)})


@pytest.fixture
def memory(monkeypatch, tmp_path):
    monkeypatch.setattr("game.app.context.window_place.player_folder", lambda: tmp_path)
    now_s = [0.0]
    made = WindowMemory(lambda: now_s[0])
    made.begin(WindowPlace(100, 100, 1280, 720))

    def event(kind, *area, after_s=1.0):
        now_s[0] += after_s
        made.on_event(pygame.Event(kind), Area(*area))

    def remembered():
        made.remember([screen(1920, 1080)])
        content = WindowMemory().content
        return content.places[content.latest]

    def rest(seconds):
        now_s[0] += seconds

    made.event, made.remembered, made.rest = event, remembered, rest
    return made


@pytest.mark.parametrize(
    "where",
    [
        screen(1024, 600),
        screen(1366, 768, panel=TALL_PANEL),
        screen(1280, 720),
        screen(800, 480),
        screen(640, 360, left=1920),
        screen(1920, 1080),
        screen(7680, 4320),
    ],
)
def test_the_first_window_and_its_title_bar_lie_within_what_panels_leave_free(where):
    place, usable = first_place(where), where.usable
    assert usable.left <= place.left
    assert usable.top + 36 <= place.top
    assert place.left + place.width <= usable.left + usable.width
    assert place.top + place.height <= usable.top + usable.height


def test_the_first_window_is_full_hd_at_most():
    place = first_place(screen(3840, 2160))
    assert (place.width, place.height) == (1920, 1080)


def test_a_window_comes_back_where_it_was_left():
    shown = place_on([screen(1920, 1080)], left_at(300, 200, 900, 500, maximised=True))
    assert shown.place == WindowPlace(300, 200, 900, 500, maximised=True)


@pytest.mark.parametrize(
    "place", [(3000, 100, 800, 600), (-700, 100, 800, 600), (0, -300, 800, 600)]
)
def test_a_window_that_would_be_out_of_reach_comes_to_the_middle_in_its_size(place):
    where = screen(1920, 1080)
    shown = place_on([where], left_at(*place))
    assert (shown.place.width, shown.place.height) == (800, 600)
    assert 0 <= shown.place.left <= 1920 - 800
    assert 36 <= shown.place.top <= 1080 - 600


def test_a_window_larger_than_its_screen_is_made_smaller():
    shown = place_on([screen(1920, 1080)], left_at(0, 40, 5000, 3000))
    assert (shown.place.width, shown.place.height) == (1920 - 16, 1080 - 48)


def test_each_screen_has_a_place_of_its_own():
    one, other = screen(1920, 1080), screen(2560, 1440, left=1920)
    places = {
        "0 1920x1080": WindowPlace(9, 49, 800, 600),
        "1 2560x1440": WindowPlace(2000, 99, 900, 700),
    }
    both = WindowPlaces("1 2560x1440", places)
    assert place_on([one, other], both) == (1, places["1 2560x1440"])
    assert place_on([one], both) == (0, places["0 1920x1080"])  # the other one was unplugged


def test_a_window_belongs_to_the_screen_that_shows_most_of_it():
    both = [screen(1920, 1080), screen(2560, 1440, left=1920)]
    assert screen_of(both, Area(1500, 100, 800, 600)) == 0
    assert screen_of(both, Area(1700, 100, 800, 600)) == 1


def test_moves_and_sizes_are_remembered(memory):
    memory.event(pygame.WINDOWRESIZED, 100, 100, 700, 500)
    memory.event(pygame.WINDOWMOVED, 60, 80, 700, 500, after_s=0.01)
    assert memory.remembered() == WindowPlace(60, 80, 700, 500)


@pytest.mark.parametrize("first", [pygame.WINDOWMAXIMIZED, pygame.WINDOWRESIZED])
def test_a_maximised_window_keeps_the_size_it_goes_back_to(memory, first):
    memory.event(pygame.WINDOWRESIZED, 100, 100, 700, 500)
    second = ({pygame.WINDOWMAXIMIZED, pygame.WINDOWRESIZED} - {first}).pop()
    memory.event(first, 0, 0, 1920, 1050, after_s=30.0)
    memory.event(second, 0, 0, 1920, 1050, after_s=0.02)
    assert memory.remembered() == WindowPlace(100, 100, 700, 500, maximised=True)


def test_a_window_that_is_no_longer_maximised_is_not_remembered_so(memory):
    memory.event(pygame.WINDOWMAXIMIZED, 0, 0, 1920, 1050)
    memory.event(pygame.WINDOWRESTORED, 100, 100, 1280, 720)
    assert not memory.remembered().maximised


@pytest.mark.parametrize(
    "kind",
    [pygame.WINDOWRESIZED, pygame.WINDOWMOVED, pygame.WINDOWMAXIMIZED, pygame.WINDOWRESTORED],
)
def test_a_change_is_to_be_written_once_it_has_stayed_for_a_while(memory, kind):
    assert not memory.is_due
    memory.event(kind, 60, 80, 700, 500)
    memory.rest(0.4)
    memory.event(kind, 70, 90, 700, 500, after_s=0.0)
    memory.rest(0.4)
    assert not memory.is_due
    memory.rest(0.2)
    assert memory.is_due
    memory.remembered()
    assert not memory.is_due


def test_a_window_that_is_used_without_being_moved_is_not_written_again(memory):
    memory.event(pygame.WINDOWFOCUSGAINED, 100, 100, 1280, 720)
    memory.rest(60.0)
    assert not memory.is_due


def test_a_frame_writes_down_a_place_that_has_come_to_rest(memory, game, monkeypatch):
    monkeypatch.setattr(display._WindowState, "memory", memory)
    memory.event(pygame.WINDOWMOVED, 60, 80, 700, 500)
    game.frames(1)
    assert not memory.path.exists()
    memory.rest(1.0)
    game.frames(1)
    kept = WindowMemory().content
    assert kept.places[kept.latest] == WindowPlace(60, 80, 700, 500)
    monkeypatch.undo()


def test_a_place_that_cannot_be_written_costs_nothing_else(memory, monkeypatch):
    monkeypatch.setattr(memory, "path", memory.path / "under" / "a" / "file")
    memory.path.parents[2].write_text("")
    memory.event(pygame.WINDOWMOVED, 5, 50, 1280, 720)
    memory.remember([screen(1920, 1080)])


def test_without_the_library_screens_are_taken_to_have_a_panel(offscreen, monkeypatch):
    offscreen((64, 64))
    monkeypatch.setattr("game.app.context.screens.sdl_library", lambda: None)
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1366, 768)])
    assert screens() == [Screen(Area(0, 0, 1366, 768), Area(0, 0, 1366, 720))]


def test_a_real_window_opens_where_it_was_left(x_display, tmp_path):
    code = (
        "import subprocess, time, pygame\n"
        "from game.app.context import display\n"
        "from game.app.context.window_place import WindowMemory\n"
        "display.open_window(None, WindowMemory())\n"
        "print(*pygame.display.get_window_position(), *pygame.display.get_window_size())\n"
        "number = str(pygame.display.get_wm_info()['window'])\n"
        "subprocess.run(['xdotool', 'windowsize', number, '640', '400', 'windowmove', number, '30',"
        " '50'], check=True)\n"
        "time.sleep(0.3)\n"
        "for event in pygame.event.get():\n"
        "    display.on_event(event)\n"
        "display.close()\n"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")}
    env |= {"DISPLAY": x_display, "XDG_DATA_HOME": str(tmp_path)}
    printed = [
        subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert printed == [["8", "36", "1264", "672"], ["30", "50", "640", "400"]]
