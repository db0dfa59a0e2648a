"""Do as the tasks of worker tests say: answer, fail, report, hang or die."""

import os
import signal
import time

from game.translation import language


def echo(link, *arguments):
    """Answer each task with itself and what the worker was given at its start."""

    def answer(task):
        match task:
            case "raise":
                raise ValueError("the task was wrong")
            case "raise what cannot be read":
                raise UnreadableError(1, 2)
            case "exit":
                raise SystemExit(3)
            case "be killed":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(1000.0)
            case "last words":
                link.exit("it had enough", 87)
            case "count":
                for number in range(3):
                    link.report(number)
            case "niceness":
                return os.nice(0)
            case "Ctrl-C":
                os.kill(os.getpid(), signal.SIGINT)
            case "language":
                return language()
            case "pid":
                return os.getpid()
        return (task, *arguments)

    return answer


class UnreadableError(Exception):
    """An error that can be pickled, but not unpickled."""

    def __init__(self, one, other):
        super().__init__(f"{one} and {other}")


def cannot_prepare(_link):
    """Never be ready, and say why."""
    raise ValueError("no tools")


def dies_while_preparing(_link):
    """Never be ready, and be unable to say why."""
    os._exit(4)


def dies_once(_link, marker):
    """End the first worker before it is ready; all others are fine."""
    if not marker.exists():
        marker.touch()
        os._exit(4)
    return lambda task: task


def hangs_while_preparing(_link):
    """Never be ready, and do not end."""
    time.sleep(1000.0)


def environment(_link):
    """Answers a variable's name with its value in the worker's environment."""
    return os.environ.get
