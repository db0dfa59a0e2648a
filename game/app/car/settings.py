"""Keep the colours and the number that the player's car wears."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Final, Literal

import msgspec

from game.app.car.livery import LIVERIES, Livery
from game.toml_files import TomlTable

OWN_NUMBER: Final = 0  # the one that belongs to the livery
MAX_NUMBER: Final = 99

LiveryName = Literal["works", "azure", "orange", "yellow", "lime", "violet", "crimson", "turquoise"]


class CarSettings(TomlTable, frozen=True):
    """Keeps the player's choices for the car's look."""

    livery: LiveryName = "works"
    number: Annotated[int, msgspec.Meta(ge=OWN_NUMBER, le=MAX_NUMBER)] = OWN_NUMBER


@lru_cache(maxsize=16)
def chosen_livery(settings: CarSettings) -> Livery:
    """Return the livery that the player's car wears, with its number."""
    livery = next(each for each in LIVERIES if each.name == settings.livery)
    if settings.number == OWN_NUMBER:
        return livery
    return livery._replace(number=str(settings.number))
