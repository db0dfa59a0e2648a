"""A plan's progress never goes back, and ends near its end."""

import pytest

from game.bot import plan_progress as progress_module
from game.bot.plan_progress import plan_progress


@pytest.mark.parametrize("is_cached", [False, True])
def test_it_grows_with_every_round(monkeypatch, is_cached):
    monkeypatch.setattr(progress_module, "is_cached", lambda _: is_cached)
    shares = []
    with plan_progress(shares.append) as on_round:
        for _ in range(120):
            on_round("planning the line", 103.2)
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < shares[-1] < 1.0
    if is_cached:
        assert shares[-1] > 0.9
