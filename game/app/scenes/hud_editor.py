"""Arrange the instruments over the frozen picture: move, scale, hide, reset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import pygame

from game.app.hud.editor_list import EditorList, EditorRow
from game.app.hud.example import example
from game.app.hud.free_space import pulled_in, snapped
from game.app.hud.hud import Hud
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import lay_out, place_for, unit_of, wanted_box
from game.app.hud.placement import MAX_SCALE, MIN_SCALE, Placement
from game.app.hud.presets import arrangement, rearranged
from game.app.hud.settings import Placements
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.scene import Scene
from game.app.setup.model.garage import Garage
from game.app.ui.backdrop import Picture
from game.app.ui.box import Box
from game.app.ui.palette import BLUE, BRIGHT
from game.translation import N_, _

_STEP: Final = 8.0  # units that a key moves an instrument
_SCALE_STEP: Final = 0.1
_VEIL: Final = (8, 10, 14, 90)
_WAYS: Final = {
    Command.LEFT: (-1, 0),
    Command.RIGHT: (1, 0),
    Command.UP: (0, -1),
    Command.DOWN: (0, 1),
}
_RESET_ALL: Final = N_("Reset all")
_DONE: Final = N_("Done")


class HudEditorScene:
    """Lets the player move the instruments.

    Keys and pads choose in a list and carry what is chosen; the mouse takes hold of anything.
    """

    def __init__(self, garage: Garage, back: Scene, behind: Picture | None = None) -> None:
        """Lead back to a scene, over whose picture it is unless another is given."""
        self._context = garage.context
        self._back = back
        self._behind = behind or back
        self._before = garage.context.settings.hud
        self.settings = rearranged(self._before, arrangement(self._before))
        self._data = example(garage.track, garage.spec, garage.setup)
        self._hud = Hud(hidden=())
        self.list = EditorList((*INSTRUMENTS, _RESET_ALL, _DONE))
        self._carried = False
        self._grip: tuple[int, int] | None = None  # from the corner of what the mouse holds
        self._size = (1280, 720)
        self._veil = pygame.Surface((0, 0))
        self._hide_own_instruments()

    def handle(self, command: Command) -> Scene | None:
        """Choose, carry, scale, hide, or leave."""
        if command is Command.QUIT:
            self._keep()
            return None
        if self._carried:
            self._handle_carrying(command)
            return self
        if command in (Command.BACK, Command.PAUSE):
            return self._leave()
        if command is Command.CONFIRM:
            return self._confirm()
        if command in (Command.UP, Command.PREVIOUS_TAB):
            self.list.move(-1)
        elif command in (Command.DOWN, Command.NEXT_TAB):
            self.list.move(1)
        elif command in (Command.LEFT, Command.RIGHT):
            self._resize(_WAYS[command][0])
        elif command is Command.HUD:
            self._show_or_hide()
        elif command is Command.DEFAULT:
            self._reset()
        return self

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Grab an instrument, move it, release it; the wheel scales it."""
        row = self.list.row_at(pointer.place)
        under = row or self._instrument_at(pointer.place)
        if pointer.scrolled and under in INSTRUMENTS:
            self.list.choose(under)
            self._resize(1 if pointer.scrolled > 0 else -1)
        elif pointer.pressed and under is not None:
            self.list.choose(under)
            self._carried = False
            if row is None:
                box = self._box(under)
                self._grip = (pointer.place[0] - box.left, pointer.place[1] - box.top)
            elif row not in INSTRUMENTS:
                return self._confirm()
            elif self.list.is_switch(pointer.place):
                self._show_or_hide()
        elif pointer.released:
            self._grip = None
        elif pointer.held and self._grip is not None:
            self._drag(pointer.place[0] - self._grip[0], pointer.place[1] - self._grip[1])
        return self

    def update(self, frame_s: float) -> None:
        """Time stands still."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the picture, the instruments with an example, their outlines, and the list."""
        self._size = surface.get_size()
        self._behind.draw(surface)
        if self._veil.get_size() != self._size:
            self._veil = pygame.Surface(self._size, pygame.SRCALPHA)
            self._veil.fill(_VEIL)
        surface.blit(self._veil, (0, 0))
        self._hud.draw_data(surface, self._data, self.settings)
        filled = self._hud.filled_boxes(self._size, self._data, self.settings)
        chosen = filled.get(self.list.chosen)
        for name, box in filled.items():
            if name != self.list.chosen:
                _outline(surface, box, unit_of(self._size), chosen=False)
        carried = self._carried or self._grip is not None
        if chosen is not None and not carried:  # below the list, which may lie over it
            _outline(surface, chosen, unit_of(self._size), chosen=True)
        rows = list(self.rows())
        scale = self.settings.text_scale
        self.list.draw(surface, rows, scale, carried=carried, beside=chosen)
        if chosen is not None and carried:
            _outline(surface, chosen, unit_of(self._size), chosen=True)
        self._context.notice.keep_clear([self.list.panel, *filled.values()])

    def rows(self) -> Iterator[EditorRow]:
        """Return the lines of the list."""
        layout = lay_out(self._size, self.settings)
        for name in INSTRUMENTS:
            place = self.settings.places.of(name)
            if not place.shown:
                yield EditorRow(name, N_("hidden"), shown=False)
            elif name in layout.without_room:
                yield EditorRow(name, N_("no room"), shown=False)
            else:
                wanted = wanted_box(name, place, self._size, self.settings.text_scale)
                shrunk = layout.placed[name].box.width < wanted.width
                scale = f"{100.0 * place.scale:.0f} %"
                yield EditorRow(
                    name, _("{size}, shrunk").format(size=scale) if shrunk else scale, shown=True
                )
        yield EditorRow(_RESET_ALL, "", shown=True)
        yield EditorRow(_DONE, "", shown=True)

    def _handle_carrying(self, command: Command) -> None:
        if command in _WAYS:
            box = self._box(self.list.chosen)
            step = round(_STEP * unit_of(self._size))
            x, y = _WAYS[command]
            self._put(box._replace(left=box.left + x * step, top=box.top + y * step))
        elif command is Command.DEFAULT:
            self._reset()
        elif command in (Command.CONFIRM, Command.BACK, Command.PAUSE):
            self._carried = False

    def _confirm(self) -> Scene | None:
        if self.list.chosen == _DONE:
            return self._leave()
        if self.list.chosen == _RESET_ALL:
            self._rearrange(self._first_places)
        elif self._place().shown:
            self._carried = True
        else:
            self._show_or_hide()
        return self

    def _drag(self, left: int, top: int) -> None:
        name = self.list.chosen
        others = [
            instrument.box
            for other, instrument in lay_out(self._size, self.settings).placed.items()
            if other != name
        ]
        box = pulled_in(self._box(name)._replace(left=left, top=top), self._size)
        self._put(snapped(box, self._size, unit_of(self._size), others))

    def _put(self, box: Box) -> None:
        box = pulled_in(box, self._size)
        text_scale = self.settings.text_scale
        self._change(place_for(box, self._size, text_scale, self._place()))

    def _resize(self, sign: int) -> None:
        """Resize an instrument; below the minimum size it is hidden."""
        if self.list.chosen not in INSTRUMENTS:
            return
        place = self._place()
        scale = round(place.scale + _SCALE_STEP * sign, 2)
        if not place.shown:
            self._change(msgspec.structs.replace(place, shown=sign > 0))
        elif scale < MIN_SCALE:
            self._change(msgspec.structs.replace(place, shown=False))
        else:
            self._change(msgspec.structs.replace(place, scale=min(scale, MAX_SCALE)))

    def _show_or_hide(self) -> None:
        if self.list.chosen in INSTRUMENTS:
            place = self._place()
            self._change(msgspec.structs.replace(place, shown=not place.shown))

    def _reset(self) -> None:
        if self.list.chosen in INSTRUMENTS:
            self._change(self._first_places.of(self.list.chosen))

    def _place(self) -> Placement:
        return self.settings.places.of(self.list.chosen)

    def _change(self, place: Placement) -> None:
        places = self.settings.places.with_placement(self.list.chosen, place)
        self._rearrange(places)

    def _rearrange(self, places: Placements) -> None:
        self.settings = rearranged(self.settings, places)

    @property
    def _first_places(self) -> Placements:
        """Return the arrangement of the preset that the player began with."""
        preset = self._before.preset if self._before.preset != "own" else "engineer"
        return arrangement(msgspec.structs.replace(self._before, preset=preset or "clean"))

    def _box(self, name: str) -> Box:
        """Return the box in which an instrument is drawn, or would like to be."""
        instrument = lay_out(self._size, self.settings).placed.get(name)
        if instrument is not None:
            return instrument.box
        place = self.settings.places.of(name)
        return wanted_box(name, place, self._size, self.settings.text_scale)

    def _instrument_at(self, place: tuple[int, int]) -> str | None:
        placed = lay_out(self._size, self.settings).placed
        return next(
            (name for name, instrument in placed.items() if instrument.box.holds(place)), None
        )

    def _hide_own_instruments(self) -> None:
        """Draw the picture behind without its own instruments; this is not saved."""
        hidden = msgspec.structs.replace(self.settings, shown=False)
        self._context.settings = msgspec.structs.replace(self._context.settings, hud=hidden)

    def _keep(self) -> None:
        changed = self.settings.places != arrangement(self._before)
        hud = self.settings if changed else self._before
        self._context.apply(msgspec.structs.replace(self._context.settings, hud=hud))

    def _leave(self) -> Scene:
        self._keep()
        return self._back


def _outline(surface: pygame.Surface, box: Box, unit: float, *, chosen: bool) -> None:
    """Draw a thin frame; the chosen instrument's has bright corners."""
    radius = round(9 * unit)
    if not chosen:
        frame = pygame.Surface((box.width, box.height), pygame.SRCALPHA)
        pygame.draw.rect(frame, (*BRIGHT, 90), frame.get_rect(), 1, border_radius=radius)
        surface.blit(frame, (box.left, box.top))
        return
    width = max(2, round(2 * unit))
    pygame.draw.rect(surface, BLUE, pygame.Rect(box).inflate(2, 2), width, border_radius=radius)
