"""Go on from a saved state, again and again: the laps of such a drive are never kept."""

from __future__ import annotations

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.simulation.world import SavedWorld, Start
from game.track.track import Track


class HandedOverDrive(Drive):
    """Begins with a car on the move."""

    def __init__(self, track: Track, entry: CarEntry, start: Start, saved: SavedWorld) -> None:
        """Go on from a state of a car that entered the world by this start."""
        self._start = start
        self._saved = saved
        super().__init__(track, [entry])

    def restart(self) -> None:
        """Go back to the saved state."""
        self.begin(self._start)
        self.session.restore(self._saved)
        self.begin_practice()
        self.followed.skip_motion()
