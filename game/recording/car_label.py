"""Say what a car of several is called, and by which number and colours it is known."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple

from msgspec import Meta

LiveryName = Literal["works", "azure", "orange", "yellow", "lime", "violet", "crimson", "turquoise"]

OWN_NUMBER: Final = 0  # the one that belongs to the livery
MAX_NUMBER: Final = 99
MAX_NAME: Final = 60  # characters

CarNumber = Annotated[int, Meta(ge=OWN_NUMBER, le=MAX_NUMBER)]


class CarLabel(NamedTuple):
    """Holds what tells a car from the others."""

    name: Annotated[str, Meta(max_length=MAX_NAME)]
    number: CarNumber = OWN_NUMBER  # on its roof; 0: the one that belongs to its livery
    livery: LiveryName | None = None  # None: one that no other car wears
