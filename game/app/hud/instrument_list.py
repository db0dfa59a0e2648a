"""List all instruments by the names that they have in the settings.

The most important comes first: it keeps its room when room is short.
"""

from __future__ import annotations

from typing import Any, Final

from game.app.hud.battery import Battery
from game.app.hud.corner import CornerName
from game.app.hud.damage import DamageView
from game.app.hud.delta import Delta
from game.app.hud.energy import Energy
from game.app.hud.gg_circle import GgCircle
from game.app.hud.instrument import Instrument
from game.app.hud.lap_times import LapTimes
from game.app.hud.lap_validity import LapValidity
from game.app.hud.mini_sectors import MiniSectors
from game.app.hud.minimap import Minimap
from game.app.hud.pedals import PedalTraces
from game.app.hud.power import Power
from game.app.hud.predicted_lap import PredictedLap
from game.app.hud.race_place import RacePlace
from game.app.hud.sectors import Sectors
from game.app.hud.speed import Speed
from game.app.hud.split_bar import SplitBar
from game.app.hud.standings_tower import StandingsTower
from game.app.hud.weather import WeatherView
from game.app.hud.wheels import Wheels

INSTRUMENTS: Final[dict[str, type[Instrument[Any]]]] = {
    "speed": Speed,
    "lap_times": LapTimes,
    "race_place": RacePlace,
    "standings": StandingsTower,
    "delta": Delta,
    "verdict": LapValidity,
    "energy": Energy,
    "power": Power,
    "split_bar": SplitBar,
    "battery": Battery,
    "minimap": Minimap,
    "sectors": Sectors,
    "mini_sectors": MiniSectors,
    "predicted_lap": PredictedLap,
    "pedals": PedalTraces,
    "gg_circle": GgCircle,
    "wheels": Wheels,
    "corner": CornerName,
    "damage": DamageView,
    "weather": WeatherView,
}

OF_RACES: Final = ("race_place", "standings")
