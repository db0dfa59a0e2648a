"""A day is the same for everybody, can be driven, and its cap is kept by the lap to beat."""

import datetime
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import OVAL

from game.errors import InputError
from game.goals.daily import DailyConditions, daily_conditions, read_date
from game.goals.day_target import day_car, make_day_target
from game.goals.medals import Medal
from game.track.track import track_names
from game.track.track_file import FILE_NAME
from game.track.variants import split_name
from game.vehicle.setup import check_setup, default_setup
from game.vehicle.spec import load_car

SPEC = load_car()
A_DAY = datetime.date(2026, 11, 30)
YEAR = [daily_conditions(A_DAY + datetime.timedelta(days)) for days in range(365)]
DRIVERS_OWN = {"front_torque_share": 0.3, "wing": 0.5, "traction_control": 0}


def test_a_day_is_known_beforehand():
    assert daily_conditions(A_DAY) == DailyConditions(
        A_DAY, "ambra_flats+reverse", "overcast", "sport", 0.6, 1.0
    )


@given(date=st.dates())
def test_any_day_can_be_driven(date):
    conditions = daily_conditions(date)
    assert split_name(conditions.track).base in track_names()
    spec = day_car(conditions, SPEC)
    check_setup(spec, conditions.applied(default_setup(spec)))


def test_a_year_has_all_kinds_of_days():
    for field in ("track", "weather", "tyre", "initial_charge", "energy_share"):
        assert len({getattr(day, field) for day in YEAR}) >= 3
    assert {day.tyre for day in YEAR if day.weather == "rain"} == {"wet"}


def test_a_day_prescribes_tyres_and_charge_and_leaves_the_rest_to_the_driver():
    own = msgspec.structs.replace(default_setup(SPEC), **DRIVERS_OWN)
    driven = YEAR[0].applied(own)
    assert (driven.tyre, driven.initial_charge) == ("sport", 0.6)
    assert {name: getattr(driven, name) for name in DRIVERS_OWN} == DRIVERS_OWN


@pytest.mark.parametrize("text", ["2026-13-01", "today", "20261130", "2026-11-30T00:00", ""])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(InputError, match="is not a date such as"):
        read_date(text)


def test_a_car_without_the_days_tyres_is_named():
    tyres = {name: tyre for name, tyre in SPEC.tyres.items() if name != "sport"}
    with pytest.raises(InputError, match="has no sport tyres"):
        day_car(YEAR[0], msgspec.structs.replace(SPEC, tyres=tyres))


@pytest.fixture
def lane(tmp_path):
    (tmp_path / "lane").mkdir()
    (tmp_path / "lane" / FILE_NAME).write_text(OVAL)
    return str(tmp_path / "lane")


def test_the_lap_to_beat_keeps_the_cap_and_is_slower_for_it(lane):
    free = DailyConditions(A_DAY, lane, "clear_noon", "sport", 0.6, 1.0)
    capped = free._replace(energy_share=0.8)
    fastest, within = (make_day_target(each, "leaf_nismo_rc") for each in (free, capped))
    assert fastest.cap_kwh == 0.0
    assert 0.0 < within.net_kwh <= within.cap_kwh <= 0.8 * fastest.net_kwh
    assert within.ghost.time_s > fastest.ghost.time_s
    assert make_day_target(capped, "leaf_nismo_rc") == within


def test_medals_are_the_lap_to_beat_driven_more_slowly(lane):
    conditions = DailyConditions(A_DAY, lane, "clear_noon", "sport", 0.6, 1.0)
    target = make_day_target(conditions, "leaf_nismo_rc")
    for medal, ghost in target.targets.laps.items():
        assert ghost.time_s == pytest.approx(target.ghost.time_s / medal.pace)
        assert ghost.pose_at(0.5 * ghost.time_s) == pytest.approx(
            target.ghost.pose_at(0.5 * target.ghost.time_s), abs=1e-6
        )
    assert list(target.targets.laps) == list(Medal)


def test_the_command_says_what_a_day_prescribes(run_command, monkeypatch, lane):
    day = DailyConditions(A_DAY, lane, "clear_noon", "sport", 0.6, 0.8)
    monkeypatch.setattr("game.cli.daily.daily_conditions", lambda date: day._replace(date=date))
    code, out, _ = run_command("daily", "--date", "2026-11-30")
    assert code == 0
    for words in ("2026-11-30: Oval, clear noon", "sport tyres, starting at 60 % charge, 0."):
        assert words in out
    code, out, _ = run_command("daily", "--date", "2026-11-30", "--json")
    report = json.loads(out)
    assert (report["tyre"], report["laps"]) == ("sport", [])
    assert report["medals_s"]["author"] == report["bot"]["time_s"]
    code, _, error = run_command("daily", "--date", "yesterday")
    assert (code, error) == (2, "leaf-rc: yesterday: is not a date such as 2026-05-17\n")
