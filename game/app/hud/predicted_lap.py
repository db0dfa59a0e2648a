"""Show the time that the lap is going to be, and the one that the best sectors make together."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, NamedTuple

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.lap_times import NO_TIME, WIDTH
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, BRIGHT, ORANGE
from game.app.ui.text import Align, Weight
from game.translation import N_, _
from game.units import lap_time_text

_FIGURES_HZ: Final = 10  # faster, nobody reads them
_TIME: Final = 26


class _Predicted(NamedTuple):
    """Holds lap times, s."""

    lap_s: float
    ahead: bool  # of the lap that is compared with
    sectors_s: float | None  # of the best sectors together; None before there are any


class PredictedLap(Instrument[_Predicted]):
    """Shows the lap time if the rest goes as in the lap that is compared with."""

    title = N_("Predicted lap")
    size = (WIDTH, 62)
    placement = Placement("bottom left", 16, 236)

    def key(self, data: HudData) -> Hashable | None:
        """Return a key that changes ten times a second; none while nothing is compared."""
        if data.trace.predicted_s is None:
            return None
        return int(data.time_s * _FIGURES_HZ), data.now.lap

    def figures(self, data: HudData) -> _Predicted:
        """Return the predicted time and that of the best sectors."""
        trace = data.trace
        together = trace.best_sectors.lap
        return _Predicted(
            max(trace.predicted_s or 0.0, 0.0),
            (trace.delta_s or 0.0) < 0.0,
            None if together is None else together.time_s,
        )

    def paint(self, canvas: HudCanvas, figures: _Predicted) -> None:
        """Paint the predicted time over that of the best sectors."""
        right = WIDTH - MARGIN
        canvas.caption(_("PREDICTED"), MARGIN, 12)
        colour = BLUE if figures.ahead else ORANGE
        time = lap_time_text(figures.lap_s)
        canvas.write(time, right, 4, _TIME, colour, Align.RIGHT, Weight.BOLD)
        canvas.caption(_("BEST SECTORS"), MARGIN, 38)
        together = NO_TIME if figures.sectors_s is None else lap_time_text(figures.sectors_s)
        canvas.write(together, right, 38, CAPTION, BRIGHT, Align.RIGHT)
