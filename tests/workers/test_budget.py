"""Workers leave the game a processor where there is more than one."""

import pytest

from game.workers.budget import HIGH_PRIORITY, LOW_PRIORITY, NORMAL_PRIORITY, beside_the_game


@pytest.mark.parametrize(
    ("processors", "workers"), [(None, 1), (1, 1), (2, 1), (3, 2), (4, 3), (16, 3)]
)
def test_one_processor_is_left_to_the_game(monkeypatch, processors, workers):
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert beside_the_game(3) == workers


@pytest.mark.parametrize(
    ("processors", "at_work", "workers"),
    [(None, 1, 0), (2, 1, 0), (3, 1, 1), (3, 5, 0), (4, 1, 2), (16, 1, 3)],
)
def test_each_of_the_others_at_work_takes_a_processor(monkeypatch, processors, at_work, workers):
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert beside_the_game(3, at_work) == workers


def test_all_yield_to_the_game_and_the_unhurried_to_all():
    assert 0 < HIGH_PRIORITY < NORMAL_PRIORITY < LOW_PRIORITY
