"""Show the weather: temperatures, wind as the driver meets it, rain, what lies on the road."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import pygame

from game.app.effects.road_water import RoadWater
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, BRIGHT, LABEL
from game.app.ui.text import Align
from game.track.track import Track
from game.translation import N_, _
from game.units import TAU, celsius, kmh, mph
from game.weather.tables import mean_wind
from game.weather.weather import CLEAR_NOON, Weather

_WIDTH: Final = 212
_LINES: Final = (4, 24, 44)
_RIGHT: Final = _WIDTH - MARGIN
_DIRECTIONS: Final = 16
_ARROW: Final = 11  # half of its length


class _WeatherFigures(NamedTuple):
    """Holds what is shown, in steps that can be told apart."""

    air_c: int
    road_c: int
    wind_kmh: int
    wind_mph: int
    blows_to: int  # a sixteenth of a turn, anticlockwise from the car's nose
    is_wet: bool
    rain_mmph: int
    water_mm: float
    rubber_percent: int | None  # where it changes


class WeatherView(Instrument[_WeatherFigures]):
    """Shows the weather where it is another than the usual one."""

    title = N_("Weather")
    size = (_WIDTH, 68)
    placement = Placement("top right", 16, 226)

    def __init__(self) -> None:
        super().__init__()
        self._water: RoadWater | None = None
        self._place: tuple[Track | None, Weather] = (None, CLEAR_NOON)  # that it is the water of

    def is_needed(self, data: HudData) -> bool:
        """Return whether there is anything to say: not at a clear noon."""
        return data.spec.weather != CLEAR_NOON

    def figures(self, data: HudData) -> _WeatherFigures | None:
        """Return the weather where the car is."""
        weather = data.spec.weather
        if not self.is_needed(data):
            return None
        track, known = self._place
        if self._water is None or track is not data.track or known is not weather:
            self._water, self._place = RoadWater(data.track, weather), (data.track, weather)
        now = self._water.weather(data.time_s)
        wind = mean_wind(now)
        turn = (math.atan2(wind.y_mps, wind.x_mps) - data.now.heading_rad) / TAU
        return _WeatherFigures(
            round(celsius(now.air_temperature_k)),
            round(celsius(now.road_temperature_k)),
            round(kmh(now.wind_mps)),
            round(mph(now.wind_mps)),
            round(_DIRECTIONS * turn) % _DIRECTIONS,
            weather.is_wet,
            round(now.rain_mmph),
            round(1000.0 * self._water.depth_m(data.now), 1),
            None if weather.rubber is None else round(100.0 * self._water.rubber(data.now)),
        )

    def paint(self, canvas: HudCanvas, figures: _WeatherFigures) -> None:
        """Paint a line for temperatures, one for the wind, and one for water or rubber."""
        air, road = (f"{value} °C" for value in (figures.air_c, figures.road_c))
        canvas.caption(_("AIR / ROAD"), MARGIN, _LINES[0])
        canvas.write(f"{air} / {road}", _RIGHT, _LINES[0], CAPTION, BRIGHT, Align.RIGHT)
        unit = canvas.style.speed_unit
        wind = figures.wind_kmh if unit == "km/h" else figures.wind_mph
        canvas.caption(_("WIND"), MARGIN, _LINES[1])
        canvas.write(f"{wind} {unit}", _RIGHT - 28, _LINES[1], CAPTION, BRIGHT, Align.RIGHT)
        if wind:
            _arrow(canvas, _RIGHT - 10, _LINES[1] + 11, figures.blows_to)
        if figures.is_wet:
            rain = _("RAIN {rate} mm/h").format(rate=figures.rain_mmph)
            canvas.write(rain, MARGIN, _LINES[2], CAPTION, LABEL)
            water = f"{figures.water_mm:.1f} mm"
            canvas.write(water, _RIGHT, _LINES[2], CAPTION, BLUE, Align.RIGHT)
        elif figures.rubber_percent is not None:
            canvas.caption(_("RUBBER"), MARGIN, _LINES[2])
            rubber = f"{figures.rubber_percent} %"
            canvas.write(rubber, _RIGHT, _LINES[2], CAPTION, BRIGHT, Align.RIGHT)


def _arrow(canvas: HudCanvas, x: float, y: float, direction: int) -> None:
    """Draw where the wind blows to; upwards is where the car's nose points."""
    angle_rad = 0.5 * math.pi + TAU * direction / _DIRECTIONS
    cos, sin = math.cos(angle_rad), -math.sin(angle_rad)
    corners = ((1.0, 0.0), (-0.8, 0.62), (-0.45, 0.0), (-0.8, -0.62))
    points = [
        canvas.place(x + _ARROW * (a * cos - b * sin), y + _ARROW * (a * sin + b * cos))
        for a, b in corners
    ]
    pygame.draw.polygon(canvas.surface, BRIGHT, points)
    pygame.draw.aalines(canvas.surface, BRIGHT, True, points)
