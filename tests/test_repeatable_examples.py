"""Property tests draw the same examples whatever else has been loaded."""

import importlib

from hypothesis import given, settings
from hypothesis import strategies as st


def drawn():
    """Return the examples that one property is tried with."""
    found = []

    @settings(max_examples=150, database=None)
    @given(st.integers(), st.floats())
    def note(whole, number):
        found.append(repr((whole, number)))

    note()
    return found


def test_examples_do_not_depend_on_the_modules_that_are_loaded(tmp_path, monkeypatch):
    before = drawn()
    numbers = "\n".join(f"A_{n} = {7919 * n + 123_456_789}, {n + 0.123456789}" for n in range(400))
    (tmp_path / "constants_of_a_stranger.py").write_text(numbers)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("constants_of_a_stranger")
    assert drawn() == before
    assert len(before) >= 150
