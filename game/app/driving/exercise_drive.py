"""Drive an exercise: from speed at one place on the circuit, again and again, and judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry, DrivenCar
from game.session import Listener
from game.simulation.world import Start
from game.track.track import Track

Judge = TypeVar("Judge", bound=Listener)


class ExerciseDrive(Drive, Generic[Judge]):
    """Drives one car whose laps nobody records: the history has no times of exercises."""

    judge: Judge  # of the attempt that is under way

    def __init__(
        self, track: Track, entry: CarEntry, start: Start, make_judge: Callable[[], Judge]
    ) -> None:
        """Begin at the start; `make_judge` makes the judge of each attempt."""
        self._start = start
        self._make_judge = make_judge
        super().__init__(track, [entry])
        self.followed.ghosts_from_start = True

    def restart(self) -> None:
        """Begin another attempt."""
        self.begin(self._start)

    def judges(self) -> tuple[Listener, ...]:
        """Return the judge of the next attempt."""
        self.judge = self._make_judge()
        return (self.judge,)

    def reset_to_track(self, car: DrivenCar | None = None) -> None:  # noqa: ARG002
        """Begin another attempt: a car put down somewhere else has none to finish."""
        self.restart()
