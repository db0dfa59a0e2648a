"""Report laps as they come in: results, JSON lines, progress, a line for what is lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from game.cli.lap_lines import LapLines
from game.cli.lap_report import lap_line, loss_lines, loss_text
from game.cli.progress import LapsBar
from game.headless.fleet import LapsLost, StintEvent, StintLapDone
from game.headless.results import Results
from game.headless.stint import Conditions, Entrant


class LapReporter:
    """Reports the laps of a run as they come in."""

    def __init__(
        self, conditions: Conditions, entrants: Sequence[Entrant], lines: LapLines, bar: LapsBar
    ) -> None:
        self.results = [Results(entrant) for entrant in entrants]
        self._conditions = conditions
        self._lines = lines
        self._bar = bar
        self._laps = 0  # that are done or lost

    def on_event(self, event: StintEvent) -> None:
        """Add a lap or a stint to the results and report it, both or neither where Ctrl-C comes."""
        with _interrupts_held_back():
            self._report(event)

    def _report(self, event: StintEvent) -> None:
        results = self.results[event.stint.entrant]
        results.add(event)
        if isinstance(event, StintLapDone):
            self._lines.write(lap_line(self._conditions, results.entrant, event))
            self._count(1)
        elif isinstance(event, LapsLost):
            for line in loss_lines(self._conditions, results.entrant, event):
                self._lines.write(line)
            self._bar.print_line(loss_text(results.entrant, event))
            self._count(event.last_lap - event.first_lap + 1)

    def on_progress(self, lap: int, share: float) -> None:
        """Show where the only car is; lap 0 is the run-up."""
        self._bar.show(f"lap {lap}" if lap else "run-up", self._laps + share if lap else 0.0)

    def _count(self, laps: int) -> None:
        self._laps += laps
        self._bar.show("driving", self._laps)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let a Ctrl-C that comes meanwhile take effect at the end; for the main thread."""
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt
