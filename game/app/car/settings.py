"""Keep the colours and the number that the player's car wears."""

from __future__ import annotations

from functools import lru_cache

from game.app.car.livery import LIVERIES, Livery
from game.recording.car_label import OWN_NUMBER, CarNumber, LiveryName
from game.toml_files import TomlTable


class CarSettings(TomlTable, frozen=True):
    """Keeps the player's choices for the car's look."""

    livery: LiveryName = "works"
    number: CarNumber = OWN_NUMBER


@lru_cache(maxsize=16)
def chosen_livery(settings: CarSettings) -> Livery:
    """Return the livery that the player's car wears, with its number."""
    livery = next(each for each in LIVERIES if each.name == settings.livery)
    if settings.number == OWN_NUMBER:
        return livery
    return livery._replace(number=str(settings.number))
