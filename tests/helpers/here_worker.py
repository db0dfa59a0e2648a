"""Workers without a process: they answer at once, in the program that asks."""

import pickle

from game.workers.messages import Answer, Failure, MessageKind, Progress
from game.workers.parcel import Parcel
from game.workers.worker import Worker

_MAX_SURVEYS = 4
_SURVEYS = {}  # the messages of each, pickled


def _opened(argument):
    """What a process would get of an argument: what is in a parcel."""
    return pickle.loads(pickle.dumps(argument)) if isinstance(argument, Parcel) else argument


class HereWorker:
    """Stands in for `Worker`."""

    started = 0
    ended = 0

    def __init__(self, spec):
        self._answer = spec.prepare(self, *map(_opened, spec.arguments))
        self._messages = []
        self.busy_with = None
        type(self).started += 1

    def report(self, value):
        self._messages.append(Progress(self.busy_with, value))

    def send(self, task):
        self.busy_with = task
        try:
            self._messages.append(Answer(task, self._answer(task)))
        except Exception as error:
            self._messages.append(Failure(task, error))

    def poll(self):
        messages, self._messages = self._messages, []
        if messages:
            self.busy_with = None
        return messages

    @property
    def is_working(self):
        return self.busy_with is not None

    def end(self):
        type(self).ended += 1

    def join(self, timeout_s=None):  # noqa: ARG002
        return True


class SurveyingWorker(HereWorker):
    """Stands in for the worker that surveys a replay; each replay is surveyed once by all of them.

    What is found out crosses to the game pickled, so that one answer may be given again and again.
    """

    def __init__(self, spec):
        super().__init__(spec)
        replay, track, car = spec.arguments
        self._of = pickle.dumps(replay), track.name, track.length_m, car.id

    def send(self, task):
        if self._of not in _SURVEYS:
            super().send(task)
            while len(_SURVEYS) >= _MAX_SURVEYS:
                _SURVEYS.pop(next(iter(_SURVEYS)))
            _SURVEYS[self._of] = pickle.dumps(self._messages)
        self.busy_with, self._messages = task, pickle.loads(_SURVEYS[self._of])


class HereWorkerOfGroup(Worker):
    """Stands in for `Worker` in a group."""

    def __init__(self, spec, inbox):
        self.ready, self.busy_with, self.exit_reason = False, None, ""
        self._inbox = inbox
        self._answer = spec.prepare(self, *spec.arguments)
        inbox.put((self, MessageKind.READY, None))

    def send(self, task):
        self.busy_with = task
        try:
            self._inbox.put((self, MessageKind.ANSWER, self._answer(task)))
        except Exception as error:
            self._inbox.put((self, MessageKind.FAILURE, error))

    @property
    def is_working(self):
        return False  # it has answered by then

    def end(self):
        self._answer = None

    def join(self, timeout_s=None):  # noqa: ARG002
        return True
