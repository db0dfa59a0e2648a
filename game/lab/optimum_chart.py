"""Draw a chart of the bot's lap beside the optimal lap."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

import numpy as np

from game.arrays import Array
from game.files import write_bytes
from game.lab.bot_lap import BotLap
from game.optimum.kept_laps import OptimalLap
from game.optimum.trajectory import Trajectory
from game.track.track import Track
from game.units import kmh, lap_time_text

_BLUE: Final = "#0b63a8"
_ORANGE: Final = "#c2570c"
_GREY: Final = "#8894a3"
_STYLE: Final[Any] = {
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e6eaee",
    "legend.frameon": False,
}
_WIDTH_IN: Final = 11.0
_ROW_IN: Final = 1.75
_DPI: Final = 110
_ROWS: Final = (
    "speed, km/h",
    "from the centreline, m",
    "pedals",
    "slip, share of peak",
    "bot later by, s",
)


def draw_optimum(path: Path, title: str, track: Track, lap: OptimalLap, bot: BotLap) -> None:
    """Write the chart of both laps. Raises InputError if it cannot be written."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH_IN, _ROW_IN * len(_ROWS) + 0.6), layout="constrained")
        axes = figure.subplots(len(_ROWS), 1, sharex=True)
        figure.suptitle(
            f"{title}: optimum {lap_time_text(lap.lap_time_s)}, bot {lap_time_text(bot.lap_time_s)}"
        )
        _draw_pairs(axes, lap, bot)
        axes[-1].plot(lap.s_m, later_s(track, lap, bot), color=_ORANGE, lw=1.4)
        for axis, name in zip(axes, _ROWS, strict=True):
            axis.set_ylabel(name)
            _mark_corners(axis, track)
        axes[0].legend(loc="lower right", ncols=2)
        axes[-1].set_xlabel("along the lap, m")
        axes[-1].set_xlim(0.0, track.length_m)
        stream = io.BytesIO()
        figure.savefig(stream, format=path.suffix[1:], dpi=_DPI)
    write_bytes(path, stream.getvalue())


def later_s(track: Track, lap: OptimalLap, bot: BotLap) -> Array:
    """Return how much later than the optimum the bot is at the optimum's points, s."""
    s_m = np.concatenate([[0.0], bot.s_m, [track.length_m]])
    time_s = np.concatenate([[0.0], bot.time_s, [bot.lap_time_s]])
    order = np.argsort(s_m, kind="stable")
    later: Array = np.interp(lap.s_m, s_m[order], time_s[order]) - lap.time_s
    return later


def _draw_pairs(axes: Any, lap: OptimalLap, bot: BotLap) -> None:
    """Draw the quantities that both laps have."""
    driven = lap.trajectory
    pairs = (
        (kmh(1.0) * _speed(driven), kmh(1.0) * bot.speed_mps),
        (driven.row("offset_m"), bot.offset_m),
        (driven.row("pedal"), bot.pedal),
        (lap.slip, bot.slip),
    )
    for axis, (best, driven_by_bot) in zip(axes, pairs, strict=False):
        axis.plot(bot.s_m, driven_by_bot, color=_ORANGE, lw=1.1, label="bot")
        axis.plot(lap.s_m, best, color=_BLUE, lw=1.1, label="optimum")


def _speed(driven: Trajectory) -> Array:
    speed: Array = np.hypot(driven.row("forward_mps"), driven.row("left_mps"))
    return speed


def _mark_corners(axis: Any, track: Track) -> None:
    for corner in track.corners:
        axis.axvline(corner.apex_m, color=_GREY, lw=0.5, alpha=0.5)
