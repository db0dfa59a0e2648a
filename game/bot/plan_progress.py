"""Report how far a plan is made, with the machine code that it may need first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from game.compiled import compiling_watched, is_cached, numba_is_installed
from game.quasi_steady.ggv_limits import fill_limits
from game.quasi_steady.lap_time_adjoint import run_adjoint
from game.quasi_steady.speed_passes import run_passes
from game.simulation.tick import advance

_FUNCTIONS: Final = (fill_limits, run_passes, run_adjoint, advance)
_CODE_SHARE: Final = 0.8  # of the whole, where there is no machine code yet
_ROUNDS: Final = 40.0  # of planning, after which the better part of it is done


@contextmanager
def plan_progress(on_progress: Callable[[float], None]) -> Iterator[Callable[[str, float], None]]:
    """Give what `make_plan` is to call; `on_progress` is called with how much is done, 0..1."""
    missing = [each for each in _FUNCTIONS if not is_cached(each)] if numba_is_installed() else []
    code_share = _CODE_SHARE if missing else 0.0
    code, rounds = 0.0, 0

    def report() -> None:
        planned = 1.0 - math.exp(-rounds / _ROUNDS)
        on_progress(code_share * code + (1.0 - code_share) * planned)

    def on_code(share: float) -> None:
        nonlocal code
        code = share
        report()

    def on_round(_activity: str, _lap_time_s: float) -> None:
        nonlocal rounds
        rounds += 1
        report()

    with compiling_watched(missing, on_code) if missing else nullcontext():
        yield on_round
