"""Reports laps as they come in: results, JSON lines, progress, a line for what is lost."""

from __future__ import annotations

from collections.abc import Sequence

from game.cli.lap_lines import LapLines
from game.cli.lap_report import lap_line, loss_lines, loss_text
from game.cli.progress import LapsBar
from game.headless.fleet import LapDone, LapsLost, News
from game.headless.results import Results
from game.headless.stint import Conditions, Entrant


class LapReporter:
    """Reports all that comes of a run of laps."""

    def __init__(
        self, conditions: Conditions, entrants: Sequence[Entrant], lines: LapLines, bar: LapsBar
    ) -> None:
        self.results = [Results(entrant) for entrant in entrants]
        self._conditions = conditions
        self._lines = lines
        self._bar = bar
        self._laps = 0  # that are done or lost

    def on_message(self, message: News) -> None:
        """Note what came of a lap or a stint, and report it."""
        results = self.results[message.stint.entrant]
        results.hear(message)
        if isinstance(message, LapDone):
            self._lines.write(lap_line(self._conditions, results.entrant, message))
            self._count(1)
        elif isinstance(message, LapsLost):
            for line in loss_lines(self._conditions, results.entrant, message):
                self._lines.write(line)
            self._bar.say(loss_text(results.entrant, message))
            self._count(message.last_lap - message.first_lap + 1)

    def on_progress(self, lap: int, share: float) -> None:
        """Show where the only car is; lap 0 is the run-up."""
        self._bar.show(f"lap {lap}" if lap else "run-up", self._laps + share if lap else 0.0)

    def _count(self, laps: int) -> None:
        self._laps += laps
        self._bar.show("driving", self._laps)
