"""Moments to look at: an example, and one in which every figure is as long as it may get."""

import dataclasses
from functools import cache
from types import SimpleNamespace
from typing import NamedTuple

import pygame
import pytest

from game.app.driving.driven_car import Best
from game.app.hud import hud_canvas
from game.app.hud.example import example
from game.app.hud.hud_data import EnergyUsed
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import lay_out
from game.app.hud.style import InstrumentStyle
from game.app.ui.text import Align, Weight, text_width, write
from game.recording.lap_recorder import Lap, LapExcursion
from game.track.corners import Corner

LONG_NAME = 'Curva del Maestro Manuel "Champi" Herreros y Señora'
LONGEST_S = 599.999


@pytest.fixture(scope="session")
def data(track, spec, setup):
    """An ordinary moment in which every instrument has something to show."""
    return example(track, spec, setup)


@pytest.fixture(scope="session")
def extreme(data):
    """The longest figures there are."""
    corner = data.track.corner_near(data.now.s_m)
    long = Corner(88, LONG_NAME, "right", corner.turn_in_m, corner.apex_m, corner.exit_m)
    sectors_s = (288.888,) * 3
    laps = SimpleNamespace(
        laps=[Lap(99, LONGEST_S, sectors_s, True, 0.0, 0.0, 0.0, ())],
        sectors_s=list(sectors_s),
        excursions=[LapExcursion(data.now.s_m, 88.8, 3.0)],
        missed_gate=0,
    )
    trace = SimpleNamespace(
        delta_s=-99.999,
        predicted_s=LONGEST_S,
        reference_name="Bronze",
        last_deltas_s=lambda count: [-9.0, 9.0] * (count // 2),
        line=None,
        gains_s=lambda: (-9.0, 9.0) * 12,
        best_sectors=SimpleNamespace(lap=SimpleNamespace(time_s=LONGEST_S)),
    )
    now = data.now._replace(
        lap=100,
        lap_start_s=data.time_s - LONGEST_S,
        velocity_forward_mps=-300.0 / 3.6,
        battery_power_w=-240_000.0,
        battery_voltage_v=410.0,
        front_torque_nm=-320.0,
        rear_torque_nm=-320.0,
        front_power_w=-120_000.0,
        rear_power_w=-120_000.0,
        charge=1.0,
        battery_temperature_k=473.0,
        front_winding_k=473.0,
        rear_winding_k=473.0,
        accel_left_mps2=90.0,
    )
    return data._replace(
        track=dataclasses.replace(data.track, corners=(long,)),
        now=now,
        laps=laps,
        trace=trace,
        best=Best(LONGEST_S, sectors_s),
        best_before=Best(),
        reverse=True,
        energy=EnergyUsed(9.9, 99.99, 0.0, None),
    )


class Line(NamedTuple):
    """A line of text, the pixels it takes up, and its height from accents to descenders."""

    text: str
    ink: pygame.Rect
    height: int
    colour: tuple[int, int, int]


@cache
def ink_at_origin(text, height, weight):
    """The width of a line, and the pixels that it takes up from its upper left corner."""
    width = text_width(text, height, weight)
    clean = pygame.Surface((width + 2 * height, 3 * height), pygame.SRCALPHA)
    write(clean, text, (height, height), height, (255, 255, 255), weight=weight)
    return width, clean.get_bounding_rect().move(-height, -height)


def ink(text, place, height, align=Align.LEFT, weight=Weight.REGULAR):
    """The pixels that a line takes up."""
    width, taken = ink_at_origin(text, height, weight)
    return taken.move(round(place[0] - align.value * width), round(place[1]))


@pytest.fixture
def texts_of(monkeypatch, offscreen):
    """Draws a window's instruments; for each its box and the ink of every line, with the text."""

    def draw(data, size, settings):
        surface = offscreen(size)
        drawn = {}
        for name, instrument in lay_out(size, settings).placed.items():
            lines = []

            def note(target, text, place, height, colour, *rest, lines=lines, box=instrument.box):
                taken = ink(text, place, height, *rest)
                if target is surface:
                    taken = taken.move(-box.left, -box.top)
                if text.strip():
                    lines.append(Line(text, taken, height, colour))
                write(target, text, place, height, colour, *rest)

            monkeypatch.setattr(hud_canvas, "write", note)
            monkeypatch.setattr(hud_canvas, "draw_panel", lambda *_: None)  # behind all texts
            style = InstrumentStyle(
                instrument.unit, settings.opacity, settings.speed_unit, instrument.align
            )
            INSTRUMENTS[name]().draw(surface, instrument.box, style, data)
            drawn[name] = (instrument, lines)
        return drawn

    return draw


@pytest.fixture
def ink_of(offscreen):
    """The pixels that a text of a height takes up."""
    offscreen((64, 64))
    return lambda text, height: ink(text, (0, 0), height)
