"""Show the place and the lap in a race or its qualifying, and the gaps ahead and behind."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.app.driving.qualifying_board import QualifyingBoard, QualifyingRow, between_s
from game.app.driving.race_board import BoardRow, RaceBoard
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.hud.standings_tower import WIDTH
from game.app.ui.palette import BLUE, BRIGHT, LABEL, ORANGE, Colour
from game.app.ui.text import Align, Weight
from game.translation import N_, _

_ARROW: Final = 9.0
_GAP_WIDTH: Final = 64.0
_NO_GAP: Final = "\N{EN DASH}"


class _Neighbour(NamedTuple):
    """Holds the words about a car that is a place away."""

    name: str
    gap: str


class _PlaceFigures(NamedTuple):
    """Holds what changes a few times a second."""

    place: str
    cars: str
    length: str  # laps, or the time that is left ...
    caption: str  # ... and what is said before it
    ahead: _Neighbour | None
    behind: _Neighbour | None
    note: str  # a penalty, or in qualifying the gap to pole
    note_colour: Colour


class RacePlace(Instrument[_PlaceFigures]):
    """Shows what a driver is told over the radio."""

    title = N_("Place in the race")
    size = (WIDTH, 98)
    placement = Placement("bottom right", 16, 356)  # above the standings

    def is_needed(self, data: HudData) -> bool:
        """Return whether there is a race or a qualifying."""
        return data.race is not None or data.qualifying is not None

    def figures(self, data: HudData) -> _PlaceFigures | None:
        """Return the place, the lap, and who is near."""
        if data.qualifying is not None:
            return _in_qualifying(data.qualifying)
        return None if data.race is None else _in_race(data.race)

    def paint(self, canvas: HudCanvas, figures: _PlaceFigures) -> None:
        """Paint place and lap large, the neighbours below them."""
        right = WIDTH - MARGIN
        canvas.write(figures.place, MARGIN - 1, 0, 46, BRIGHT, weight=Weight.BOLD)
        beside = MARGIN + canvas.width(figures.place, 46, Weight.BOLD) + 2
        canvas.write(figures.cars, beside, 17, 24, LABEL)
        canvas.write(figures.length, right, 17, 24, BRIGHT, Align.RIGHT, Weight.BOLD)
        left = right - canvas.width(figures.length, 24, Weight.BOLD) - 6
        if figures.note:
            colour = figures.note_colour
            canvas.write(figures.note, right, 1, CAPTION, colour, Align.RIGHT, Weight.BOLD)
        canvas.caption(figures.caption, left, 20, Align.RIGHT)
        _paint_neighbour(canvas, figures.ahead, 51.0, BLUE, up=True)
        _paint_neighbour(canvas, figures.behind, 73.0, ORANGE, up=False)


def _length_text(race: RaceBoard) -> str:
    """Return the lap of those of the race, or the time that is left in one by minutes."""
    if not race.length.is_by_minutes:
        return f"{race.lap}/{race.length.laps}"
    minutes, seconds = divmod(math.ceil(race.time_left_s), 60)
    return f"{minutes}:{seconds:02d}"


def _in_race(race: RaceBoard) -> _PlaceFigures:
    penalty_s = race.own.standing.penalty_s
    return _PlaceFigures(
        place=_("P{place}").format(place=race.place),
        cars=f"/{len(race.rows)}",
        length=_length_text(race),
        caption=_("LAP {number}").format(number=race.lap)
        if race.length.is_by_minutes
        else _("LAP"),
        ahead=_neighbour(race.ahead, race.gap_ahead_s),
        behind=_neighbour(race.behind, race.gap_behind_s),
        note=f"+{penalty_s:.0f} s" if penalty_s else "",
        note_colour=ORANGE,
    )


def _in_qualifying(board: QualifyingBoard) -> _PlaceFigures:
    own = board.own
    return _PlaceFigures(
        place=_("P{place}").format(place=board.place),
        cars=f"/{len(board.rows)}",
        length=f"{board.lap}/{board.laps}",
        caption=_("LAP"),
        ahead=_qualified(board.ahead, own),
        behind=_qualified(board.behind, own),
        note=f"+{own.gap_s:.3f}" if own.has_time and board.place > 1 else "",
        note_colour=LABEL,
    )


def _qualified(row: QualifyingRow | None, own: QualifyingRow) -> _Neighbour | None:
    """Return who is a place ahead or behind by a lap, and how far off in thousandths."""
    if row is None:
        return None
    apart_s = abs(between_s(row, own))
    gap = _NO_GAP if math.isinf(apart_s) else f"{apart_s:.3f} s"
    return _Neighbour(row.entrant.name, gap)


def _neighbour(row: BoardRow | None, gap_s: float) -> _Neighbour | None:
    if row is None:
        return None
    return _Neighbour(row.name, _NO_GAP if math.isinf(gap_s) else f"{gap_s:.1f} s")


def _paint_neighbour(
    canvas: HudCanvas, shown: _Neighbour | None, y: float, colour: Colour, *, up: bool
) -> None:
    """Paint an arrow forwards or backwards, who is there, and how far away."""
    if shown is None:
        return
    canvas.arrow(MARGIN, y + 5.0, _ARROW, colour, up=up)
    left, right = MARGIN + 18.0, WIDTH - MARGIN
    name = canvas.shortened(shown.name, right - _GAP_WIDTH - left, CAPTION)
    canvas.write(name, left, y, CAPTION, LABEL)
    canvas.write(shown.gap, right, y, CAPTION, BRIGHT, Align.RIGHT)
