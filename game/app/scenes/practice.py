"""List the corners to practise, each with the player's best time and medal, and a map."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import pygame

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.scenes.corner_practice import corner_title
from game.app.scenes.exercise_list import ExerciseListScene
from game.app.scenes.goal_words import gap_to
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_map import CircuitMap
from game.app.ui.medals import MEDAL_COLOURS, draw_medal
from game.app.ui.palette import Colour
from game.app.ui.rows import Action, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.app.ui.theme import Metrics
from game.goals.medals import medal_reached, next_medal
from game.goals.targets import CornerTarget, Targets
from game.translation import N_, _

_TIME_EM: Final = 4.4
_TEXT_PX: Final = 16


class CornerRow(Action):
    """A row has a corner's name, best time and medal; confirmed, the corner is practised."""

    def __init__(
        self, label: str, target: CornerTarget, best_s: Callable[[], float], go: Callable[[], None]
    ) -> None:
        super().__init__(label, go)
        self.target = target
        self.best_s = best_s

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the name at the left, the best time and the medal at the right."""
        best_s, disc = self.best_s(), scale.em(0.95)
        right = box.right - scale.em(0.8)
        has = medal_reached(self.target.times, best_s)
        if has is not None:
            middle = (right - disc / 2, box.top + box.height / 2)
            draw_medal(surface, middle, disc, has, won=True)
        wide = scale.em(_TIME_EM)
        time = Box(right - disc - scale.em(0.5) - wide, box.top, wide, box.height)
        text = "\N{EN DASH}" if math.isinf(best_s) else f"{best_s:.2f}"
        colour = palette.BRIGHT if chosen else palette.TEXT
        write_line(surface, text, time, TextStyle(scale.px, colour), Align.RIGHT)
        left = box.left + scale.em(0.8)
        name = box._replace(left=left, width=time.left - left - scale.em(0.4))
        write_line(surface, self.label, name, TextStyle(scale.px, colour))


class PracticeScene(ExerciseListScene):
    """Lists all corners of the circuit."""

    title = N_("Practice")
    entry_px = 15
    column_em = 25.0
    waiting = N_(
        "The bot is driving the corners to set their times."
        " It takes a minute or two; they are kept."
    )

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self._map = CircuitMap(garage.track)
        super().__init__(garage, routes, back)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the map at the right, with the chosen corner lit, and its next medal below."""
        left = self.beside_list(sizes)
        px = sizes.text(_TEXT_PX)
        top, high = self.below_title(sizes), line_height(px)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(6)
        box = Box(left, top, sizes.width - sizes.margin - left, bottom - top - high)
        if box.width < sizes.space(200) or self._targets is None:
            return
        self.read_beside = [box._replace(height=box.height + high)]
        row = self.page.row
        target = row.target if isinstance(row, CornerRow) else None
        self._map.draw(surface, box, _stretch(target), self._discs(self._targets), round(0.8 * px))
        if target is not None:
            below = Box(left, box.bottom, box.width, high)
            words = self._words(target)
            write_line(surface, words, below, TextStyle(px, palette.BRIGHT), Align.CENTRE)

    def rows(self, targets: Targets) -> Sequence[CornerRow]:
        """Return a row for each corner that can be driven."""
        return [self._row(target) for target in targets.corners]

    def _row(self, target: CornerTarget) -> CornerRow:
        return CornerRow(
            corner_title(self.garage.track, target.course.corner),
            target,
            lambda: self._best_s(target),
            lambda: self.go_to(self._routes.practise_corner(target, self)),
        )

    def _best_s(self, target: CornerTarget) -> float:
        return self.garage.practice_log.best_s(self.garage.setup.tyre, target.course)

    def _discs(self, targets: Targets) -> dict[int, Colour]:
        """Return the colours of the medals that were won, by the corners' numbers."""
        discs = {}
        for target in targets.corners:
            medal = medal_reached(target.times, self._best_s(target))
            if medal is not None:
                discs[target.course.corner] = MEDAL_COLOURS[medal]
        return discs

    def _words(self, target: CornerTarget) -> str:
        """Return how far away the next medal of a corner is."""
        best_s, times = self._best_s(target), target.times
        following = next_medal(times, best_s)
        if following is None:
            return _("every medal won")
        if math.isinf(best_s):
            time = f"{times[following]:.2f} s"
            return _("To beat: {medal} {time}").format(medal=_(following.title), time=time)
        return gap_to(following, times, best_s)


def _stretch(target: CornerTarget | None) -> tuple[float, float] | None:
    """Return where a corner is driven, from the start to the finish."""
    if target is None:
        return None
    return target.course.s_m, target.course.s_m + target.course.length_m
