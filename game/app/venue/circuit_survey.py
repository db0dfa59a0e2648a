"""Find out the facts about circuits, one after another, in a process beside the game."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.app.venue.circuit_facts import CircuitFacts, circuit_facts
from game.translation import _
from game.vehicle.spec import CarSpec
from game.workers.messages import Answer, Failure, WorkerLost, WorkerSpec
from game.workers.worker import Worker
from game.workers.worker_loop import ParentLink

SurveyTask = tuple[str, CarSpec, str]


class CircuitSurvey:
    """Keeps the facts of circuits by their names, as long as the window is open.

    Facts that are asked for again stay as they were until new ones have come.
    """

    def __init__(self) -> None:
        self.error = ""  # why there are no facts at all, if so
        self._facts: dict[str, CircuitFacts] = {}
        self._faults: dict[str, str] = {}
        self._wanted: list[str] = []
        self._asked: set[str] = set()
        self._subject: tuple[CarSpec, str] | None = None
        self._worker: Worker | None = None

    def begin(self, spec: CarSpec, tyre: str) -> None:
        """Find out everything anew, with the times of this car on this tyre."""
        if self._subject != (spec, tyre):
            self._facts = {}
        self._subject = (spec, tyre)
        self._faults, self._wanted, self.error = {}, [], ""
        self._asked = set()

    def request(self, names: Sequence[str]) -> None:
        """Find out about these circuits next, in this order, unless that was done."""
        self._wanted = [name for name in names if name not in self._asked]

    def facts(self, name: str) -> CircuitFacts | None:
        """Return what is known about the circuit of this name."""
        return self._facts.get(name)

    def fault(self, name: str) -> str:
        """Return why a circuit cannot be driven on, in one line; empty as far as it can."""
        return self._faults.get(name, "")

    @property
    def is_busy(self) -> bool:
        """Return whether anything that is wanted has not been found out yet."""
        at_work = self._worker is not None and self._worker.busy_with is not None
        return not self.error and (bool(self._wanted) or at_work)

    def poll(self) -> None:
        """Collect what was found out, and ask for the next; once a frame."""
        for message in self._worker.poll() if self._worker is not None else ():
            if isinstance(message, WorkerLost):
                self.error = _("the circuits could not be read: {reason}").format(
                    reason=message.reason
                )
                self.stop()
            elif isinstance(message, Answer | Failure):
                self._enter(message)
        if self._wanted and not self.error:
            self._ask()

    def stop(self) -> None:
        """End the process until somebody asks again."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _enter(self, message: Answer | Failure) -> None:
        name, *subject = message.task
        if tuple(subject) != self._subject:
            return
        if isinstance(message, Answer):
            self._facts[name] = message.value
        else:
            self._facts.pop(name, None)
            self._faults[name] = str(message.error)

    def _ask(self) -> None:
        if self._worker is None:
            self._worker = Worker(WorkerSpec(_surveyor))
        if self._worker.busy_with is None and self._subject is not None:
            name = self._wanted.pop(0)
            self._asked.add(name)
            self._worker.send((name, *self._subject))


def _surveyor(_link: ParentLink) -> Callable[[SurveyTask], CircuitFacts]:
    """Return a function that finds out the facts of a circuit."""
    return lambda task: circuit_facts(*task)
