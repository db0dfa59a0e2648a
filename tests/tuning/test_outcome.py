"""Answers: two setups compared, and what a study came to, in figures and sentences."""

import msgspec
import pytest
from stub_laps import lost_laps, quick_laps

from game.lab.study_page import study_page
from game.setups.items import item_named
from game.tuning.comparison import Comparison
from game.tuning.goal import read_goal
from game.tuning.measurement import Measurement
from game.tuning.outcome import ON_ONE_LINE, Outcome
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

SPEC = load_car()

QUICKEST = read_goal("time")
SHARE = (item_named("front_torque_share", SPEC),)
HEADING = {
    "command": "leaf-rc sweep --setup '<b>.toml'", "version": "1", "circuit": "Oval & Co",
    "car": "Car", "laps_per_setup": 2,
    "car_id": "leaf_nismo_rc",
}  # fmt: skip


def outcome(shares, goal=QUICKEST, laps=quick_laps, start=None):
    start = start or Setup()
    setups = [start, *(msgspec.structs.replace(start, front_torque_share=s) for s in shares)]
    return Outcome(SHARE, start, {setup: laps(None, setup, 2) for setup in setups}, goal)


def measured(**values):
    return quick_laps(None, Setup(**values), 2)


def test_a_comparison_is_the_other_way_round_with_the_sign_changed():
    a, b = measured(), measured(front_torque_share=0.4)
    there, back = Comparison(a, b), Comparison(b, a)
    assert there.time_s == -back.time_s
    assert there.energy_kwh == -back.energy_kwh
    assert [each.time_s for each in there.corners] == [-each.time_s for each in back.corners]


def test_sectors_and_corners_add_up_to_the_lap():
    gap = Comparison(measured(), measured(wing=1.0))
    assert sum(gap.sectors_s) == pytest.approx(gap.time_s)
    assert sum(each.time_s for each in gap.corners) == pytest.approx(gap.time_s)
    assert sum(each.energy_kwh for each in gap.corners) == pytest.approx(gap.energy_kwh)


def test_a_verdict_says_how_much_quicker_and_at_what_cost():
    gap = Comparison(measured(), measured(front_torque_share=0.45))
    assert gap.verdict("50:50", "45:55") == (
        "45:55 is 0.110 s a lap quicker than 50:50, spread 0.001 s, and uses 0.050 kWh more"
    )


def test_what_differs_no_more_than_laps_do_is_called_equal():
    gap = Comparison(measured(), measured(front_torque_share=0.5001))
    assert gap.is_equal
    assert gap.verdict("A", "B").startswith("B is as quick as A, 0.000 s a lap apart")


def test_a_difference_within_the_spread_of_either_is_none():
    steady, uneven = Measurement((100.0, 100.001)), Measurement((100.02, 100.05))
    assert Comparison(steady, uneven).is_equal
    assert Comparison(uneven, steady).is_equal
    assert not Comparison(steady, Measurement((100.02, 100.021))).is_equal


def test_the_answer_names_the_best_its_gain_and_its_cost():
    assert outcome([0.3, 0.4, 0.45, 0.6]).answer() == [
        "Fastest: drive split 40 : 60, split law limit, 1:40.053 with 4.100 kWh a lap.",
        "It is 0.120 s a lap quicker than the start (drive split 50 : 50), spread 0.001 s, "
        "and uses 0.100 kWh more.",
        "Lowest energy at most 7 % slower: drive split 60 : 40, split law limit, 1:40.693 with "
        "3.900 kWh a lap: 0.200 kWh less than the best for 0.640 s a lap.",
        ON_ONE_LINE,
    ]


def test_the_split_law_is_named_beside_splits_unless_it_is_varied_itself():
    study = outcome([0.4])
    assert study.law_text == "split law limit"
    assert study.values(study.start) == {"front_torque_share": 0.5, "split_law": "limit"}
    assert "· split law limit</p>" in study_page(HEADING, study)
    laws = {law: Setup(split_law=law) for law in ("limit", "fill")}
    found = {setup: quick_laps(None, setup, 2) for setup in laws.values()}
    items = (*SHARE, item_named("split_law", SPEC))
    varied = Outcome(items, laws["limit"], found, QUICKEST)
    assert varied.law_text == ""
    assert "split law fill" in varied.values_text(laws["fill"])
    wing = Outcome((item_named("wing", SPEC),), Setup(), {Setup(): found[Setup()]}, QUICKEST)
    assert wing.law_text == ""


def test_a_start_that_is_the_best_is_compared_with_the_next():
    _, second, *_ = outcome([0.6, 0.7]).answer()
    assert second.startswith("It is the start, and is 0.520 s a lap quicker than the next (drive")


def test_a_best_at_the_end_of_what_was_tried_says_so():
    assert "is the last that was tried" in outcome([0.45, 0.55]).answer()[-2]
    assert "is the last that was tried" not in " ".join(outcome([0.35, 0.4, 0.45]).answer())


def test_no_setup_beats_a_trade_off_in_both():
    study = outcome([place / 20 for place in range(21)])
    for one in study.trade_offs:
        a = study.found[one]
        assert not any(
            b.lap_time_s < a.lap_time_s and b.ledger.net_kwh < a.ledger.net_kwh
            for b in study.found.values()
        )
    assert {setup.front_torque_share for setup in study.trade_offs} == {
        place / 20 for place in range(8, 21)
    }


def test_the_goal_orders_the_setups():
    assert outcome([0.4, 0.9], read_goal("energy")).ranked[0].front_torque_share == 0.9


def test_the_best_is_told_for_the_other_tyre_too():
    shares = (0.3, 0.4, 0.5)
    setups = [Setup(front_torque_share=s, tyre=t) for t in ("slick", "sport") for s in shares]
    found = {setup: quick_laps(None, setup, 2) for setup in setups}
    both = Outcome((*SHARE, item_named("tyre", SPEC)), Setup(), found, QUICKEST)
    assert (
        "Fastest with tyres sport: drive split 40 : 60, 1:40.453 with 4.100 kWh a lap, "
        "-0.120 s and +0.100 kWh against drive split 50 : 50."
    ) in both.answer()


def test_a_cap_on_energy_comes_before_all_else():
    within = outcome([0.4, 0.55, 0.6, 0.7], read_goal("time", 3.96))
    assert within.answer()[0].startswith(
        "Fastest within 3.96 kWh: drive split 55 : 45, split law limit, 1:40.383"
    )
    assert within.ranked[1].front_torque_share == 0.6
    beyond = outcome([0.4, 0.6], read_goal("time", 3.5))
    assert beyond.answer()[0].startswith("No setup keeps to 3.5 kWh; nearest: drive split 60 : 40")


def test_a_page_is_the_same_every_time_and_needs_no_network():
    study = outcome([0.3, 0.4, 0.6])
    page = study_page(HEADING, study)
    assert page == study_page(HEADING, outcome([0.3, 0.4, 0.6]))
    assert page.count("<svg") == page.count("</svg>") == 2
    assert "src=" not in page
    assert "@import" not in page
    assert "<link" not in page


def test_a_page_shows_all_setups_and_no_foreign_markup():
    page = study_page(HEADING, outcome([0.3, 0.4, 0.6]))
    assert page.count('<td class="code">RC3-') == 4
    assert "&lt;b&gt;.toml" in page
    assert "Oval &amp; Co" in page


def test_a_page_of_a_study_in_which_nobody_got_round_says_so():
    start = Setup(tyre="sport")
    page = study_page(HEADING, outcome([0.4], laps=lost_laps, start=start))
    assert "No setup finished a lap" in page
    assert "the car was lost at 930 m" in page
