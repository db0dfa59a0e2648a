"""List the lessons, with those that are done, and describe the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pygame

from game.app.scenes.exercise_list import ExerciseListScene
from game.app.scenes.lesson_plan import LESSONS, Lesson
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.panel import draw_panel
from game.app.ui.rows import Action, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, paragraph_height, write_line, write_paragraph
from game.app.ui.theme import Metrics
from game.goals.targets import Targets
from game.translation import N_, _

_TEXT_PX: Final = 18
_PAD_EM: Final = 1.2


class LessonRow(Action):
    """A row begins its lesson when it is confirmed."""

    def __init__(self, lesson: Lesson, is_done: Callable[[], bool], go: Callable[[], None]) -> None:
        super().__init__(lesson.title, go)
        self.lesson = lesson
        self._is_done = is_done

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the title, and at the right whether the lesson is done."""
        pad = scale.em(0.8)
        colour = palette.BRIGHT if chosen else palette.TEXT
        inner = box._replace(left=box.left + pad, width=box.width - 2 * pad)
        if self._is_done():
            small = TextStyle(scale.em(0.72), palette.BRIGHT if chosen else palette.BLUE)
            write_line(surface, _("done"), inner, small, Align.RIGHT)
            inner = inner._replace(width=inner.width - scale.em(3.4))
        write_line(surface, _(self.label), inner, TextStyle(scale.px, colour))


class LessonsScene(ExerciseListScene):
    """Lists all lessons."""

    title = N_("Lessons")
    entry_px = 21
    column_em = 17.0
    waiting = N_(
        "The bot is driving the corners first. It takes a minute or two, once for this circuit."
    )

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw what the chosen lesson is about at the right."""
        row = self.page.row
        if not isinstance(row, LessonRow):
            return
        px = sizes.entry(_TEXT_PX)
        pad = round(_PAD_EM * px)
        left = self.beside_list(sizes)
        top = self.below_title(sizes)
        width = min(sizes.width - sizes.margin - left, round(30 * px))
        text = _(row.lesson.text)
        height = paragraph_height(text, width - 2 * pad, px) + 2 * pad
        height = min(height, sizes.height - self.footer.height(sizes) - top)
        box = Box(left, top, width, height)
        self.read_beside = [box]
        draw_panel(surface, box, sizes.unit)
        inner = Box(left + pad, top + pad, width - 2 * pad, height - pad)
        write_paragraph(surface, text, inner, TextStyle(px, palette.TEXT))

    def rows(self, targets: Targets) -> Sequence[LessonRow]:
        """Return a row for each lesson; none if no corner can be driven."""
        return [self._row(lesson, targets) for lesson in LESSONS] if targets.corners else []

    def _row(self, lesson: Lesson, targets: Targets) -> LessonRow:
        return LessonRow(
            lesson,
            lambda: self.context.lessons.is_done(lesson.name),
            lambda: self.go_to(self._routes.lesson(lesson.name, targets, self)),
        )
