"""Race control: starts the race, shows flags, judges, and says when it is over."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from game.drivers.race_view import LetBy, RaceView
from game.racing.contact_energy import CarContact, ContactEnergy
from game.racing.energy_plan import net_used_j
from game.racing.gained_places import GainedPlaces
from game.racing.race_length import RaceLength
from game.racing.race_log import Offence, Penalty, RaceLog
from game.racing.race_timing import RaceTiming
from game.racing.rules import RaceRules, race_rules
from game.racing.start_lights import StartLights
from game.simulation.events import Contact, HitCar, HitWall, LeftTrack
from game.simulation.world import Step, World
from game.translation import _
from game.units import kwh

Phase = Literal["lights", "racing", "finishing", "over"]

_LOOK_S: Final = 0.1  # between two looks at cars that stand


@dataclass(slots=True)
class _CarRecord:
    """Holds what race control knows of a car besides its timing."""

    retired: str = ""  # why, in one line
    is_disqualified: bool = False
    warnings: int = 0
    stands_since_s: float = math.inf
    start_j: float = 0.0  # net energy that it had used when the lights went out
    net_j: float = 0.0  # that it has used since, what is regained taken off; until it is done
    has_left_box: bool = False  # before the start, by itself or pushed: judged once


class RaceControl:
    """Listens to a session of cars that stand on a grid at first."""

    def __init__(
        self, world: World, length: RaceLength, seed: int = 0, cap_kwh: float = 0.0
    ) -> None:
        """Raise ValueError for a world without a track.

        cap_kwh: net energy that a car may use for each lap of the race, to be spent where it likes;
        0 is none; in a race by minutes, for each lap that is expected. A car that has used all of
        it and drives on is out.
        """
        if world.track is None:
            raise ValueError("a race needs a track; the world has none")
        self.rules: RaceRules = race_rules()
        self.lights = StartLights.drawn(self.rules.start, seed)
        self.length = length
        self.budget_j = length.laps * cap_kwh / kwh(1.0) if cap_kwh else math.inf
        self.log = RaceLog()
        self._energy = ContactEnergy(self.log.contacts, len(world.starts))
        self.snapshots = world.snapshots()
        self.timing = RaceTiming(world.track.length_m, self.snapshots, length, self.lights.out_s)
        self._length_m = world.track.length_m
        self._car_m = world.starts[0].spec.chassis.length_m
        self._records = tuple(_CarRecord() for _ in self.snapshots)
        self._places = tuple((car.x_m, car.y_m) for car in self.snapshots)  # on the grid
        self._gained = GainedPlaces(
            self.log, self.timing, self.rules, self._car_m, self.log.penalties.append
        )
        self._world = world
        self._time_s = 0.0  # of the world
        self._next_look_s = 0.0  # at who stands, and who takes too long

    @property
    def race_s(self) -> float:
        """Return the time since the lights went out, negative before."""
        return self._time_s - self.lights.out_s

    @property
    def phase(self) -> Phase:
        """Return what the race is at."""
        if self.race_s < 0.0:
            return "lights"
        if all(self.is_done(car) for car in range(len(self._records))):
            return "over"
        return "finishing" if self.timing.is_won else "racing"

    def retired(self, car: int) -> str:
        """Return why a car has retired; empty if it has not."""
        return self._records[car].retired

    def is_out(self, car: int) -> bool:
        """Return whether a car has retired."""
        return bool(self._records[car].retired)

    def is_disqualified(self, car: int) -> bool:
        """Return whether a car has been disqualified: it is out, and has no place."""
        return self._records[car].is_disqualified

    def is_done(self, car: int) -> bool:
        """Return whether a car has finished or retired."""
        return self.timing.cars[car].is_finished or bool(self._records[car].retired)

    def warnings(self, car: int) -> int:
        """Return how often a car has left the track."""
        return self._records[car].warnings

    def retire(self, car: int, reason: str) -> None:
        """Take a car out of the race, unless it has finished or is out already."""
        if not self.is_done(car):
            self._records[car].retired = reason
            self.timing.cars[car].is_out = True

    def net_j(self, car: int) -> float:
        """Return the net energy that a car used from the start until it was done, or until now."""
        return self._records[car].net_j

    def penalty_s(self, car: int) -> float:
        """Return the time that is added to a car's own."""
        return math.fsum(each.time_s for each in self.log.penalties if each.car == car)

    def let_by(self, car: int) -> LetBy | None:
        """Return whom a car has to let by, because it has gained that place by an offence."""
        return self._gained.let_by(car)

    def on_step(self, step: Step) -> None:
        """Follow a step of the session."""
        before_s = self.race_s
        self.snapshots = step.snapshots
        self._time_s = self._world.time_s
        if self.race_s < 0.0:
            self._excuse_who_is_pushed(step)
            self._watch_the_grid()
            return
        self._count_energy()
        self.timing.on_step(step, before_s, self.race_s)
        self._gained.look(self.snapshots, self.race_s)
        self._note_hits([each for each in step.events if isinstance(each, Contact)])
        for event in step.events:
            if isinstance(event, LeftTrack):
                self._judge_excursion(event)
        self._watch_the_cap()
        self._settle_hits()
        self._gained.settle()
        self._disqualify()
        if self.race_s >= self._next_look_s:
            self._next_look_s = self.race_s + _LOOK_S
            self._watch_who_stands()
            self._give_up_waiting()

    def view(self, car: int) -> RaceView:
        """Return the race as the driver of a car sees it."""
        order = self.timing.order()
        place = order.index(car)
        timing = self.timing.cars[car]
        return RaceView(
            is_started=self.race_s >= 0.0,
            lights=self.lights.lit(self._time_s),
            is_over=self.timing.is_won,
            laps=self.length.laps,
            laps_done=timing.laps_done,
            position=place + 1,
            gap_ahead_s=self.timing.gap_s(car, order[place - 1]) if place else math.inf,
            gap_behind_s=(
                self.timing.gap_s(order[place + 1], car) if place + 1 < len(order) else math.inf
            ),
            is_blue=self._is_blue(car, order[:place]),
            yellow_m=tuple(self.snapshots[each].s_m for each in self._in_the_way() if each != car),
            energy_left_j=self.budget_j - self._records[car].net_j,
            time_left_s=self.timing.time_left_s,
            let_by=self.let_by(car),
        )

    def _is_blue(self, car: int, ahead: list[int]) -> bool:
        """Return whether a car that is a lap ahead is close behind on the road."""
        own = self.snapshots[car]
        reach_m = self.rules.flags.blue_s * max(own.velocity_forward_mps, 1.0)
        for other in ahead:
            leads_m = self.timing.cars[other].distance_m - self.timing.cars[car].distance_m
            behind_m = math.remainder(own.s_m - self.snapshots[other].s_m, self._length_m)
            if 0.0 < behind_m < reach_m and leads_m > 0.5 * self._length_m:
                return True
        return False

    def _in_the_way(self) -> Iterator[int]:
        """Give the cars that stand on the circuit: where they are, yellow flags are shown."""
        for car, record in enumerate(self._records):
            if self._time_s - record.stands_since_s >= self.rules.flags.standing_s:
                yield car

    def _excuse_who_is_pushed(self, step: Step) -> None:
        """Excuse a car that is hit on the grid by one that has left its box."""
        for event in step.events:
            match event:
                case Contact(car, partner=HitCar(by)) if self._records[by].has_left_box:
                    self._records[car].has_left_box = True

    def _watch_the_grid(self) -> None:
        for car, (snapshot, (x_m, y_m)) in enumerate(
            zip(self.snapshots, self._places, strict=True)
        ):
            self._records[car].start_j = net_used_j(snapshot)
            moved_m = math.hypot(snapshot.x_m - x_m, snapshot.y_m - y_m)
            if moved_m > self.rules.start.moved_m and not self._records[car].has_left_box:
                self._records[car].has_left_box = True
                jump_start_s = self.rules.penalties.jump_start_s
                self.log.penalties.append(self._penalty(car, "jump start", jump_start_s))

    def _penalty(self, car: int, offence: Offence, time_s: float) -> Penalty:
        """Return a penalty for what happens now."""
        return Penalty(car, offence, time_s, self.race_s, self.snapshots[car].s_m)

    def _judge_excursion(self, left: LeftTrack) -> None:
        """Warn a driver who leaves the track, then penalise each further time."""
        record = self._records[left.car]
        self._gained.note_mistake(left.car)
        if self.is_done(left.car):
            return
        record.warnings += 1
        penalty = self._penalty(left.car, "track limits", self.rules.penalties.track_limits_s)
        is_penalised = record.warnings > self.rules.penalties.warnings
        if is_penalised:
            self.log.penalties.append(penalty)
        if not self._was_just_hit(left.car):
            self._gained.note_excursion(penalty, is_penalised=is_penalised)

    def _was_just_hit(self, car: int) -> bool:
        """Return whether a car was in a contact a moment ago that it is not to blame for."""
        for contact in reversed(self.log.contacts):
            if self.race_s - contact.race_s > self.rules.contact.again_s:
                return False
            if car in contact.cars and contact.to_blame != car:
                return True
        return False

    def _note_hits(self, contacts: Sequence[Contact]) -> None:
        """Let cars be in the hits of a step, to which is put down what they lose from it on."""
        until_s = self.race_s + self.rules.contact.again_s
        judged: dict[tuple[int, int], int] = {}  # car and partner: the place in the log
        for contact in contacts:
            number = None
            if isinstance(contact.partner, HitWall):
                self._gained.note_mistake(contact.car)
            if isinstance(contact.partner, HitCar):
                number = self._judge_contact(contact, contact.partner.car)
                judged[contact.car, contact.partner.car] = number
            self._energy.begin(contact.car, number, until_s)
        for (car, partner), number in judged.items():
            if (partner, car) not in judged:
                self._energy.involve(partner, number, until_s)

    def _judge_contact(self, contact: Contact, partner: int) -> int:
        """Note a contact once, and penalise whoever ran into a car that was in front.

        Return its place in the log.
        """
        low, high = sorted((contact.car, partner))
        known = self._known_contact((low, high))
        number = len(self.log.contacts) if known is None else known
        if known is not None:
            last = self.log.contacts[known]
            contact_ns = max(contact.impulse_ns, last.impulse_ns)
            self.log.contacts[known] = last._replace(impulse_ns=contact_ns)
            return number
        to_blame = self._to_blame(low, high, contact.impulse_ns)
        s_m = self.snapshots[low].s_m
        self.log.contacts.append(
            CarContact((low, high), self.race_s, s_m, contact.impulse_ns, 0.0, to_blame)
        )
        if to_blame is not None and not self.is_done(to_blame):
            penalty = self._penalty(to_blame, "contact", self.rules.penalties.contact_s)
            self.log.penalties.append(penalty)
            self._gained.note_mistake(to_blame)
            self._gained.note_contact(penalty, low + high - to_blame)
        return number

    def _disqualify(self) -> None:
        """Take out who has been penalised too often for contacts that cannot be made good."""
        most = self.rules.penalties.disqualifying_contacts
        if len(self.log.penalties) < most:
            return
        for car, record in enumerate(self._records):
            contacts = sum(
                each.car == car and each.offence == "contact" for each in self.log.penalties
            )
            if contacts - self._gained.held(car) >= most and not record.is_disqualified:
                text = _("disqualified: {count} penalties for contacts")
                record.retired, record.is_disqualified = text.format(count=contacts), True
                self.timing.cars[car].is_out = True

    def _settle_hits(self) -> None:
        """Note the energy that is lost in hits, and end those that are over by now."""
        for car in self._energy.in_hits():
            self._settle_hit(car)
            if self._energy.is_over(car, self.race_s) or self.phase == "over":
                self._energy.end(car)

    def _settle_hit(self, car: int) -> None:
        until_s = self.race_s + self.rules.contact.again_s
        self._energy.settle(car, self._world.runtime(car).position.contact_j, until_s)

    def _known_contact(self, cars: tuple[int, int]) -> int | None:
        """Return the place in the log of a contact of which this one is a part."""
        for number in range(len(self.log.contacts) - 1, -1, -1):
            contact = self.log.contacts[number]
            if self.race_s - contact.race_s > self.rules.contact.again_s:
                return None
            if contact.cars == cars:
                return number
        return None

    def _to_blame(self, one: int, other: int, impulse_ns: float) -> int | None:
        """Return the car that ran into the other; None where they were side by side."""
        if impulse_ns < self.rules.contact.judged_ns:
            return None
        ahead_m = math.remainder(
            self.snapshots[other].s_m - self.snapshots[one].s_m, self._length_m
        )
        behind, ahead = (one, other) if ahead_m > 0.0 else (other, one)
        if abs(ahead_m) < 0.5 * self._car_m or ahead in self._in_the_way():
            return None
        return behind

    def _count_energy(self) -> None:
        for car, (record, snapshot) in enumerate(zip(self._records, self.snapshots, strict=True)):
            if not self.is_done(car):
                record.net_j = net_used_j(snapshot) - record.start_j

    def _watch_the_cap(self) -> None:
        """Take out who has used more than the cap, as a car whose battery is empty would be."""
        for car, record in enumerate(self._records):
            if record.net_j > self.budget_j:
                place = f"at {self.snapshots[car].s_m:.0f} m"
                self.retire(car, f"has used its {kwh(self.budget_j):.2f} kWh {place}")

    def _watch_who_stands(self) -> None:
        rules = self.rules
        for car, snapshot in enumerate(self.snapshots):
            record = self._records[car]
            if abs(snapshot.velocity_forward_mps) >= rules.flags.standing_mps:
                record.stands_since_s = math.inf
            elif math.isinf(record.stands_since_s):
                record.stands_since_s = self._time_s
            if snapshot.is_wrecked:
                self.retire(car, _("wrecked at {place} m").format(place=f"{snapshot.s_m:.0f}"))
            elif self._time_s - record.stands_since_s >= rules.end.standing_s:
                self.retire(car, _("stands at {place} m").format(place=f"{snapshot.s_m:.0f}"))

    def _give_up_waiting(self) -> None:
        """Take out the cars that a race of any sense would not wait for."""
        leader = self.timing.cars[self.timing.order()[0]]
        if not leader.lap_times_s:
            return
        mean_s = math.fsum(leader.lap_times_s) / leader.laps_done
        patience_s = self.rules.end.time_factor * mean_s
        for car, timing in enumerate(self.timing.cars):
            last_s = math.fsum(timing.lap_times_s)
            if self.race_s - last_s > patience_s:
                self.retire(car, _("on its lap for {time} s").format(time=f"{patience_s:.0f}"))
