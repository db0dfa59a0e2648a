"""What lanes compute is what the plain function computes for each car alone."""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.compiled import numba_is_installed, tick_function
from game.lanes.blocks import in_lanes
from game.lanes.reader import serial
from game.lanes.vectors import LANES
from game.records import arrays, rows

pytestmark = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")


@dataclass(slots=True)
class Wheel:
    """A struct in a struct, with an array."""

    spin_radps: float = 0.0
    turns: int = 0
    steps_m: tuple[float, float, float] = (1.0, 2.0, 4.0)


@dataclass(slots=True)
class Cart:
    """Holds the numbers of a lane."""

    x_m: float = 0.0
    count: int = 0
    wheel: Wheel = field(default_factory=Wheel)


class Post(NamedTuple):
    """A row of a table."""

    x_m: float
    kind: int


class Fence(NamedTuple):
    """A table, and a number."""

    scale: float
    posts: list[Post]


class Tally(NamedTuple):
    """Something written to from all lanes."""

    used: list[int]
    cars: list[int]


FENCE = Fence(0.5, [Post(-3.0, 1), Post(0.25, 0), Post(7.0, 2)])


@tick_function
def search(fence: Fence, x_m: float, hint: int) -> int:
    """Walk to the post just below: a loop that each lane leaves in its own time."""
    index = hint
    while True:
        if fence.posts[index].x_m <= x_m:
            if index + 1 >= len(fence.posts) or fence.posts[index + 1].x_m > x_m:
                break
            index += 1
        else:
            if index == 0:
                return -1
            index -= 1
    return index


@tick_function
def walk(cart: Cart, _index: int, fence: Fence) -> tuple[float, ...]:
    """Something of everything that tick functions are written with."""
    wheel = cart.wheel
    found = search(fence, cart.x_m, cart.count % 2)
    gap_m = cart.x_m - fence.posts[found].x_m if found >= 0 else -1.0
    if gap_m < 0.0:
        wheel.spin_radps = -gap_m
    elif gap_m > 5.0 and not cart.count > 3:
        wheel.spin_radps += math.sqrt(gap_m) / 3
        wheel.turns += math.floor(cart.x_m / 2.0)
    else:
        kind = fence.posts[found].kind
        wheel.turns = int(gap_m * fence.scale) + kind
    total_m = 0.0
    step = 7
    for step in range(cart.count % 4):
        total_m += wheel.steps_m[step % 2] * (step + 1)
        if total_m > 4.5:
            break
    cart.x_m -= total_m + step
    low = -1.0 <= cart.x_m < 2.0 or cart.x_m != cart.x_m
    return gap_m, found, total_m, 1.0 if low else 0.0, cart.x_m if wheel.turns else 3


@tick_function
def put_in(tally: Tally, car: int) -> None:
    """Write where others write too."""
    tally.cars[tally.used[0]] = car
    tally.used[0] += 1


serial(put_in)


@tick_function
def count_the_far(cart: Cart, index: int, tally: Tally) -> None:
    """Only some lanes call."""
    if cart.x_m > 1.0:
        put_in(tally, index)


@tick_function
def makes_a_list(cart: Cart, _index: int) -> None:
    """Not what tick functions are written with."""
    cart.x_m = sum([cart.x_m])


def blocks_of(carts):
    """Whole blocks of carts for lanes."""
    held = rows(Cart, carts).view("f8").reshape(len(carts) // LANES, LANES, -1)
    return np.ascontiguousarray(held.transpose(0, 2, 1))


def carts_of(blocks):
    return np.ascontiguousarray(blocks.transpose(0, 2, 1)).tobytes()


carts = st.builds(
    Cart, st.floats(-50.0, 50.0), st.integers(0, 9), st.builds(Wheel, st.floats(-9.0, 9.0))
)


@settings(deadline=None)
@given(st.lists(carts, min_size=2 * LANES, max_size=2 * LANES))
def test_each_lane_takes_its_own_way_and_gets_what_the_plain_function_gives(given_carts):
    blocks = blocks_of(given_carts)
    numbers = np.empty((2, 5, LANES))
    in_lanes(walk, Cart)(blocks, numbers, (arrays(FENCE),))
    plain = np.array([walk(cart, 0, FENCE) for cart in given_carts], float)
    assert numbers.transpose(0, 2, 1).reshape(-1, 5).tobytes() == plain.tobytes()
    assert carts_of(blocks) == rows(Cart, given_carts).tobytes()


def test_lanes_call_in_order_what_only_one_may_do_at_a_time():
    far = [0, 3, 4, 9, 15]
    blocks = blocks_of([Cart(x_m=2.0 if car in far else 0.0) for car in range(2 * LANES)])
    tally = arrays(Tally([0], [0] * 2 * LANES))
    in_lanes(count_the_far, Cart)(blocks, np.empty((0, 0, LANES)), (tally,))
    assert tally.cars[: tally.used[0]].tolist() == far


def test_syntax_that_lanes_cannot_run_is_refused_with_its_place():
    with pytest.raises(NotImplementedError, match=r"test_lanes\.py:\d+: lanes cannot run List"):
        in_lanes(makes_a_list, Cart)(blocks_of([Cart()] * LANES), np.empty((0, 0, LANES)), ())
