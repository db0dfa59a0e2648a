"""Whatever the cars of a drive are driven with is read again as it was, from fewer bytes."""

import lzma
from contextlib import suppress
from itertools import groupby

import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.recording.held_controls import HeldControls, merged, packed_controls, unpacked_controls
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS

PEDAL = st.integers(0, PEDAL_STEPS)
STEERING = st.one_of(
    st.integers(-STEERING_STEPS, STEERING_STEPS),
    st.integers(-9, 9).map(lambda steps: 64 * steps),  # as bots move in steps
)
TICKS = st.one_of(st.integers(1, 8), st.sampled_from([4, 240, 10**8]))
ROW = st.builds(HeldControls, TICKS, STEERING, PEDAL, PEDAL, st.integers(0, 1))
DRIVES = st.lists(st.lists(ROW, min_size=1, max_size=30), min_size=1, max_size=4)
GREEDY = {"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**25}


def array_of(held):
    return np.array(held, dtype=np.int64).reshape(-1, 5)


def of_equal_length(cars):
    """The same drives, in which the cars that came to their end first hold their last controls."""
    total = max(sum(row.ticks for row in held) for held in cars)
    return total, [
        [*held[:-1], held[-1]._replace(ticks=total - sum(row.ticks for row in held[:-1]))]
        for held in cars
    ]


def without_repeats(held):
    return [
        HeldControls(sum(row.ticks for row in rows), *controls)
        for controls, rows in ((each, list(same)) for each, same in groupby(held, lambda r: r[1:]))
    ]


@given(DRIVES)
@example([[HeldControls(1, 0, 0, 0, 0)]])
@example([[HeldControls(4, STEERING_STEPS, 0, 0, 0), HeldControls(4, -STEERING_STEPS, 255, 0, 1)]])
def test_what_was_driven_is_read_again_with_equal_controls_as_one(cars):
    ticks, cars = of_equal_length(cars)
    packed = packed_controls([array_of(held) for held in cars])
    expected = [without_repeats(held) for held in cars]
    assert unpacked_controls(packed, len(cars), ticks) == expected
    assert [merged(array_of(held)) for held in cars] == expected


def test_a_drive_that_has_not_begun_is_one_without_controls():
    packed = packed_controls([array_of([]), array_of([])])
    assert unpacked_controls(packed, 2, 0) == [[], []]
    assert merged(array_of([])) == []


@given(DRIVES, st.data())
def test_damaged_controls_are_refused_or_still_those_of_a_drive(cars, data):
    ticks, cars = of_equal_length(cars)
    content = bytearray(lzma.decompress(packed_controls([array_of(held) for held in cars])))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    with suppress(ValueError, msgspec.MsgspecError):
        read = unpacked_controls(lzma.compress(content[:cut], preset=0), len(cars), ticks)
        assert msgspec.convert(read, list[list[HeldControls]], strict=True) == read
        assert {sum(row.ticks for row in held) for held in read} == {ticks}


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (b"", "cut short"),
        (lzma.compress(bytes(60_000_000), preset=0), "unpacks to more than 50 MB"),
        (lzma.compress(b"[]", filters=[GREEDY]), "[Mm]emory"),
        (lzma.compress(b"[]\n"), "has no controls of 1 cars"),
    ],
)
def test_what_takes_too_much_or_is_no_drive_is_refused(packed, words):
    with pytest.raises(ValueError, match=words):
        unpacked_controls(packed, 1, 10)


@given(DRIVES, st.data())
def test_controls_cut_short_or_with_a_bit_changed_are_refused(cars, data):
    ticks, cars = of_equal_length(cars)
    packed = bytearray(packed_controls([array_of(held) for held in cars]))
    if data.draw(st.booleans()):
        del packed[data.draw(st.integers(0, len(packed) - 1)) :]
    else:
        packed[data.draw(st.integers(0, len(packed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match="cannot be unpacked"):
        unpacked_controls(bytes(packed), len(cars), ticks)


@given(DRIVES)
def test_controls_of_other_cars_or_after_the_end_are_refused(cars):
    ticks, cars = of_equal_length(cars)
    packed = packed_controls([array_of(held) for held in cars])
    with pytest.raises(ValueError, match=f"of {len(cars) + 1} cars"):
        unpacked_controls(packed, len(cars) + 1, ticks)
    last = max(sum(row.ticks for row in without_repeats(held)[:-1]) for held in cars)
    if last:
        with pytest.raises(ValueError, match=f"after its {last} ticks"):
            unpacked_controls(packed, len(cars), last)
