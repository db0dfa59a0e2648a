"""Move wheel and pedals as little and as often as a person might, in races.

Exact decisions change in nearly every sixtieth of a second by less than anybody could feel; they
make no lap faster, and take most of the room of a race's replay.
"""

from __future__ import annotations

from typing import Final

from game.vehicle.state import PEDAL_STEPS, Controls

_STEERING: Final = 96  # of STEERING_STEPS to a lock; estimate: less than a degree of its wheel
_THROTTLE: Final = 15  # of PEDAL_STEPS; estimate
_BRAKE: Final = 5  # of PEDAL_STEPS, as feet press it more finely; estimate


def in_steps(held: Controls, wanted: Controls) -> Controls:
    """Return the controls to take where others are held: as wanted, to within a step of each.

    What is within a step of the wanted one stays as it is; pedals are released and floored at once.
    """
    return Controls(
        _moved(held.steering, wanted.steering, _STEERING),
        _pressed(held.throttle, wanted.throttle, _THROTTLE),
        _pressed(held.brake, wanted.brake, _BRAKE),
        wanted.reverse,
    )


def _moved(held: int, wanted: int, step: int) -> int:
    return held if abs(wanted - held) <= step else step * round(wanted / step)


def _pressed(held: int, wanted: int, step: int) -> int:
    return wanted if wanted in (0, PEDAL_STEPS) else _moved(held, wanted, step)
