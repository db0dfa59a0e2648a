"""Keys are bound, held and let go by their place, whatever layout is set."""

import msgspec
import pygame
import pytest

from game.app.input import keys
from game.app.input.bindings import Binding, Bindings
from game.app.input.commands import Command
from game.app.input.keys import forget_layout, key_label, key_of
from game.app.input.settings import ControlSettings, bound_by_place
from game.app.ui.input_words import input_words
from game.drivers.human_driver import Device

RUSSIAN = {26: "\u0446", 21: "\u043a", 6: "\u0441", 11: "\u0440", 47: "\u0445"}  # W, R, C, H, [
GERMAN = {28: "z", 29: "y", 47: "ü", 52: "ä", 100: "<"}
FRENCH = {20: "a", 26: "z", 4: "q", 29: "w", 30: "&"}


@pytest.fixture
def layout(monkeypatch):
    """Sets a layout by what differs from the American one."""

    def put(letters):
        american = {
            scancode: ord(name) for scancode, name in keys._WRITING.items() if len(name) == 1
        }
        codes = american | {scancode: ord(letter) for scancode, letter in letters.items()}
        forget_layout()
        monkeypatch.setattr(keys, "_key_code", lambda scancode: codes.get(scancode, 0))

    yield put
    monkeypatch.undo()
    forget_layout()


def event(kind, scancode, letter):
    return pygame.Event(kind, key=ord(letter), scancode=scancode)


@pytest.mark.parametrize("scancode", [26, 21, 6, 11, 47])
def test_a_key_has_one_name_in_every_layout(scancode):
    names = {
        key_of(event(pygame.KEYDOWN, scancode, letters.get(scancode, "x")))
        for letters in (RUSSIAN, GERMAN, FRENCH)
    }
    assert len(names) == 1


def test_every_key_has_a_name(player):
    for scancode in range(4, 232):
        assert key_of(pygame.Event(pygame.KEYDOWN, key=0, scancode=scancode))
    pygame.event.post(event(pygame.KEYDOWN, 100, "<"))
    player.inputs.listen("key")
    assert player.frames() == [Command.CAPTURED]
    assert player.inputs.captured == "iso <"


def test_keys_of_a_russian_layout_drive_and_command(player):
    for scancode, letter in RUSSIAN.items():
        pygame.event.post(event(pygame.KEYDOWN, scancode, letter))
    commands = player.frames()
    assert player.state.up
    assert {Command.RESTART, Command.CAMERA, Command.HUD} <= set(commands)


def test_a_key_held_while_the_layout_changes_is_let_go(player):
    pygame.event.post(event(pygame.KEYDOWN, 26, "w"))
    player.frames()
    assert player.state.up
    pygame.event.post(pygame.Event(pygame.KEYMAPCHANGED))
    pygame.event.post(event(pygame.KEYUP, 26, "ц"))
    player.frames()
    assert not player.state.up


def test_a_key_whose_release_never_came_is_let_go_when_the_system_says_so(player, monkeypatch):
    held = {"w"}
    monkeypatch.setattr("game.app.input.inputs.is_down", lambda name: name in held)
    pygame.event.post(event(pygame.KEYDOWN, 26, "w"))
    player.frames(2)
    assert player.state.up
    held.clear()
    player.frames(2)
    assert not player.state.up


def test_a_key_of_a_program_that_sends_letters_without_keys_works_too(player):
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_w, scancode=0))
    player.frames()
    assert player.state.up


@pytest.mark.parametrize(
    ("letters", "name", "label"),
    [
        ({}, "w", "W"),
        (RUSSIAN, "w", "Ц"),
        (GERMAN, "z", "Y"),
        (GERMAN, "[", "Ü"),
        (GERMAN, "iso <", "<"),
        (FRENCH, "w", "Z"),
        (FRENCH, "1", "&"),
        (FRENCH, "left shift", "Left shift"),
        (FRENCH, "f11", "F11"),
        ({}, "[5]", "Keypad 5"),
        ({}, "key 199", "Key 199"),
        ({}, "nonsense", "Nonsense"),
    ],
)
def test_a_key_is_called_as_the_layout_calls_it(layout, player, letters, name, label):  # noqa: ARG001
    layout(letters)
    assert key_label(name) == label
    assert input_words(name) == label


def test_a_letter_that_no_font_has_is_called_by_its_place(layout, player):  # noqa: ARG001
    layout({26: "\N{CANADIAN SYLLABICS CARRIER GU}"})
    assert input_words("w") == "W"


def test_bindings_of_an_earlier_version_keep_the_keys_that_the_player_meant(layout, player):  # noqa: ARG001
    layout(FRENCH)
    bindings = msgspec.structs.replace(
        Bindings(),
        throttle=Binding(("z", "up")),
        steer_left=Binding(("q", "left shift"), "pad_a"),
    )
    moved = bound_by_place(ControlSettings(bindings=bindings))
    assert moved.bindings.throttle == Binding(("w", "up"))
    assert moved.bindings.steer_left == Binding(("a", "left shift"), "pad_a")
    assert moved.bindings.restart == Bindings().restart
    assert bound_by_place(moved) is moved


def test_default_keys_stay_in_their_places_in_every_layout(layout, player):  # noqa: ARG001
    layout(FRENCH)
    assert bound_by_place(ControlSettings()).bindings == Bindings()


def test_the_system_writes_text_only_while_it_is_asked_for(player):
    text = player.inputs.text_input
    pygame.event.post(pygame.Event(pygame.TEXTINPUT, text="a"))
    assert player.frames() == []
    text.begin()
    pygame.event.post(pygame.Event(pygame.TEXTINPUT, text="é"))
    assert player.frames() == [Command.TYPED]
    assert text.text == "é"
    text.end()
    assert player.press(pygame.K_r) == [Command.RESTART]


@pytest.mark.parametrize(
    ("key", "scancode", "pastes"),
    [(pygame.K_v, 25, True), (ord("м"), 25, True), (pygame.K_k, 25, False)],
)
def test_ctrl_and_v_paste_by_letter_or_else_by_place(player, key, scancode, pastes):
    player.inputs.text_input.begin()
    pygame.event.post(
        pygame.Event(pygame.KEYDOWN, key=key, scancode=scancode, mod=pygame.KMOD_LCTRL)
    )
    assert player.frames() == ([Command.PASTE] if pastes else [])
    player.inputs.text_input.end()


def test_keys_typed_are_not_held_afterwards(player):
    player.inputs.text_input.begin()
    pygame.event.post(event(pygame.KEYDOWN, 26, "w"))
    player.frames()
    player.inputs.text_input.end()
    player.frames()
    assert not player.state.up
    assert player.state.device is Device.KEYBOARD
