"""A drive as a table: each row a tick or so many a second, each column with its unit."""

import csv
import math
import re
from datetime import datetime

import numpy as np
import pytest
from motec_reader import number, read_channels, read_head
from oval import SMALL_OVAL, make_oval
from pytest import approx

from game.bot.examples.follower import Follower
from game.compiled import Backend
from game.errors import InputError
from game.recording.lap_recorder import laps_text
from game.recording.motec_log import LogTitle
from game.recording.telemetry import CHANNELS, Telemetry, TelemetryChoice
from game.recording.telemetry_file import check_table_name, save_telemetry
from game.session import Session
from game.simulation.world import TICK_S, Start, World
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

TITLE = LogTitle("Añå", "Car", 1234.4, "Óval", datetime(2026, 12, 1, 9, 8, 7), "a comment")
TRACK = make_oval(SMALL_OVAL)


@pytest.fixture(scope="module")
def driven():
    """Two laps and some of a third by a bot, and what its lap recorder says of them."""
    s_m = TRACK.length_m - 10.0
    start = Start(load_car(), Setup(), TRACK.centreline.pose(s_m), s_m, speed_mps=20.0)
    world = World(TRACK, [start], Backend.COMPILED)
    telemetry = Telemetry(world.step_s)
    session = Session(world, [Follower()], [telemetry], ticks_per_step=1)
    (recorder,) = session.lap_recorders
    while len(recorder.laps) < 2 or session.snapshots[0].s_m < 20.0:
        session.step()
    return telemetry, recorder.laps


def column(table, name):
    return table.columns[[each.name for each in table.channels].index(name)]


def test_the_laps_in_a_table_are_those_of_the_lap_timer(driven):
    telemetry, laps = driven
    found = telemetry.table().laps
    assert [lap.number for lap in found] == [1, 2, 3]
    assert [lap.is_whole for lap in found] == [True, True, False]
    for lap, timed in zip(found, laps, strict=False):
        assert lap.end_s - lap.start_s == approx(timed.time_s, abs=1e-9)


def test_a_chosen_lap_goes_from_the_line_to_the_line(driven):
    telemetry, laps = driven
    table = telemetry.table(TelemetryChoice(lap=2, hz=1000))
    assert set(column(table, "lap")) == {2.0}
    assert column(table, "lap_time_s")[0] == approx(0.0, abs=1e-9)
    assert column(table, "lap_time_s")[-1] == approx(laps[1].time_s, abs=1.1e-3)
    assert column(table, "lap_distance_m")[0] == approx(0.0, abs=1e-9)
    assert column(table, "lap_distance_m")[-1] == approx(TRACK.length_m, rel=0.05)


def test_numbers_between_two_ticks_lie_on_the_line_through_them(driven):
    telemetry, _ = driven
    ticks, finer = telemetry.table(), telemetry.table(TelemetryChoice(hz=777))
    for name in ("x_m", "velocity_forward_mps", "rear_power_w"):
        expected = np.interp(column(finer, "time_s"), column(ticks, "time_s"), column(ticks, name))
        assert column(finer, name) == approx(expected)


def test_what_jumps_at_the_line_and_what_counts_is_never_in_between(driven):
    telemetry, _ = driven
    table = telemetry.table(TelemetryChoice(hz=1000))
    step_m = np.diff(column(table, "s_m"))
    assert all((step > -0.01) & (step < 1.0) | (step < -0.9 * TRACK.length_m) for step in step_m)
    for name in ("lap", "tick", "front_left_surface"):
        values = column(table, name)
        assert (values == np.round(values)).all()


def test_the_odometer_is_the_integral_of_speed(driven):
    telemetry, _ = driven
    table = telemetry.table(TelemetryChoice(lap=2))
    way_m, time_s = column(table, "lap_distance_m"), column(table, "time_s")
    speed_mps = np.hypot(column(table, "velocity_forward_mps"), column(table, "velocity_left_mps"))
    mean_mps = (way_m[-1] - way_m[0]) / (time_s[-1] - time_s[0])
    assert mean_mps == approx(speed_mps.mean(), rel=1e-3)


def test_channels_are_chosen_by_names_and_patterns_behind_the_time(driven):
    telemetry, _ = driven
    table = telemetry.table(TelemetryChoice(channels="s_m, *_slip_ratio,s_m"))
    names = [each.name for each in table.channels]
    assert names[:2] == ["time_s", "s_m"]
    assert names[2:] == [
        f"{axle}_{side}_slip_ratio" for axle in ("front", "rear") for side in ("left", "right")
    ]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (TelemetryChoice(lap=9), "--lap 9: the drive has laps 1 to 2 and lap 3 unfinished"),
        (
            TelemetryChoice(channels="front_share"),
            r"--channels front_share: there is no such channel; did you mean \w+.* or \w+\?",
        ),
        (TelemetryChoice(channels="nonsense"), r"such channel; did you mean nose_damage\?$"),
        (TelemetryChoice(channels="qqqq"), "there is no such channel; there are time_s, "),
        (TelemetryChoice(channels=" , "), "--channels: names no channel"),
        (TelemetryChoice(channels="s_m,wear"), "--channels wear: .*front_left_wear"),
    ],
)
def test_what_a_drive_does_not_have_is_named(driven, choice, said):
    with pytest.raises(InputError, match=said):
        driven[0].table(choice)


@pytest.mark.parametrize(
    ("finished", "under_way", "said"),
    [
        ({1}, 2, "the drive has lap 1 and lap 2 unfinished"),
        ({1, 2, 3}, 0, "the drive has laps 1 to 3"),
        ((), 1, "the drive has lap 1 unfinished"),
        ((), 0, "the drive has no lap"),
    ],
)
def test_the_laps_of_a_drive_are_said_alike_by_all_commands(finished, under_way, said):
    assert laps_text(finished, under_way) == said


def test_a_csv_is_a_row_of_names_and_a_row_for_each_tick(driven, tmp_path):
    save_telemetry(driven[0], tmp_path / "lap.csv", TITLE)
    with (tmp_path / "lap.csv").open() as stream:
        head, *rows = csv.reader(stream)
    assert head == [each.name for each in CHANNELS]
    first = dict(zip(head, rows[0], strict=True))
    assert first["lap"].isdigit()
    assert float(first["time_s"]) == approx(int(first["tick"]) * TICK_S)
    exact = column(driven[0].table(), "rear_right_load_n")
    assert [float(row[head.index("rear_right_load_n")]) for row in rows] == exact.tolist()


def test_parquet_names_the_unit_of_every_column(driven, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    save_telemetry(driven[0], tmp_path / "lap.parquet", TITLE, TelemetryChoice(lap=1, hz=50))
    table = parquet.read_table(tmp_path / "lap.parquet")
    units = {field.name: field.metadata[b"unit"].decode() for field in table.schema}
    assert units == {each.name: each.unit for each in CHANNELS}
    assert units["velocity_forward_mps"] == "m/s"
    assert set(table["lap"].to_pylist()) == {1}


def test_a_log_for_i2_is_read_by_its_published_offsets(driven, tmp_path):
    save_telemetry(driven[0], tmp_path / "lap.ld", TITLE)
    content = (tmp_path / "lap.ld").read_bytes()
    assert read_head(content) == ("01/12/2026", "09:08:07", "Ana", "Car", "Oval")
    channels = read_channels(content)
    table = driven[0].table(TelemetryChoice(hz=100))
    assert list(channels) == [each.name for each in table.channels]
    assert number(content, 0x56) == len(channels)
    for each, values in zip(table.channels, table.columns, strict=True):
        logged = channels[each.name]
        assert (logged.unit, logged.hz) == (each.unit, 100)
        apart = np.abs(np.subtract(logged.values, values))
        assert (apart <= np.maximum(1e-6 * np.abs(values), 1e-6)).all()
    last = max(number(content, 0x08) + 124 * len(channels), number(content, 0x0C))
    assert len(content) == last + 4 * table.columns.size


def test_beacons_of_a_log_are_as_far_apart_as_the_laps_are_long(driven, tmp_path):
    telemetry, laps = driven
    save_telemetry(telemetry, tmp_path / "lap.ld", TITLE)
    text = (tmp_path / "lap.ldx").read_text()
    beacons_s = [1e-6 * float(each) for each in re.findall(r'Time="([^"]+)"', text)]
    assert beacons_s[-1] - beacons_s[-2] == approx(laps[1].time_s, abs=1e-6)
    best_s = min(lap.time_s for lap in laps)
    minutes, seconds = re.search(r'"Fastest Time" Value="(\d+):([\d.]+)"', text).groups()
    assert 60 * int(minutes) + float(seconds) == approx(best_s, abs=6e-4)


def test_one_lap_as_a_log_is_one_lap(driven, tmp_path):
    save_telemetry(driven[0], tmp_path / "lap.ld", TITLE, TelemetryChoice(lap=2))
    text = (tmp_path / "lap.ldx").read_text()
    assert re.search(r'"Total Laps" Value="1"', text)
    assert re.search(r'"Fastest Lap" Value="1"', text)


def test_other_formats_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"lap.xls: telemetry is written as .csv, .parquet or .ld"):
        check_table_name(tmp_path / "lap.xls")


def test_no_number_of_a_drive_is_missing(driven):
    assert all(math.isfinite(total) for total in driven[0].table().columns.sum(axis=1))
