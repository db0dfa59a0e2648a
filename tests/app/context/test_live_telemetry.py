"""The player's drive is sent to a dashboard as the settings say, and is not while they do not."""

import json
import socket

import pytest

from game.app.context.settings import with_part
from game.app.scenes.settings_pages.screen_page import TelemetryValue
from game.recording.telemetry_stream import DEFAULT_PORT, HOST

pytestmark = pytest.mark.slow


@pytest.fixture
def dashboard():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind((HOST, 0))
        listening.settimeout(0.0)
        yield listening


def received(dashboard):
    try:
        return json.loads(dashboard.recv(65536))
    except BlockingIOError:
        return None


def test_a_drive_in_the_window_is_sent_once_the_player_wants_it(game, dashboard):
    game.show(game.routes.drive())
    game.frames(4)
    assert received(dashboard) is None
    context, port = game.routes.context, dashboard.getsockname()[1]
    context.apply(with_part(context.settings, port, "drive", "telemetry_port"))
    game.frames(4)
    packet = received(dashboard)
    assert (packet["circuit"], packet["car"]) == (game.garage.track.name, game.garage.spec.id)
    assert packet["tick"] % 4 == 0


def test_the_row_of_the_settings_switches_it_on_and_off(routes):
    context = routes.context
    row = TelemetryValue(context)
    assert not row.get()
    row.put(True)
    assert context.settings.drive.telemetry_port == DEFAULT_PORT
    row.put(False)
    assert context.settings.drive.telemetry_port == 0
