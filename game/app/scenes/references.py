"""Find the lap that the player's lap is compared with, as the settings say."""

from __future__ import annotations

import math

from game.app.driving.driven_car import DrivenCar
from game.app.hud.reference_names import REFERENCES
from game.app.scenes.rivals import BOT, bot_name
from game.app.setup.model.garage import Garage
from game.goals.medals import next_medal
from game.goals.traced_ghost import traced_ghost
from game.recording.ghost import GhostLap
from game.recording.lap_trace import ReferenceLap
from game.recording.traced_lap import TracedLap
from game.translation import _


class ChosenReference:
    """Finds the lap of the settings for a car of the player.

    As long as there is none it is the best lap, and without one the easiest medal's, or the bot's
    plan until there are medals.
    """

    def __init__(self, garage: Garage, car: DrivenCar) -> None:
        self._garage = garage
        self._car = car
        self._ghost: GhostLap | None = None  # that was traced last
        self._traced: TracedLap | None = None

    def __call__(self) -> ReferenceLap | None:
        """Return the lap, if there is one by now."""
        found = self._own() or self._driven_by_the_bot()
        if found is not None:
            return found
        best = self._car.trace.best
        return ReferenceLap("", best) if best is not None else self._first_target()

    def _own(self) -> ReferenceLap | None:
        """Return a lap of the player's other than the best, if that is chosen and there."""
        trace, chosen = self._car.trace, self._garage.context.settings.hud.delta_to
        if chosen == "session":
            lap = trace.session_best
        elif chosen == "last":
            lap = trace.last
        elif chosen == "sectors":
            lap = trace.best_sectors.lap
        else:
            return None
        return None if lap is None else ReferenceLap(_(REFERENCES[chosen]), lap)

    def _driven_by_the_bot(self) -> ReferenceLap | None:
        """Return a lap of the bot, if that is chosen and there."""
        chosen = self._garage.context.settings.hud.delta_to
        if chosen == "bot":
            return self._named(bot_name(self._garage), self._garage.bot_lap)
        return self._medal(self._car.best.time_s) if chosen == "medal" else None

    def _first_target(self) -> ReferenceLap | None:
        if self._garage.targets is None:
            return self._named(_(BOT), self._garage.venue.plan_ahead.ghost)
        return self._medal(math.inf)

    def _medal(self, best_s: float) -> ReferenceLap | None:
        """Return the lap of the next medal after a best time."""
        targets = self._garage.targets
        medal = None if targets is None else next_medal(targets.lap_times, best_s)
        if targets is None or medal is None:
            return None
        return self._named(_(medal.title), targets.laps[medal])

    def _named(self, name: str, ghost: GhostLap | None) -> ReferenceLap | None:
        if ghost is None:
            return None
        if ghost is not self._ghost or self._traced is None:
            self._ghost, self._traced = ghost, traced_ghost(self._garage.track, ghost)
        return ReferenceLap(name, self._traced)
