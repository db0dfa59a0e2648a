"""Draw the board beside a pause's menu: the car, the keys, the laps so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.driving.drive import Drive
from game.app.menus.menu import key_hint
from game.app.scenes.lap_table import lap_summary
from game.app.scenes.medal_list import (
    draw_medals_down,
    medal_rows,
    medals_height,
    medals_width,
    next_medal_fact,
)
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_map import CircuitMap
from game.app.ui.footer import draw_hint, hint_width
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    line_width,
    wrapped,
    write_line,
)
from game.app.ui.theme import Metrics
from game.recording.lap_recorder import Lap
from game.translation import N_, _
from game.units import lap_time_text

_NAME_PX: Final = 15
_LAP_PX: Final = 17
_VALUE_PX: Final = 22
_FACT_GAP_PX: Final = 10
_KEY_PX: Final = 14
_KEY_STEP_EM: Final = 2.05
_KEY_EM: Final = 1.55
_COLUMN_GAP_EM: Final = 2.4
_LAPS: Final = 3  # of the last laps
_MIN_MAP: Final = 110  # units either way: a smaller map says nothing
_MAX_MAP: Final = 330
_CORNER_PX: Final = 12
_KEYS: Final = (
    (N_("Throttle"), ("throttle",)),
    (N_("Brake, reverse"), ("brake",)),
    (N_("Steer"), ("steer_left", "steer_right")),
    (N_("Restart"), ("restart",)),
    (N_("Reset to track"), ("reset",)),
    (N_("Camera"), ("camera",)),
    (N_("Whole circuit"), ("whole_track",)),
    (N_("Instruments"), ("hud",)),
    (N_("Next delta"), ("reference",)),
    (N_("Keep state"), ("keep_state",)),
    (N_("Return to state"), ("return_to_state",)),
    (N_("Rewind 5 s"), ("rewind",)),
    (N_("Slow motion"), ("slow_motion",)),
    (N_("Loop a corner"), ("loop_corner",)),
    (N_("Photo mode"), ("photo",)),
    (N_("Full screen"), ("fullscreen",)),
)


class PauseBoard:
    """Draws the right part of the pause menu."""

    def __init__(self, garage: Garage, drive: Drive) -> None:
        self._context = garage.context
        self._map = CircuitMap(garage.track)
        car = drive.followed
        self._car_m = (car.now.x_m, car.now.y_m)
        times = {} if garage.targets is None else garage.targets.lap_times
        best_s = car.best.time_s
        self._medals = medal_rows(times, best_s)
        self._laps = car.laps.laps[-_LAPS:]
        self._facts = lap_summary(drive)
        self._facts[1:1] = next_medal_fact(times, best_s)

    def draw(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> list[Box]:
        """Draw the laps at the right of a box; map and keys between them and its left edge.

        Returns the boxes of all three.
        """
        medals_wide = medals_width(self._medals, sizes.text(_VALUE_PX))
        wide = max(12 * sizes.text(_NAME_PX), medals_wide)
        laps = box._replace(left=box.right - wide, width=wide)
        drawn = [self._draw_laps(surface, laps, sizes)]
        room = box._replace(width=box.width - wide - sizes.space(24))
        keys = self._draw_keys(surface, room, sizes)
        keys_high = 0 if keys is None else keys.height
        drawn += [] if keys is None else [keys]
        map_box = room._replace(height=room.height - keys_high)
        smallest, largest = sizes.space(_MIN_MAP), sizes.space(_MAX_MAP)
        if map_box.width >= smallest and map_box.height >= smallest:
            high = min(map_box.height, largest)
            map_box = map_box._replace(height=high)
            self._map.draw(surface, map_box, None, {}, sizes.space(_CORNER_PX))
            self._map.draw_car(surface, map_box, self._car_m)
            drawn.append(map_box)
        return drawn

    def _draw_keys(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> Box | None:
        """Draw the keys at the foot of a box if there is room, and return where, with a gap."""
        em = sizes.text(_KEY_PX)
        pad = self._context.inputs.last_device == "pad"
        hints = [key_hint(self._context, words, actions) for words, actions in _KEYS]
        hints = [each for each in hints if (each.buttons if pad else each.keys)]
        if not hints:
            return None
        wide = max(hint_width(each, em, pad=pad) for each in hints)
        gap = round(_COLUMN_GAP_EM * em)
        columns = min((box.width + gap) // (wide + gap), 2)
        if columns < 1:
            return None
        step = round(_KEY_STEP_EM * em)
        rows = -(-len(hints) // columns)
        high = rows * step
        if high > box.height:
            return None
        for number, hint in enumerate(hints):
            column, row = divmod(number, rows)
            left = box.left + column * (wide + gap)
            place = Box(left, box.bottom - high + row * step, wide, round(_KEY_EM * em))
            draw_hint(surface, place, hint, em, pad=pad)
        across = columns * wide + (columns - 1) * gap
        return Box(box.left, box.bottom - high - step, across, high + step)

    def _draw_laps(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> Box:
        """Draw the medals, the last laps, and what all laps come to; return where.

        They stand from the upper edge of a box on.
        """
        small, large = sizes.text(_NAME_PX), sizes.text(_VALUE_PX)
        draw_medals_down(surface, self._medals, box.right, box.top, large)
        top = box.top + medals_height(self._medals, large) + (small if self._medals else 0)
        top += self._draw_last_laps(surface, box._replace(top=top, height=box.bottom - top), sizes)
        for name, value in self._facts:
            lines, style = _value_lines(value, box.width, sizes)
            step = line_height(style.px)
            if top + line_height(small) + len(lines) * step > box.bottom:
                break
            line = Box(box.left, top, box.width, line_height(small))
            write_line(surface, _(name), line, TextStyle(small, palette.DIM), Align.RIGHT)
            for number, text in enumerate(lines):
                under = line._replace(top=line.bottom + number * step, height=step)
                write_line(surface, text, under, style, Align.RIGHT)
            top = line.bottom + len(lines) * step + sizes.text(_FACT_GAP_PX)
        return box._replace(height=top - box.top)

    def _draw_last_laps(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> int:
        """Draw the last laps, the latest first, and return their height."""
        small, px = sizes.text(_NAME_PX), sizes.text(_LAP_PX)
        high = line_height(small) + len(self._laps) * line_height(px) + sizes.text(10)
        if not self._laps or high > box.height:
            return 0
        head = box._replace(height=line_height(small))
        write_line(surface, _("Last laps"), head, TextStyle(small, palette.DIM), Align.RIGHT)
        for number, lap in enumerate(reversed(self._laps)):
            top = head.bottom + number * line_height(px)
            _draw_lap(surface, lap, Box(box.left, top, box.width, line_height(px)), px)
        return high


def _value_lines(value: str, width: int, sizes: Metrics) -> tuple[Sequence[str], TextStyle]:
    """Return a fact's value in a large line, or in smaller ones if it is too long for one."""
    large = TextStyle(sizes.text(_VALUE_PX), palette.BRIGHT, Weight.BOLD)
    if line_width(value, large.px, large.weight) <= width:
        return (value,), large
    small = TextStyle(sizes.text(_LAP_PX), palette.BRIGHT)
    return wrapped(value, width, small.px), small


def _draw_lap(surface: pygame.Surface, lap: Lap, line: Box, px: int) -> None:
    """Draw a lap's number and time; one that does not count is crossed out."""
    colour = palette.BRIGHT if lap.valid else palette.DIM
    time = lap_time_text(lap.time_s)
    write_line(surface, time, line, TextStyle(px, colour, Weight.BOLD), Align.RIGHT)
    wide = line_width(time, px, Weight.BOLD)
    if not lap.valid:
        middle = line.top + line.height // 2
        ends = (line.right - wide, middle), (line.right, middle)
        pygame.draw.line(surface, palette.VERMILION, *ends, max(px // 9, 1))
    before = line._replace(width=max(line.width - wide - px, 1))
    write_line(surface, str(lap.number), before, TextStyle(px, palette.DIM), Align.RIGHT)
