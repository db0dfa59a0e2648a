"""Work beside the game leaves the game its processor: how many workers there are, and who yields.

All of them run below the game's priority. Where several kinds of work want a processor, that which
somebody waits for comes first.
"""

from __future__ import annotations

import os
from typing import Final

# As niceness: a step of five is a third of the processor's time.
HIGH_PRIORITY: Final = 5  # somebody looks at the place where the answer will be
NORMAL_PRIORITY: Final = 10  # what is soon to be seen
LOW_PRIORITY: Final = 15  # what may come later

_LEFT_TO_THE_GAME: Final = 1  # processor


def beside_the_game(max_workers: int, at_work: int = 0) -> int:
    """Return how many workers of one kind may work at once, of so many at most.

    It is one at least, unless others are at work: each of them takes a processor.
    """
    processors = max((os.cpu_count() or 1) - _LEFT_TO_THE_GAME, 1)
    return min(max(processors - at_work, 0), max_workers)


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
