"""Put the energy that cars lose in hits down to the contacts between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


class CarContact(NamedTuple):
    """Describes a contact of two cars."""

    cars: tuple[int, int]
    race_s: float
    s_m: float
    impulse_ns: float  # the greatest, of what touched within a moment
    lost_j: float  # energy, of both cars, once they have parted
    to_blame: int | None  # the car that ran into the other; None: a racing incident


@dataclass(slots=True)
class _HitUnderWay:
    """Holds the hit that a car is in."""

    until_s: float = math.inf  # when it will be over; infinite without one
    contact: int | None = None  # its place in the log, if it is one with another car
    noted_j: float = 0.0  # of what the car has lost in all, what was put down to a hit


class ContactEnergy:
    """Follows what each car loses.

    In a hit one car may give the other energy, so only the sum of both is lost. Where a car is hit
    while it still touches another one, what it loses cannot be told apart by its partners: such a
    pile-up loses a sum, which its contacts share by their impulses.
    """

    def __init__(self, contacts: list[CarContact], cars: int) -> None:
        """contacts: the log, in which `lost_j` is kept up to date."""
        self._contacts = contacts
        self._hits = [_HitUnderWay() for _ in range(cars)]
        self._pile_ups: list[int] = []  # of each contact; the place of its first one
        self._lost_j: dict[int, float] = {}  # in each pile-up

    def begin(self, car: int, contact: int | None, until_s: float) -> None:
        """Let a car be in a hit from the step before on; contact: None for one with a wall."""
        hit = self._hits[car]
        hit.until_s, hit.contact = until_s, contact
        while len(self._pile_ups) < len(self._contacts):
            self._lost_j[len(self._pile_ups)] = 0.0
            self._pile_ups.append(len(self._pile_ups))

    def involve(self, car: int, contact: int, until_s: float) -> None:
        """Let a car that touches something already be in another car's hit, too."""
        hit = self._hits[car]
        if hit.contact is None:
            hit.contact = contact
        else:
            self._join(self._pile_ups[hit.contact], self._pile_ups[contact])
        hit.until_s = until_s

    def settle(self, car: int, lost_j: float, until_s: float) -> None:
        """Put down to a car's hit what it has lost since that was last done.

        lost_j: what it has lost in all its hits since the start; until_s: when the hit of a car
        that still touches something will be over.
        """
        hit = self._hits[car]
        if lost_j != hit.noted_j:
            hit.until_s = until_s
        if hit.contact is not None:
            pile_up = self._pile_ups[hit.contact]
            self._lost_j[pile_up] += lost_j - hit.noted_j
            self._share(pile_up)
        hit.noted_j = lost_j

    def in_hits(self) -> list[int]:
        """Return the cars that are in hits."""
        return [car for car, hit in enumerate(self._hits) if hit.until_s < math.inf]

    def is_over(self, car: int, race_s: float) -> bool:
        """Return whether a car's hit is over by now."""
        return race_s >= self._hits[car].until_s

    def end(self, car: int) -> None:
        """Let a car be in no hit."""
        hit = self._hits[car]
        hit.until_s, hit.contact = math.inf, None

    def _join(self, first: int, second: int) -> None:
        """Let two pile-ups be one."""
        if first == second:
            return
        kept, other = sorted((first, second))
        self._pile_ups = [kept if each == other else each for each in self._pile_ups]
        self._lost_j[kept] += self._lost_j.pop(other)
        self._share(kept)

    def _share(self, pile_up: int) -> None:
        """Write into the log what each contact of a pile-up has of the energy lost there."""
        members = [number for number, each in enumerate(self._pile_ups) if each == pile_up]
        whole_ns = math.fsum(self._contacts[number].impulse_ns for number in members)
        for number in members:
            contact = self._contacts[number]
            share = contact.impulse_ns / whole_ns if whole_ns > 0.0 else 1.0 / len(members)
            self._contacts[number] = contact._replace(lost_j=share * self._lost_j[pile_up])
