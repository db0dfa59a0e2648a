"""Show the order of a race or qualifying as a tower: places, numbers, names, gaps to the first."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import pygame

from game.app.driving.qualifying_board import QualifyingBoard, QualifyingRow
from game.app.driving.race_board import BoardRow, RaceBoard
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.hud.style import InstrumentStyle
from game.app.ui.box import Box
from game.app.ui.palette import BRIGHT, DIM, INK, LABEL, TEXT, Colour
from game.app.ui.text import Align, Weight
from game.translation import N_, _

ROWS: Final = 9  # that there is room for
WIDTH: Final = 212  # which the place in the race shares
_ROW: Final = 22.0
_PAD: Final = 6.0
_CHIP: Final = 27.0  # width of a number
_PLACE_RIGHT: Final = 29.0
_CHIP_LEFT: Final = 35.0
_NAME_LEFT: Final = 68.0
_GAP_WIDTH: Final = 52.0
_RIGHT: Final = WIDTH - 11.0
_OWN: Final = (255, 255, 255, 40)
_DARK_INK: Final = 0.45  # of full light, from which a colour has dark figures on it


class TowerRow(NamedTuple):
    """Holds the words of a row."""

    place: str
    number: str
    name: str
    gap: str
    colour: Colour
    is_own: bool
    is_out: bool


class StandingsTower(Instrument[tuple[TowerRow, ...]]):
    """Shows up to nine cars: all, or the leader and those about the player."""

    title = N_("Standings")
    size = (WIDTH, round(ROWS * _ROW + 2 * _PAD))
    placement = Placement("bottom right", 16, 140)

    def is_needed(self, data: HudData) -> bool:
        """Return whether there is a race or a qualifying."""
        return data.race is not None or data.qualifying is not None

    def figures(self, data: HudData) -> tuple[TowerRow, ...] | None:
        """Return the rows that are shown."""
        if data.qualifying is not None:
            return qualifying_rows(data.qualifying)
        return None if data.race is None else tower_rows(data.race)

    def filled_box(self, box: Box, style: InstrumentStyle, data: HudData) -> Box:
        """Return the part of its box that has rows."""
        rows = self.figures(data) or ()
        return box._replace(height=min(round(_height(len(rows)) * style.unit), box.height))

    def draw(
        self, surface: pygame.Surface, box: Box, style: InstrumentStyle, data: HudData
    ) -> None:
        """Draw the tower, no higher than it has rows."""
        super().draw(surface, self.filled_box(box, style, data), style, data)

    def paint(self, canvas: HudCanvas, figures: tuple[TowerRow, ...]) -> None:
        """Paint all rows."""
        for number, row in enumerate(figures):
            _paint_row(canvas, row, _PAD + number * _ROW)


def tower_rows(race: RaceBoard) -> tuple[TowerRow, ...]:
    """Return the rows of a tower: those that have no room are neither first nor near the player."""
    return tuple(
        _row(place, race.rows[place - 1]) for place in _shown_places(len(race.rows), race.place)
    )


def qualifying_rows(board: QualifyingBoard) -> tuple[TowerRow, ...]:
    """Return the rows of a tower of qualifying, chosen in the same way."""
    return tuple(
        _qualifying_row(place, board.rows[place - 1])
        for place in _shown_places(len(board.rows), board.place)
    )


def _shown_places(count: int, own: int) -> list[int]:
    """Return the places, from 1, that there is room for: the first, and those about one's own."""
    if count <= ROWS:
        return list(range(1, count + 1))
    begin = min(max(own - ROWS // 2, 2), count - ROWS + 2)
    return [1, *range(begin, begin + ROWS - 1)]


def _qualifying_row(place: int, row: QualifyingRow) -> TowerRow:
    livery = row.entrant.livery
    gap = f"+{row.gap_s:.3f}" if row.has_time and place > 1 else ""
    return TowerRow(
        str(place), livery.number, row.entrant.name, gap, livery.signal, row.is_own, is_out=False
    )


def _row(place: int, row: BoardRow) -> TowerRow:
    standing = row.standing
    return TowerRow(
        str(place),
        row.number,
        row.name,
        _gap(place, row),
        row.colour,
        row.is_own,
        bool(standing.retired),
    )


def _gap(place: int, row: BoardRow) -> str:
    standing = row.standing
    if row.out:
        return row.out
    if standing.laps_down:
        return _("+{laps} L").format(laps=standing.laps_down)
    if place == 1 or math.isinf(standing.gap_s):
        return ""
    return f"+{standing.gap_s:.1f}"


def _height(rows: int) -> float:
    return rows * _ROW + 2 * _PAD


def _paint_row(canvas: HudCanvas, row: TowerRow, y: float) -> None:
    if row.is_own:
        band = canvas.box(4.0, y, WIDTH - 8.0, _ROW)
        lit = pygame.Surface((band.width, band.height), pygame.SRCALPHA)
        pygame.draw.rect(lit, _OWN, lit.get_rect(), border_radius=round(4 * canvas.unit))
        canvas.surface.blit(lit, (band.left, band.top))
    weight = Weight.BOLD if row.is_own else Weight.REGULAR
    colour = DIM if row.is_out else BRIGHT if row.is_own else TEXT
    text_y = y + 0.5 * (_ROW - CAPTION)
    canvas.write(row.place, _PLACE_RIGHT, text_y, CAPTION, colour, Align.RIGHT, weight)
    chip = canvas.box(_CHIP_LEFT, y + 3.0, _CHIP, _ROW - 6.0)
    pygame.draw.rect(canvas.surface, row.colour, chip, border_radius=round(3 * canvas.unit))
    middle = _CHIP_LEFT + 0.5 * _CHIP
    canvas.write(
        row.number, middle, text_y, CAPTION, _ink_on(row.colour), Align.CENTRE, Weight.BOLD
    )
    room = _RIGHT - _GAP_WIDTH - _NAME_LEFT - 4.0
    name = canvas.shortened(row.name, room, CAPTION, weight)
    canvas.write(name, _NAME_LEFT, text_y, CAPTION, colour, weight=weight)
    gap_colour = colour if row.is_own else LABEL
    canvas.write(row.gap, _RIGHT, text_y, CAPTION, gap_colour, Align.RIGHT, weight)


def _ink_on(colour: Colour) -> Colour:
    """Return the colour of figures that are legible on a number's plate."""
    red, green, blue = (part / 255.0 for part in colour)
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > _DARK_INK else BRIGHT
