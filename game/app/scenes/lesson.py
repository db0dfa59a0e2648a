"""Teach one lesson: what to know, something to do, and a clear word when it is done."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.driving.exercise_drive import ExerciseDrive
from game.app.hud.exercise_panel import (
    ExerciseResult,
    LessonFigures,
    draw_lesson_panel,
    draw_result,
)
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.exercise import ExerciseScene, exercise_entry
from game.app.scenes.lesson_plan import LESSONS, Lesson
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.errors import InputError
from game.goals.lesson_judges import LessonJudge
from game.goals.targets import Targets
from game.translation import _

_DONE_S: Final = 4.0  # that the word is shown
_PART_S: Final = 2.0
_AGAIN_S: Final = 1.6


class LessonScene(ExerciseScene):
    """A lesson has parts, each done through one corner. Its text is read before it begins."""

    def __init__(
        self, garage: Garage, routes: Routes, lesson: Lesson, targets: Targets, back: MenuScene
    ) -> None:
        self.lesson = lesson
        self._targets = targets
        self._target = lesson.corner(targets)
        self._part = 0
        self._result: ExerciseResult | None = None
        self._exercise = self._drive_of(garage)
        super().__init__(garage, routes, self._exercise, back)

    @property
    def done(self) -> bool:
        """Return whether all parts of the lesson were done."""
        return self._part == len(self.lesson.parts)

    def neighbour(self, step: int) -> Scene:
        """Return the next lesson, or the one before."""
        place = LESSONS.index(self.lesson) + step
        return self._routes.lesson(LESSONS[place % len(LESSONS)].name, self._targets, self.back)

    def restart(self) -> None:
        """Begin the part again; after the last one, the lesson."""
        super().restart()
        self._result = None

    def end_if_decided(self) -> None:
        """End the attempt when its part is done, or cannot be done any more."""
        judge = self._exercise.judge
        if judge.done:
            self._finish_part()
        elif judge.off_track:
            self._result = ExerciseResult(_("OFF THE TRACK"), "", palette.VERMILION)
            self.end(_AGAIN_S)
        elif judge.over:
            self._result = ExerciseResult(_("NOT YET"), _("Try again"), palette.ORANGE)
            self.end(_AGAIN_S)

    def follow(self) -> None:
        """Continue with the next part, or with the same one again."""
        if self.done:
            self._part = 0
        if self._exercise.judge.done:
            self._exercise = self._drive_of(self.garage)
            self.adopt(self._exercise)
        self.restart()

    def _finish_part(self) -> None:
        self._part += 1
        if not self.done:
            self._result = ExerciseResult(_("GOOD"), _("Now the next part"), palette.BLUE)
            self.context.sound.play("sector")
            self.end(_PART_S)
            return
        self._result = ExerciseResult(_("LESSON DONE"), _(self.lesson.title), palette.BLUE)
        self.context.sound.play("best")
        try:
            self.context.lessons.finish(self.lesson.name)
        except InputError as error:
            self.context.notice.show(str(error))
        self.end(_DONE_S)

    def _drive_of(self, garage: Garage) -> ExerciseDrive[LessonJudge]:
        """Return the drive of the part that is to be done."""
        part = self.lesson.parts[self._part]
        setup = part.setup(garage.spec, garage.setup)
        target, mass_kg = self._target, garage.spec.chassis.mass_kg
        return ExerciseDrive(
            garage.track,
            exercise_entry(garage, setup),
            target.course.start(garage.spec, setup),
            lambda: part.judge(garage.track, target, mass_kg),
        )

    def draw_exercise(self, surface: pygame.Surface) -> list[Box]:
        """Draw the lesson's panel, and the word at the end; return where."""
        scale = self.context.settings.hud.text_scale
        parts = self.lesson.parts
        part = parts[min(self._part, len(parts) - 1)]
        number = LESSONS.index(self.lesson) + 1
        heading = _("Lesson {number} of {count}").format(number=number, count=len(LESSONS))
        figures = LessonFigures(
            f"{heading}: {_(self.lesson.title)}",
            _(self.lesson.text),
            _(part.task),
            1.0 if self.done else self._exercise.judge.share,
            self.waits_for,
        )
        drawn = [draw_lesson_panel(surface, figures, scale)]
        if self._result is not None:
            drawn.append(draw_result(surface, self._result, scale))
        return drawn
