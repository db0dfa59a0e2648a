"""Dashboards on this computer get what a car measures, and a drive never waits for them."""

import json
import socket
from contextlib import suppress

import pytest
from pytest import approx

from game.compiled import Backend
from game.recording.telemetry_stream import HOST, TelemetryStream
from game.simulation.channels import SNAPSHOT_CHANNELS
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S, Start, Step, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls


@pytest.fixture
def listening():
    """A dashboard, and the port that it listens to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as dashboard:
        dashboard.bind((HOST, 0))
        dashboard.settimeout(2.0)
        yield dashboard, dashboard.getsockname()[1]


@pytest.fixture
def stream():
    made = TelemetryStream(TICK_S)
    made.describe("oval", "leaf_nismo_rc")
    yield made
    made.close()


def step(tick, **values):
    numbers = dict.fromkeys(Snapshot._fields, 0) | {"tick": tick} | values
    return Step((Snapshot(**numbers),), ())


def test_a_drive_without_a_window_is_received_sixty_times_a_second(listening, stream):
    dashboard, port = listening
    stream.send_to(port)
    world = World(None, [Start(load_car(), Setup(), Pose(0.0, 0.0, 0.0), 0.0, 20.0)], Backend.PLAIN)
    sent = []
    for _ in range(40):
        driven = world.step([controls(throttle=0.5)])
        stream.on_step(driven)
        sent += [driven.snapshots[0]] if world.tick % 4 == 0 else []
    assert len(sent) == 10
    for snapshot in sent:
        packet = json.loads(dashboard.recv(65536))
        assert (packet["format"], packet["circuit"], packet["car"]) == (1, "oval", "leaf_nismo_rc")
        assert packet["time_s"] == approx(snapshot.tick / 240.0)
        for channel in SNAPSHOT_CHANNELS:
            assert packet[channel.name] == getattr(snapshot, channel.name)


def test_the_time_of_the_lap_counts_from_the_line(listening, stream):
    dashboard, port = listening
    stream.send_to(port)
    stream.on_step(step(480, lap_start_s=1.5))
    assert json.loads(dashboard.recv(65536))["lap_time_s"] == approx(0.5)


def test_nothing_is_sent_until_there_is_a_port_nor_after_it_is_taken_away(listening, stream):
    dashboard, port = listening
    stream.on_step(step(4))
    stream.send_to(port)
    stream.on_step(step(8))
    stream.send_to(0)
    stream.on_step(step(12))
    assert json.loads(dashboard.recv(65536))["tick"] == 8
    dashboard.settimeout(0.0)
    with pytest.raises(BlockingIOError):
        dashboard.recv(65536)


def test_nobody_who_listens_disturbs_nobody(stream):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind((HOST, 0))
        port = gone.getsockname()[1]
    stream.send_to(port)
    for tick in range(4, 400, 4):
        stream.on_step(step(tick))


def test_a_dashboard_that_does_not_read_loses_packets_and_holds_nothing_up(listening, stream):
    dashboard, port = listening
    dashboard.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    stream.send_to(port)
    for tick in range(4, 8000, 4):
        stream.on_step(step(tick))
    received = 0
    dashboard.settimeout(0.0)
    with suppress(BlockingIOError):
        while dashboard.recv(65536):
            received += 1
    assert 0 < received < 1999


def test_in_a_race_the_car_that_is_driven_is_sent_not_the_one_on_pole(listening, stream):
    dashboard, port = listening
    stream.send_to(port)
    stream.describe("oval", "leaf_nismo_rc", 1)
    on_pole, driven = (step(4, s_m=place).snapshots[0] for place in (30.0, 18.0))
    stream.on_step(Step((on_pole, driven), ()))
    assert json.loads(dashboard.recv(65536))["s_m"] == 18.0
