"""Learners drive over and under a bridge, one at a time and many, and see it from above."""

import msgspec
import numpy as np
import pytest
from figure_of_eight import ABOVE_M, BELOW_M, figure_of_eight_file
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.lab.environment import CircuitEnvironment
from game.lab.environment_options import EndLimits
from game.lab.vector_environment import CircuitVectorEnvironment

pytestmark = pytest.mark.slow

STARTS_M = (ABOVE_M - 30.0, BELOW_M - 30.0)
COAST = np.array([0.0, -0.02], np.float32)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The file of a figure of eight."""
    folder = tmp_path_factory.mktemp("tracks") / "eight"
    folder.mkdir()
    content = msgspec.toml.encode(without_nothing(msgspec.to_builtins(figure_of_eight_file())))
    (folder / "track.toml").write_bytes(content)
    return str(folder)


def without_nothing(value):
    """Return tables without the keys that have no value, which TOML cannot say."""
    if isinstance(value, dict):
        return {key: without_nothing(each) for key, each in value.items() if each is not None}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


@pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
def test_one_car_and_many_drive_over_and_under_alike_and_see_their_own_road(path):
    many = CircuitVectorEnvironment(2, track=path)
    seen, _ = many.reset(seed=1, options={"s_m": list(STARTS_M), "speed_mps": 20.0})
    ones = [CircuitEnvironment(track=path, backend=backend) for backend in Backend]
    ones_seen = [
        one.reset(seed=1, options={"s_m": s_m, "speed_mps": 20.0})[0]
        for one, s_m in zip(ones, STARTS_M, strict=True)
    ]
    for _ in range(60):
        for car, own in enumerate(ones_seen):
            assert seen[car] == approx(own)
            rays_m = 200.0 * own[21:40]
            assert (rays_m[0], rays_m[-1]) == approx((6.0, 6.0), abs=0.3)
            assert rays_m[9] > 40.0
        seen, *_ = many.step(np.tile(COAST, (2, 1)))
        ones_seen = [one.step(COAST)[0] for one in ones]


def test_a_picture_shows_the_bridge_above_the_road_below(path):
    environment = CircuitEnvironment(
        track=path,
        observation="pixels",
        limits=EndLimits(off_track_s=1e9, off_track_m=1e9),
        backend=Backend.PLAIN,
    )
    over, _ = environment.reset(seed=1, options={"s_m": ABOVE_M - 10.0})
    under, _ = environment.reset(seed=1, options={"s_m": BELOW_M - 10.0})
    size = len(over)
    middle = size // 2
    # Seen along the bridge its road goes on; along the road below it ends at the bridge's edge.
    column = over[: size // 2, middle]
    assert (column == column[-1]).all()
    beside = over[: size // 2, middle + size // 4]
    assert (beside != column).any()
    assert (under[: size // 2, middle] == column).any()
