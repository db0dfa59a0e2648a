"""Make the field that a person races against: paces, colours, numbers, names, and the grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple, cast

from game.app.car.livery import LIVERIES, Livery
from game.app.driving.settings import RaceSettings
from game.bot.racecraft import KEEN, RacecraftLevel
from game.racing.rules import FieldStrength, race_rules
from game.recording.car_label import MAX_NUMBER, OWN_NUMBER, CarLabel, LiveryName
from game.translation import N_, _

PLAYERS: Final = (N_("Player 1"), N_("Player 2"))  # at one machine
COLOUR_NAMES: Final = {  # of liveries
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
    player: int = 0  # the number of one of two players, from 1; 0 for a lone one
    level: RacecraftLevel = KEEN  # of the bot

    @property
    def label(self) -> CarLabel:
        """Return what a replay keeps of the car's look."""
        livery = cast(LiveryName, self.livery.name)  # entrants wear none of the medals' liveries
        return CarLabel(self.name, int(self.livery.number), livery)

    @property
    def name(self) -> str:
        """Return what the car is called on boards."""
        if self.player:
            return player_name(self.player)
        return _("You") if self.is_player else _(COLOUR_NAMES[self.livery.name])


def player_name(number: int) -> str:
    """Return what one of two players is called, by their number, from 1."""
    return _(PLAYERS[number - 1])


def field_paces(settings: RaceSettings, boxes: int, players: int = 1) -> tuple[float, ...]:
    """Return the paces of the bots, the fastest first, on a grid with so many boxes."""
    last, first = _strength(settings).paces
    bots = max(min(settings.field, boxes) - players, 0)
    step = (first - last) / max(bots - 1, 1)
    return tuple(round(first - step * number, 4) for number in range(bots))


def _strength(settings: RaceSettings) -> FieldStrength:
    strength: FieldStrength = getattr(race_rules().strengths, settings.strength)
    return strength


def player_entrants(liveries: Sequence[Livery]) -> list[RaceEntrant]:
    """Return the players who wear these, in their order."""
    are_several = len(liveries) > 1
    return [
        RaceEntrant(livery, is_player=True, player=number if are_several else 0)
        for number, livery in enumerate(liveries, start=1)
    ]


def bot_entrants(
    players: Sequence[Livery], settings: RaceSettings, paces: Sequence[float]
) -> list[RaceEntrant]:
    """Return the bots of these paces, in their order; players: what those wear."""
    level = _strength(settings).racecraft
    liveries = free_liveries(players, len(paces))
    return [
        RaceEntrant(livery, pace, level=level) for livery, pace in zip(liveries, paces, strict=True)
    ]


def grid_order(
    players: Sequence[Livery],
    settings: RaceSettings,
    paces: Sequence[float],
    laps_s: Sequence[float],
    best_s: float,
) -> list[RaceEntrant]:
    """Return players and bots as they stand on the grid, whoever is on pole first.

    players: what they wear; they stand one behind the other. laps_s: that the bots plan, for their
    paces; best_s: the best lap of a person, infinite without.
    """
    own = player_entrants(players)
    bots = bot_entrants(players, settings, paces)
    if settings.grid == "first":
        return [*own, *bots]
    if settings.grid == "last" or math.isinf(best_s):
        return [*bots, *own]
    faster = sum(lap_s < best_s for lap_s in laps_s)
    if settings.grid == "reversed":
        return [*bots[faster:][::-1], *own, *bots[:faster][::-1]]
    return [*bots[:faster], *own, *bots[faster:]]


def labelled_liveries(labels: Sequence[CarLabel]) -> list[Livery]:
    """Return what cars wear: by their labels, or what no other one does."""
    worn: list[Livery] = []
    for label in labels:
        if label.livery is not None:
            livery = next(each for each in LIVERIES if each.name == label.livery)
            if sum(each.name == livery.name for each in worn) % 2:
                livery = livery._replace(body=livery.second, second=livery.body)
            worn.append(_numbered(livery, label.number))
    free = iter(free_liveries(worn, len(labels) - len(worn)))
    chosen = iter(worn)
    return [
        next(chosen) if label.livery is not None else _numbered(next(free), label.number)
        for label in labels
    ]


def _numbered(livery: Livery, number: int) -> Livery:
    return livery if number == OWN_NUMBER else livery._replace(number=str(number))


def free_liveries(worn: Sequence[Livery], count: int) -> list[Livery]:
    """Return liveries that no other car wears: in a second round with its two colours exchanged."""
    taken = {each.number for each in worn}
    names = {each.name for each in worn}
    others = [each for each in LIVERIES if each.name not in names] or list(LIVERIES)
    found = []
    for place in range(count):
        turn, number = divmod(place, len(others))
        livery = others[number]
        if turn % 2:
            livery = livery._replace(body=livery.second, second=livery.body)
        numbers = [livery.number, *map(str, range(int(livery.number) + 1, MAX_NUMBER + 1))]
        numbers += map(str, range(1, MAX_NUMBER + 1))
        free = next(each for each in numbers if each not in taken)
        taken.add(free)
        found.append(livery._replace(number=free))
    return found
