"""Commands show their progress on standard error, and only to a person who looks at a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


@contextlib.contextmanager
def spinner(activity: str) -> Iterator[Callable[[str], None]]:
    """Show progress without a known end: a line that says what is being done."""
    with _bar(TimeElapsedColumn()) as bar:
        task = bar.add_task(activity, total=None)
        yield lambda part: bar.update(task, description=f"{activity}: {part}")


@contextlib.contextmanager
def share_bar(activity: str) -> Iterator[Callable[[float], None]]:
    """Show the progress of work of which the share is known that is done, 0..1."""
    with _bar(TimeElapsedColumn()) as bar:
        task = bar.add_task(activity, total=1.0)
        yield lambda share: bar.update(task, completed=share)


class LapsBar:
    """Shows how many laps are in, and what is being done."""

    def __init__(self, laps: int | None = None) -> None:
        """laps: to be driven; None until `begin` says so."""
        self._bar = _bar(MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self._task = self._bar.add_task("", total=laps)

    def __enter__(self) -> LapsBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, laps: int) -> None:
        """Begin to count laps, of so many."""
        self._bar.reset(self._task, total=laps)

    def show(self, activity: str, laps: float = 0.0) -> None:
        """Show what is being done, and how many laps are in."""
        self._bar.update(self._task, description=activity, completed=laps)

    def planning(self, share: float) -> None:
        """Show how much of a plan is worked out, 0..1."""
        self.show(f"the bot learns the circuit: {100.0 * share:.0f} %")

    def making_code(self, share: float) -> None:
        """Show how much of the machine code is made, 0..1."""
        self.show(f"making machine code, once: {100.0 * share:.0f} %")

    def print_line(self, line: str) -> None:
        """Print a line that stays, whether anybody looks at the bar or not."""
        self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)


class StudyBar:
    """Shows the number of measured setups, their rate, and the time that is left."""

    def __init__(self, laps: int) -> None:
        """laps: driven with each setup."""
        self._laps = laps
        self._bar = _bar(
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._task = self._bar.add_task("starting", total=None, pace="")
        self._since_s = 0.0

    def __enter__(self) -> StudyBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def planning(self, activity: str, lap_time_s: float) -> None:
        """Show that the baseline's line is being worked out."""
        self._bar.update(self._task, description=f"{activity}: {lap_time_s:.2f} s")

    def begin(self, setups: int) -> None:
        """Begin to count measured setups; `total` is their number in all."""
        self._since_s = self._bar.get_time()
        self._bar.reset(self._task, description="driving", total=setups)

    def count(self, driven: int, found: int) -> None:
        """Show how many setups were driven by now, and how many are known."""
        seconds = self._bar.get_time() - self._since_s
        pace = f"{driven * self._laps / seconds:.1f} laps/s" if driven else ""
        self._bar.update(self._task, completed=found, pace=pace)

    def print_line(self, line: str) -> None:
        """Print a line that stays, whether anybody looks at the bar or not."""
        self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _bar(*columns: ProgressColumn) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
