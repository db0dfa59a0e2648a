"""The instruments: lap times, speed, power, pedals, where the car is, and what went wrong."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.drive import Drive
from game.app.hud.layout import hud_layout
from game.app.hud.minimap import Minimap
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, text_width, write
from game.app.ui.panel import draw_bar, draw_battery, draw_panel, draw_two_way_bar
from game.simulation.snapshot import Snapshot
from game.track.layout import Corner
from game.track.track import Track
from game.units import kmh, lap_time_text

_BRIGHT: Final = (243, 245, 248)
_DIM: Final = (158, 166, 176)
_ORANGE: Final = (255, 158, 44)
_BLUE: Final = (80, 168, 255)
_RED: Final = (255, 92, 84)
_WHITE: Final = (225, 229, 234)
_CORNER_NEAR_M: Final = 60.0  # before and after a corner its name is shown
_LOSSES: Final = 1.12  # battery power at full power, per power at the motor shafts
_DELTA_SHOWN_S: Final = 6.0  # after a sector line


class Hud:
    """The overlay of one drive."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._layout = hud_layout(1280, 720)
        self._minimap: Minimap | None = None

    def draw(self, surface: pygame.Surface, drive: Drive) -> None:
        """Draw everything over the picture."""
        layout = hud_layout(*surface.get_size())
        if layout != self._layout or self._minimap is None:
            self._layout = layout
            self._minimap = Minimap(self._track, layout.minimap, layout.unit)
        now = drive.now
        self._times(surface, drive)
        self._speed(surface, drive, now)
        self._inputs(surface, drive, now)
        draw_panel(surface, layout.minimap, layout.unit)
        self._minimap.draw(surface, now.x_m, now.y_m)
        self._corner(surface, now.s_m)
        self._verdict(surface, drive)

    def _times(self, surface: pygame.Surface, drive: Drive) -> None:
        layout, now = self._layout, drive.now
        box, unit = layout.times, layout.unit
        draw_panel(surface, box, unit)
        left, right = box.left + 16 * unit, box.right - 16 * unit
        lap = f"LAP {now.lap}" if now.lap else "OUT LAP"
        self._line(surface, lap, left, box.top + 12 * unit, 21, _DIM)
        valid, colour = ("VALID", _BLUE) if now.lap_valid else ("NOT VALID", _RED)
        self._line(surface, valid, right, box.top + 12 * unit, 21, colour, Align.RIGHT)
        running_s = drive.time_s - now.lap_start_s if now.lap else 0.0
        self._line(surface, lap_time_text(running_s), left, box.top + 31 * unit, 50, _BRIGHT)
        delta = _delta_at_sector(drive)
        if delta is not None:
            text, colour = delta
            self._line(surface, text, right, box.top + 41 * unit, 26, colour, Align.RIGHT)
        laps = drive.laps.laps
        rows = (
            ("last", lap_time_text(laps[-1].time_s) if laps else "-:--.---"),
            ("best", lap_time_text(drive.best.time_s) if drive.best.sectors_s else "-:--.---"),
        )
        for row, (name, time_text) in enumerate(rows):
            top = box.top + (77 + 22 * row) * unit
            self._line(surface, name, left, top, 22, _DIM)
            self._line(surface, time_text, left + 50 * unit, top, 22, _BRIGHT)
        self._sectors(surface, drive, box)

    def _sectors(self, surface: pygame.Surface, drive: Drive, box: Box) -> None:
        unit = self._layout.unit
        count = len(self._track.sectors_m)
        wide = (box.width - 32 * unit) / count
        shown, best = _sectors_shown(drive)
        for sector in range(count):
            left = box.left + 16 * unit + sector * wide
            cell = Box(
                round(left), round(box.top + 129 * unit), round(wide - 5 * unit), round(4 * unit)
            )
            done = sector < len(shown)
            colour = _WHITE
            if done and best:
                colour = _BLUE if shown[sector] <= best[sector] else _ORANGE
            draw_bar(surface, cell, float(done), colour)
            text = f"{shown[sector]:.3f}" if done else f"S{sector + 1}"
            shade = _BRIGHT if done else _DIM
            self._line(surface, text, left, box.top + 138 * unit, 22, shade)

    def _speed(self, surface: pygame.Surface, drive: Drive, now: Snapshot) -> None:
        box, unit = self._layout.speed, self._layout.unit
        draw_panel(surface, box, unit)
        left, right = box.left + 18 * unit, box.right - 18 * unit
        speed = f"{abs(kmh(now.velocity_forward_mps)):.0f}"
        self._line(surface, speed, left + 130 * unit, box.top + 14 * unit, 90, _BRIGHT, Align.RIGHT)
        self._line(surface, "km/h", left + 142 * unit, box.top + 48 * unit, 26, _DIM)
        if drive.session.controls[0].reverse:
            self._line(surface, "R", right, box.top + 20 * unit, 40, _ORANGE, Align.RIGHT)
        peak_w = 2.0 * _LOSSES * drive.spec.motor.peak_power_w
        regen_w = drive.spec.battery.regen_power_limit_w
        power_w = now.battery_power_w
        share = power_w / peak_w if power_w >= 0.0 else power_w / max(regen_w, 1.0)
        bar = Box(round(left), round(box.top + 88 * unit), round(right - left), round(10 * unit))
        middle = regen_w / (regen_w + peak_w)
        draw_two_way_bar(surface, bar, share, middle, (_BLUE, _ORANGE))
        kilowatts = round(power_w / 1000.0)
        sign = "+" if kilowatts > 0 else "\N{MINUS SIGN}" if kilowatts < 0 else ""
        word = "regen" if kilowatts < 0 else "power"
        colour = _BLUE if kilowatts < 0 else _ORANGE if kilowatts > 0 else _DIM
        top = box.top + 110 * unit
        self._line(surface, f"{word} {sign}{abs(kilowatts)} kW", left, top, 24, colour)
        charge = f"{100.0 * now.charge:.1f} %"
        self._line(surface, charge, right, top, 24, _BRIGHT, Align.RIGHT)
        middle = right - text_width(charge, round(24 * unit)) - 22 * unit
        draw_battery(surface, (middle, top + 8 * unit), now.charge, unit)

    def _inputs(self, surface: pygame.Surface, drive: Drive, now: Snapshot) -> None:
        box, unit = self._layout.inputs, self._layout.unit
        draw_panel(surface, box, unit)
        left, width = box.left + 18 * unit, box.width - 36 * unit
        half, high = round(width / 2 - 8 * unit), round(8 * unit)
        right = round(left + width - half)
        pedals = (
            ("brake", round(left), now.brake, _RED),
            ("throttle", right, now.throttle, _WHITE),
        )
        for name, x, share, colour in pedals:
            self._line(surface, name, x, box.top + 9 * unit, 20, _DIM)
            draw_bar(surface, Box(x, round(box.top + 26 * unit), half, high), share, colour)
        self._line(surface, "steering", left, box.top + 42 * unit, 20, _DIM)
        lock = now.steering_rad / drive.spec.steering.lock_rad
        bar = Box(round(left), round(box.top + 60 * unit), round(width), high)
        draw_two_way_bar(surface, bar, -lock, 0.5, (_WHITE, _WHITE))

    def _corner(self, surface: pygame.Surface, s_m: float) -> None:
        corner = _corner_near(self._track, s_m)
        if corner is None:
            return
        box, unit = self._layout.corner, self._layout.unit
        text = f"T{corner.number}  {corner.name}".strip()
        draw_panel(surface, box, unit)
        self._line(
            surface, text, box.left + box.width / 2, box.top + 12 * unit, 28, _BRIGHT, Align.CENTRE
        )

    def _verdict(self, surface: pygame.Surface, drive: Drive) -> None:
        """Why the lap does not count."""
        lines = _reasons(drive)
        if not lines:
            return
        box, unit = self._layout.message, self._layout.unit
        draw_panel(surface, box, unit)
        middle = box.left + box.width / 2
        for row, (text, colour) in enumerate(lines):
            top = box.top + (9 + 22 * row) * unit
            self._line(surface, text, middle, top, 24, colour, Align.CENTRE)

    def _line(
        self,
        surface: pygame.Surface,
        text: str,
        x: float,
        y: float,
        size: int,
        colour: Colour,
        align: Align = Align.LEFT,
    ) -> None:
        write(surface, text, (x, y), round(size * self._layout.unit), colour, align)


def _sectors_shown(drive: Drive) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The sectors of this lap, for a while after the line those of the last; and the best's."""
    sectors = tuple(drive.laps.sectors_s)
    fresh = drive.time_s - drive.now.lap_start_s < _DELTA_SHOWN_S
    if not sectors and drive.laps.laps and fresh:
        return drive.laps.laps[-1].sectors_s, drive.best_before.sectors_s
    return sectors, drive.best.sectors_s


def _delta_at_sector(drive: Drive) -> tuple[str, Colour] | None:
    """The difference to the best lap when the last sector line was crossed, for a while."""
    shown, best = _sectors_shown(drive)
    since_s = drive.time_s - drive.now.sector_start_s
    if not best or not shown or since_s > _DELTA_SHOWN_S:
        return None
    delta_s = math.fsum(shown) - math.fsum(best[: len(shown)])
    sign = "\N{MINUS SIGN}" if delta_s < 0.0 else "+"
    return f"{sign}{abs(delta_s):.3f}", _BLUE if delta_s < 0.0 else _ORANGE


def _corner_near(track: Track, s_m: float) -> Corner | None:
    for corner in track.corners:
        if corner.turn_in_m - _CORNER_NEAR_M <= s_m <= corner.exit_m:
            return corner
    return None


def _reasons(drive: Drive) -> list[tuple[str, Colour]]:
    now = drive.now
    excursions = drive.laps.excursions
    if now.beyond_limit_m > 0.0:
        return [
            ("ALL FOUR WHEELS OFF THE TRACK", _RED),
            (f"{now.beyond_limit_m:.1f} m beyond the limit", _BRIGHT),
        ]
    if now.lap_valid or not excursions:
        return []
    worst = max(excursions, key=lambda excursion: excursion.farthest_m)
    corner = _corner_near(drive.track, worst.s_m)
    where = f"T{corner.number}" if corner else f"{worst.s_m:.0f} m"
    return [
        ("LAP NOT VALID", _RED),
        (f"left the track at {where}, {worst.farthest_m:.1f} m beyond the limit", _BRIGHT),
    ]
