"""Let a person drive in a race: from the grid until the race is over for them, then a bot."""

from __future__ import annotations

from game.drivers.driver import BaseDriver, Course, Driver, complete_driver
from game.drivers.observation import Observation
from game.racing.race_control import RaceControl
from game.vehicle.setup import Setup
from game.vehicle.state import PEDAL_STEPS, Controls


class RacingPlayer(BaseDriver):
    """Passes on a person's controls; behind the flag a bot drives the car on, out of the way."""

    ticks_per_decision = 1
    starts_itself = True  # too early is a jump start

    def __init__(
        self, person: Driver, control: RaceControl, car: int, bot: BaseDriver, setup: Setup
    ) -> None:
        """person: whoever sits at the wheel; setup: of the field, for which the bot has a plan."""
        self._person = complete_driver(person)
        self._control = control
        self._car = car
        self._bot = bot
        self._bots_setup = setup
        self._held = Controls()  # what was decided last

    def reset(self, course: Course) -> None:
        """Let both take the course."""
        self._person.reset(course)
        self._bot.reset(course._replace(setup=self._bots_setup))

    def decide(self, observation: Observation, /) -> Controls:
        """Return the controls of the next tick."""
        drives = self._bot if self._control.is_done(self._car) else self._person
        if observation.car.tick % drives.ticks_per_decision == 0:
            self._held = drives.decide(observation)
        if self._held.reverse and self._control.race_s < 0.0:  # on the grid a brake only holds
            return Controls(brake=PEDAL_STEPS)
        return self._held
