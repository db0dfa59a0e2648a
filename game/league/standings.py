"""Work out the standings of a season: points for places, ties by the best places, strengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from game.league.rounds import RoundResult
from game.league.strength import Strength, strengths


class SeasonStanding(NamedTuple):
    """Holds what a bot has achieved in the rounds so far."""

    name: str
    points: float
    points_after: tuple[float, ...]  # after each round
    places: tuple[int | None, ...]  # in each round; None where it did not finish
    retirements: int
    contacts_per_race: float
    net_kwh_per_lap: float | None  # None without a lap
    strength: Strength

    @property
    def wins(self) -> int:
        """Return how many rounds it has won."""
        return self.places.count(1)

    @property
    def mean_place(self) -> float | None:
        """Return the mean of the places where it finished; None if it never did."""
        finished = [place for place in self.places if place is not None]
        return sum(finished) / len(finished) if finished else None


def standings(
    names: Sequence[str], results: Sequence[RoundResult], points: Sequence[float]
) -> list[SeasonStanding]:
    """Return the bots of a league, the leader first.

    Equal points are told apart by the better places. Rounds that were lost count for nobody.
    """
    numbers = {name: number for number, name in enumerate(names)}
    orders = [[numbers[place.name] for place in result.places] for result in results]
    strong = strengths(len(names), orders)
    table = [_standing(name, results, points, strong[numbers[name]]) for name in names]
    return sorted(table, key=lambda each: (-each.points, _counted_back(each, len(names))))


def _standing(
    name: str, results: Sequence[RoundResult], points: Sequence[float], strength: Strength
) -> SeasonStanding:
    places = tuple(result.place_of(name) for result in results)
    after, total = [], 0.0
    for place in places:
        if place is not None and place <= len(points):
            total += points[place - 1]
        after.append(total)
    own = [each for result in results for each in result.places if each.name == name]
    laps = sum(each.laps for each in own)
    return SeasonStanding(
        name=name,
        points=total,
        points_after=tuple(after),
        places=places,
        retirements=sum(bool(each.retired) for each in own),
        contacts_per_race=sum(each.contacts for each in own) / max(len(own), 1),
        net_kwh_per_lap=sum(each.net_kwh for each in own) / laps if laps else None,
        strength=strength,
    )


def _counted_back(standing: SeasonStanding, cars: int) -> list[int]:
    """Return how often a bot came first, second and so on, in a form that sorts the best first."""
    return [-standing.places.count(place) for place in range(1, cars + 1)]
