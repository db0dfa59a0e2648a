"""Paint a front share along the lap by a brush moved by keys, a controller or the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import bound_hint
from game.app.setup.charts import chart_marks
from game.app.setup.charts.share_colours import share_colour
from game.app.setup.charts.track_map import TrackMap
from game.app.setup.model import split_edit
from game.app.setup.model.brush import MIN_M, Brush
from game.app.setup.model.garage import Garage
from game.app.setup.model.split_edit import SharedTorque
from game.app.ui import palette
from game.app.ui.footer import BACK, D_PAD, Hint
from game.app.ui.rows import TextScale
from game.setups.items import axles_text
from game.translation import N_, _

_NEAR_EM: Final = 3.0  # from the line, that the mouse paints


class Painting:
    """Paints into the setup on the workbench. `active`: every input moves the brush."""

    def __init__(
        self,
        garage: Garage,
        track_map: TrackMap,
        of: Callable[[], SharedTorque],
        share_at: Callable[[float], float],
    ) -> None:
        """Paint what `of` names; `share_at` is the front share at a place of the lap, 0..1."""
        self.active = False
        self._garage = garage
        self._bench = garage.workbench
        self._map = track_map
        self._of, self._share_at = of, share_at
        self._brush = Brush(garage.track.length_m)
        self._dragged_m: float | None = None
        self._near_px = 1.0

    def begin(self) -> None:
        """Take the brush up where it is, with the share that holds there."""
        self.active = True
        self._brush.share = self._share_at(self._brush.at_m)

    @property
    def description(self) -> str:
        """Say what the brush would paint, and where."""
        brush = self._brush
        corner = min(self._garage.track.corners, key=lambda each: abs(each.apex_m - brush.at_m))
        text = (
            _("{share} for drive, over {wide} m around {at} m, near T{number}.")
            if self._of() == "drive"
            else _("{share} for regeneration, over {wide} m around {at} m, near T{number}.")
        )
        return text.format(
            share=axles_text(brush.share),
            wide=f"{brush.wide_m:.0f}",
            at=f"{brush.at_m:.0f}",
            number=corner.number,
        )

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what the brush does."""
        garage = self._garage
        return (
            BACK._replace(words=N_("Done")),
            Hint(N_("Along"), ("left", "right"), (D_PAD,)),
            Hint(N_("Front share"), ("up", "down"), (D_PAD,)),
            bound_hint(garage.context, N_("Width"), ("previous_tab", "next_tab")),
            Hint(N_("Paint"), ("Enter",), ("A",), Command.CONFIRM),
            bound_hint(garage.context, N_("Erase"), ("default",), Command.DEFAULT),
            bound_hint(garage.context, N_("Undo"), ("undo",), Command.UNDO),
        )

    def handle(self, command: Command) -> None:
        """Move the brush, or paint with it."""
        if command in (Command.BACK, Command.PAUSE):
            self.active = False
        elif command in (Command.LEFT, Command.RIGHT):
            self._brush.move(1 if command is Command.RIGHT else -1)
        elif command in (Command.UP, Command.DOWN):
            self._brush.lift(1 if command is Command.UP else -1)
        elif command in (Command.PREVIOUS_TAB, Command.NEXT_TAB):
            self._brush.widen(1 if command is Command.NEXT_TAB else -1)
        elif command is Command.CONFIRM:
            self._paint()
        elif command is Command.DEFAULT:
            lap_m = self._garage.track.length_m
            self._bench.load(
                split_edit.erased(self._bench.setup, self._brush.at_m, self._of(), lap_m)
            )

    def handle_pointer(self, pointer: Pointer) -> bool:
        """Paint with the mouse; return whether it is at the line, or drags along it."""
        at_m, away = self._map.nearest_m(pointer.place)
        if self._dragged_m is not None:
            if pointer.released or not pointer.held:
                begun_m, self._dragged_m = self._dragged_m, None
                self._paint_between(begun_m, at_m)
            else:
                self._brush.reach(self._dragged_m, at_m)
            return True
        if away > self._near_px:
            return False
        if pointer.scrolled:
            self._brush.lift(pointer.scrolled)
        elif pointer.pressed:
            self.active, self._dragged_m = True, at_m
        if self.active:
            self._brush.at_m = at_m
        return True

    def draw(self, surface: pygame.Surface, scale: TextScale) -> None:
        """Draw the stretch to be painted, with the cursor in its middle, while active."""
        self._near_px = scale.em(_NEAR_EM)
        if not self.active:
            return
        places = [self._map.place(s_m) for s_m in self._brush.along()]
        chart_marks.polyline(surface, places, palette.ACCENT, scale.em(0.6))
        chart_marks.polyline(surface, places, share_colour(self._brush.share), scale.em(0.34))
        place = self._map.place(self._brush.at_m)
        chart_marks.dot(surface, place, scale.em(0.5), share_colour(self._brush.share))
        chart_marks.ring(surface, place, scale.em(0.75), palette.ACCENT)

    def _paint_between(self, from_m: float, to_m: float) -> None:
        """Paint what was dragged over; a mere click only puts the cursor there."""
        if abs(to_m - from_m) >= MIN_M:
            self._brush.reach(from_m, to_m)
            self._paint()

    def _paint(self) -> None:
        stretch = self._brush.stretch(self._of())
        try:
            self._bench.load(split_edit.painted(self._bench.setup, self._garage.track, stretch))
        except ValueError as error:
            self._garage.context.notice.show(str(error))
