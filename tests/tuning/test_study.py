"""Studies: every setup is driven once and kept, whatever becomes of the workers."""

from concurrent.futures import Future
from functools import partial

import pytest
from stub_laps import (
    laps_with_a_killer,
    laps_with_an_accident,
    lost_laps,
    quick_laps,
)

from game.errors import InputError
from game.tuning.executors import LocalExecutor, OtherVersionError, measure_on
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.study import Study
from game.vehicle.setup import Setup

SETUPS = [Setup(wing=place / 8) for place in range(-7, 8, 2)]


def nobody(*_):
    pass


class ExecutorHere:
    """Drives at once, here; may be interrupted, or fail, at a certain setup."""

    worker_lost = ChildProcessError
    workers = 1

    def __init__(self, baseline, trouble=None, at=None, laps=2):
        self.driven = []
        self._laps = laps
        self._baseline, self._trouble, self._at = baseline, trouble, at

    def submit(self, setup):
        future = Future()
        if self._trouble is not None and setup == self._at:
            if isinstance(self._trouble, KeyboardInterrupt):
                raise self._trouble
            future.set_exception(self._trouble)
        else:
            self.driven.append(setup)
            future.set_result(quick_laps(self._baseline, setup, self._laps))
        return future


@pytest.fixture
def store(paper_baseline, notes):  # noqa: ARG001
    return MeasurementCache(paper_baseline)


def test_what_comes_back_is_in_the_order_that_was_asked_for(paper_baseline, store):
    found = Study(store, 2, ExecutorHere(paper_baseline), nobody).measure(SETUPS)
    assert found == [quick_laps(paper_baseline, setup, 2) for setup in SETUPS]


def test_a_setup_that_is_asked_for_twice_is_driven_once(paper_baseline, store):
    executor = ExecutorHere(paper_baseline)
    study = Study(store, 2, executor, nobody)
    study.measure([*SETUPS, *SETUPS])
    study.measure(SETUPS[:3])
    assert sorted(executor.driven, key=SETUPS.index) == SETUPS


def test_what_was_driven_before_an_interrupt_is_not_driven_again(paper_baseline, store):
    executor = ExecutorHere(paper_baseline, KeyboardInterrupt(), at=SETUPS[6])
    with pytest.raises(KeyboardInterrupt):
        Study(store, 2, executor, nobody).measure(SETUPS)
    assert len(executor.driven) >= 4
    again = ExecutorHere(paper_baseline)
    study = Study(store, 2, again, nobody)
    study.measure(SETUPS)
    assert study.from_cache + study.driven == len(SETUPS)
    assert study.from_cache >= 4
    assert len(again.driven) == study.driven


def test_more_laps_are_another_measurement(paper_baseline, store):
    Study(store, 2, ExecutorHere(paper_baseline), nobody).measure(SETUPS)
    study = Study(store, 3, ExecutorHere(paper_baseline, laps=3), nobody)
    study.measure(SETUPS)
    assert study.driven == len(SETUPS)
    for laps in (2, 3):
        assert all(len(store.get(each, laps).laps_s) == laps for each in SETUPS)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (OtherVersionError(), "another version of leaf-rc"),
        (ModuleNotFoundError("No module named 'game'"), "ModuleNotFoundError: No module named"),
        (ValueError(), "a worker failed: ValueError"),
    ],
)
def test_a_worker_that_cannot_drive_ends_the_study_in_one_line(
    paper_baseline, store, trouble, said
):
    with pytest.raises(InputError, match=said) as wrong:
        Study(store, 2, ExecutorHere(paper_baseline, trouble, at=SETUPS[2]), nobody).measure(SETUPS)
    assert len(str(wrong.value).splitlines()) == 1


def test_a_baseline_that_was_not_registered_is_not_driven_on():
    with pytest.raises(OtherVersionError):
        measure_on("another key", quick_laps, Setup(), 2)


@pytest.fixture
def executor_of(paper_baseline):
    """Makes a executor of two processes, which is let go at the end."""
    executors = []

    def make(measure):
        executors.append(LocalExecutor(paper_baseline, 2, 2, measure))
        return executors[-1]

    yield make
    for executor in executors:
        executor.close()


@pytest.mark.slow
def test_a_killed_process_costs_no_setup_and_counts_none_twice(
    paper_baseline, store, notes, executor_of
):
    measured = []
    study = Study(
        store,
        2,
        executor_of(partial(laps_with_an_accident, notes)),
        lambda setup, _: measured.append(setup),
    )
    found = study.measure(SETUPS)
    assert (notes / "accident").exists()
    assert found == [quick_laps(paper_baseline, setup, 2) for setup in SETUPS]
    assert sorted(measured, key=SETUPS.index) == SETUPS
    assert study.driven == len(SETUPS)


def test_a_setup_that_kills_whoever_drives_it_is_lost_alone(paper_baseline, store, executor_of):
    killer = Setup(wing=0.5)
    study = Study(store, 2, executor_of(laps_with_a_killer), nobody)
    *found, lost = study.measure([*SETUPS[:3], killer])
    assert found == [quick_laps(paper_baseline, setup, 2) for setup in SETUPS[:3]]
    assert lost.lost == "its process ended 3 times in a row"
    assert store.get(killer, 2) is None


def test_a_setup_that_does_not_get_round_is_a_result_and_kept(store, executor_of):
    (lost,) = Study(store, 2, executor_of(lost_laps), nobody).measure([Setup(tyre="sport")])
    assert lost.lost == "the car was lost at 930 m"
    assert store.get(Setup(tyre="sport"), 2) == lost
