"""What is sent to workers again and again is pickled once, and arrives as what it was."""

import gc
import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval

from game.track.track import Track
from game.workers.parcel import Parcel, parcel_of


class Counted:
    """Counts how often it has been pickled."""

    pickled = 0

    def __init__(self, number):
        self.number = number

    def __reduce__(self):
        Counted.pickled += 1
        return Counted, (self.number,)


@given(st.recursive(st.integers() | st.floats(allow_nan=False) | st.text(), st.lists))
def test_it_arrives_as_the_value(value):
    assert pickle.loads(pickle.dumps((Parcel(value), 1))) == (value, 1)


def test_one_value_is_pickled_once_whoever_sends_it_how_often():
    value = Counted(7)
    before = Counted.pickled
    for _ in range(3):
        assert pickle.loads(pickle.dumps(parcel_of(value))).number == 7
    assert Counted.pickled == before + 1


def test_another_value_has_another_parcel_even_at_the_same_place_in_memory():
    for number in range(50):
        value = Counted(number)
        assert pickle.loads(pickle.dumps(parcel_of(value))).number == number
        del value
        gc.collect()


def test_a_circuit_arrives_whole():
    oval = make_oval()
    arrived = pickle.loads(pickle.dumps(parcel_of(oval)))
    assert isinstance(arrived, Track)
    assert arrived.tables == oval.tables
    assert np.array_equal(arrived.frames.x_m, oval.frames.x_m)
