"""The list of lessons, with those that are done, and what the chosen one is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.scenes.lesson_plan import LESSONS, Lesson
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.page import Page
from game.app.ui.panel import draw_panel
from game.app.ui.rows import Action, Remark, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, paragraph_height, write_line, write_paragraph
from game.app.ui.theme import Metrics
from game.goals.targets import Targets
from game.translation import N_, _

_ROW_PX: Final = 21
_LIST_EM: Final = 17.0
_TEXT_PX: Final = 18
_PAD_EM: Final = 1.2
_WAITING: Final = N_(
    "The bot is driving the corners first. It takes a minute or two, once for this circuit."
)


class LessonRow(Action):
    """A lesson that is begun when it is confirmed."""

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


class LessonsScene(MenuScene):
    """All lessons; they can be driven as soon as the corners' times are there."""

    title = N_("Lessons")

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self.garage = garage
        self._routes = routes
        self._back = back
        self._targets = garage.targets
        super().__init__(garage.context, self._page(), back.seen)
        self.under_title = garage.track.title

    def leave(self) -> None:
        """Return to where the player came from."""
        self.go_to(self._back)

    def update(self, frame_s: float) -> None:
        """List the lessons when the corners' times have come."""
        if self._targets is not self.garage.targets:
            self._targets = self.garage.targets
            self.page = self._page()
        super().update(frame_s)

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the list at the left."""
        scale = TextScale(sizes, sizes.entry(_ROW_PX))
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes)
        width = min(scale.em(_LIST_EM), sizes.width - 2 * sizes.margin)
        self.page.lay_out(Box(sizes.margin, top, width, bottom - top), scale)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw what the chosen lesson is about at the right."""
        row = self.page.row
        if not isinstance(row, LessonRow):
            return
        px = sizes.entry(_TEXT_PX)
        pad = round(_PAD_EM * px)
        left = sizes.margin + sizes.entry(_ROW_PX * _LIST_EM) + sizes.space(40)
        top = self.below_title(sizes)
        width = min(sizes.width - sizes.margin - left, round(30 * px))
        text = _(row.lesson.text)
        height = paragraph_height(text, width - 2 * pad, px) + 2 * pad
        height = min(height, sizes.height - self.footer.height(sizes) - top)
        box = Box(left, top, width, height)
        draw_panel(surface, box, sizes.unit)
        inner = Box(left + pad, top + pad, width - 2 * pad, height - pad)
        write_paragraph(surface, text, inner, TextStyle(px, palette.TEXT))

    def _page(self) -> Page:
        if self._targets is None or not self._targets.corners:
            return Page((Action(N_("Back"), self.leave), Remark(_WAITING)))
        targets = self._targets
        return Page([self._row(lesson, targets) for lesson in LESSONS])

    def _row(self, lesson: Lesson, targets: Targets) -> LessonRow:
        return LessonRow(
            lesson,
            lambda: self.context.lessons.is_done(lesson.name),
            lambda: self.go_to(self._routes.lesson(lesson.name, targets, self)),
        )
