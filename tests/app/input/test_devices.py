"""Controllers and wheels: read by their profiles, coming and going, felt, and never stuck."""

import msgspec
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from virtual_pad import DOWN, START, WHEEL, VirtualPad, X

from game.app.input import rumble
from game.app.input.commands import Command
from game.app.input.settings import ControlSettings, PadProfile, WheelProfile
from game.app.input.stick import StickCurve
from game.app.view.road_feel import RoadFeel
from game.drivers.human_driver import Device

KERB = RoadFeel(kerb=0.8)
SLIP = RoadFeel(slip_rear=0.6)
unit = st.floats(-1.0, 1.0)


@pytest.fixture
def plug(library):
    """Plugs controllers in; those that are still there at the end are pulled out."""
    there = []

    def make(**kind):
        there.append(VirtualPad(library, **kind))
        return there[-1]

    yield make
    for pad in there:
        if pad.plugged:
            pad.unplug()


def test_a_stick_steers_by_its_curve_and_triggers_are_pedals(player, plug):
    pad = plug()
    player.frames(2)
    pad.move(left_x=-(0.10 + 0.5 * 0.87), right_trigger=0.5, left_trigger=-0.5)
    player.frames(2)
    assert player.state.device is Device.PAD
    assert player.state.steering == approx(0.5**1.7, abs=0.001)
    assert player.state.throttle == approx(0.75, abs=0.001)
    assert player.state.brake == approx(0.25, abs=0.001)


def test_a_stick_at_rest_asks_for_nothing_and_at_its_end_for_all():
    curve = StickCurve()
    assert curve.shaped(0.07, 0.07) == 0.0
    assert curve.shaped(0.10 + 1e-6) == approx(0.0, abs=1e-6)
    assert curve.shaped(-0.97) == -1.0


@given(
    x=unit, y=unit, dead=st.floats(0.0, 0.5), outer=st.floats(0.0, 0.3), bend=st.floats(1.0, 4.0)
)
def test_any_curve_stays_within_bounds_and_mirrors_left_and_right(x, y, dead, outer, bend):
    curve = StickCurve(dead, outer, bend)
    assert -1.0 <= curve.shaped(x, y) <= 1.0
    assert curve.shaped(-x, y) == -curve.shaped(x, y)
    assert curve.shaped(x, y) * x >= 0.0


@given(near=st.floats(0.0, 1.0), far=st.floats(0.0, 1.0))
def test_the_further_a_stick_the_more_it_asks_for(near, far):
    near, far = sorted((near, far))
    assert StickCurve().shaped(near) <= StickCurve().shaped(far)


def test_a_pad_plugged_in_before_the_start_is_there(library, make_player):
    pad = VirtualPad(library)
    player = make_player()
    assert [device.kind for device in player.inputs.devices()] == ["pad"]
    pad.move(right_trigger=1.0)
    player.frames(2)
    assert player.state.throttle == 1.0
    pad.unplug()


def test_of_two_pads_the_one_moved_last_drives_and_only_its_loss_is_told(player, plug):
    one, other = plug(), plug()
    player.frames(2)
    one.move(right_trigger=1.0)
    player.frames(2)
    assert player.state.throttle == 1.0
    one.move(right_trigger=-1.0)
    other.move(left_trigger=1.0)
    player.frames(2)
    assert (player.state.throttle, player.state.brake) == (0.0, 1.0)
    one.unplug()
    assert Command.UNPLUGGED not in player.frames(2)
    assert player.state.brake == 1.0
    other.unplug()
    assert player.frames(2).count(Command.UNPLUGGED) == 1
    assert player.state.brake == 0.0


def test_pulled_out_twenty_times_while_held_nothing_sticks(player, plug):
    for _ in range(20):
        pad = plug()
        player.frames(2)
        pad.move(left_x=1.0, left_y=-1.0, right_trigger=1.0)
        pad.press(START)
        pad.press(DOWN)
        assert player.frames(2)
        assert player.state.throttle == 1.0
        pad.unplug()
        assert Command.UNPLUGGED in player.frames(2)
        assert (player.state.steering, player.state.throttle, player.state.brake) == (0.0, 0.0, 0.0)
        assert player.frames(60) == []
    assert player.inputs.devices() == []


def test_a_key_takes_over_from_a_pad_and_the_pad_again_from_the_keys(player, plug):
    pad = plug()
    player.frames(2)
    pad.move(right_trigger=1.0)
    player.frames(2)
    player.press(pygame.K_LEFT)
    assert player.state.device is Device.KEYBOARD
    player.let_go(pygame.K_LEFT)
    assert (player.state.device, player.inputs.last_device) == (Device.PAD, "keyboard")


@pytest.mark.parametrize("held", ["key", "d-pad", "stick", "hat"])
def test_a_held_direction_repeats_after_a_third_of_a_second_at_8_hz(player, plug, held):
    pad = plug(kind=WHEEL, hats=1) if held == "hat" else plug()
    player.frames(2)
    press, let_go = {
        "key": (lambda: player.press(pygame.K_DOWN), lambda: player.let_go(pygame.K_DOWN)),
        "d-pad": (lambda: pad.press(DOWN), lambda: pad.press(DOWN, down=False)),
        "stick": (lambda: pad.move(left_y=0.9), lambda: pad.move(left_y=0.0)),
        "hat": (lambda: pad.point(4), lambda: pad.point(0)),
    }[held]
    first = press() or []
    first += player.frames(18)
    while_driving = [Command.LOOP_CORNER] if held == "d-pad" else []  # which never repeats
    assert first == [*while_driving, Command.DOWN]
    later = player.frames(60)
    assert later.count(Command.DOWN) in (7, 8, 9)
    assert set(later) == {Command.DOWN}
    let_go()
    player.frames(2)
    assert player.frames(60) == []


def test_losing_the_focus_lets_go_of_everything(player, plug):
    pad = plug()
    player.frames(2)
    player.press(pygame.K_UP, pygame.K_LEFT, pygame.K_LSHIFT)
    pygame.event.post(pygame.Event(pygame.WINDOWFOCUSLOST))
    assert player.frames() == [Command.FOCUS_LOST]
    state = player.state
    assert (state.up, state.left, state.some) == (False, False, False)
    assert player.frames(60) == []
    assert player.let_go(pygame.K_UP, pygame.K_LEFT, pygame.K_LSHIFT) == []
    pad.move(right_trigger=1.0)
    player.frames(2)
    assert state.throttle == 1.0


def test_alt_and_tab_leave_the_window_and_not_the_camera(player):
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=pygame.KMOD_LALT))
    assert player.frames() == []


def test_the_sticks_are_there_for_the_photographer(player, plug):
    assert player.inputs.sticks() == (0.0,) * 6
    pad = plug()
    player.frames(2)
    pad.move(left_y=1.0, right_x=-1.0, left_trigger=1.0)
    player.frames(2)
    assert player.inputs.sticks() == approx((0.0, 1.0, -1.0, 0.0, 1.0, 0.0))


@pytest.fixture
def hours(monkeypatch):
    """The clock of the motors, as a list of one number of seconds."""
    now = [100.0]
    monkeypatch.setattr(rumble.time, "perf_counter", lambda: now[0])
    return now


def test_kerbs_are_felt_low_and_slip_high_by_the_strength(make_player, plug, hours):
    player = make_player(ControlSettings(pad=PadProfile(rumble=0.5)))
    pad = plug()
    player.frames(2)
    pad.move(right_trigger=1.0)
    player.frames(2)
    player.inputs.rumble(KERB)
    assert pad.rumbled[-1] == approx((0.4, 0.0), abs=0.001)
    hours[0] += 0.1
    player.inputs.rumble(SLIP)
    assert pad.rumbled[-1] == approx((0.0, 0.3), abs=0.001)


def test_motors_are_told_twenty_times_a_second_at_most_and_stop_by_themselves(player, plug, hours):
    pad = plug()
    player.frames(2)
    pad.move(right_trigger=1.0)
    player.frames(2)
    for _ in range(240):
        hours[0] += 1.0 / 240.0
        player.inputs.rumble(KERB._replace(kerb=0.5 + 0.001 * len(pad.rumbled)))
    assert 10 <= len(pad.rumbled) <= 21
    pygame.time.wait(rumble.LASTS_MS + 50)
    player.frames()
    assert pad.rumbled[-1] == (0.0, 0.0)


def test_motors_stop_with_the_focus_and_never_run_for_keys(player, plug, hours):
    pad = plug()
    player.frames(2)
    pad.move(right_trigger=1.0)
    player.frames(2)
    player.inputs.rumble(KERB)
    player.inputs.release()
    assert pad.rumbled[-1] == (0.0, 0.0)
    pad.move(right_trigger=-1.0)
    player.press(pygame.K_UP)
    count = len(pad.rumbled)
    hours[0] += 1.0
    player.inputs.rumble(KERB)
    assert len(pad.rumbled) == count


def wheel_with(**profile):
    return ControlSettings(wheel=WheelProfile(**profile))


def test_a_wheels_lock_is_adjustable(make_player, plug):
    player = make_player(wheel_with(range_deg=900.0, lock_deg=450.0))
    wheel = plug(kind=WHEEL)
    player.frames(2)
    wheel.move(left_x=-0.25)
    player.frames(2)
    assert player.state.device is Device.WHEEL
    assert player.state.steering == approx(0.5, abs=0.001)
    wheel.move(left_x=1.0)
    player.frames(2)
    assert player.state.steering == -1.0


def test_any_axis_steers_either_way_and_pedals_may_be_combined(make_player, plug):
    player = make_player(wheel_with(left="axis 3+", throttle="axis 1-", brake="axis 1+"))
    wheel = plug(kind=WHEEL)
    player.frames(2)
    wheel.move(right_y=0.5, left_y=-0.25)
    player.frames(2)
    assert player.state.steering == approx(0.5, abs=0.001)
    assert (player.state.throttle, player.state.brake) == approx((0.25, 0.0), abs=0.001)
    wheel.move(left_y=0.75)
    player.frames(2)
    assert (player.state.throttle, player.state.brake) == approx((0.0, 0.75), abs=0.001)


def test_an_axis_that_trembles_in_its_middle_is_no_pedal_half_pressed(player, plug):
    stick = plug(kind=WHEEL)
    player.frames(2)
    stick.move(left_x=-0.5, left_y=0.01)
    player.frames(2)
    assert player.state.device is Device.WHEEL
    assert player.state.throttle == 0.0


def test_axes_and_buttons_of_a_wheel_are_heard_by_name(player, plug):
    wheel = plug(kind=WHEEL)
    player.frames(2)
    wheel.move(left_y=1.0)
    player.frames(2)
    player.inputs.listen("axis")
    wheel.move(left_y=0.9)
    assert player.frames(2) == []
    wheel.move(left_y=-0.2)
    assert player.frames(2) == [Command.CAPTURED]
    assert player.inputs.captured == "axis 1-"
    player.inputs.listen("button")
    wheel.press(7)
    assert player.frames(2) == [Command.CAPTURED]
    assert player.inputs.captured == "button 7"


def test_a_wheels_buttons_do_what_its_profile_says(make_player, plug):
    player = make_player(wheel_with(buttons={"restart": "button 7"}))
    wheel = plug(kind=WHEEL)
    player.frames(2)
    wheel.press(7)
    wheel.press(0)
    assert set(player.frames(2)) == {Command.RESTART, Command.CONFIRM}


def test_names_that_no_device_has_do_nothing(make_player, plug):
    bindings = msgspec.convert({"throttle": {"keys": ["nonsense"], "pad": "pad_z"}}, dict)
    controls = msgspec.convert(
        {"bindings": bindings, "wheel": {"left": "wheel", "throttle": "axis 99", "brake": ""}},
        ControlSettings,
    )
    player = make_player(controls)
    pad, wheel = plug(), plug(kind=WHEEL)
    player.frames(2)
    pad.move(left_trigger=1.0)
    wheel.move(left_x=1.0, left_y=1.0)
    player.frames(2)
    assert player.state.throttle == 0.0


def test_a_controller_pulled_out_while_keys_drive_changes_nothing(player, plug):
    pad = plug()
    player.frames(2)
    pad.move(right_trigger=1.0)
    player.frames(2)
    pad.move(right_trigger=-1.0)
    player.frames(2)
    player.press(pygame.K_UP)
    assert player.state.device is Device.KEYBOARD
    pad.unplug()
    assert Command.UNPLUGGED not in player.frames(2)
    assert player.state.up


def test_hints_name_keys_again_when_the_last_controller_is_pulled_out(player, plug):
    pads = [plug(), plug()]
    player.frames(2)
    pads[0].press(X)
    player.frames(2)
    assert player.inputs.last_device == "pad"
    pads[0].unplug()
    player.frames(2)
    assert player.inputs.last_device == "pad"
    pads[1].unplug()
    player.frames(2)
    assert player.inputs.last_device == "keyboard"


@pytest.mark.parametrize(("sort", "ends"), [("button", True), ("axis", True), ("key", False)])
def test_waiting_for_a_button_ends_with_the_controller_that_had_it(player, plug, sort, ends):
    pad = plug()
    player.frames(2)
    player.inputs.listen(sort)
    pad.unplug()
    assert (Command.CAPTURED in player.frames(2)) is ends
    assert player.inputs.listening is not ends
    assert player.inputs.captured == ""
    player.inputs.stop_listening()
