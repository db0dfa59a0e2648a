"""Make the field that a person races against: paces, colours, numbers, names, and the grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from game.app.car.livery import LIVERIES, Livery
from game.app.driving.settings import RaceSettings
from game.racing.rules import race_rules
from game.translation import N_, _

_MAX_NUMBER: Final = 99
_NAMES: Final = {
    "works": N_("White"),
    "azure": N_("Azure"),
    "orange": N_("Orange"),
    "yellow": N_("Yellow"),
    "lime": N_("Lime"),
    "violet": N_("Violet"),
    "crimson": N_("Crimson"),
    "turquoise": N_("Turquoise"),
}


class RaceEntrant(NamedTuple):
    """Enters a car in a race."""

    livery: Livery
    pace: float = 1.0  # of the bot
    is_player: bool = False

    @property
    def name(self) -> str:
        """Return what the car is called on boards."""
        return _("You") if self.is_player else _(_NAMES[self.livery.name])


def field_paces(settings: RaceSettings, boxes: int) -> tuple[float, ...]:
    """Return the paces of the bots, the fastest first, on a grid with so many boxes."""
    last, first = getattr(race_rules().strengths, settings.strength)
    bots = min(settings.field, boxes) - 1
    step = (first - last) / max(bots - 1, 1)
    return tuple(round(first - step * number, 4) for number in range(bots))


def grid_order(
    player: Livery,
    settings: RaceSettings,
    paces: Sequence[float],
    laps_s: Sequence[float],
    best_s: float,
) -> list[RaceEntrant]:
    """Return player and bots as they stand on the grid, whoever is on pole first.

    laps_s: that the bots plan, for their paces; best_s: the player's best lap, infinite without.
    """
    own = RaceEntrant(player, is_player=True)
    liveries = _field_liveries(player, len(paces))
    bots = [RaceEntrant(*each) for each in zip(liveries, paces, strict=True)]
    if settings.grid == "first":
        return [own, *bots]
    if settings.grid == "last" or math.isinf(best_s):
        return [*bots, own]
    faster = sum(lap_s < best_s for lap_s in laps_s)
    order = [*bots[:faster], own, *bots[faster:]]
    return order[::-1] if settings.grid == "reversed" else order


def _field_liveries(player: Livery, count: int) -> list[Livery]:
    """Return liveries that no other car wears: in a second round with its two colours exchanged."""
    taken = {player.number}
    others = [each for each in LIVERIES if each.name != player.name]
    found = []
    for place in range(count):
        turn, number = divmod(place, len(others))
        livery = others[number]
        if turn % 2:
            livery = livery._replace(body=livery.second, second=livery.body)
        numbers = [livery.number, *map(str, range(int(livery.number) + 1, _MAX_NUMBER + 1))]
        numbers += map(str, range(1, _MAX_NUMBER + 1))
        free = next(each for each in numbers if each not in taken)
        taken.add(free)
        found.append(livery._replace(number=free))
    return found
