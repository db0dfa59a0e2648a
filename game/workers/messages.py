"""A worker is given a spec at its start, and sends messages to its parent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Literal, NamedTuple

StartMethod = Literal["forkserver", "spawn"]


class WorkerSpec(NamedTuple):
    """Describes the work of a worker, and how its process is made.

    In the worker, `prepare` is called once with a `ParentLink` and the arguments; it returns the
    function that answers each task. Both have to be importable, and all arguments picklable.
    """

    prepare: Callable[..., Callable[[Any], Any]]
    arguments: tuple[Any, ...] = ()
    niceness: int = 0
    start_method: StartMethod = "forkserver"  # spawn where there is no fork server


@dataclass(frozen=True)
class Progress:
    """Says how far a worker is with a task."""

    task: Any
    value: Any


@dataclass(frozen=True)
class Answer:
    """Holds the result of a task."""

    task: Any
    value: Any


@dataclass(frozen=True)
class Failure:
    """A task raised an error; the worker keeps running."""

    task: Any
    error: Exception


@dataclass(frozen=True)
class WorkerLost:
    """A worker ended, and with it the task it was working on, if any."""

    task: Any
    reason: str


Message = Progress | Answer | Failure | WorkerLost


class MessageKind(Enum):
    """Names the kinds of messages from a worker to its parent."""

    READY = auto()
    PROGRESS = auto()
    ANSWER = auto()
    FAILURE = auto()
    LAST_WORDS = auto()  # the reason why the worker is about to end
    LOST = auto()  # put into the inbox by the parent's own thread
