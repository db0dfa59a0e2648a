"""What is sent to workers again and again is pickled once.

Pickling keeps Python's lock: a circuit takes 20 ms, and a frame that falls into them is late.
"""

from __future__ import annotations

import pickle
import weakref
from threading import Lock
from typing import Any


class Parcel:
    """A parcel holds a value that does not change, pickled; what it is sent to gets the value."""

    def __init__(self, value: Any) -> None:
        self._content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def __reduce__(self) -> tuple[Any, ...]:
        return pickle.loads, (self._content,)


_made: dict[int, Parcel] = {}  # by the identity of what is in them, as long as that lives
_lock = Lock()


def parcel_of(value: Any) -> Parcel:
    """Return the parcel of an object that can be referred to weakly, the same as long as it lives.

    The first call takes as long as pickling; make it where nobody waits for a frame.
    """
    with _lock:
        known = _made.get(id(value))
        if known is None:
            known = _made[id(value)] = Parcel(value)
            weakref.finalize(value, _made.pop, id(value), None)
        return known
