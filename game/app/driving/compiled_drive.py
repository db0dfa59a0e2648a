"""Run a drive of several cars, whose ticks are worth compiling."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.driving.drive import Drive
from game.compiled import Backend
from game.simulation.world import Start, World


class CompiledDrive(Drive):
    """Runs compiled ticks, if they can be compiled."""

    def new_world(self, starts: Sequence[Start]) -> World:
        """Return a world of cars that start so."""
        return World(self.track, starts, Backend.COMPILED)
