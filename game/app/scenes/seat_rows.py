"""Choose what each of two players drives with."""

from __future__ import annotations

from game.app.driving.race_field import PLAYERS
from game.app.input.seat import NOTHING, Seat, SeatInput
from game.app.input.seats import Seats
from game.app.scenes.seat_words import seat_words
from game.app.ui.controls import Choice
from game.translation import N_


class _SeatValue:
    """What a person drives with, as a row shows and changes it."""

    def __init__(self, seats: Seats, seat: Seat) -> None:
        self._seats = seats
        self._seat = seat

    def get(self) -> SeatInput:
        """Return what the person drives with."""
        return self._seat.input

    def put(self, value: SeatInput) -> None:
        """Let the person drive with something else."""
        self._seats.choose(self._seat, value)


class SeatRow(Choice[SeatInput]):
    """A row that says what a person drives with, among what there is."""

    def __init__(self, seats: Seats, seat: Seat) -> None:
        self._seats = seats
        self._seat = seat
        note = N_("A controller joins by its button A, or its first; one plugged in again at once.")
        label = PLAYERS[seat.number - 1]
        super().__init__(label, _SeatValue(seats, seat), self._found(), note)

    def look(self) -> None:
        """Follow devices that came or went."""
        self._options = self._found()

    def _found(self) -> tuple[tuple[SeatInput, str], ...]:
        empty = (NOTHING,) if self._seat.input == NOTHING else ()
        found = (*empty, *self._seats.choices())
        return tuple((each, seat_words(self._seats, each)) for each in found)
