"""What a driver sees when it is its turn."""

from __future__ import annotations

from game.simulation.snapshot import Snapshot
from game.track.track import Track


class Observation:
    """One car's view of the world. Made every turn, so what costs work waits to be looked at."""

    __slots__ = ("car", "others", "track")

    def __init__(
        self, car: Snapshot, others: tuple[Snapshot, ...] = (), track: Track | None = None
    ) -> None:
        """car: the driver's own; others: the other cars, in the world's order."""
        self.car = car
        self.others = others
        self.track = track
