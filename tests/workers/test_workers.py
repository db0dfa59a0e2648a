"""Workers answer in order, fail alone, and leave no process behind."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
import worker_tasks

from game.catalogues import set_language
from game.errors import InputError
from game.translation import ENGLISH
from game.workers.group import WorkerGroup
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.pool import WorkerPool
from game.workers.processes import start_fork_server, start_process
from game.workers.worker import Worker, WorkerLostError, workers_at_work

pytestmark = pytest.mark.slow

PATIENCE_S = 60.0
METHODS = ("forkserver", "spawn")
ECHO = WorkerSpec(worker_tasks.echo)


@pytest.fixture
def start():
    """Starts a worker, which is ended with the test."""
    started = []

    def new(spec=ECHO):
        started.append(Worker(spec))
        return started[-1]

    yield new
    for worker in started:
        worker.end()
        assert worker.join(PATIENCE_S)


@pytest.fixture
def group():
    """Makes a group of workers, which is ended with the test."""
    made = []

    def new(spec=ECHO, size=1, **options):
        made.append(WorkerGroup(spec, size, **options))
        return made[-1]

    yield new
    for each in made:
        each.end_and_wait()


def until(done):
    end_s = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < end_s, "it never came"
        time.sleep(0.002)


def messages_of(group):
    """All messages until nothing is left to do."""
    messages = []
    while group.tasks:
        messages += group.wait()
    return messages


def first_message(worker):
    messages = []
    until(lambda: messages.extend(worker.poll()) or messages)
    return messages[0]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("method", METHODS)
def test_a_worker_is_ready_some_time_after_it_was_made_and_then_answers(start, method):
    before_s = time.monotonic()
    worker = start(WorkerSpec(worker_tasks.echo, ("given", 2), start_method=method))
    assert time.monotonic() - before_s < 0.5
    assert not worker.ready
    until(lambda: worker.poll() == [] and worker.ready)
    assert worker.idle
    worker.send("task")
    assert worker.busy_with == "task"
    assert not worker.idle
    assert first_message(worker) == Answer("task", ("task", "given", 2))
    assert worker.idle


@pytest.mark.parametrize("method", METHODS)
def test_a_worker_has_the_environment_that_its_parent_has_when_it_starts(
    start, monkeypatch, method
):
    monkeypatch.setenv("LEAF_RC_TEST", "when the fork server began")
    start_fork_server(worker_tasks.__name__)
    for value in ("then", None):
        if value is None:
            monkeypatch.delenv("LEAF_RC_TEST")
        else:
            monkeypatch.setenv("LEAF_RC_TEST", value)
        worker = start(WorkerSpec(worker_tasks.environment, start_method=method))
        worker.send("LEAF_RC_TEST")
        assert first_message(worker) == Answer("LEAF_RC_TEST", value)


def test_a_task_may_be_sent_before_the_worker_is_ready(start):
    worker = start()
    worker.send("early")
    assert first_message(worker) == Answer("early", ("early",))


def test_one_worker_answers_in_the_order_of_its_tasks(group):
    group = group()
    tasks = [f"task {number}" for number in range(20)]
    for task in tasks:
        group.submit(task)
    assert messages_of(group) == [Answer(task, (task,)) for task in tasks]


def test_a_task_can_be_put_before_those_that_wait(group):
    group = group()
    for task in ("first", "second"):
        group.submit(task)
    group.submit_first("urgent")
    assert [message.task for message in messages_of(group)] == ["urgent", "first", "second"]


def test_all_workers_that_have_a_task_are_counted_until_they_are_done_or_ended(start):
    before = workers_at_work()
    one, other = start(), start()
    assert workers_at_work() == before
    one.send("hang")
    other.send("quick")
    assert workers_at_work() == before + 2
    until(lambda: workers_at_work() == before + 1)  # its answer is here, which nobody has asked for
    assert first_message(other) == Answer("quick", ("quick",))
    assert workers_at_work() == before + 1
    lost = start()
    lost.send("be killed")
    assert workers_at_work() == before + 2
    until(lambda: workers_at_work() == before + 1)
    one.end()
    assert workers_at_work() == before


def test_several_workers_share_the_tasks_and_none_is_done_twice(group):
    group = group(size=3)
    for task in range(30):
        group.submit(task)
    assert sorted(message.value for message in messages_of(group)) == [(n,) for n in range(30)]


def test_no_more_workers_are_started_than_there_are_tasks(group):
    group = group(size=3)
    assert group.workers == []
    group.submit("only")
    messages_of(group)
    assert len(group.workers) == 1


def test_all_workers_can_be_started_before_any_task_comes(group):
    group = group(size=2)
    group.start()
    assert len(group.workers) == 2
    assert group.free == 0
    until(lambda: group.poll() == [] and group.free == 2)
    group.submit("task")
    assert group.free == 1
    assert group.tasks == ["task"]


def test_progress_comes_before_the_answer(group):
    group = group()
    group.submit("count")
    *reports, last = messages_of(group)
    assert reports == [Progress("count", number) for number in range(3)]
    assert last == Answer("count", ("count",))


def test_a_task_that_raises_fails_alone_and_its_worker_goes_on(group):
    group = group()
    for task in ("raise", "pid"):
        group.submit(task)
    (worker,) = group.workers
    failure, answer = messages_of(group)
    assert isinstance(failure, Failure)
    assert failure.task == "raise"
    assert isinstance(failure.error, ValueError)
    assert str(failure.error) == "the task was wrong"
    assert "worker_tasks.py" in "".join(failure.error.__notes__)
    assert group.workers == [worker]
    assert answer.value == worker.pid


def test_an_error_that_cannot_be_sent_is_told_in_words(group):
    group = group()
    group.submit("raise what cannot be read")
    (failure,) = messages_of(group)
    assert str(failure.error) == "UnreadableError: 1 and 2"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("exit", "its process ended with exit code 3"),
        ("be killed", "its process was ended by SIGKILL"),
        ("last words", "it had enough"),
    ],
)
def test_a_worker_that_ends_costs_its_task_only_and_says_why(group, method, task, reason):
    group = group(WorkerSpec(worker_tasks.echo, start_method=method))
    for each in ("before", task, "after"):
        group.submit(each)
    assert messages_of(group) == [
        Answer("before", ("before",)),
        WorkerLost(task, reason),
        Answer("after", ("after",)),
    ]


def test_a_worker_that_is_killed_from_outside_costs_its_task_only(group):
    group = group(size=2)
    for each in ("hang", "one", "two", "three"):
        group.submit(each)
    messages = []
    while len(messages) < 3:
        messages += group.wait()
    (hanging,) = (worker for worker in group.workers if worker.busy_with == "hang")
    os.kill(hanging.pid, signal.SIGKILL)
    messages += messages_of(group)
    assert messages[-1] == WorkerLost("hang", "its process was ended by SIGKILL")
    assert {message.task for message in messages[:3]} == {"one", "two", "three"}


def test_lost_workers_are_replaced_so_many_times_and_then_no_more(group):
    group = group(max_restarts=2)
    for _ in range(3):
        group.submit("exit")
    group.submit("never done")
    with pytest.raises(InputError, match="its process ended with exit code 3"):
        messages_of(group)
    assert not group.is_alive
    assert group.tasks == ["never done"]


def test_without_restarts_the_group_goes_on_with_those_that_are_left(group):
    group = group(size=2, max_restarts=0)
    group.start()
    group.submit("exit")
    assert messages_of(group) == [WorkerLost("exit", "its process ended with exit code 3")]
    group.submit("task")
    assert messages_of(group) == [Answer("task", ("task",))]
    assert len(group.workers) == 1


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (worker_tasks.cannot_prepare, "its process could not start: no tools"),
        (worker_tasks.dies_while_preparing, "its process ended with exit code 4"),
    ],
)
def test_workers_that_never_get_ready_are_not_replaced_for_ever(group, prepare, reason):
    group = group(WorkerSpec(prepare))
    group.submit("task")
    with pytest.raises(InputError, match=reason):
        messages_of(group)
    assert group.tasks == ["task"]


def test_a_worker_that_dies_at_its_start_costs_no_task(group, tmp_path):
    group = group(WorkerSpec(worker_tasks.dies_once, (tmp_path / "died",)))
    group.submit("task")
    lost, answer = messages_of(group)
    assert lost == WorkerLost(None, "its process ended with exit code 4")
    assert answer == Answer("task", "task")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.3])
def test_a_worker_ends_at_once_even_while_it_starts(method, after_s, capfd):
    worker = Worker(WorkerSpec(worker_tasks.hangs_while_preparing, start_method=method))
    time.sleep(after_s)
    worker.end()
    assert worker.join(PATIENCE_S)
    assert not is_running(worker.pid)
    assert "Error" not in capfd.readouterr().err


def test_a_task_for_a_worker_that_is_not_ready_holds_nobody_up(start):
    worker = start(WorkerSpec(worker_tasks.hangs_while_preparing))
    until(lambda: worker.pid is not None)
    sender = threading.Thread(target=worker.send, args=(bytes(10_000_000),), daemon=True)
    sender.start()  # more than a pipe holds
    sender.join(PATIENCE_S)
    assert not sender.is_alive()


def test_ending_a_worker_waits_for_no_task_that_it_has_not_read_yet(start):
    worker = start()
    worker.send("hang")
    until(lambda: worker.poll() == [] and worker.ready)
    sender = threading.Thread(target=worker.send, args=(bytes(10_000_000),), daemon=True)
    sender.start()
    until(worker._sending.locked)
    worker.end()
    assert worker.join(PATIENCE_S)
    assert not is_running(worker.pid)


def test_a_busy_worker_ends_at_once(start):
    worker = start()
    worker.send("hang")
    until(lambda: worker.poll() == [] and worker.ready)
    worker.end()
    assert worker.join(PATIENCE_S)
    assert not is_running(worker.pid)
    assert first_message(worker) == WorkerLost("hang", "its process was no longer needed")


def test_a_group_that_has_ended_has_no_workers_tasks_or_messages(group):
    group = group(size=2)
    for task in ("one", "hang", "hang", "hang"):
        group.submit(task)
    workers = list(group.workers)
    group.end()
    assert all(worker.join(PATIENCE_S) for worker in workers)
    assert (group.workers, group.tasks, group.poll()) == ([], [], [])


def test_leaving_a_group_ends_its_processes_whatever_is_raised_inside():
    pids = []

    def interrupted():
        with WorkerGroup(ECHO, 2) as group:
            for _ in range(2):
                group.submit("hang")
            until(lambda: group.poll() == [] and all(worker.ready for worker in group.workers))
            pids.extend(worker.pid for worker in group.workers)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(pids) == 2
    assert not any(map(is_running, pids))


def test_a_worker_has_the_niceness_that_was_asked_for(start):
    own = os.nice(0)
    assert start(WorkerSpec(worker_tasks.echo, niceness=3)).call("niceness") == min(own + 3, 19)
    assert start().call("niceness") == own


@pytest.mark.parametrize("method", METHODS)
def test_ctrl_c_is_ignored_in_workers(start, method):
    worker = start(WorkerSpec(worker_tasks.echo, start_method=method))
    assert worker.call("Ctrl-C") == ("Ctrl-C",)
    assert worker.call("after") == ("after",)


def test_a_call_returns_the_answer_or_raises_what_the_task_raised(start):
    worker = start()
    assert worker.call("task") == ("task",)
    with pytest.raises(ValueError, match="the task was wrong"):
        worker.call("raise")
    with pytest.raises(WorkerLostError, match="exit code 3"):
        worker.call("exit")


@pytest.mark.parametrize("method", METHODS)
def test_workers_end_when_their_parent_is_killed_even_while_they_are_busy(method):
    script = textwrap.dedent(f"""
        import worker_tasks
        from game.workers.messages import WorkerSpec
        from game.workers.worker import Worker
        if __name__ == "__main__":
            spec = WorkerSpec(worker_tasks.echo, start_method={method!r})
            idle, busy = Worker(spec), Worker(spec)
            print(idle.call("pid"), busy.call("pid"), flush=True)
            busy.call("hang")
    """)
    helpers = str(Path(worker_tasks.__file__).parent)
    path = os.pathsep.join([helpers, *filter(None, [os.environ.get("PYTHONPATH")])])
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    with parent:
        pids = list(map(int, parent.stdout.readline().split()))
        assert len(pids) == 2
        assert all(map(is_running, pids))
        parent.kill()
    until(lambda: not any(map(is_running, pids)))


@pytest.fixture
def pool():
    """A pool of two workers."""
    made = WorkerPool(ECHO, 2)
    yield made
    made.end()


def test_futures_hold_the_answers_of_a_pool(pool):
    futures = [pool.submit(number) for number in range(10)]
    assert [future.result(PATIENCE_S) for future in futures] == [(n,) for n in range(10)]


def test_a_future_raises_what_its_task_raised_or_that_its_worker_was_lost(pool):
    wrong, lost = pool.submit("raise"), pool.submit("be killed")
    after = [pool.submit(number) for number in range(4)]
    with pytest.raises(ValueError, match="the task was wrong"):
        wrong.result(PATIENCE_S)
    with pytest.raises(WorkerLostError, match="its process was ended by SIGKILL"):
        lost.result(PATIENCE_S)
    assert [future.result(PATIENCE_S) for future in after] == [(n,) for n in range(4)]


def test_a_pool_ends_at_once_and_leaves_no_future_open(pool):
    busy = [pool.submit("hang") for _ in range(2)]
    waiting = pool.submit("never done")
    pool.end()
    for future in busy:
        with pytest.raises(WorkerLostError):
            future.result(PATIENCE_S)
    assert waiting.cancelled()


def test_where_no_process_can_be_started_the_reason_is_given(start, monkeypatch):
    def cannot(_method):
        raise OSError("out of memory")

    monkeypatch.setattr("game.workers.worker.start_process", cannot)
    lost = first_message(start())
    assert lost == WorkerLost(None, "no process could be started: out of memory")


def test_a_process_s_connection_tells_when_it_has_ended():
    process, pipe = start_process("forkserver")
    pipe.close()
    process.join(PATIENCE_S)
    assert process.exitcode == 0


def test_a_worker_speaks_the_language_of_its_parent(start):
    set_language("es")
    try:
        worker = start()
        assert worker.call("language") == "es"
    finally:
        set_language(ENGLISH)
