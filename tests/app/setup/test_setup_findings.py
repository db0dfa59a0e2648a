"""Predictions and laps become variations, evidence, verdicts, trade-offs and comparisons."""

import datetime
import itertools
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.setup.charts import chart
from game.app.setup.charts.finding import finding
from game.app.setup.model.driven_laps import DrivenLaps
from game.app.setup.model.evidence import ENERGY, TIME, gather
from game.app.setup.model.variation import vary
from game.app.setup.model.workbench import Workbench
from game.boards.kept_lap import DrivenOn, FinishedLap, KeptLap
from game.bot.planning import make_plan
from game.digests import DriveDigests
from game.recording.lap_recorder import Lap
from game.setups.items import item_named, items_of
from game.tuning.baseline import Baseline
from game.tuning.comparison import Comparison
from game.tuning.measurement import Balance, Ledger, Measurement, Prediction, Trace
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.trade_off import trade_off
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

SPEC = load_car()
ITEMS = items_of(SPEC)

SHARE = item_named("front_torque_share", SPEC)
LEVEL = Balance(0.0, 0.0, 0.0)


def measured(time_s, net_kwh=4.0, spread_s=0.0):
    return Measurement(laps_s=(time_s, time_s + spread_s), ledger=Ledger(net_kwh + 0.5, 0.5))


def evidence(times_s, setup=None, predicted=None):
    """Give evidence on the drive split: lap times by share, the others unknown."""
    variation = vary(SHARE, setup or Setup())
    by_setup = {
        msgspec.structs.replace(setup or Setup(), front_torque_share=share): measured(time_s)
        for share, time_s in times_s.items()
    }
    predicted = {
        msgspec.structs.replace(setup or Setup(), front_torque_share=share): Prediction(
            time_s, 4.5, 0.5, LEVEL
        )
        for share, time_s in (predicted or {}).items()
    }
    return gather(variation, predicted, by_setup)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_a_variation_changes_one_value_only_and_has_the_present_one_and_the_default(item):
    setup = Setup(front_torque_share=0.437, wing=0.1234)
    variation = vary(item, setup)
    assert variation.setups[variation.present] == setup
    assert variation.values[variation.default] == item.default
    assert len(set(variation.setups)) == len(variation.setups)
    back = {msgspec.structs.replace(each, **{item.name: item.default}) for each in variation.setups}
    assert back == {msgspec.structs.replace(setup, **{item.name: item.default})}
    assert list(variation.numbers) == sorted(variation.numbers) or item.choices


def test_what_is_nearest_to_the_present_value_is_asked_first():
    setup = Setup(front_torque_share=0.44)
    shares = [each.front_torque_share for each in vary(SHARE, setup).nearest_first]
    assert shares[0] == 0.44
    away = [abs(share - 0.44) for share in shares]
    assert all(later > before - 0.051 for before, later in itertools.pairwise(away))


def test_differences_are_from_the_present_setup():
    found = evidence({0.5: 102.0, 0.4: 101.9, 0.6: 102.3})
    points = found.points(TIME)
    by_value = {found.variation.values[at]: value for at, value in points.items()}
    assert by_value == pytest.approx({0.5: 0.0, 0.4: -0.1, 0.6: 0.3})


def test_predictions_are_laid_upon_what_was_measured():
    found = evidence({0.5: 102.0}, predicted={0.5: 101.5, 0.4: 101.45})
    by_value = {found.variation.values[at]: v for at, v in found.predictions(TIME).items()}
    assert by_value == pytest.approx({0.5: 0.0, 0.4: -0.05})


def test_the_verdict_names_the_best_its_gain_and_its_cost():
    found = evidence({0.5: 102.0, 0.45: 101.94, 0.6: 102.3})
    assert finding(found, complete=True) == (
        "Best 45 : 55: 0.06 s quicker than 50 : 50, 0.00 kWh (split law limit)"
    )
    assert "so far" in finding(found, complete=False)


def test_what_is_best_already_is_said_to_be():
    found = evidence({0.5: 102.0, 0.45: 102.2, 0.4: 103.31})
    best = "Best: 50 : 50, as now; 40 : 60 costs 1.31 s (split law limit)"
    assert finding(found, complete=True) == best
    assert finding(found, complete=False) == "Best so far: 50 : 50, as now (split law limit)"


def test_of_a_value_that_does_not_matter_no_other_is_said_to_cost_anything():
    found = evidence({0.5: 102.0, 0.45: 102.004})
    assert finding(found, complete=True) == "Best: 50 : 50, as now (split law limit)"


def test_before_there_are_laps_the_verdict_is_a_prediction():
    assert finding(evidence({}), complete=False) == "Predicting ..."
    variation = vary(SHARE, Setup())
    predicted = {share: 102.0 + (share - 0.4) ** 2 for share in variation.values}
    words = finding(evidence({}, predicted=predicted), complete=False)
    assert words == "Predicted best 40 : 60: 0.01 s quicker (split law limit)"


def test_a_setup_with_which_nobody_gets_round_is_no_point_but_is_known():
    variation = vary(SHARE, Setup())
    lost = {variation.setups[0]: Measurement(lost="spun at T2")}
    found = gather(variation, {}, lost)
    assert found.lost == (0,)
    assert found.points(ENERGY) == {}
    assert found.best is None


def own_lap(drawn_kwh, valid=True):
    return Lap(3, 104.5, (), valid, drawn_kwh * 3.6e6, 0.5 * 3.6e6, 60.0, ())


def test_a_lap_is_told_whether_it_kept_the_cap():
    driven_laps = DrivenLaps()
    assert driven_laps.record(Setup(), own_lap(4.9), driven_laps.cap_kwh) == ""
    driven_laps.cap_kwh = 4.2
    words = driven_laps.record(Setup(), own_lap(4.9), driven_laps.cap_kwh)
    assert words == "1:44.500 with 4.40 kWh: over the cap of 4.2 kWh"
    assert "within" in driven_laps.record(Setup(), own_lap(4.6), driven_laps.cap_kwh)
    assert driven_laps.record(Setup(), own_lap(4.6, valid=False), driven_laps.cap_kwh) == ""
    assert [lap.energy_kwh for lap in driven_laps.laps({})] == pytest.approx([4.4, 4.4, 4.1])


def test_laps_of_the_player_and_of_the_bot_stand_side_by_side():
    driven_laps = DrivenLaps()
    driven_laps.record(Setup(), own_lap(4.9), driven_laps.cap_kwh)
    found = driven_laps.laps({Setup(): measured(102.0), Setup(power_map=4): Measurement(lost="x")})
    assert [(lap.by_player, lap.time_s) for lap in found] == [(False, 102.0), (True, 104.5)]


WHERE = DrivenOn("oval", "a car", "car_id", DriveDigests("12", "34", "56"), "clear_noon", Setup())


def of_earlier(time_s, drawn_kwh, *, valid=True):
    lap = own_lap(drawn_kwh, valid)._replace(time_s=time_s)
    now = datetime.datetime.now(datetime.UTC)
    return KeptLap.of(FinishedLap(lap, Setup(wing=0.5), "a.replay"), now, WHERE)


def test_laps_of_earlier_sittings_stand_beside_those_of_this_one():
    driven_laps = DrivenLaps()
    driven_laps.add_earlier([of_earlier(103.5, 5.0), of_earlier(99.0, 5.0, valid=False)])
    driven_laps.record(Setup(), own_lap(4.9), driven_laps.cap_kwh)
    found = driven_laps.laps({Setup(): measured(102.0)})
    assert [(lap.by_player, lap.time_s) for lap in found] == [
        (False, 102.0),
        (True, 103.5),
        (True, 104.5),
    ]
    assert found[1].setup == Setup(wing=0.5)
    assert found[1].energy_kwh == pytest.approx(4.5)


def test_of_very_many_earlier_laps_the_best_trade_offs_remain():
    driven_laps = DrivenLaps()
    frugal = of_earlier(140.0, 1.5)
    driven_laps.add_earlier([frugal, *(of_earlier(110.0 + n / 100, 5.0) for n in range(1000))])
    found = driven_laps.laps({})
    assert len(found) < 300
    assert {lap.time_s for lap in trade_off(found)} == {110.0, 140.0}


def test_what_the_bot_measured_in_earlier_sittings_is_there_again(
    ricardo_tormo, spec, tmp_path, monkeypatch
):
    plan = make_plan(ricardo_tormo, spec, Setup())
    monkeypatch.setattr("game.app.setup.model.driven_laps.plan_if_ready", lambda *_: plan)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store = MeasurementCache(Baseline(ricardo_tormo, spec, plan))
    for setup, found in ((Setup(), 102.0), (Setup(wing=1.0), 101.0)):
        store.keep(setup, 2, measured(found))
    store.keep(Setup(power_map=4), 2, Measurement(lost="spun at T2"))
    driven_laps = DrivenLaps()
    driven_laps.add_measured(ricardo_tormo, spec)
    by_setup = {lap.setup: lap for lap in driven_laps.laps({Setup(): measured(101.9)})}
    assert {setup: lap.time_s for setup, lap in by_setup.items()} == {
        Setup(): 101.9,  # what this sitting found counts
        Setup(wing=1.0): 101.0,
    }
    assert not any(lap.by_player for lap in by_setup.values())


def trace(speed_mps):
    time_s = tuple(10.0 * index / speed_mps for index in range(11))
    return Measurement(
        laps_s=(time_s[-1],),
        sectors_s=(time_s[-1],),
        ledger=Ledger(4.0, 0.0),
        trace=Trace(10.0, time_s, (speed_mps,) * 11),
    )


def test_a_duel_says_where_b_falls_behind():
    comparison = Comparison(trace(20.0), trace(16.0))
    s_m, a_mps, b_mps, behind_s = comparison.along(100.0, 5)
    assert s_m.tolist() == [0.0, 25.0, 50.0, 75.0, 100.0]
    assert set(a_mps) == {20.0}
    assert set(b_mps) == {16.0}
    assert behind_s == pytest.approx(s_m / 16.0 - s_m / 20.0)
    assert comparison.verdict("A", "B").startswith("B is 1.250 s a lap slower than A")


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), st.integers(1, 12))
def test_ticks_are_within_their_span_evenly_spaced_and_not_too_many(low, wide, most):
    span = chart.ValueRange(low, low + wide)
    marks = chart.ticks(span, most)
    assert len(marks) <= most + 1
    assert all(span.low - 1e-6 <= mark <= span.high + 1e-6 for mark in marks)
    steps = [b - a for a, b in itertools.pairwise(marks)]
    assert all(math.isclose(step, steps[0], rel_tol=1e-3, abs_tol=1e-6) for step in steps)


def test_numbers_have_a_true_minus_and_no_negative_zero():
    assert chart.number_text(-0.25, 2) == "\N{MINUS SIGN}0.25"
    assert chart.number_text(-0.001, 2, sign=True) == "0.00"
    assert chart.number_text(0.3, 1, sign=True) == "+0.3"


@pytest.fixture
def bench(ricardo_tormo, spec):
    return Workbench(ricardo_tormo, spec, Setup())


def test_a_row_of_changes_to_one_value_is_undone_at_once(bench):
    for share in (0.49, 0.48, 0.47):
        bench.change("front_torque_share", share)
    bench.change("wing", 0.5)
    assert bench.undo()
    assert bench.setup == Setup(front_torque_share=0.47)
    assert bench.undo()
    assert bench.setup == Setup()
    assert not bench.undo()


def test_a_setup_taken_as_a_whole_is_undone_as_one(bench):
    bench.load(Setup(wing=1.0, power_map=4))
    bench.load(Setup(wing=1.0, power_map=4))
    assert bench.undo()
    assert bench.setup == Setup()
    assert not bench.undo()
