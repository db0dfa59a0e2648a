"""Points, places and what else the standings say of a season."""

from game.league.league_page import retirements, season_words
from game.league.rounds import RoundPlace, RoundResult
from game.league.standings import standings

POINTS = (10.0, 6.0, 3.0)


def place(name, retired="", **figures):
    done = {"grid": 1, "laps": 2, "time_s": 90.0, "best_lap_s": 44.0, "penalty_s": 0.0}
    more = {"net_kwh": 3.0, "contacts": 0}
    return RoundPlace(name=name, retired=retired, **{**done, **more, **figures})


def result(*places):
    return RoundResult("Oval", 1, list(places), "")


def by_name(table):
    return {each.name: each for each in table}


def test_points_are_added_and_who_did_not_finish_has_none():
    first = result(place("a"), place("b"), place("c", retired="wrecked"))
    second = result(place("b"), place("a"), place("c"))
    third = result(place("b"), place("c"), place("a"))
    table = standings(["a", "b", "c"], [first, second, third], POINTS)
    assert [each.name for each in table] == ["b", "a", "c"]
    assert [each.points_after for each in table] == [
        (6.0, 16.0, 26.0), (10.0, 16.0, 19.0), (0.0, 3.0, 9.0),
    ]  # fmt: skip
    c = by_name(table)["c"]
    assert c.places == (None, 3, 2)
    assert (c.retirements, c.wins, c.mean_place) == (1, 0, 2.5)


def test_equal_points_are_told_apart_by_the_better_places():
    table = standings(
        ["a", "b"],
        [result(place("a"), place("b")), result(place("b", laps=0), place("a"))],
        [5.0, 5.0],
    )
    assert [each.points for each in table] == [10.0, 10.0]
    three = [result(*(place(name) for name in order)) for order in ("abc", "bca", "bca")]
    table = standings(["a", "b", "c"], three, [0.0])
    assert [each.name for each in table] == ["b", "a", "c"]


def test_a_round_that_was_lost_counts_for_nobody():
    lost = RoundResult("Oval", 2, [], "", "its process ended")
    table = standings(["a", "b"], [result(place("a"), place("b")), lost], POINTS)
    assert [each.points for each in table] == [10.0, 6.0]
    assert [each.retirements for each in table] == [0, 0]
    assert retirements([lost]) == ["round 1, Oval: no result: its process ended"]


def test_energy_and_contacts_are_means_and_who_never_finished_has_no_mean_place():
    out = place("b", retired="hung", laps=0, net_kwh=0.1, contacts=1)
    table = by_name(standings(["a", "b"], [result(place("a", contacts=2), out)] * 2, POINTS))
    assert table["a"].net_kwh_per_lap == 1.5
    assert table["a"].contacts_per_race == 2.0
    assert table["b"].net_kwh_per_lap is None
    assert table["b"].mean_place is None


def test_the_words_say_who_has_won_and_who_is_strongest():
    table = standings(["a", "b"], [result(place("b"), place("a"))] * 3, POINTS)
    won, strongest = season_words(table)
    assert won == "b wins with 30 points, ahead of a with 18."
    assert strongest.startswith("b is the strongest: in front of a in ")
