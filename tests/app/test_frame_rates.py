"""A lap by keys is the same at any frame rate, with resizes and pauses, and without a window."""

from itertools import count

import pygame
import pytest
from oval import SMALL_OVAL, make_oval
from resimulation import resimulate
from ui_drivers import Game

from game.app.context import display
from game.app.scenes.driving import DrivingScene
from game.compiled import Backend
from game.recording.lap_recorder import LapRecorder
from game.recording.replay import load_replay, state_hash
from game.recording.replay_recorder import save_replay
from game.trig import wrap_angle

pytestmark = pytest.mark.slow

RATES_HZ = (30, 60, 144)
KEYS_EVERY = 40  # ticks, after which other keys are pressed
PAUSES, RESIZES = (400, 2400), {800: (480, 270), 2000: (320, 180), 3200: (400, 300)}
LIMIT = 240 * 60
KEYS = {"left": pygame.K_LEFT, "right": pygame.K_RIGHT, "up": pygame.K_UP, "some": pygame.K_LSHIFT}


@pytest.fixture(scope="session")
def oval():
    return make_oval(SMALL_OVAL)


def keys_at(now):
    """Return the keys of somebody who keeps to the middle of the road at 16 m/s."""
    off = now.offset_m + 12.0 * wrap_angle(now.heading_rad - now.track_heading_rad)
    keys = set() if abs(off) > 1.0 else {"some"}
    if now.velocity_forward_mps < 16.0:
        keys.add("up")
    if off < -0.4 or (now.curvature_1pm > 0.0 and off < 0.3):
        keys.add("left")
    elif off > 0.4:
        keys.add("right")
    return keys


def post(kind, key):
    pygame.event.post(pygame.Event(kind, key=key, mod=0))


class Player:
    """Works a window by keys, frame by frame."""

    def __init__(self, game, rate_hz):
        self.game, self.frame_s = game, 1.0 / rate_hz

    def drives_a_lap(self):
        drive = self.game.scene.drive
        while not drive.followed.laps.laps:
            tick = drive.world.tick
            assert tick < LIMIT
            if tick in PAUSES:
                self.pauses()
            if tick in RESIZES:
                display.open_offscreen(RESIZES[tick])
            self.holds(keys_at(drive.followed.now))
            while drive.world.tick < tick + KEYS_EVERY:
                left_s = (tick + KEYS_EVERY - drive.world.tick) / 240
                self.game.frame(min(self.frame_s, left_s))
            assert drive.world.tick == tick + KEYS_EVERY
        return drive

    def holds(self, wanted):
        for name, key in KEYS.items():
            post(pygame.KEYDOWN if name in wanted else pygame.KEYUP, key)

    def pauses(self):
        post(pygame.KEYDOWN, pygame.K_ESCAPE)
        for _ in range(10):
            self.game.frame(self.frame_s)
        assert not isinstance(self.game.scene, DrivingScene)
        post(pygame.KEYDOWN, pygame.K_ESCAPE)


@pytest.fixture
def laps(offscreen, new_routes, tmp_path, monkeypatch):
    """The lap, the state at its end and its replay at each frame rate.

    One frame in 27 is drawn, which takes most of a frame's time.
    """
    frames, draw = count(), DrivingScene.draw
    monkeypatch.setattr(
        DrivingScene, "draw", lambda *drawn: draw(*drawn) if next(frames) % 27 == 0 else None
    )
    driven = {}
    for rate_hz in RATES_HZ:
        offscreen((320, 180))
        routes = new_routes()
        drive = Player(Game(routes, routes.drive()), rate_hz).drives_a_lap()
        path = tmp_path / f"{rate_hz}.replay"
        save_replay(drive.recording(), path)
        driven[rate_hz] = drive.followed.laps.laps[0], state_hash(drive.world), load_replay(path)
    return driven


def test_it_is_the_same_lap_at_any_frame_rate_and_without_a_window(laps, oval, spec):
    lap, state, replay = laps[60]
    assert lap.time_s > 15.0
    for other, other_state, other_replay in laps.values():
        assert other == lap
        assert other_state == state
        assert other_replay == replay
    for backend in (Backend.PLAIN, Backend.COMPILED):
        recorder = LapRecorder(replay.step_s)
        world = resimulate(replay, oval, spec, backend, [recorder.on_step])
        assert state_hash(world) == state
        assert recorder.laps == [lap]
