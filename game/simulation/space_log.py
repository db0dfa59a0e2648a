"""Log which boxes a space with several cars makes anew, so that its memory can be made again.

What the space remembers of the cars is a tree of their boxes and, for each pair of boxes that meet,
where its search for their contact ended. The tree follows from the boxes in the order in which they
were made, which is logged. The search is not: a drive that goes on from a saved state begins each
anew, as the space does whenever it makes one of the two boxes. So the state of a tick is exact if
no pair that is older touches afterwards. As a car on the move has a new box ten times a second,
this is known soon.

Written after cpBBTree.c of Chipmunk (Munk2D), as `space_box.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from game.simulation.space_box import ShapeBounds, SpaceBox


class BoxMade(NamedTuple):
    """Says that the space made its box around a car anew: where the car was, and how fast."""

    car: int
    x_m: float
    y_m: float
    heading_rad: float
    velocity_mps: tuple[float, float]


BoxesMade = tuple[BoxMade, ...]  # in one step


class SpaceLog:
    """Is told of every step from the cars' start, or from a state that was saved with its log."""

    def __init__(self, boxes: Sequence[SpaceBox], made: Iterable[BoxesMade] = ()) -> None:
        self.made = list(made)
        self.touches = False  # whether a car touched anything in the last step
        self.doubtful_tick: int | None = None
        self._boxes = boxes
        self._made_ticks = [-1] * len(boxes)

    @property
    def renewed_tick(self) -> int:
        """Return the tick since which every box is new: no state of before is in doubt any more."""
        return min(self._made_ticks)

    def note_boxes(
        self, tick: int, bounds: Sequence[ShapeBounds], motions: Sequence[BoxMade]
    ) -> None:
        """Follow a step; motions: where cars are after it, and how fast they were before."""
        made = []
        for box, body, motion in zip(self._boxes, bounds, motions, strict=True):
            box.follow(body, motion.velocity_mps)
            if box.is_new:
                made.append(motion)
        if made:
            self.note_made(tick, made)

    def note_made(self, tick: int, made: Sequence[BoxMade]) -> None:
        """Note that boxes were made at once."""
        self.made.append(tuple(made))
        for box in made:
            self._made_ticks[box.car] = tick

    def note_touches(self, pairs: Sequence[tuple[int, ...]]) -> None:
        """Note which cars touch each other, or a wall on their own, since the step just made."""
        self.touches = bool(pairs)
        for pair in pairs:
            met = max(self._made_ticks[car] for car in pair)
            self.doubtful_tick = met if self.doubtful_tick is None else min(met, self.doubtful_tick)

    def take_doubts(self) -> int | None:
        """Return the tick from which on saved states turned out to be inexact, once."""
        doubtful, self.doubtful_tick = self.doubtful_tick, None
        return doubtful
