"""Practise one corner, driven again and again against the medals' times."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.car.livery import GHOST
from game.app.car.medal_liveries import MEDAL_LIVERIES
from game.app.driving.exercise_drive import ExerciseDrive
from game.app.driving.rival import Rival
from game.app.hud.delta import delta_text
from game.app.hud.exercise_panel import (
    CornerFigures,
    ExerciseResult,
    draw_corner_panel,
    draw_result,
)
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.exercise import ExerciseScene, exercise_entry
from game.app.scenes.goal_words import gap_to
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.medals import MEDAL_COLOURS
from game.errors import InputError
from game.goals.corner_attempt import CornerAttempt, CornerCourse
from game.goals.medals import Medal, medal_reached, newly_won, next_medal
from game.goals.targets import CornerTarget
from game.recording.ghost import GhostLap
from game.simulation.world import TICK_S
from game.track.track import Track
from game.translation import _

_SHOWN_S: Final = 2.8  # of a time
_OFF_SHOWN_S: Final = 1.4
_TOO_SLOW: Final = 3.0  # times as long as the bot, after which an attempt ends


class CornerPracticeScene(ExerciseScene):
    """An attempt ends at the finish, or as soon as all wheels are off the track."""

    def __init__(
        self, garage: Garage, routes: Routes, target: CornerTarget, back: MenuScene
    ) -> None:
        self._target = target
        self._result: ExerciseResult | None = None
        self._best_ghost: GhostLap | None = None
        setup, course = garage.setup, target.course
        drive = ExerciseDrive(
            garage.track,
            exercise_entry(garage, setup),
            course.start(garage.spec, setup),
            lambda: CornerAttempt(course, garage.track.length_m, TICK_S),
        )
        self._exercise = drive
        drive.followed.find_rivals = self._rivals
        super().__init__(garage, routes, drive, back)

    @property
    def best_s(self) -> float:
        """Return the player's best time through the corner, infinite without one."""
        return self.garage.practice_log.best_s(self.garage.setup.tyre, self._target.course)

    def neighbour(self, step: int) -> Scene:
        """Return the practice of the next corner of the lap, or of the one before."""
        targets = self.garage.circuit_targets
        if targets is None:
            return self
        place = targets.corners.index(self._target)
        target = targets.corners[(place + step) % len(targets.corners)]
        return self._routes.practise_corner(target, self.back)

    def restart(self) -> None:
        """Begin another attempt."""
        super().restart()
        self._result = None

    def end_if_decided(self) -> None:
        """End the attempt at the finish, off the track, or when it leads nowhere."""
        attempt = self._exercise.judge
        if not attempt.valid:
            self._fail(_("OFF THE TRACK"))
        elif attempt.time_s is not None:
            self._finish(attempt, attempt.time_s)
        elif self.drive.time_s > _TOO_SLOW * self._target.ghost.time_s:
            self._fail(_("TOO SLOW"))

    def _fail(self, title: str) -> None:
        self._result = ExerciseResult(title, "", palette.VERMILION)
        self.end(_OFF_SHOWN_S)

    def _finish(self, attempt: CornerAttempt, time_s: float) -> None:
        before_s, times = self.best_s, self._target.times
        is_best = self._save(time_s)
        if is_best:
            self._best_ghost = attempt.ghost
        won = newly_won(times, time_s, before_s)
        title = _("NEW BEST") if is_best else _("FINISHED")
        if won is not None:
            title = _("{medal} MEDAL").format(medal=_(won.title).upper())
        colour = palette.LABEL if not is_best else palette.PURPLE
        colour = colour if won is None else MEDAL_COLOURS[won]
        gap = "" if math.isinf(before_s) else f"  {delta_text(time_s - before_s)}"
        self._result = ExerciseResult(
            title, f"{time_s:.3f}{gap}", colour, medal_reached(times, time_s)
        )
        self.context.sound.play("best" if is_best else "tick")
        self.end(_SHOWN_S)

    def _save(self, time_s: float) -> bool:
        try:
            return self.garage.practice_log.add(self.garage.setup.tyre, self._target.course, time_s)
        except InputError as error:
            self.context.notice.show(str(error))
            return True

    def _rivals(self) -> tuple[Rival, ...]:
        """Return the bot, and the player's own best attempt of this sitting."""
        chosen = self.garage.context.settings.ghosts
        rivals = []
        if chosen.best and self._best_ghost is not None:
            rivals.append(Rival(_("Best"), GHOST, self._best_ghost))
        if chosen.medals != "none":
            livery = MEDAL_LIVERIES[Medal.AUTHOR]
            rivals.append(Rival(_(Medal.AUTHOR.title), livery, self._target.ghost))
        return tuple(rivals)

    def draw_exercise(self, surface: pygame.Surface) -> list[Box]:
        """Draw the corner's panel, and the result of the attempt; return where."""
        if not self.context.settings.hud.shown:
            return []
        scale = self.context.settings.hud.text_scale
        drawn = [draw_corner_panel(surface, self._figures(), scale)]
        result = self._result
        if self.waits_for:
            words = [self.waits_for, *self._way_there()]
            result = ExerciseResult(" \N{MIDDLE DOT} ".join(words), "", palette.YELLOW)
        if result is not None:
            drawn.append(draw_result(surface, result, scale))
        return drawn

    def _way_there(self) -> list[str]:
        """Say which corners are on the way to this one, if there are any."""
        numbers = corners_before(self.garage.track, self._target.course)
        if not numbers:
            return []
        corners = ", ".join(f"T{number}" for number in numbers)
        return [_("the start is before {corners}").format(corners=corners)]

    def _figures(self) -> CornerFigures:
        times, best_s = self._target.times, self.best_s
        following = next_medal(times, best_s)
        words = [] if math.isinf(best_s) else [_("Best {time}").format(time=f"{best_s:.3f}")]
        if following is not None and words:
            words.append(gap_to(following, times, best_s))
        attempt = self._exercise.judge
        time_s = self.drive.time_s if attempt.time_s is None else attempt.time_s
        return CornerFigures(
            corner_title(self.garage.track, self._target.course.corner),
            f"{time_s:.2f}",
            " \N{MIDDLE DOT} ".join(words) or _("No time yet"),
            times,
            best_s,
        )


def corners_before(track: Track, course: CornerCourse) -> list[int]:
    """Return the numbers of the corners that a course passes before its own."""
    on_the_way = sorted(track.corners, key=lambda each: (each.apex_m - course.s_m) % track.length_m)
    numbers = [each.number for each in on_the_way]
    return numbers[: numbers.index(course.corner)]


def corner_title(track: Track, number: int) -> str:
    """Return a corner's number and name."""
    name = next((each.name for each in track.corners if each.number == number), "")
    return f"T{number} {name}".rstrip()
