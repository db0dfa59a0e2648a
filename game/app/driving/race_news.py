"""Find what a driver in a race has to be told: flags, warnings, penalties, the end."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from game.drivers.race_view import LetBy
from game.racing.race_control import RaceControl
from game.racing.race_log import Offence
from game.translation import N_, _

_YELLOW_M: Final = 350.0  # ahead, from which a yellow flag is seen
_OFFENCES: Final[dict[Offence, str]] = {
    "jump start": N_("jump start"),
    "contact": N_("contact"),
    "track limits": N_("track limits"),
}


class NewsKind(Enum):
    """Names what is told; the first of two that are told at once is shown."""

    FINISH = auto()
    PENALTY = auto()
    WARNING = auto()
    RETIRED = auto()
    GIVE_BACK = auto()
    GIVEN_BACK = auto()
    LAST_LAP = auto()
    YELLOW = auto()
    BLUE = auto()


class News(NamedTuple):
    """Holds what is told, in two lines."""

    kind: NewsKind
    title: str
    words: str


class RaceNews:
    """Watches one race for one of its cars."""

    def __init__(
        self, control: RaceControl, car: int, length_m: float, names: Sequence[str]
    ) -> None:
        """names: of all cars, by their numbers."""
        self._control = control
        self._car = car
        self._length_m = length_m
        self._names = names
        self._penalties = self._warnings = self._told = self._given_back = 0
        self._was_done = False
        self._last_lap_told = False

    def flag(self) -> News | None:
        """Return the flag that is shown to the car now."""
        if self._control.race_s < 0.0 or self._control.is_done(self._car):
            return None
        view = self._control.view(self._car)
        own_m = self._control.snapshots[self._car].s_m
        ahead_m = [(place_m - own_m) % self._length_m for place_m in view.yellow_m]
        if ahead_m and min(ahead_m) < _YELLOW_M:
            words = _("a car stands in {distance} m").format(distance=f"{min(ahead_m):.0f}")
            return News(NewsKind.YELLOW, _("YELLOW FLAG"), words)
        if view.let_by is not None:
            return self._give_back(view.let_by)
        if view.is_blue:
            return News(NewsKind.BLUE, _("BLUE FLAG"), _("let the faster car pass"))
        return None

    def found(self, place: Callable[[], int]) -> News | None:
        """Return what is new since the last call; place: gives that of the car."""
        finders = (self._finish, self._penalty, self._gained, self._warning, self._last_lap)
        return next((news for find in finders if (news := find(place)) is not None), None)

    def _finish(self, place: Callable[[], int]) -> News | None:
        control = self._control
        if self._was_done or not control.is_done(self._car):
            return None
        self._was_done = True
        retired = control.retired(self._car)
        if control.is_disqualified(self._car):
            return News(NewsKind.RETIRED, _("DISQUALIFIED"), retired)
        if retired:
            return News(NewsKind.RETIRED, _("OUT OF THE RACE"), retired)
        finish_s = control.timing.cars[self._car].finish_s
        assert math.isfinite(finish_s)
        penalty_s = control.penalty_s(self._car)
        words = _("without penalties") if not penalty_s else f"+{penalty_s:.0f} s"
        return News(NewsKind.FINISH, _("FINISHED {place}").format(place=f"P{place()}"), words)

    def _penalty(self, _place: Callable[[], int]) -> News | None:
        own = [each for each in self._control.log.penalties if each.car == self._car]
        is_new = len(own) > self._penalties
        self._penalties = len(own)  # fewer, where one is held while a place may be given back
        if not is_new:
            return None
        self._warnings = self._control.warnings(self._car)
        title = _("PENALTY +{time} s").format(time=f"{own[-1].time_s:.0f}")
        return News(NewsKind.PENALTY, title, _(_OFFENCES[own[-1].offence]))

    def _gained(self, _place: Callable[[], int]) -> News | None:
        """Return that a place is to be given back, or that it was."""
        own = [each for each in self._control.log.gained if each.car == self._car]
        asked = self._control.let_by(self._car)
        if len(own) > self._told and asked is not None:
            self._told = len(own)
            return self._give_back(asked)
        given_back = sum(each.outcome == "given back" for each in own)
        if given_back <= self._given_back:
            return None
        self._given_back = given_back
        return News(NewsKind.GIVEN_BACK, _("PLACE GIVEN BACK"), _("no penalty"))

    def _give_back(self, let_by: LetBy) -> News:
        words = _("let {name} by: {time} s").format(
            name=self._names[let_by.car], time=math.ceil(let_by.left_s)
        )
        return News(NewsKind.GIVE_BACK, _("GIVE THE PLACE BACK"), words)

    def _warning(self, _place: Callable[[], int]) -> News | None:
        warnings, most = (
            self._control.warnings(self._car),
            self._control.rules.penalties.warnings,
        )
        if warnings <= self._warnings or warnings > most:
            return None
        self._warnings = warnings
        words = _("warning {number} of {most}").format(number=warnings, most=most)
        return News(NewsKind.WARNING, _("TRACK LIMITS"), words)

    def _last_lap(self, _place: Callable[[], int]) -> News | None:
        timing, length = self._control.timing, self._control.length
        if self._last_lap_told or self._control.race_s < 0.0:
            return None
        if not timing.is_on_last_lap(self._car):
            return None
        self._last_lap_told = True
        is_only_one = length.laps == 1 and not length.is_by_minutes
        if is_only_one or self._control.is_done(self._car):
            return None
        words = _("the chequered flag is out") if timing.is_won else _("to the chequered flag")
        return News(NewsKind.LAST_LAP, _("LAST LAP"), words)
