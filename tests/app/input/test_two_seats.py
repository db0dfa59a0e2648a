"""Two players at one machine: each seat is moved by its own inputs and by nothing else."""

import pygame
import pytest
from pytest import approx
from virtual_pad import VirtualPad, Y

from game.app.input import rumble
from game.app.input.commands import Command
from game.app.input.seat import ARROWS, KEYBOARD, LETTERS, NOTHING, SeatInput
from game.app.input.seats import Seats
from game.app.view.road_feel import RoadFeel
from game.drivers.human_driver import Device

pytestmark = pytest.mark.slow


@pytest.fixture
def seats(player):
    return Seats(player.inputs)


@pytest.fixture
def plug(library, player):
    """Plugs controllers in; those that are still there at the end are pulled out."""
    there = []

    def make():
        there.append(VirtualPad(library))
        player.frames(2)
        return there[-1], SeatInput("device", player.inputs.devices()[-1].instance)

    yield make
    for pad in there:
        if pad.plugged:
            pad.unplug()


def held(seat):
    state = seat.state
    return state.left, state.right, state.up, state.down


def test_two_halves_of_a_keyboard_drive_apart(player, seats):
    seats.deal()
    first, second = seats
    assert (first.input, second.input) == (LETTERS, ARROWS)
    player.press(pygame.K_w, pygame.K_LEFT, pygame.K_LSHIFT)
    seats.read()
    assert held(first) == (False, False, True, False)
    assert held(second) == (True, False, False, False)
    assert (first.state.some, second.state.some) == (True, False)
    player.let_go(pygame.K_w)
    seats.read()
    assert held(first) == (False, False, False, False)
    assert held(second) == (True, False, False, False)


def test_who_has_the_keyboard_alone_has_both_halves(player, seats, plug):
    plug()
    seats.deal()
    first, second = seats
    assert (first.input.kind, second.input.kind) == ("keyboard", "device")
    player.press(pygame.K_w, pygame.K_LEFT)
    seats.read()
    assert held(first) == (True, False, True, False)
    assert held(second) == (False, False, False, False)


def test_two_controllers_drive_apart(player, seats, plug):
    (one, _), (other, _) = plug(), plug()
    seats.deal()
    one.move(right_trigger=1.0)
    other.move(left_x=-1.0, left_trigger=1.0)
    player.frames(2)
    seats.read()
    first, second = (seat.state for seat in seats)
    assert first.device is second.device is Device.PAD
    assert (first.steering, first.throttle, first.brake) == approx((0.0, 1.0, 0.0), abs=0.01)
    assert (second.steering, second.throttle, second.brake) == approx((1.0, 0.0, 1.0), abs=0.01)


def test_a_controller_joins_one_who_drives_by_keys_and_the_other_has_the_keyboard(seats, plug):
    seats.deal()
    _, device = plug()
    assert seats.join(device.instance)
    first, second = seats
    assert (first.input, second.input) == (KEYBOARD, device)
    assert not seats.join(device.instance)
    assert not seats.join(-1)


@pytest.mark.parametrize(
    ("chosen", "other"), [(LETTERS, ARROWS), (ARROWS, LETTERS), (KEYBOARD, NOTHING)]
)
def test_without_a_controller_the_keyboard_is_shared_or_one_has_nothing(seats, chosen, other):
    seats.deal()
    first, second = seats
    seats.choose(first, chosen)
    assert (first.input, second.input) == (chosen, other)
    assert seats.are_taken == (other != NOTHING)


def test_a_seat_asks_once_for_each_press(player, seats, plug):
    pad, device = plug()
    seats.choose(seats.seats[1], device)
    first, second = seats
    pad.press(Y)
    player.press(pygame.K_p)
    asked = []
    for _ in range(3):
        seats.read()
        asked.append((first.asked, second.asked))
    assert asked == [({"reset"}, {"reset"}), (set(), set()), (set(), set())]


def test_a_tap_shorter_than_a_frame_is_asked_for(player, seats, plug):
    pad, device = plug()
    seats.choose(seats.seats[1], device)
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_p))
    pygame.event.post(pygame.Event(pygame.KEYUP, key=pygame.K_p))
    for down in (True, False):
        pad.press(Y, down=down)
        pygame.event.pump()
    player.frames(1)
    seats.read()
    assert [seat.asked for seat in seats] == [{"reset"}, {"reset"}]
    player.frames(1)
    seats.read()
    assert [seat.asked for seat in seats] == [set(), set()]


def test_who_loses_a_controller_is_known_by_its_name_and_has_it_back_once_it_is_there(
    player, seats, plug
):
    pad, device = plug()
    name = player.inputs.devices()[0].name
    seats.choose(seats.seats[1], device)
    second = seats.seats[1]
    pad.move(right_trigger=1.0)
    player.frames(2)
    seats.read()
    assert second.state.throttle == 1.0
    pad.unplug()
    assert Command.UNPLUGGED in player.frames(2)
    assert seats.update() is second
    assert (second.input, second.lost) == (NOTHING, name)
    assert second.state.throttle == 0.0
    _, again = plug()
    seats.update()
    assert (second.input, second.lost) == (again, "")


def test_each_feels_the_road_in_their_own_controller(monkeypatch, seats, plug):
    (one, first), (other, second) = plug(), plug()
    seats.choose(seats.seats[0], first)
    seats.choose(seats.seats[1], second)
    monkeypatch.setattr(rumble, "_EVERY_S", 0.0)
    seats.rumble(seats.seats[1], RoadFeel(kerb=0.8))
    assert max(low for low, _ in other.rumbled) > 0.4
    assert one.rumbled == []
