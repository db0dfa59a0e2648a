"""Define the callback by which long work reports its progress."""

from collections.abc import Callable

OnProgress = Callable[[float], None]  # called with the share of the work that is done, 0..1
