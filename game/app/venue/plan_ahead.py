"""The bot's plan, made in a process of its own where it is not at hand."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from game.bot.plan import Plan
from game.bot.planning import make_plan, plan_if_ready
from game.errors import InputError
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers import load_ahead, start_process


class PlanAhead:
    """Has the plan some time after its beginning, unless no process can be started."""

    def __init__(self, track: Track, spec: CarSpec, setup: Setup) -> None:
        self.complaint = ""
        self._about = (track, spec, setup)
        self.plan: Plan | None = plan_if_ready(*self._about)
        self._starting: threading.Thread | None = None  # it takes a second, which no frame has
        self._beginning_or_end = threading.Lock()
        self._given_up = False
        self._process: Any = None
        self._parent: Connection | None = None

    def begin(self) -> None:
        """Have it made, if it is not at hand."""
        if self.plan is None and self._starting is None:
            load_ahead()
            self._starting = threading.Thread(target=self._start, name="plan", daemon=True)
            self._starting.start()

    def poll(self) -> bool:
        """See whether the plan has just come; once a frame."""
        if self.plan is not None or self.complaint:
            return False
        if self._parent is None or not self._parent.poll():
            return False
        try:
            self.plan = self._parent.recv()
        except (EOFError, OSError):
            self.complaint = "the process that made the bot's plan ended before it was done"
        return self.plan is not None

    def close(self) -> None:
        """Give up at once: a process that is being started ends as soon as it has begun."""
        with self._beginning_or_end:
            self._given_up = True
            if self._parent is not None:
                self._parent.close()
                self._process.terminate()
            self._parent = None

    def _start(self) -> None:
        try:
            process, parent = start_process(partial(_plan, *self._about))
        except InputError as error:
            self.complaint = str(error)
            return
        with self._beginning_or_end:
            if self._given_up:
                parent.close()
                process.terminate()
            else:
                self._process, self._parent = process, parent


def _plan(track: Track, spec: CarSpec, setup: Setup, parent: Connection) -> None:
    """The work of the process: the plan goes to its parent, whether or not the disk can keep it."""
    plan = make_plan(track, spec, setup)
    with contextlib.suppress(OSError):  # a parent that ended wants it no longer
        parent.send(plan)
