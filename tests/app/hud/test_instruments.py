"""Instruments say what is true."""

from types import SimpleNamespace

import msgspec
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.car.livery import FILE_GHOSTS, GHOST
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.recent import SHOWN_S, Recent
from game.app.driving.rival import Rival, RivalAt
from game.app.hud.hud import Hud
from game.app.hud.hud_data import EnergyUsed, read_hud_data
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import lay_out
from game.app.hud.settings import HudSettings
from game.app.hud.split_bar import share_texts
from game.app.hud.style import InstrumentStyle
from game.app.ui.palette import BLUE, LABEL, ORANGE, VERMILION
from game.app.view.car_pose import CarPose
from game.drivers.human_driver import HumanDriver, InputState
from game.racing.race_length import RaceLength
from game.recording.ghost import GhostLap
from game.recording.lap_recorder import Lap, LapExcursion, LapRecorder
from game.recording.lap_trace import LapTrace, LineDelta
from game.simulation.world import TICK_S, Start, Step
from game.vehicle.setup import default_setup, on_frozen_tyres
from game.vehicle.spec import in_weather
from game.weather.weather import CLEAR_NOON, Weather

pytestmark = pytest.mark.slow

SIZE = (1280, 720)
MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def said_by(texts_of):
    """Return what an instrument writes: `said_by("speed", data)`, from text to its colour."""

    def said(name, data):
        lines = texts_of(data, SIZE, HudSettings(preset="engineer"))[name][1]
        return {line.text: line.colour for line in lines}

    return said


@pytest.fixture
def picture_of(offscreen):
    """An instrument alone on black, with its place."""

    def draw(name, data):
        surface = offscreen(SIZE)
        instrument = lay_out(SIZE, HudSettings(preset="engineer")).placed[name]
        style = InstrumentStyle(instrument.unit, 0.0, "km/h", instrument.align)
        INSTRUMENTS[name]().draw(surface, instrument.box, style, data)
        return surface.subsurface(instrument.box)

    return draw


def with_now(data, **values):
    return data._replace(now=data.now._replace(**values))


def shows(picture, colour):
    return pygame.mask.from_threshold(picture, colour, (3, 3, 3)).count() > 0


def test_on_the_out_lap_nothing_is_judged(said_by, data):
    out = with_now(data, lap=0, lap_valid=1)._replace(race=None)
    said = said_by("lap_times", out)
    assert "OUT LAP" in said
    assert not [text for text in said if "VALID" in text]
    assert "0:00.000" in said
    assert said_by("verdict", out._replace(now=out.now._replace(beyond_limit_m=2.0))) == {}


def test_a_race_has_its_first_lap_from_the_grid_on(said_by, data):
    assert data.race is not None
    assert "LAP 1" in said_by("lap_times", with_now(data, lap=0, lap_valid=1))


@pytest.mark.parametrize(("left_s", "shown"), [(725.2, "12:06"), (59.0, "0:59"), (0.0, "0:00")])
def test_a_race_by_minutes_shows_the_time_that_is_left_and_the_lap(said_by, data, left_s, shown):
    race = data.race._replace(length=RaceLength(9, minutes=15.0), time_left_s=left_s)
    said = said_by("race_place", data._replace(race=race))
    assert {shown, "LAP 3"} <= set(said)


def test_a_race_by_laps_shows_the_lap_and_how_many_there_are(said_by, data):
    race = data.race._replace(length=RaceLength(9))
    assert {"3/9", "LAP"} <= set(said_by("race_place", data._replace(race=race)))


def test_of_a_lap_that_counts_nothing_is_said(said_by, data):
    said = said_by("lap_times", with_now(data, lap_valid=1))
    assert not [text for text in said if "VALID" in text]


def test_a_lap_that_does_not_count_says_where_and_by_how_much(said_by, data):
    assert said_by("lap_times", data)["NOT VALID T1 1.2 m"] == VERMILION
    assert set(said_by("verdict", data)) == {"LAP NOT VALID", "T1, 1.2 m beyond the limit"}


def test_while_off_the_track_the_amount_is_the_present_one(said_by, data):
    off = with_now(data, beyond_limit_m=3.46)
    off = off._replace(laps=LapRecorder(TICK_S, excursions=[LapExcursion(data.now.s_m)]))
    assert set(said_by("verdict", off)) == {"ALL FOUR WHEELS OFF", "T1, 3.5 m beyond the limit"}


def test_the_reason_is_news_for_some_seconds_only(said_by, data):
    recent = SimpleNamespace(off_s=data.time_s - 10.0, samples=data.recent.samples)
    assert said_by("verdict", data._replace(recent=recent)) == {}


def test_nothing_is_said_while_all_is_well(said_by, data):
    assert said_by("verdict", with_now(data, lap_valid=1)) == {}


def test_a_lap_with_gates_left_out_is_told_after_the_line(said_by, data):
    laps = LapRecorder(TICK_S, missed_gate=7)
    early = with_now(data, lap_valid=1, lap_start_s=data.time_s - 1.0)._replace(laps=laps)
    assert "THE LAST LAP DOES NOT COUNT" in said_by("verdict", early)


def test_there_is_no_delta_without_a_lap_to_compare_with(said_by, data):
    assert said_by("delta", data._replace(trace=LapTrace(TICK_S, 1000.0))) == {}


def compared(**figures):
    """A lap that is compared with another."""
    alike = {
        "delta_s": -0.1,
        "predicted_s": 100.0,
        "reference_name": "",
        "last_deltas_s": lambda _: [],
        "line": None,
        "gains_s": tuple,
        "best_sectors": SimpleNamespace(lap=None),
    }
    return SimpleNamespace(**alike | figures)


@pytest.mark.parametrize(
    ("delta_s", "text", "colour"),
    [
        (-0.2144, f"{MINUS}0.214", BLUE),
        (0.2144, "+0.214", ORANGE),
        (0.0, "0.000", LABEL),
        (-0.0004, "0.000", LABEL),
    ],
)
def test_ahead_is_blue_and_minus_behind_orange_and_plus(said_by, data, delta_s, text, colour):
    trace = compared(delta_s=delta_s)
    assert said_by("delta", data._replace(trace=trace))[text] == colour


def test_after_the_line_the_delta_is_the_difference_of_the_lap_times(said_by, data):
    lap = Lap(2, 101.5, (30.0, 30.0, 41.5), True, 0.0, 0.0, 0.0, ())
    fresh = with_now(data, lap_start_s=data.time_s - 1.0)
    trace = LapTrace(TICK_S, data.track.length_m)
    trace.race(data.trace.best, ())
    trace.on_step(Step((fresh.now,), ()))
    trace.line = LineDelta(-0.377, "", ())
    fresh = fresh._replace(laps=LapRecorder(TICK_S, laps=[lap]), trace=trace)
    said = said_by("delta", fresh)
    assert f"{MINUS}0.377" in said
    assert "1:41.500" in said


@pytest.mark.parametrize(
    ("used_kwh", "text", "colour"),
    [(1.5, f"{MINUS}0.60", BLUE), (2.75, "+0.65", ORANGE), (2.1, "0.00", LABEL)],
)
def test_half_way_round_half_of_the_cap_may_be_used(said_by, data, used_kwh, text, colour):
    said = said_by("energy", data._replace(energy=EnergyUsed(4.2, used_kwh, 0.5, None)))
    assert said[text] == colour
    assert f"{used_kwh:.2f} of 4.2 kWh" in said


def test_more_or_less_energy_than_allowed_is_told_by_an_arrow_too(picture_of, data):
    rows = {}
    for used_kwh, colour in ((1.5, BLUE), (2.7, ORANGE)):
        picture = picture_of("energy", data._replace(energy=EnergyUsed(4.2, used_kwh, 0.5, None)))
        arrow = pygame.mask.from_threshold(picture.subsurface((12, 10, 18, 18)), colour, (3, 3, 3))
        rows[colour] = arrow.centroid()[1]
    assert rows[BLUE] > rows[ORANGE]  # the broad side is below when it points up


def test_after_the_line_the_energy_is_that_of_the_lap(said_by, data):
    fresh = with_now(data, lap_start_s=data.time_s - 1.0)
    said = said_by("energy", fresh._replace(energy=EnergyUsed(4.2, 0.1, 0.01, 4.36)))
    assert {"LAP", "+0.16", "4.36 of 4.2 kWh"} <= set(said)


def test_without_a_cap_the_energy_is_neither_shown_nor_in_anyones_way(offscreen, data):
    without, hidden = (offscreen(SIZE).copy() for _ in range(2))
    hud, places = Hud(), HudSettings(preset="engineer").places
    hud.draw_data(
        without, data._replace(energy=None), HudSettings(text_scale=2.0, preset="engineer")
    )
    energy = msgspec.structs.replace(places.energy, shown=False)
    hidden_too = msgspec.structs.replace(places, energy=energy)
    hud.draw_data(hidden, data, HudSettings(text_scale=2.0, places=hidden_too))
    assert pygame.image.tobytes(without, "RGB") == pygame.image.tobytes(hidden, "RGB")


def test_a_drive_with_a_cap_counts_the_energy_of_its_lap(track, spec, setup):
    drive = Drive(
        track, [CarEntry(spec, setup, lambda: HumanDriver(InputState(up=True), spec, setup))]
    )
    start = Start(spec, setup, track.centreline.pose(track.length_m - 40.0), track.length_m - 40.0)
    drive.begin(start)
    drive.cap_kwh = 4.0
    assert read_hud_data(drive).energy is None
    drive.step(240 * 6)
    energy = read_hud_data(drive).energy
    assert drive.followed.now.lap == 1
    since_start_j = drive.followed.now.battery_drawn_j - drive.followed.now.battery_regained_j
    assert 0.1 < energy.used_kwh < since_start_j / 3.6e6
    assert energy.lap_share == pytest.approx(drive.followed.now.s_m / track.length_m, abs=1e-3)
    assert energy.over_kwh == pytest.approx(energy.used_kwh - 4.0 * energy.lap_share)
    drive.cap_kwh = 0.0
    assert read_hud_data(drive).energy is None


@given(st.floats(-400.0, 400.0), st.floats(-400.0, 400.0))
def test_the_axles_shares_add_up_to_a_hundred(front_nm, rear_nm):
    texts = share_texts(front_nm, rear_nm)
    if abs(front_nm) + abs(rear_nm) < 1.0:
        assert texts == ("\N{EN DASH}", "\N{EN DASH}")
    else:
        front, rear = (int(text.removesuffix(" %")) for text in texts)
        assert front + rear == 100
        assert (front > rear) == (abs(front_nm) > abs(rear_nm)) or abs(front - rear) <= 1


def test_each_axle_says_whether_it_drives_or_regenerates(said_by, picture_of, data):
    mixed = with_now(
        data, front_torque_nm=-40.0, rear_torque_nm=120.0, front_power_w=-9e3, rear_power_w=3e4
    )
    assert set(said_by("split_bar", mixed)) >= {f"{MINUS}40 Nm", "25 %", "75 %", "+120 Nm"}
    picture = picture_of("split_bar", mixed)
    middle = picture.get_width() // 2
    front = picture.subsurface((0, 26, middle - 4, 14))
    rear = picture.subsurface((middle + 4, 26, middle - 8, 14))
    assert shows(front, BLUE)
    assert not shows(front, ORANGE)
    assert shows(rear, ORANGE)
    assert not shows(rear, BLUE)


@pytest.mark.parametrize(
    ("power_w", "name", "text"),
    [(2.5e5, "POWER", "+250 kW"), (-9e4, "REGEN", f"{MINUS}90 kW"), (0.0, "POWER", "0 kW")],
)
def test_power_has_a_sign_and_a_name(said_by, data, power_w, name, text):
    assert set(said_by("power", with_now(data, battery_power_w=power_w))) == {name, text}


def test_a_temperature_that_costs_power_turns_orange(said_by, data):
    motor = data.spec.front_motor
    hot = with_now(data, front_winding_k=motor.winding_limit_k, rear_winding_k=300.0)
    said = said_by("battery", hot)
    assert said[f"{motor.winding_limit_k - 273.15:.0f}\N{DEGREE SIGN}"] == ORANGE
    assert said["27\N{DEGREE SIGN}"] != ORANGE


def test_a_wheel_that_slides_turns_orange(picture_of, data):
    calm = dict.fromkeys(
        (
            "front_left_normalised_slip",
            "front_right_normalised_slip",
            "rear_left_normalised_slip",
            "rear_right_normalised_slip",
        ),
        0.5,
    )
    assert not shows(picture_of("wheels", with_now(data, **calm)), ORANGE)
    assert shows(
        picture_of("wheels", with_now(data, **calm | {"rear_left_normalised_slip": 1.3})), ORANGE
    )


def test_tyres_with_a_state_tell_temperature_pressure_and_tread_and_frozen_ones_nothing(
    said_by, data
):
    live = data._replace(setup=default_setup(data.spec))
    said = set(said_by("wheels", with_now(live, front_left_tyre_pressure_pa=187_000.0)))
    assert {"85\N{DEGREE SIGN}", "100\N{DEGREE SIGN}", "1.87", "88 %", "79 %"} <= said
    frozen = data._replace(setup=on_frozen_tyres(live.setup))
    assert set(said_by("wheels", frozen)) == {"SLIP", "LOAD"}


def test_cold_tyres_are_blue_and_hot_ones_red(picture_of, data):
    live = data._replace(setup=default_setup(data.spec))
    wheels = ("front_left", "front_right", "rear_left", "rear_right")

    def at(temperature_k):
        names = [f"{wheel}_{part}_k" for wheel in wheels for part in ("tread", "carcass")]
        return picture_of("wheels", with_now(live, **dict.fromkeys(names, temperature_k)))

    assert shows(at(290.0), BLUE)
    assert shows(at(410.0), VERMILION)
    assert not any(shows(at(355.0), colour) for colour in (BLUE, VERMILION))


@pytest.mark.parametrize(
    ("forward_mps2", "left_mps2", "across", "down"),
    [(12.0, 0.0, 0, -1), (-12.0, 0.0, 0, 1), (0.0, 12.0, -1, 0), (0.0, -12.0, 1, 0)],
)
def test_the_point_of_the_circle_goes_where_the_car_is_pushed(
    picture_of, data, forward_mps2, left_mps2, across, down
):
    still = data._replace(recent=Recent(TICK_S))
    pushed = with_now(still, accel_forward_mps2=forward_mps2, accel_left_mps2=left_mps2)
    picture = picture_of("gg_circle", pushed)
    point = pygame.mask.from_threshold(picture, ORANGE, (8, 8, 8)).centroid()
    away = (point[0] - picture.get_width() / 2, point[1] - picture.get_width() / 2)
    assert away[0] * across + away[1] * down > 20
    assert abs(away[0] * down) + abs(away[1] * across) < 3


def test_the_map_shows_every_car_where_it_is(picture_of, data):
    east = data.now._replace(x_m=data.now.x_m + 200.0)
    alone, two = (
        picture_of("minimap", data).copy(),
        picture_of("minimap", data._replace(others=(east,), other_colours=(BLUE,))),
    )
    blue = pygame.mask.from_threshold(two, BLUE, (8, 8, 8))
    red = pygame.mask.from_threshold(two, (232, 40, 56), (8, 8, 8))
    assert not shows(alone, BLUE)
    assert blue.centroid()[0] > red.centroid()[0] + 5
    assert abs(blue.centroid()[1] - red.centroid()[1]) <= 1


def test_a_car_on_the_start_line_lies_on_its_mark_on_the_map(picture_of, data):
    mark = pygame.mask.from_threshold(picture_of("minimap", data), (250, 206, 70), (8, 8, 8))
    begin = mark.centroid()
    gate = data.track.gates[0]
    there = picture_of("minimap", with_now(data, x_m=gate.x_m, y_m=gate.y_m))
    red = pygame.mask.from_threshold(there, (232, 40, 56), (8, 8, 8)).centroid()
    assert abs(red[0] - begin[0]) <= 1
    assert abs(red[1] - begin[1]) <= 1


@pytest.mark.parametrize("livery", [GHOST, FILE_GHOSTS[0]])
def test_a_ghost_is_a_dot_of_its_own_colour_on_the_map(picture_of, data, livery):
    rival = Rival("", livery, GhostLap(0.0, (), ()))
    elsewhere = RivalAt(rival, CarPose(data.now.x_m + 250.0, data.now.y_m, 0.0, 0.0))
    without = picture_of("minimap", data._replace(ghosts=())).copy()
    with_ghost = picture_of("minimap", data._replace(ghosts=(elsewhere,)))
    assert not shows(without, livery.body)
    ghost = pygame.mask.from_threshold(with_ghost, livery.body, (3, 3, 3))
    red = pygame.mask.from_threshold(with_ghost, (232, 40, 56), (8, 8, 8))
    assert ghost.centroid()[0] > red.centroid()[0] + 5


def test_a_car_beyond_the_map_lies_on_its_edge(picture_of, data):
    lost = picture_of("minimap", with_now(data, x_m=1e6, y_m=1e6))
    red = pygame.mask.from_threshold(lost, (232, 40, 56), (8, 8, 8)).get_bounding_rects()
    assert red
    assert lost.get_rect().contains(red[0])


def test_a_corner_is_named_when_it_comes_and_not_on_the_straight(said_by, data):
    first = data.track.corners[0]
    near, far = (with_now(data, s_m=first.turn_in_m - way_m) for way_m in (50.0, 300.0))
    assert set(said_by("corner", near)) == {"T1", first.name}
    assert said_by("corner", far) == {}
    assert data.track.corner_near(first.exit_m + 30.0) is not first


def test_the_last_four_seconds_are_kept(data):
    recent = Recent(TICK_S)
    for tick in range(2400):
        now = data.now._replace(tick=tick, beyond_limit_m=1.0 if tick == 1200 else -1.0)
        recent.on_step(SimpleNamespace(snapshots=(now,), events=()))
    times_s = [sample.time_s for sample in recent.samples]
    assert times_s[-1] - times_s[0] == pytest.approx(SHOWN_S, abs=0.02)
    assert len(times_s) == 241
    assert recent.off_s == pytest.approx(5.0)


def test_a_wrecked_car_has_ended_its_lap_and_says_what_to_do(said_by, data):
    said = said_by("verdict", with_now(data, nose_damage=1.0, lap_valid=1))
    assert set(said) == {"WRECKED", "this lap is over: restart to drive on"}
    assert said_by("verdict", with_now(data, nose_damage=0.99, lap_valid=1)) == {}


def test_the_weather_is_shown_unless_it_is_a_clear_noon(data, said_by):
    assert said_by("weather", data._replace(spec=in_weather(data.spec, CLEAR_NOON))) == {}
    warm = Weather(air_temperature_k=303.15, road_temperature_k=311.15, wind_mps=10.0)
    said = said_by("weather", data._replace(spec=in_weather(data.spec, warm)))
    assert {"30 °C / 38 °C", "36 km/h"} <= set(said)
    assert not any("RAIN" in text for text in said)


def test_rain_and_the_water_under_the_car_are_shown_when_it_is_wet(data, said_by):
    wet = Weather(rain_mmph=8.0, water_m=7e-4)
    assert "RAIN 8 mm/h" in said_by("weather", data._replace(spec=in_weather(data.spec, wet)))


def test_the_rubber_under_the_car_is_shown_where_it_changes(data, said_by):
    data = with_now(data, tick=240, rubber_share=0.316)
    dry = in_weather(data.spec, Weather(rubber=0.3, wind_mps=5.0))
    assert {"RUBBER", "32 %"} <= set(said_by("weather", data._replace(spec=dry)))
    windy = in_weather(data.spec, Weather(wind_mps=5.0))
    assert "RUBBER" not in said_by("weather", data._replace(spec=windy))
    rain = in_weather(data.spec, Weather(rubber=0.3, rain_mmph=8.0))
    assert "RAIN 8 mm/h" in said_by("weather", data._replace(spec=rain))


def test_pieces_of_the_lap_are_won_upwards_in_blue_and_lost_downwards_in_orange(picture_of, data):
    trace = compared(gains_s=lambda: (-0.08, 0.08))
    picture = picture_of("mini_sectors", data._replace(trace=trace))
    won, lost = (
        pygame.mask.from_threshold(picture, colour, (3, 3, 3)).centroid()
        for colour in (BLUE, ORANGE)
    )
    assert won[0] < lost[0] < 0.25 * picture.get_width()
    assert won[1] < lost[1]


def test_the_predicted_lap_stands_over_that_of_the_best_sectors(said_by, data):
    together = SimpleNamespace(lap=SimpleNamespace(time_s=101.25))
    trace = compared(predicted_s=102.5, best_sectors=together)
    said = said_by("predicted_lap", data._replace(trace=trace))
    assert said["1:42.500"] == BLUE
    assert "1:41.250" in said
