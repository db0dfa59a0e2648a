"""Drives to be recorded: what people, keys, bots and accidents do to a car. `main` is a program.

It records those whose names it is given, into `tests/recorded`, of short drives that hold much. The
circuit is the oval unless a drive says otherwise. (The drives that are not here were recorded when
there was no such program; of their inputs only the files are left.)
"""

import random
import sys
from functools import partial
from pathlib import Path

import msgspec
import pytest
from oval import make_oval

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.bot.bot import Bot
from game.bot.examples.keyboard import KeyboardPlayer
from game.compiled import Backend
from game.drivers.human_driver import HumanDriver, InputState
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import load_track
from game.vehicle.setup import default_setup
from game.vehicle.spec import in_weather, load_car
from game.vehicle.state import controls
from game.weather.weather import load_weather

FOLDER = Path(__file__).parents[1] / "recorded"
SPEC = load_car()
SETUP = default_setup(SPEC)
KEYS = ("up", "down", "left", "right", "some")


class Script:
    """Holds controls for some seconds each: (seconds, steering, throttle, brake, reverse)."""

    ticks_per_decision = 4

    def __init__(self, *held):
        self._held = held

    def decide(self, seen):
        left_s = seen.car.tick / 240
        for seconds, *wanted in self._held:  # noqa: B007 - the last ones are held on
            if left_s < seconds:
                break
            left_s -= seconds
        return controls(*wanted[:3], reverse=bool(wanted[3:]))


class Weaver:
    """Weaves along at some throttle."""

    ticks_per_decision = 4

    def __init__(self, period_s, throttle, steering=0.2):
        self._period, self._held = round(240 * period_s), (steering, throttle)

    def decide(self, seen):
        steering, throttle = self._held
        side = 1 if seen.car.tick // self._period % 2 else -1
        return controls(side * steering, throttle)


def raced(drivers, seconds, track=None, spec=SPEC, **start):
    """Record a drive from the grid, of a driver a car."""
    track = track or make_oval()
    starts = [
        Start(spec, start.get("setup", SETUP), Pose(*box[:3]), box.s_m)._replace(**start)
        for box in track.grid[: len(drivers)]
    ]
    world = World(track, starts, Backend.COMPILED)
    session = Session(world, drivers)
    recorder = ReplayRecorder(world, lambda: session.controls)
    while world.time_s < seconds:
        recorder.on_step(session.step())
    return recorder.recording()


def pressed(seed, seconds, track=None, spec=SPEC, setup=SETUP, damage="off"):
    """Record somebody who presses keys as dice say, mostly forward, and resets now and then."""
    dice, keys = random.Random(seed), InputState()
    entry = CarEntry(spec, setup, lambda: HumanDriver(keys, spec, setup), damage=damage)
    drive = Drive(track or make_oval(), [entry])
    while drive.time_s < seconds:
        held = {"up"} if dice.random() < 0.8 else {"down"}
        held |= set(dice.sample(("left", "right", "some"), dice.randrange(3)))
        for key in KEYS:
            setattr(keys, key, key in held)
        drive.step(dice.randrange(10, 120))
        if dice.random() < 0.04:
            drive.reset_to_track()
    return drive.recording()


def with_setup(**values):
    return msgspec.structs.replace(SETUP, **values)


def weathered(name):
    return in_weather(SPEC, load_weather(name))


ROUND = Script((90.0, 0.25, 0.8, 0.0))
INTO_GRAVEL = Script(
    (6.0, 0.0, 1.0, 0.0), (1.5, -0.15, 0.6, 0.0), (3.0, -0.3, 0.3, 1.0), (9.0, 0.4, 0.4, 0.0)
)
BACK_AND_FORTH = Script(
    (2.0, 0.0, 0.7, 0.0), (2.0, 0.0, 0.0, 1.0), (6.0, 0.1, 1.0, 0.0, 1), (4.0, -1.0, 0.3, 0.0)
)
FOUR = [Weaver(0.6, 0.5), Weaver(0.9, 0.8), Weaver(0.7, 1.0, 0.3), Weaver(1.1, 1.0)]
WET_SPORT = {"spec": weathered("rain"), "setup": with_setup(tyre="sport")}
UPSIDE_DOWN = "knottholm+mirror+reverse"

DRIVES = {
    "person": partial(pressed, 1, 20.0),
    "person_rain": partial(pressed, 2, 12.0, **WET_SPORT),
    "person_damage": partial(pressed, 3, 15.0, damage="full"),
    "person_hills": partial(pressed, 4, 12.0, track=load_track("tarnfell"), damage="reduced"),
    "keys_windy": partial(raced, [KeyboardPlayer()], 28.0, spec=weathered("windy")),
    "bot_drying": partial(raced, [Bot()], 30.0, spec=weathered("drying"), warm_tyres=True),
    "gravel": partial(raced, [INTO_GRAVEL], 16.0),
    "worn_tyres": partial(raced, [ROUND], 90.0, track=load_track("skid_pad_50")),
    "backwards": partial(raced, [BACK_AND_FORTH], 14.0),
    "bridge": partial(raced, [Bot()], 45.0, track=load_track(UPSIDE_DOWN)),
    "four_cars": partial(raced, FOUR, 14.0, damage="full", warm_tyres=True),
}


def main(names):
    """Record the drives of these names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.app.driving.drive.World", partial(World, backend=Backend.COMPILED))
        for name in names:
            path = FOLDER / f"{name}.replay"
            save_replay(DRIVES[name](), path)
            print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:] or DRIVES)
