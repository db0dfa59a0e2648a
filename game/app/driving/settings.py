"""Hold what the player may choose of how a drive begins and goes on."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta

from game.app.view.split_window import SplitLayout
from game.recording.car_label import LiveryName
from game.toml_files import TomlTable
from game.vehicle.damage import DamageMode
from game.weather.weather import DEFAULT_WEATHER

SLOWEST_PACE: Final = 0.75  # of the bot whose ghost drives along


class GhostSettings(TomlTable, frozen=True):
    """Keeps which laps drive along as ghosts."""

    best: bool = True  # of the player on this circuit, with this car and tyre
    session: bool = False  # the best since the drive began
    last: bool = False
    goal: bool = True  # the player's own, a little ahead of the best lap
    medals: Literal["next", "all", "none"] = "next"
    bot: bool = False  # in the player's own setup
    bot_pace: Annotated[float, Meta(ge=SLOWEST_PACE, le=1.0)] = 0.95
    files: bool = True  # replays that were named when the program was started


class DriveSettings(TomlTable, frozen=True):
    """Keeps the waits before a drive begins and after a pause."""

    # What hits do: nothing, half as much and mended by a reset, or all that they can.
    damage: DamageMode = "reduced"
    weather: str = DEFAULT_WEATHER  # by its name, or the path of its file
    # "first": when a drive begins, and when it is restarted from a menu, but not by the key.
    start_lights: Literal["off", "first", "always"] = "first"
    resume_countdown: bool = True  # after a pause at speed
    # Of this computer, to which telemetry is sent while the player drives; 0: to none.
    telemetry_port: Annotated[int, Meta(ge=0, le=65535)] = 0
    key_hints: bool = True  # keys are shown when they would help, each once
    keys_taught: tuple[str, ...] = ()  # lessons that were shown, or that the player knew


class RaceSettings(TomlTable, frozen=True):
    """Keeps the race that was chosen last."""

    length: Literal["laps", "minutes"] = "laps"  # which of the two it goes by
    laps: Annotated[int, Meta(ge=1, le=50)] = 5
    minutes: Annotated[int, Meta(ge=1, le=120)] = 10
    field: Annotated[int, Meta(ge=2, le=64)] = 8  # cars, as far as the grid has boxes
    strength: Literal["easy", "medium", "strong"] = "medium"
    # By "lap" the player's best lap decides among the bots' planned ones; without one it is last.
    # For "qualifying" the player drives laps before the race, the best of which decides.
    grid: Literal["qualifying", "lap", "reversed", "first", "last"] = "lap"


class TwoPlayerSettings(TomlTable, frozen=True):
    """Keeps how two players drive at one machine."""

    layout: SplitLayout = "auto"
    livery: LiveryName = "azure"  # of the second one; the first has that of the player's car
    setup: str = ""  # of the second one, by its name; empty: that of the first
