"""A lap for cameras to follow: the bot's, and its line the other way round."""

import math
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path

import pytest

from game.compiled import Backend
from game.recording.replay import load_replay
from game.recording.replay_player import ReplayPlayer

RECORDED = Path(__file__).parents[2] / "recorded"
TICKS = 8
STEP_S = TICKS / 240.0
_ACCEL_MPS2 = 7.0  # of the car that drives the other way round


@pytest.fixture(scope="session")
def lap(flat_ricardo_tormo, spec):
    """Return the snapshots of a recorded lap from the line to the line, thirty a second."""
    replay = load_replay(RECORDED / "bot_sport.replay")
    player = ReplayPlayer(replay, flat_ricardo_tormo, spec, Backend.COMPILED)
    snapshots = []
    while not player.at_end:
        (now, *_) = player.step().snapshots
        if now.tick % TICKS == 0:
            snapshots.append(now)
    return [now for now in snapshots if now.lap == 1]


@pytest.fixture(scope="session")
def lap_the_other_way_round(lap, ricardo_tormo):
    """Return the same line driven backwards, braked later and accelerated as the car can."""
    line = lap[::-1]
    travelled_m, speeds_mps = [0.0], [line[0].velocity_forward_mps]
    for before, now in pairwise(line):
        step_m = math.hypot(now.x_m - before.x_m, now.y_m - before.y_m)
        travelled_m.append(travelled_m[-1] + step_m)
        fastest = math.sqrt(speeds_mps[-1] ** 2 + 2.0 * _ACCEL_MPS2 * step_m)
        speeds_mps.append(min(now.velocity_forward_mps, fastest))
    snapshots, at_m = [], 0.0
    while at_m < travelled_m[-2]:
        index = min(bisect_right(travelled_m, at_m) - 1, len(line) - 2)
        share = (at_m - travelled_m[index]) / (travelled_m[index + 1] - travelled_m[index])
        begin, end = line[index], line[index + 1]
        speed = speeds_mps[index] + share * (speeds_mps[index + 1] - speeds_mps[index])
        gained = speeds_mps[index + 1] ** 2 - speeds_mps[index] ** 2
        half = 0.5 * ricardo_tormo.length_m
        back_m = (begin.s_m - end.s_m + half) % ricardo_tormo.length_m - half
        snapshots.append(
            begin._replace(
                x_m=begin.x_m + share * (end.x_m - begin.x_m),
                y_m=begin.y_m + share * (end.y_m - begin.y_m),
                s_m=(begin.s_m - share * back_m) % ricardo_tormo.length_m,
                heading_rad=begin.heading_rad + math.pi,
                velocity_forward_mps=speed,
                velocity_left_mps=0.0,
                accel_forward_mps2=0.5 * gained / (travelled_m[index + 1] - travelled_m[index]),
            )
        )
        at_m += speed * STEP_S
    return snapshots
