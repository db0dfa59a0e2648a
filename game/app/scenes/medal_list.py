"""List the medals of a circuit with their times, as menus show them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.scenes.goal_words import gap_to, goal_ahead
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.medals import draw_medal, draw_medals
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.goals.medals import Medal, MedalTimes, next_medal
from game.translation import N_, _
from game.units import lap_time_text

_DISC: Final = 0.95  # height of a medal, of its text's
_COLUMN_GAP_EM: Final = 1.2
_STEP: Final = 1.2  # from one row to the next, in lines of text
_GAP_EM: Final = 0.55


class MedalRow(NamedTuple):
    """A row shows a medal, its time, and whether the best time has won it."""

    medal: Medal
    time: str
    won: bool

    @property
    def words(self) -> str:
        """Return the medal's name and its time."""
        return f"{_(self.medal.title)} {self.time}"


def medal_rows(times: MedalTimes, best_s: float) -> list[MedalRow]:
    """Return all medals there are, from the easiest."""
    return [MedalRow(each, lap_time_text(times[each]), best_s <= times[each]) for each in times]


def next_medal_fact(times: MedalTimes, best_s: float) -> list[tuple[str, str]]:
    """Return how far away the next medal is, as a name and a value, if there is a best lap."""
    following = next_medal(times, best_s)
    if following is None or math.isinf(best_s):
        return []
    return [(N_("Next medal"), gap_to(following, times, best_s))]


def draw_goal_line(surface: pygame.Surface, garage: Garage, box: Box, px: int) -> None:
    """Draw the medals that the player has won on this circuit, and how far away the next is."""
    targets = garage.targets
    if targets is None:
        style = TextStyle(px, palette.DIM)
        write_line(surface, _("The bot is setting the medal times"), box, style)
        return
    won = [row.medal for row in medal_rows(targets.lap_times, garage.best_s) if row.won]
    end = draw_medals(surface, box.left, box.top + box.height / 2, _DISC * px, won)
    left = round(end + px)
    line = box._replace(left=left, width=box.right - left)
    words = goal_ahead(targets.lap_times, garage.best_s)
    write_line(surface, words, line, TextStyle(px, palette.BRIGHT))


def draw_medals_across(surface: pygame.Surface, rows: Sequence[MedalRow], box: Box, px: int) -> int:
    """Draw the medals side by side, in more lines where there is little room; return their end."""
    width, columns = _columns(rows, box.width, px)
    step = round(_STEP * line_height(px))
    for number, row in enumerate(rows):
        line, column = divmod(number, columns)
        cell = Box(box.left + column * width, box.top + line * step, width, step)
        _draw_medal_row(surface, row, cell, px)
    return box.top + -(-len(rows) // columns) * step


def medals_across_height(rows: Sequence[MedalRow], room: int, px: int) -> int:
    """Return the height of medals drawn side by side in so much width."""
    return -(-len(rows) // _columns(rows, room, px)[1]) * round(_STEP * line_height(px))


def _columns(rows: Sequence[MedalRow], room: int, px: int) -> tuple[int, int]:
    """Return the width of each medal, and how many have room side by side."""
    width = max((_row_width(row, px) for row in rows), default=0) + round(_COLUMN_GAP_EM * px)
    return width, max(room // width, 1)


def draw_medals_down(
    surface: pygame.Surface, rows: Sequence[MedalRow], right: int, top: int, px: int
) -> None:
    """Draw the medals below one another, the hardest at the top, their times to a right edge."""
    step, wide = round(_STEP * line_height(px)), medals_width(rows, px)
    for number, row in enumerate(reversed(rows)):
        cell = Box(right - wide, top + number * step, wide, step)
        name = _draw_disc(surface, row, cell, px)
        write_line(surface, _(row.medal.title), name, _style(row, px))
        write_line(surface, row.time, name, _style(row, px), Align.RIGHT)


def medals_height(rows: Sequence[MedalRow], px: int) -> int:
    """Return the height of medals drawn below one another."""
    return len(rows) * round(_STEP * line_height(px))


def medals_width(rows: Sequence[MedalRow], px: int) -> int:
    """Return the width of medals drawn below one another, names and times in columns."""
    if not rows:
        return 0
    names = max(line_width(_(row.medal.title), px, Weight.BOLD) for row in rows)
    times = max(line_width(row.time, px, Weight.BOLD) for row in rows)
    return round((_DISC + 2.0 * _GAP_EM) * px) + names + times + 2


def _row_width(row: MedalRow, px: int) -> int:
    return round((_DISC + _GAP_EM) * px) + line_width(row.words, px, Weight.BOLD) + 2


def _draw_medal_row(surface: pygame.Surface, row: MedalRow, cell: Box, px: int) -> None:
    write_line(surface, row.words, _draw_disc(surface, row, cell, px), _style(row, px))


def _draw_disc(surface: pygame.Surface, row: MedalRow, cell: Box, px: int) -> Box:
    """Draw the medal at the left of a cell, and return the box beside it."""
    disc = _DISC * px
    middle = (cell.left + disc / 2, cell.top + cell.height / 2)
    draw_medal(surface, middle, disc, row.medal, won=row.won)
    left = cell.left + round(disc + _GAP_EM * px)
    return cell._replace(left=left, width=cell.right - left)


def _style(row: MedalRow, px: int) -> TextStyle:
    colour = palette.BRIGHT if row.won else palette.TEXT
    return TextStyle(px, colour, Weight.BOLD if row.won else Weight.REGULAR)
