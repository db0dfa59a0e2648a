"""Keys and buttons do what they are bound to, and nobody can get locked out of the menus."""

import msgspec
import pygame
import pytest
from virtual_pad import LB, RIGHT_STICK, VirtualPad, X

from game.app.input.bindings import (
    ACTIONS,
    COMMANDS,
    HELD,
    PAD_SLOT,
    Binding,
    Bindings,
    conflicts,
    rebound,
)
from game.app.input.commands import Command
from game.app.input.settings import ControlSettings, PadProfile
from game.drivers.human_driver import Device


def with_bindings(**changed):
    return ControlSettings(bindings=msgspec.structs.replace(Bindings(), **changed))


def test_every_action_is_either_held_or_a_command():
    assert set(ACTIONS) == {*HELD, *COMMANDS}
    assert not set(HELD) & set(COMMANDS)


def test_the_defaults_do_not_conflict():
    assert conflicts(Bindings()) == []


def test_every_default_key_is_one_that_pygame_knows(player):  # noqa: ARG001
    for action in ACTIONS:
        for name in getattr(Bindings(), action).keys:
            assert pygame.key.name(pygame.key.key_code(name)) == name


@pytest.mark.parametrize(
    "pressed",
    [
        (pygame.K_r, Command.RESTART),
        (pygame.K_p, Command.RESET, Command.DEFAULT),
        (pygame.K_BACKSPACE, Command.RESET, Command.DEFAULT),
        (pygame.K_ESCAPE, Command.PAUSE),
        (pygame.K_c, Command.CAMERA, Command.UNDO),
        (pygame.K_TAB, Command.WHOLE_TRACK, Command.NEXT_VIEW),
        (pygame.K_h, Command.HUD),
        (pygame.K_F10, Command.PHOTO),
        (pygame.K_F11, Command.FULLSCREEN),
        (pygame.K_F12, Command.SCREENSHOT),
        (pygame.K_m, Command.MUTE),
        (pygame.K_RETURN, Command.CONFIRM),
        (pygame.K_q, Command.PREVIOUS_TAB),
        (pygame.K_LEFT, Command.LEFT),
    ],
)
def test_a_key_asks_for_its_command_once(player, pressed):
    key, *commands = pressed
    assert player.press(key) == commands
    assert player.frames(10) == []


def test_a_bound_key_replaces_the_default(make_player):
    controls = with_bindings(restart=Binding(("f5",)), throttle=Binding(("left shift",)))
    player = make_player(controls)
    assert player.press(pygame.K_r) == []
    assert player.press(pygame.K_F5) == [Command.RESTART]
    player.press(pygame.K_UP)
    assert not player.state.up
    player.press(pygame.K_LSHIFT)
    assert player.state.up


def test_arrows_enter_and_escape_work_in_menus_whatever_is_bound(make_player):
    bound_away = {
        action: Binding(("f1",), "pad_guide") for action in ACTIONS if action.startswith("menu")
    }
    player = make_player(
        with_bindings(**bound_away, confirm=Binding(), back=Binding(), pause=Binding())
    )
    keys = (pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT)
    commands = [player.press(key) for key in (*keys, pygame.K_RETURN, pygame.K_ESCAPE)]
    assert commands == [
        [Command.UP],
        [Command.DOWN],
        [Command.LEFT],
        [Command.RIGHT],
        [Command.CONFIRM],
        [Command.PAUSE],
    ]


def test_a_key_for_two_things_in_one_place_is_a_conflict():
    bindings = msgspec.structs.replace(Bindings(), camera=Binding(("r", "f2"), "pad_start"))
    found = {conflict.name: set(conflict.actions) for conflict in conflicts(bindings)}
    assert found == {"r": {"restart", "camera"}, "pad_start": {"pause", "camera"}}


def test_a_menu_key_bound_to_a_command_that_works_everywhere_is_a_conflict():
    bindings = msgspec.structs.replace(Bindings(), restart=Binding(("return",)))
    assert [conflict.name for conflict in conflicts(bindings)] == ["return"]


def test_a_key_may_steer_and_move_through_menus():
    bindings = msgspec.structs.replace(Bindings(), steer_left=Binding(("q",)))
    assert conflicts(bindings) == []


def test_rebinding_fills_one_slot_and_leaves_the_others():
    bindings = rebound(Bindings(), "throttle", 1, "space")
    assert bindings.throttle == Binding(("up", "space"), "pad_right_trigger")
    bindings = rebound(bindings, "throttle", PAD_SLOT, "pad_a")
    assert bindings.throttle == Binding(("up", "space"), "pad_a")
    assert rebound(bindings, "throttle", 0, "").throttle.keys == ("space",)
    assert rebound(bindings, "throttle", 0, "space").throttle.keys == ("space",)


@pytest.mark.parametrize(
    ("in_driving", "in_pages"),
    [("camera", "undo"), ("whole_track", "next_view"), ("reset", "default")],
)
def test_a_page_has_actions_of_its_own_that_stay_where_driving_is_rebound(in_driving, in_pages):
    before: Binding = getattr(Bindings(), in_driving)
    assert getattr(Bindings(), in_pages) == before
    text = f'[bindings.{in_driving}]\nkeys = ["v"]'  # as files of earlier versions have it
    bindings = msgspec.toml.decode(text, type=ControlSettings).bindings
    assert getattr(bindings, in_driving).keys == ("v",)
    assert getattr(bindings, in_pages) == before
    assert conflicts(bindings) == []


def test_an_action_of_a_page_and_one_of_all_menus_conflict():
    bindings = msgspec.structs.replace(Bindings(), undo=Binding(("q",)))
    assert [conflict.name for conflict in conflicts(bindings)] == ["q"]


def test_bindings_survive_a_settings_file():
    controls = with_bindings(restart=Binding(("f5", "home"), "pad_guide"))
    assert msgspec.toml.decode(msgspec.toml.encode(controls), type=ControlSettings) == controls


@pytest.mark.parametrize(
    "text",
    [
        '[bindings.restart]\nkeys = ["a", "b", "c"]',
        "[bindings.jump]\nkeys = []",
        "[filter]\nreturn_s = 0.0",
        "[filter]\ngrip = 9.0",
        "[pad.curve]\ndead_zone = 0.9",
        "[wheel]\nlock_deg = 1.0",
    ],
)
def test_a_settings_file_out_of_bounds_is_refused(text):
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(text, type=ControlSettings)


def test_the_next_key_is_heard_instead_of_followed(player):
    player.inputs.listen("key")
    assert player.press(pygame.K_r) == [Command.CAPTURED]
    assert player.inputs.captured == "r"
    assert not player.inputs.listening
    assert player.press(pygame.K_r) == [Command.RESTART]


def test_escape_ends_listening_with_nothing_heard(player):
    player.inputs.listen("button")
    assert player.press(pygame.K_r) == []
    assert player.press(pygame.K_ESCAPE) == [Command.CAPTURED]
    assert player.inputs.captured == ""


def test_a_held_key_is_let_go_while_listening(player):
    player.press(pygame.K_UP)
    player.inputs.listen("key")
    player.frames()
    assert not player.state.up


def test_buttons_and_sticks_are_heard_by_name(player, library):
    pad = VirtualPad(library)
    player.frames(2)
    for act, name in [
        (lambda: pad.press(LB), "pad_left_shoulder"),
        (lambda: pad.press(RIGHT_STICK), "pad_right_stick"),
        (lambda: pad.move(right_y=-0.9), "pad_right_y-"),
        (lambda: pad.move(left_trigger=0.9), "pad_left_trigger"),
    ]:
        player.inputs.listen("button")
        act()
        assert player.frames(2) == [Command.CAPTURED]
        assert player.inputs.captured == name
    pad.unplug()


def test_a_pad_of_its_own_profile_has_its_own_buttons_and_curve(make_player, library):
    pad = VirtualPad(library)
    player = make_player()
    (device,) = player.inputs.devices()
    profile = PadProfile(buttons={"camera": "pad_left_shoulder", "throttle": "pad_x"})
    player.inputs.apply(ControlSettings(pads={device.identifier: profile}))
    pad.press(LB)
    assert Command.CAMERA in player.frames(2)
    pad.press(X)
    player.frames(2)
    assert (player.state.device, player.state.throttle) == (Device.PAD, 1.0)
    pad.unplug()
