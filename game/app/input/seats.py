"""Share the keyboard, controllers and wheels between two players at one machine.

Together two players have two devices, the keyboard and a device, or the two halves of the keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.app.input.inputs import DeviceInfo, Inputs
from game.app.input.seat import (
    ARROWS,
    HALVES,
    KEYBOARD,
    LETTERS,
    NOTHING,
    Seat,
    SeatInput,
)
from game.app.view.road_feel import RoadFeel


class Seats:
    """Holds the seats of two players."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self.seats = (Seat(1), Seat(2))

    def __iter__(self) -> Iterator[Seat]:
        return iter(self.seats)

    @property
    def devices(self) -> list[DeviceInfo]:
        """Return the controllers and wheels that are plugged in."""
        return self._inputs.devices()

    @property
    def are_taken(self) -> bool:
        """Return whether both players have something to drive with."""
        return all(seat.input != NOTHING for seat in self.seats)

    def deal(self) -> None:
        """Give those something to drive with who have nothing: devices first, then the keyboard."""
        self.update()
        if self.are_taken:
            return
        first, second = self.seats
        found = [SeatInput("device", each.instance) for each in self.devices]
        pair = (*found[:2],) if len(found) > 1 else (KEYBOARD, *found) if found else HALVES
        first.take(pair[0])
        second.take(pair[1])

    def choices(self) -> Sequence[SeatInput]:
        """Return all that a person may choose to drive with."""
        return (KEYBOARD, *HALVES, *(SeatInput("device", each.instance) for each in self.devices))

    def choose(self, seat: Seat, chosen: SeatInput) -> None:
        """Let a person drive with this; the other one has what goes with it, or nothing."""
        seat.take(chosen)
        other = self.other(seat)
        mine = [SeatInput("device", each.instance) for each in self.devices]
        wanted = (other.input, *mine, KEYBOARD, *HALVES)
        found = next((each for each in wanted if _go_together(chosen, each)), NOTHING)
        if found != other.input:
            other.take(found)

    def join(self, instance: int) -> bool:
        """Let a device whose button was pressed take a seat, if there is one for it.

        It takes a seat that has nothing, or else one whose person drives by keys, the second first.
        """
        device = SeatInput("device", instance)
        if not any(each.instance == instance for each in self.devices):
            return False
        if any(seat.input == device for seat in self.seats):
            return False
        empty = [seat for seat in self.seats if seat.input == NOTHING]
        by_keys = [seat for seat in self.seats[::-1] if seat.input in (KEYBOARD, *HALVES)]
        for seat in (*empty, *by_keys):
            self.choose(seat, device)
            return True
        return False

    def update(self) -> Seat | None:
        """Follow devices that came or went; return the seat that has just lost its own, if any.

        A device that comes back takes the seat that it had.
        """
        found = {each.instance: each for each in self.devices}
        taken = {seat.input.instance for seat in self.seats}
        loser = None
        for seat in self.seats:
            kind, instance = seat.input
            if kind == "device" and instance not in found:
                seat.lose(*self._inputs.gone.get(instance, ("", "")))
                loser = seat
            elif kind == "none" and seat.lost_identifier:
                for each in found.values():
                    if each.identifier == seat.lost_identifier and each.instance not in taken:
                        seat.take(SeatInput("device", each.instance))
                        taken.add(each.instance)
                        break
        return loser

    def read(self) -> None:
        """Write into each seat's state what its person holds."""
        for seat in self.seats:
            self._inputs.read_seat(seat)

    def rumble(self, seat: Seat, feel: RoadFeel) -> None:
        """Let a person feel the road in their own device, if it can be felt there."""
        self._inputs.rumble_seat(seat, feel)

    def other(self, seat: Seat) -> Seat:
        """Return the seat of the other person."""
        return self.seats[0] if seat is self.seats[1] else self.seats[1]


def _go_together(one: SeatInput, other: SeatInput) -> bool:
    """Return whether two players can drive with these at once, as well as each could alone."""
    if NOTHING in (one, other) or one == other:
        return False
    if one in HALVES or other in HALVES:
        return {one, other} == {LETTERS, ARROWS}
    return True
