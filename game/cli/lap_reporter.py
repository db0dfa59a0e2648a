"""Where laps are noted as they come in: results, JSON lines, progress, a line for what is lost."""

from __future__ import annotations

from collections.abc import Sequence

from game.cli.lap_lines import LapLines
from game.cli.lap_report import lap_line, loss_lines, loss_text
from game.cli.progress import LapsBar
from game.headless.fleet import LapDone, LapsLost, News
from game.headless.results import Results
from game.headless.stint import Conditions, Entrant


class TimingDesk:
    """Hears all news of a run of laps."""

    def __init__(
        self, conditions: Conditions, entrants: Sequence[Entrant], lines: LapLines, bar: LapsBar
    ) -> None:
        self.results = [Results(entrant) for entrant in entrants]
        self._conditions = conditions
        self._lines = lines
        self._bar = bar
        self._laps = 0  # that are done or lost

    def hear(self, news: News) -> None:
        """Take note, and pass it on."""
        results = self.results[news.stint.entrant]
        results.hear(news)
        if isinstance(news, LapDone):
            self._lines.write(lap_line(self._conditions, results.entrant, news))
            self._count(1)
        elif isinstance(news, LapsLost):
            for line in loss_lines(self._conditions, results.entrant, news):
                self._lines.write(line)
            self._bar.say(loss_text(results.entrant, news))
            self._count(news.last_lap - news.first_lap + 1)

    def follow(self, lap: int, share: float) -> None:
        """Show where the only car is; lap 0 is the run-up."""
        self._bar.show(f"lap {lap}" if lap else "run-up", self._laps + share if lap else 0.0)

    def _count(self, laps: int) -> None:
        self._laps += laps
        self._bar.show("driving", self._laps)
