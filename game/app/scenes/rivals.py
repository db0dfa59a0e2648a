"""Find the rivals that drive along with a player, and the medals that the player drives for.

At most eight drive along: as many as can be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from game.app.car.livery import BOT_GHOST, GOAL_GHOST, LAST_GHOST, SESSION_GHOST
from game.app.car.medal_liveries import MEDAL_LIVERIES
from game.app.driving.driven_car import DrivenCar
from game.app.driving.moments import GoalGap
from game.app.driving.rival import Rival
from game.app.setup.model.garage import Garage
from game.goals.medals import Medal, newly_won, next_medal
from game.goals.personal_goal import PersonalGoal, personal_goal
from game.goals.targets import Targets
from game.recording.ghost import GhostLap, slowed
from game.translation import N_, _

BOT: Final = N_("The bot")
MAX_RIVALS: Final = 8


class PlayersRivals:
    """Finds the laps that drive along with the player's car."""

    def __init__(self, garage: Garage, car: DrivenCar) -> None:
        self._garage = garage
        self._car = car
        self._best: GhostLap | None = None  # that the goal was made of
        self._goal: GhostLap | None = None

    def __call__(self) -> tuple[Rival, ...]:
        """Return the laps that drive along now, the most important first."""
        garage, car = self._garage, self._car
        chosen, targets = garage.context.settings.ghosts, garage.targets
        files = garage.rivals if chosen.files else ()
        if targets is None:
            medals = _planned_rival(garage)
        else:
            medals = _medal_rivals(garage, targets, car.best.time_s)
        goal = self._goal_rival() if chosen.goal else ()
        found = (*own_laps(garage, car), *goal, *files, *_paced_rival(garage), *medals)
        return _different(found)[:MAX_RIVALS]

    def _goal_rival(self) -> tuple[Rival, ...]:
        """Return the player's goal: a medal's lap, or the best lap driven that much quicker."""
        best, targets = self._car.ghost_recorder.best, self._garage.targets
        goal = _goal(self._garage, self._car.best.time_s)
        if goal is None:
            return ()
        if goal.medal is not None and targets is not None:
            livery = MEDAL_LIVERIES[goal.medal]
            return (Rival(_(goal.medal.title), livery, targets.laps[goal.medal]),)
        if best is None:
            return ()
        if best is not self._best or self._goal is None or self._goal.time_s != goal.time_s:
            self._best, self._goal = best, slowed(best, goal.time_s / best.time_s)
        return (Rival(_("Goal"), GOAL_GHOST, self._goal),)


def own_laps(garage: Garage, car: DrivenCar) -> tuple[Rival, ...]:
    """Return the car's own laps that the settings let drive along."""
    chosen, driven = garage.context.settings.ghosts, car.ghost_recorder
    best = car.own_best() if chosen.best else ()
    session = (
        Rival(_("Session"), SESSION_GHOST, driven.session_best) if driven.session_best else None
    )
    last = Rival(_("Last lap"), LAST_GHOST, driven.last) if driven.last else None
    shown = (session if chosen.session else None, last if chosen.last else None)
    return _different((*best, *(each for each in shown if each is not None)))


def _different(rivals: Iterable[Rival]) -> tuple[Rival, ...]:
    """Return the rivals without those whose lap another one drives: one's last may be the best."""
    found: list[Rival] = []
    for rival in rivals:
        if all(rival.lap is not other.lap for other in found):
            found.append(rival)
    return tuple(found)


def _paced_rival(garage: Garage) -> tuple[Rival, ...]:
    """Return the bot at the pace of the settings, if the player wants it and it has driven."""
    chosen, lap = garage.context.settings.ghosts, garage.bot_lap
    if not chosen.bot or lap is None:
        return ()
    return (Rival(bot_name(garage), BOT_GHOST, lap),)


def bot_name(garage: Garage) -> str:
    """Return the name of the bot at the pace of the settings."""
    percent = round(100.0 * garage.context.settings.ghosts.bot_pace)
    return _("Bot {percent} %").format(percent=percent)


def _planned_rival(garage: Garage) -> tuple[Rival, ...]:
    """Return the bot as it plans its lap, if it does by now and the player wants to see anyone."""
    ghost = garage.venue.plan_ahead.ghost
    if ghost is None or garage.context.settings.ghosts.medals == "none":
        return ()
    return (Rival(_(BOT), MEDAL_LIVERIES[Medal.AUTHOR], ghost),)


def _medal_rivals(garage: Garage, targets: Targets, best_s: float) -> tuple[Rival, ...]:
    shown = garage.context.settings.ghosts.medals
    medals = list(targets.laps)
    if shown != "all":
        following = next_medal(targets.lap_times, best_s)
        medals = [] if shown == "none" or following is None else [following]
    return tuple(Rival(_(each.title), MEDAL_LIVERIES[each], targets.laps[each]) for each in medals)


def goal_after(garage: Garage, best_s: float) -> GoalGap | None:
    """Return the goal after a best lap, and how much quicker that has to be."""
    goal = _goal(garage, best_s)
    if goal is None:
        return None
    name = _("Goal") if goal.medal is None else _(goal.medal.title)
    return GoalGap(name, best_s - goal.time_s)


def _goal(garage: Garage, best_s: float) -> PersonalGoal | None:
    return personal_goal({} if garage.targets is None else garage.targets.lap_times, best_s)


def medal_won_by(garage: Garage, lap_s: float, best_s: float) -> Medal | None:
    """Return the medal that a lap has won, unless the best lap before it had won it."""
    times = {} if garage.targets is None else garage.targets.lap_times
    return newly_won(times, lap_s, best_s)
