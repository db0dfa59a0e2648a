"""A setup's effect is predicted in an instant and measured by laps, and both agree."""

import msgspec
import pytest
from pytest import approx

from game.bot.planning import make_plan
from game.tuning.baseline import Baseline
from game.tuning.measure import measure_setup
from game.tuning.prediction import predict_setup
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch

pytestmark = pytest.mark.slow

SPLITS = (0.02, 0.1, 0.25, 0.5, 0.9)  # under *fill*, where they are a matter of tyres
HELD = (0.3, 0.4545, 0.5, 0.55)  # under *limit*, where they are one of power, too


@pytest.fixture(scope="module")
def baseline(ricardo_tormo, spec):
    return Baseline(ricardo_tormo, spec, make_plan(ricardo_tormo, spec, Setup()))


def filled(split):
    return Setup(front_torque_share=split, split_law="fill")


def held(split):
    return Setup(front_torque_share=split, split_law="limit")


@pytest.fixture(scope="module")
def measured(baseline):
    """By split: laps on slicks."""
    return {split: measure_setup(baseline, filled(split)) for split in SPLITS}


@pytest.fixture(scope="module")
def predicted(baseline):
    return {split: predict_setup(baseline, filled(split)) for split in SPLITS}


@pytest.fixture(scope="module")
def under_limit(baseline):
    """By split: predicted, and measured by a lap."""
    return {
        split: (predict_setup(baseline, held(split)), measure_setup(baseline, held(split), laps=1))
        for split in HELD
    }


def predicted_s(baseline, **change):
    return predict_setup(baseline, Setup(**change)).lap_time_s


def test_the_best_split_is_neither_end_and_the_same_in_both(measured, predicted):
    for results in (measured, predicted):
        assert min(results, key=lambda split: results[split].lap_time_s) == 0.25


@pytest.mark.parametrize("split", [split for split in SPLITS if split != 0.5])
def test_a_predicted_difference_is_measured(measured, predicted, split):
    forecast_s = predicted[split].lap_time_s - predicted[0.5].lap_time_s
    found_s = measured[split].lap_time_s - measured[0.5].lap_time_s
    assert forecast_s == approx(found_s, rel=0.3, abs=0.1)


@pytest.mark.parametrize("split", [split for split in HELD if split != 0.5])
def test_under_limit_a_predicted_difference_is_measured_and_50_50_is_best(under_limit, split):
    forecast_s, found_s = (
        result.lap_time_s - even.lap_time_s
        for result, even in zip(under_limit[split], under_limit[0.5], strict=True)
    )
    assert forecast_s > 0.5
    assert forecast_s == approx(found_s, rel=0.3, abs=0.1)


def test_under_limit_a_share_of_0_is_a_neighbour_of_0_01_and_under_fill_it_is_not(baseline):
    """A hundredth of share is a hundredth of the power there: some 0.2 s a lap, step by step."""
    none_s, little_s, some_s = (
        measure_setup(baseline, held(split), laps=1).lap_time_s for split in (0.0, 0.01, 0.02)
    )
    assert 0.1 < none_s - little_s < 0.3
    assert none_s - little_s == approx(little_s - some_s, rel=0.1)
    assert measure_setup(baseline, filled(0.0), laps=1).lap_time_s == approx(none_s, abs=0.01)
    assert measure_setup(baseline, filled(0.01), laps=1).lap_time_s < none_s - 10.0


def test_under_limit_less_power_draws_less_energy_as_predicted(under_limit):
    for foreseen, found in under_limit.values():
        assert foreseen.drawn_kwh == approx(found.ledger.drawn_kwh, rel=0.01)
        assert foreseen.regained_kwh == approx(found.ledger.regained_kwh, rel=0.03)
    assert under_limit[0.4545][1].ledger.drawn_kwh < 0.97 * under_limit[0.5][1].ledger.drawn_kwh


def test_predicted_energy_is_drawn_and_regained(measured, predicted):
    for split in SPLITS:
        ledger = measured[split].ledger
        assert predicted[split].drawn_kwh == approx(ledger.drawn_kwh, rel=0.01)
        assert predicted[split].regained_kwh == approx(ledger.regained_kwh, rel=0.03)


OTHERS = {
    "sport": Setup(tyre="sport"),
    "flat wing": Setup(wing=-1.0),
    "steep wing": Setup(wing=1.0),
    "rear regeneration": Setup(front_regen_share=0.2, regen_limit=0.75),
}


@pytest.fixture(scope="module")
def both(baseline, measured, predicted):
    """By setup: predicted and measured."""
    found = {split: (predicted[split], measured[split]) for split in SPLITS}
    for name, setup in OTHERS.items():
        found[name] = predict_setup(baseline, setup), measure_setup(baseline, setup, laps=1)
    return found


@pytest.mark.parametrize("which", [*SPLITS, *OTHERS])
def test_predicted_and_measured_agree_which_axle_gives_way_more(both, which):
    """In degrees per g, and in percentage points of the lap."""
    foreseen, found = (results.balance for results in both[which])
    assert foreseen.understeer_deg_per_g == approx(found.understeer_deg_per_g, abs=0.05)
    assert foreseen.front_limited == approx(found.front_limited, abs=0.05)
    assert foreseen.rear_limited == approx(found.rear_limited, abs=0.05)
    assert (foreseen.front_limited > foreseen.rear_limited) == (
        found.front_limited > found.rear_limited
    )


@pytest.mark.parametrize("which", list(OTHERS))
def test_predicted_energy_is_drawn_and_regained_on_other_tyres_and_wings(both, which):
    foreseen, found = both[which]
    assert foreseen.drawn_kwh == approx(found.ledger.drawn_kwh, rel=0.01)
    assert foreseen.regained_kwh == approx(found.ledger.regained_kwh, rel=0.03)


def test_a_wing_makes_for_understeer_and_so_does_drive_at_the_front(both):
    for results in (0, 1):
        gradient = {
            which: pair[results].balance.understeer_deg_per_g for which, pair in both.items()
        }
        assert gradient["flat wing"] < gradient[0.5] < gradient["steep wing"]
        assert gradient[0.1] < gradient[0.25] < gradient[0.5]
        assert gradient[0.9] == approx(gradient[0.5], abs=0.03)  # the rear has enough by then


@pytest.mark.parametrize(
    ("stretch", "change"),
    [
        (Stretch(0.0, 9999.0, 0.9), {"front_torque_share": 0.9}),
        (Stretch(0.0, 9999.0, 0.2, "regeneration"), {"front_regen_share": 0.2}),
    ],
)
def test_a_map_of_one_share_all_round_predicts_what_that_share_does(baseline, stretch, change):
    mapped = predict_setup(baseline, Setup(split_map=SplitMap(painted=(stretch,))))
    uniform = predict_setup(baseline, Setup(**change))
    assert mapped.lap_time_s == approx(uniform.lap_time_s, abs=0.03)
    assert mapped.drawn_kwh == approx(uniform.drawn_kwh, abs=0.01)
    assert mapped.regained_kwh == approx(uniform.regained_kwh, abs=0.01)
    assert mapped.balance.front_limited == approx(uniform.balance.front_limited, abs=0.01)
    assert mapped.balance.rear_limited == approx(uniform.balance.rear_limited, abs=0.01)


def test_the_shares_of_a_map_act_on_the_energy_where_they_are(baseline, measured, predicted):
    setup = Setup(split_map=SplitMap(braking=1.0))
    mapped_kwh = predict_setup(baseline, setup).regained_kwh - predicted[0.5].regained_kwh
    ledger = measure_setup(baseline, setup, laps=1).ledger
    found_kwh = ledger.regained_kwh - measured[0.5].ledger.regained_kwh
    assert found_kwh > 0.04
    assert mapped_kwh == approx(found_kwh, rel=0.15)


def test_more_front_share_brings_the_front_tyres_to_their_limit(measured, predicted):
    for results in (measured, predicted):
        more, less = results[0.9].balance, results[0.1].balance
        assert more.front_limited > less.front_limited
        assert more.rear_limited < less.rear_limited
        assert more.understeer_deg_per_g > less.understeer_deg_per_g


def test_the_same_call_gives_the_same_numbers(baseline, measured):
    assert measure_setup(baseline, filled(0.25)) == measured[0.25]


def test_corners_add_up_to_the_lap(measured, ricardo_tormo):
    best = measured[0.5]
    assert [each.number for each in best.corners] == [
        corner.number for corner in ricardo_tormo.corners
    ]
    assert sum(each.time_s for each in best.corners) == approx(best.lap_time_s, abs=1e-4)
    assert sum(best.sectors_s) == approx(best.lap_time_s)
    for name in msgspec.structs.asdict(best.ledger):
        of_corners = sum(getattr(each.ledger, name) for each in best.corners)
        assert of_corners == approx(getattr(best.ledger, name), abs=1e-9)
    for each in best.corners:
        assert each.min_mps <= min(each.entry_mps, each.exit_mps)


def test_the_ledger_balances(measured):
    """What was drawn and not regained became heat, or way through the air, or lies in the car."""
    ledger = measured[0.5].ledger
    spent_kwh = sum(
        (
            ledger.motor_heat_kwh,
            ledger.gear_heat_kwh,
            ledger.brake_heat_kwh,
            ledger.tyre_heat_kwh,
            ledger.rolling_kwh,
            ledger.drag_kwh,
        )
    )
    assert spent_kwh == approx(ledger.net_kwh, rel=0.005)


def test_the_trace_goes_from_line_to_line(measured, ricardo_tormo):
    trace = measured[0.5].trace
    assert trace.spacing_m * (len(trace.time_s) - 1) == approx(ricardo_tormo.length_m)
    assert trace.time_s[0] == 0.0
    assert trace.time_s[-1] == measured[0.5].lap_time_s
    assert all(
        after > before for before, after in zip(trace.time_s, trace.time_s[1:], strict=False)
    )


def test_one_axle_alone_is_slower_than_both(baseline):
    assert min(
        predicted_s(baseline, front_torque_share=end) for end in (0.0, 1.0)
    ) > 10.0 + predicted_s(baseline)


def test_power_map_4_is_slower_and_takes_less_energy(baseline):
    weak, strong = predict_setup(baseline, Setup(power_map=4)), predict_setup(baseline, Setup())
    assert weak.lap_time_s > strong.lap_time_s + 3.0
    assert weak.drawn_kwh < 0.85 * strong.drawn_kwh


def test_a_wing_adds_drag_and_grip(both):
    flat, steep = (both[wing][1] for wing in ("flat wing", "steep wing"))
    assert steep.ledger.drag_kwh > 1.1 * flat.ledger.drag_kwh
    for number in (1, 10, 12):  # the fast ones that are not taken flat out
        assert steep.corners[number - 1].min_mps > flat.corners[number - 1].min_mps + 0.3


def test_regeneration_at_the_rear_moves_the_brake_balance_back(baseline):
    front, rear = (predict_setup(baseline, Setup(front_regen_share=share)) for share in (1.0, 0.0))
    assert rear.balance.rear_limited > front.balance.rear_limited
    assert rear.balance.front_limited < front.balance.front_limited


def test_less_regeneration_is_regained_with_a_lower_limit_and_none_when_full(baseline):
    assert predict_setup(baseline, Setup(regen_limit=0.3)).regained_kwh < 0.5 * (
        predict_setup(baseline, Setup()).regained_kwh
    )
    assert predict_setup(baseline, Setup(initial_charge=1.0)).regained_kwh == 0.0


def test_one_pedal_driving_costs_a_bot_that_knows_it_nothing(baseline, measured):
    with_one_pedal = measure_setup(baseline, Setup(one_pedal_mps2=2.0), laps=1)
    assert with_one_pedal.lap_time_s == approx(measured[0.5].lap_time_s, abs=0.15)


def test_a_car_that_cannot_get_round_is_told_in_one_line(baseline):
    lost = measure_setup(baseline, Setup(initial_charge=0.05), laps=1)
    assert lost.laps_s == ()
    assert "not finished" in lost.lost
    assert "\n" not in lost.lost
