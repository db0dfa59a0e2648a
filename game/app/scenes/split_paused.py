"""Pause a drive of two players: it stands still behind a menu, until both have their inputs."""

from __future__ import annotations

from functools import partial
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes, SplitDriving
from game.app.menus.scene import Scene
from game.app.scenes.seat_rows import SeatRow
from game.app.scenes.seat_words import lost_words
from game.app.setup.model.garage import Garage
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.theme import Metrics
from game.translation import N_, _

_TABLE_PX: Final = 17
_MIN_TABLE: Final = 120  # units wide


class SplitPausedScene(MenuScene):
    """The drive stands still until one of the two chooses."""

    title = N_("Paused")
    entry_px = 19
    column_em = 24.0

    def __init__(
        self, garage: Garage, routes: Routes, driving: SplitDriving, reason: str = ""
    ) -> None:
        self.garage = garage
        self._driving = driving
        self._reason = reason
        context = garage.context
        self._seat_rows = tuple(SeatRow(context.seats, seat) for seat in context.seats)
        rows = (
            Action(N_("Resume"), self._resume),
            Action(N_("Restart"), self._restart),
            *(
                Action(label, partial(self._put_back, number))
                for number, label in enumerate((N_("Reset Player 1"), N_("Reset Player 2")))
            ),
            *self._seat_rows,
            *driving.actions(self),
            Action(N_("Photo mode"), lambda: self.go_to(routes.photo(driving.picture, self))),
            Action(N_("Settings"), lambda: self.go_to(routes.settings(self))),
            Action(N_("Quit to title"), lambda: self.go_to(routes.title())),
        )
        super().__init__(context, Page(rows), driving.world)
        self._table = driving.board()
        context.sound.silence()
        for row, seat in zip(self._seat_rows, context.seats, strict=True):
            if seat.lost:
                self.page.chosen = rows.index(row)  # which says what to do
        self.update(0.0)

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints of a menu whose way back is to drive on."""
        return (SELECT, BACK._replace(words=N_("Resume")), CHOOSE)

    def handle(self, command: Command) -> Scene | None:
        """Let a controller that nobody has yet take a seat, besides what every menu does."""
        if command is Command.CONFIRM and self.context.seats.join(self.context.inputs.asking):
            self.context.sound.play("confirm")
            return self
        return super().handle(command)

    def on_command(self, command: Command) -> None:
        """Follow the key that restarts, besides those of every menu."""
        if command is Command.RESTART:
            self._restart()
        super().on_command(command)

    def update(self, frame_s: float) -> None:
        """Follow controllers that come and go."""
        super().update(frame_s)
        self.context.seats.update()
        for row in self._seat_rows:
            row.look()
        self.under_title = lost_words(self.context.seats) or self._reason or self.garage.place_text

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw how all lie in the race beside the menu, where there is one and room."""
        box, top = self.box_beside(sizes), self.below_title(sizes)
        if self._table is not None and box.width > sizes.space(_MIN_TABLE):
            box = box._replace(top=top, height=box.bottom - top)
            self.read_beside = [box]
            self._table.draw(surface, box, TextScale(sizes, sizes.text(_TABLE_PX)))

    def leave(self) -> None:
        """Drive on."""
        self._resume()

    def _resume(self) -> None:
        if not self.context.seats.are_taken:
            self.context.notice.show(_("Choose what both drive with first"))
            return
        self._driving.resume()
        self.go_to(self._driving)

    def _restart(self) -> None:
        self._driving.restart()
        self._resume()

    def _put_back(self, number: int) -> None:
        self._driving.put_person_back(number)
        self._resume()
