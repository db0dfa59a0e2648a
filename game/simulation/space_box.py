"""Follow the box that the physics engine keeps around a body, with a list of what is in it.

The box is wider than the body, by a tenth of its size and by its way in a tenth of a second. The
engine makes box and list anew in the step in which the body leaves the box. From then on the list
gathers a memory: it is gone through in another order, and the search for each contact begins where
the last one ended. Both can change the last bits of a contact. So a body is put back exactly as it
was only at the end of a step in which its box was made, with the velocity that it was made with.

Written after cpBBTree.c of Chipmunk (Munk2D) as pymunk 7 has it. If an upgrade does this otherwise,
restored drives end in other bits after a contact, and `tests/simulation/test_saved_world.py` fails.
"""

from __future__ import annotations

from typing import Final, Protocol

_MARGIN: Final = 0.10000000149011612  # of the size, and seconds of the way: the float32 nearest 0.1


class ShapeBounds(Protocol):
    """Bounds a shape, along the axes of the world, in metres."""

    @property
    def left(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> float: ...


class SpaceBox:
    """Knows the space's box around a body as long as it is told of every step."""

    def __init__(self, body: ShapeBounds) -> None:
        """Begin with a body that comes into the space at rest."""
        self.make(body, (0.0, 0.0))

    def make(self, body: ShapeBounds, velocity_mps: tuple[float, float]) -> None:
        """Take note that the space makes the box around a body with this velocity."""
        x_m, y_m = _MARGIN * velocity_mps[0], _MARGIN * velocity_mps[1]
        wide_m, high_m = (body.right - body.left) * _MARGIN, (body.top - body.bottom) * _MARGIN
        self._left_m = body.left + min(-wide_m, x_m)
        self._bottom_m = body.bottom + min(-high_m, y_m)
        self._right_m = body.right + max(wide_m, x_m)
        self._top_m = body.top + max(high_m, y_m)
        self.made_at_mps = velocity_mps
        self.is_new = True
        self._is_known = True

    def follow(self, body: ShapeBounds, velocity_mps: tuple[float, float]) -> None:
        """Follow a step, with the velocity that the body had before it."""
        self.is_new = False
        if self._is_known and not (
            self._left_m <= body.left
            and self._bottom_m <= body.bottom
            and self._right_m >= body.right
            and self._top_m >= body.top
        ):
            self.make(body, velocity_mps)

    def lose(self) -> None:
        """Take note that the body made steps of which nothing is known."""
        self.is_new = self._is_known = False
