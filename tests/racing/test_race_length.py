"""A race by minutes has as many laps as its fastest car may drive."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from game.racing.race_length import RaceLength, planned_length
from game.vehicle.setup import Setup


@given(minutes=st.floats(0.1, 1440.0), lap_s=st.floats(10.0, 600.0))
def test_the_expected_laps_are_those_that_end_when_the_time_is_up_or_after_it(minutes, lap_s):
    length = RaceLength.by_minutes(minutes, lap_s)
    assert length.laps >= 1
    assert length.laps * lap_s >= 60.0 * minutes * (1.0 - 1e-12)
    assert length.laps == 1 or (length.laps - 1) * lap_s < 60.0 * minutes


def test_the_fastest_of_its_cars_decides(monkeypatch):
    laps_s = {1.0: 50.0, 0.9: 55.0}
    monkeypatch.setattr(
        "game.racing.race_length.make_plan",
        lambda _track, _spec, _setup, _on_round, pace: SimpleNamespace(lap_time_s=laps_s[pace]),
    )
    cars = [(Setup(), 0.9), (Setup(), 1.0), (Setup(), 0.9)]
    assert planned_length(8.0, None, None, cars) == RaceLength(10, 8.0)
    assert planned_length(8.0, None, None, cars[:1]).laps == 9
