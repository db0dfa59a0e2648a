"""Judge places that are gained off the track or by a contact, and let them be given back.

FIA Formula One Sporting Regulations (2024), article 33.3: a car may rejoin "without gaining any
lasting advantage", and its driver may be given the opportunity to give back the whole of it. The
penalty for what gained the place is held as long as it can be given back: who does is not
penalised, who does not is. Nothing is asked where the other car has lost the place by itself, has
retired, stands, or is a lap apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from game.drivers.race_view import LetBy
from game.racing.race_log import GainedPlace, Penalty, PlaceOutcome, RaceLog
from game.racing.race_timing import RaceTiming
from game.racing.rules import RaceRules
from game.simulation.snapshot import Snapshot


@dataclass(slots=True)
class _Breach:
    """Holds an offence of a car by which it may gain places, from then until it is settled."""

    penalty: Penalty  # what it costs
    is_penalised: bool  # already; else a place that is not given back costs it
    ahead: set[int]  # cars that it may pass by it
    until_s: float  # when it can gain none any more; infinite while it is off the track
    to_let_by: set[int] = field(default_factory=set)  # cars that it has passed
    let_by: int = 0  # how many of those that it had passed are in front again
    told: int | None = None  # the place in the log of what it was told

    @property
    def car(self) -> int:
        """Return who has done it."""
        return self.penalty.car


class GainedPlaces:
    """Watches who gains places by offences, and who gives them back."""

    def __init__(
        self,
        log: RaceLog,
        timing: RaceTiming,
        rules: RaceRules,
        car_m: float,
        penalise: Callable[[Penalty], None],
    ) -> None:
        """car_m: how long a car is; penalise: is called with what was not avoided."""
        self._log = log
        self._timing = timing
        self._rules = rules
        self._car_m = car_m
        self._penalise = penalise
        self._breaches: list[_Breach] = []
        self._snapshots: Sequence[Snapshot] = ()
        self._race_s = 0.0

    def look(self, snapshots: Sequence[Snapshot], race_s: float) -> None:
        """Take in where the cars are now, before what they have done is judged."""
        self._snapshots, self._race_s = snapshots, race_s

    def note_excursion(self, penalty: Penalty, *, is_penalised: bool) -> None:
        """Note that a car has left the track, which costs the penalty or only a warning."""
        self._forget(penalty.car)
        ahead = {
            car
            for car in range(len(self._snapshots))
            if self._leads_m(car, penalty.car) > 0.0 and not self._has_lost_by_itself(car)
        }
        self._breaches.append(_Breach(penalty, is_penalised, ahead, math.inf))

    def note_contact(self, penalty: Penalty, hit: int) -> None:
        """Note that a car has run into another one, for which it is penalised."""
        if self._leads_m(hit, penalty.car) > 0.0:
            until_s = self._race_s + self._rules.gained_place.hit_s
            self._breaches.append(_Breach(penalty, True, {hit}, until_s))

    def note_mistake(self, car: int) -> None:
        """Note that a car has lost by itself whatever it loses now, unless it was hit."""
        for each in self._breaches:
            if each.penalty.offence != "contact":
                each.ahead.discard(car)
            if self._race_s > each.penalty.race_s + self._rules.gained_place.hit_s:
                each.to_let_by.discard(car)

    def settle(self) -> None:
        """Tell who has gained a place, and judge who was told."""
        for each in list(self._breaches):
            self._watch(each)
            if each.told is not None:
                self._judge(each)
            if each.until_s < self._race_s and each.told is None:
                self._breaches.remove(each)

    def let_by(self, car: int) -> LetBy | None:
        """Return which car has to be let by next, if a place has to be given back."""
        for each in self._breaches:
            if each.car == car and each.told is not None and each.to_let_by:
                other = max(each.to_let_by, key=lambda one: self._leads_m(one, car))
                left_s = self._log.gained[each.told].until_s - self._race_s
                return LetBy(other, -self._leads_m(other, car), max(left_s, 0.0))
        return None

    def held(self, car: int) -> int:
        """Return for how many contacts a car may still give a place back."""
        return sum(each.car == car and each.penalty.offence == "contact" for each in self._breaches)

    def _watch(self, breach: _Breach) -> None:
        """Follow a car until it can gain no place by what it has done."""
        rules = self._rules.gained_place
        own = self._snapshots[breach.car]
        if math.isinf(breach.until_s) and own.beyond_limit_m <= 0.0:
            breach.until_s = self._race_s + rules.rejoined_s
        for other in sorted(breach.ahead) if self._race_s <= breach.until_s else ():
            if self._leads_m(other, breach.car) >= -0.5 * self._car_m:
                continue
            breach.ahead.discard(other)
            is_lost = breach.penalty.offence != "contact" and self._is_slow(other, breach.car)
            is_owed = self._owes(other, breach.car)
            if self._can_be_let_by(other, breach.car) and not is_lost and not is_owed:
                breach.to_let_by.add(other)
                self._tell(breach, other)

    def _tell(self, breach: _Breach, other: int) -> None:
        """Tell a car whom it has to let by, and hold the penalty."""
        until_s = self._race_s + self._rules.gained_place.give_back_s
        if breach.told is not None:
            told = self._log.gained[breach.told]
            passed = (*told.passed, other)
            self._log.gained[breach.told] = told._replace(passed=passed, until_s=until_s)
            return
        if breach.is_penalised:
            self._log.penalties.remove(breach.penalty)
        breach.told = len(self._log.gained)
        car, offence, _time_s, _race_s, _s_m = breach.penalty
        s_m = self._snapshots[car].s_m
        self._log.gained.append(GainedPlace(car, (other,), offence, self._race_s, s_m, until_s))

    def _judge(self, breach: _Breach) -> None:
        """See whether a car that was told has given its places back, or can no more."""
        assert breach.told is not None
        for other in sorted(breach.to_let_by):
            is_past = self._leads_m(other, breach.car) > self._car_m
            breach.let_by += is_past
            if is_past or not self._can_be_let_by(other, breach.car):
                breach.to_let_by.discard(other)
        own = self._timing.cars[breach.car]
        is_late = self._race_s > self._log.gained[breach.told].until_s
        if own.is_out or not breach.to_let_by:
            self._end(breach, "given back" if breach.let_by else "dropped")
        elif is_late or own.is_finished:
            self._end(breach, "not given back")

    def _end(self, breach: _Breach, outcome: PlaceOutcome) -> None:
        assert breach.told is not None
        self._breaches.remove(breach)
        self._log.gained[breach.told] = self._log.gained[breach.told]._replace(outcome=outcome)
        if outcome == "not given back" or (outcome == "dropped" and breach.is_penalised):
            self._penalise(breach.penalty)

    def _forget(self, car: int) -> None:
        """Let an excursion of a car be over that has gained it nothing: it is off again."""
        self._breaches = [
            each
            for each in self._breaches
            if each.car != car or each.told is not None or each.penalty.offence == "contact"
        ]

    def _can_be_let_by(self, other: int, car: int) -> bool:
        """Return whether a car that was passed races on, on the same lap."""
        is_apart = abs(self._leads_m(other, car)) > 0.5 * self._timing.length_m
        return not (is_apart or self._is_done(other) or self._stands(other))

    def _has_lost_by_itself(self, car: int) -> bool:
        """Return whether a car is where everybody may pass it: out, off the track, or standing."""
        is_off = self._snapshots[car].beyond_limit_m > 0.0
        return self._is_done(car) or is_off or self._stands(car)

    def _stands(self, car: int) -> bool:
        speed_mps = abs(self._snapshots[car].velocity_forward_mps)
        return speed_mps < self._rules.flags.standing_mps

    def _is_slow(self, car: int, beside: int) -> bool:
        """Return whether a car is far slower than another one that is beside it."""
        speed_mps = self._snapshots[car].velocity_forward_mps
        share = self._rules.gained_place.slow_share
        return speed_mps < share * self._snapshots[beside].velocity_forward_mps

    def _owes(self, car: int, other: int) -> bool:
        """Return whether a car has to let another one by."""
        return any(each.car == car and other in each.to_let_by for each in self._breaches)

    def _is_done(self, car: int) -> bool:
        timing = self._timing.cars[car]
        return timing.is_finished or timing.is_out

    def _leads_m(self, car: int, other: int) -> float:
        """Return how far a car is ahead of another one in the race; negative: behind."""
        return self._timing.cars[car].distance_m - self._timing.cars[other].distance_m
