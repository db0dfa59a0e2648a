"""Laps that do not count, as those over a cap on energy, are not valid for whatever listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.session import Listener
from game.simulation.events import Event, LapDone
from game.simulation.world import Step


def within_cap(net_kwh: float, cap_kwh: float) -> bool:
    """Return whether a lap's energy, what is regained taken off, keeps a cap; 0 is none."""
    return not cap_kwh or net_kwh <= cap_kwh


class CountingListener:
    """Passes steps on to a listener, to which a lap that does not count is not valid."""

    def __init__(self, listener: Listener, car: int, counts: Callable[[], bool]) -> None:
        """counts: whether the lap of the car that has just ended does, but for its validity."""
        self._listener = listener
        self._car = car
        self._counts = counts

    def on_step(self, step: Step) -> None:
        """Pass a step on."""
        if step.events and any(map(self._is_own_lap, step.events)) and not self._counts():
            step = step._replace(events=tuple(map(self._not_valid, step.events)))
        self._listener.on_step(step)

    def _not_valid(self, event: Event) -> Event:
        if isinstance(event, LapDone) and self._is_own_lap(event):
            return replace(event, valid=False)
        return event

    def _is_own_lap(self, event: Event) -> bool:
        return isinstance(event, LapDone) and event.car == self._car
