"""Make up a moment of a lap in which every instrument has something to show."""

from __future__ import annotations

import math
from typing import Final

from game.app.car.livery import GHOST, LIVERIES
from game.app.driving.driven_car import Best
from game.app.driving.race_board import BoardRow, RaceBoard
from game.app.driving.race_field import RaceEntrant
from game.app.driving.recent import Recent
from game.app.driving.rival import Rival, RivalAt
from game.app.hud.hud_data import EnergyUsed, HudData
from game.app.ui.palette import RED
from game.app.view.car_pose import CarPose
from game.racing.race_length import RaceLength
from game.racing.race_standings import RaceStanding
from game.recording.ghost import GhostLap
from game.recording.lap_recorder import Lap, LapExcursion, LapRecorder
from game.recording.lap_trace import LapTrace
from game.recording.traced_lap import LapMarks, TracedLap
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S, Start, Step, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, in_weather
from game.weather.weather import Weather

_SPEED_MPS: Final = 38.0
_TICKS_PER_STEP: Final = 4
_SECTORS_S: Final = (29.412, 41.207, 31.874)
_CAP_KWH: Final = 4.2
_BEHIND_M: Final = 300.0  # so far is the ghost
_PLACE: Final = 3  # in the race
_GAP_S: Final = 1.3  # between two cars
_SHOWER: Final = Weather(wind_mps=4.0, wind_from_deg=300.0, rain_mmph=6.0, water_m=7e-4)


def example(track: Track, spec: CarSpec, setup: Setup) -> HudData:
    """Return a car on its way to a corner, the lap not valid any more, one best lap behind it."""
    s_m = next((corner.turn_in_m for corner in track.corners if corner.name), 0.0)
    at = _moment(track, spec, setup, s_m)
    laps, best = _laps(track, s_m)
    trace, recent = LapTrace(TICK_S, track.length_m), Recent(TICK_S)
    trace.race(_reference(track), best.sectors_s)
    for tick in range(0, round(s_m / _SPEED_MPS / TICK_S), _TICKS_PER_STEP):
        time_s = tick * TICK_S
        wave = math.sin(1.5 * time_s)
        at = at._replace(
            tick=tick,
            s_m=time_s * _SPEED_MPS,
            throttle=max(wave, 0.0),
            brake=max(-wave, 0.0),
            steering_rad=0.12 * math.sin(2.2 * time_s),
            accel_forward_mps2=9.0 * wave,
            accel_left_mps2=13.0 * math.sin(2.2 * time_s),
        )
        step = Step((at,), ())
        trace.on_step(step)
        recent.on_step(step)
    recent.off_s = at.tick * TICK_S
    share = s_m / track.length_m
    return HudData(
        track=track,
        spec=in_weather(spec, _SHOWER),
        setup=setup,
        now=at,
        colour=RED,
        others=(),
        other_colours=(),
        ghosts=(_ghost(track, s_m),),
        time_s=at.tick * TICK_S,
        laps=laps,
        best=best,
        best_before=best,
        trace=trace,
        recent=recent,
        reverse=False,
        energy=EnergyUsed(_CAP_KWH, 0.94 * share * _CAP_KWH, share, None),
        race=_race(),
    )


def _race() -> RaceBoard:
    """Return a race in which the player is third."""
    rows = []
    for place, livery in enumerate(LIVERIES):
        is_own = place == _PLACE - 1
        entrant = RaceEntrant(livery, is_player=is_own)
        gap_s = _GAP_S * place
        standing = RaceStanding(place, 2, gap_s, _GAP_S, 0, 0.0, False, "")
        rows.append(BoardRow(livery.number, entrant.name, livery.signal, standing, is_own))
    return RaceBoard(tuple(rows), RaceLength(5), math.inf, True, _GAP_S, _GAP_S)


def _ghost(track: Track, s_m: float) -> RivalAt:
    """Return the ghost of the best lap, some way behind."""
    pose = track.centreline.pose(s_m - _BEHIND_M)
    rival = Rival("", GHOST, GhostLap(0.0, (), ()))
    return RivalAt(rival, CarPose(pose.x_m, pose.y_m, pose.heading_rad, 0.0))


def _moment(track: Track, spec: CarSpec, setup: Setup, s_m: float) -> Snapshot:
    pose: Pose = track.centreline.pose(s_m)
    snapshot = World(track, [Start(spec, setup, pose, s_m)]).snapshots()[0]
    return snapshot._replace(
        lap=4,
        lap_start_s=0.0,
        lap_valid=0,
        beyond_limit_m=-1.0,
        velocity_forward_mps=_SPEED_MPS,
        battery_power_w=-84_000.0,
        battery_voltage_v=385.0,
        front_torque_nm=-96.0,
        rear_torque_nm=-64.0,
        front_power_w=-49_000.0,
        rear_power_w=-33_000.0,
        front_left_normalised_slip=0.9,
        front_right_normalised_slip=0.8,
        rear_left_normalised_slip=1.2,
        rear_right_normalised_slip=0.7,
        charge=0.742,
        front_left_tread_k=358.0,
        front_right_tread_k=373.0,
        rear_left_tread_k=331.0,
        rear_right_tread_k=351.0,
        nose_damage=0.35,
        left_damage=0.1,
        front_left_wear=0.12,
        front_right_wear=0.21,
        rear_left_wear=0.06,
        rear_right_wear=0.09,
    )


def _reference(track: Track) -> TracedLap:
    """Return a lap against which time is lost and won in turn."""
    marks, spacing_m = LapMarks.of(track.length_m)
    times_s = [
        (mark * spacing_m + 9.0 * (1.0 - math.cos(0.03 * mark))) / _SPEED_MPS
        for mark in range(marks + 1)
    ]
    return TracedLap(times_s[-1], spacing_m, tuple(times_s))


def _laps(track: Track, s_m: float) -> tuple[LapRecorder, Best]:
    laps = LapRecorder(TICK_S)
    sectors_s = _SECTORS_S[: len(track.sectors_m)]
    time_s = math.fsum(sectors_s)
    laps.laps.append(Lap(3, time_s + 0.311, sectors_s, True, 0.0, 0.0, _SPEED_MPS, ()))
    laps.sectors_s = [sectors_s[0] - 0.143]
    laps.excursions = [LapExcursion(s_m, 1.2, 0.8)]
    return laps, Best(time_s, sectors_s)
