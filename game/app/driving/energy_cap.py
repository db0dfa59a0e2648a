"""Laps over a cap on energy do not count, for whatever listens to a drive through this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.recording.lap_recorder import Lap
from game.session import Listener
from game.simulation.events import Event, LapDone
from game.simulation.world import Step
from game.units import kwh


def within_cap(net_kwh: float, cap_kwh: float) -> bool:
    """Return whether a lap's energy, what is regained taken off, keeps a cap; 0 is none."""
    return not cap_kwh or net_kwh <= cap_kwh


class CappedListener:
    """Passes steps on to a listener, to which a lap over the cap is one that does not count."""

    def __init__(
        self, listener: Listener, car: int, cap_kwh: float, last_lap: Callable[[], Lap]
    ) -> None:
        """last_lap: the last lap of the car, known before the listener is called."""
        self._listener = listener
        self._car = car
        self._cap_kwh = cap_kwh
        self._last_lap = last_lap

    def on_step(self, step: Step) -> None:
        """Pass a step on."""
        if step.events and not all(map(self._counts, step.events)):
            step = step._replace(events=tuple(map(self._counted, step.events)))
        self._listener.on_step(step)

    def _counted(self, event: Event) -> Event:
        if self._counts(event):
            return event
        assert isinstance(event, LapDone)
        return replace(event, valid=False)

    def _counts(self, event: Event) -> bool:
        is_own = isinstance(event, LapDone) and event.car == self._car
        return not is_own or within_cap(kwh(self._last_lap().net_j), self._cap_kwh)
